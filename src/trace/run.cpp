#include "trace/run.hpp"

#include <algorithm>
#include <iterator>
#include <variant>

namespace loiter::trace {

// One event's turn: what it changes in the run.
struct Fold {
  Run& run;
  Instant t;
  LaneId lane_id;

  void inconsistent() { ++run.m_inconsistent; }

  // The lane that did it, unless it never began or is over.
  Lane* active_lane() {
    Lane* lane = run.m_lanes.find(lane_id);
    if (lane != nullptr && !lane->ended) return lane;
    inconsistent();
    return nullptr;
  }
  FutureRow* known_future(FutureId id) {
    FutureRow* future = run.m_futures.find(id);
    if (future == nullptr) inconsistent();
    return future;
  }
  Pool* known_pool(ExecutorId id) {
    Pool* pool = run.m_pools.find(id);
    if (pool == nullptr) inconsistent();
    return pool;
  }

  // --- Lanes and pools ---

  void operator()(const LaneBegan& e) {
    Lane* lane = run.m_lanes.add(lane_id);
    if (lane == nullptr) return inconsistent();
    lane->kind = e.kind;
    lane->name = e.name;
    lane->pid = e.pid;
    lane->os_tid = e.os_tid;
    lane->began = t;
    lane->executor = e.executor;
    const bool is_worker = e.kind == LaneKind::Thread || e.kind == LaneKind::Process;
    if (!e.executor || !is_worker) return;
    if (Pool* pool = known_pool(*e.executor)) pool->workers.push_back(lane_id);
  }

  // A worker process that is killed leaves its task and its wait open.
  void operator()(const LaneEnded&) {
    Lane* lane = active_lane();
    if (lane == nullptr) return;
    while (lane->open_task) close_innermost(*lane, Outcome::Aborted);
    close_wait(*lane, WaitEnd::Aborted);
    if (!lane->gil.empty() && !lane->gil.back().ended) lane->gil.back().ended = t;
    lane->ended = t;
  }

  void operator()(const PoolCreated& e) {
    Pool* pool = run.m_pools.add(e.executor);
    if (pool == nullptr) return inconsistent();
    pool->name = e.name;
    pool->max_workers = e.workers;
    pool->limits.push_back({t, e.workers});
  }
  void operator()(const PoolGrown& e) {
    Pool* pool = known_pool(e.executor);
    // A worker added by hand goes beyond what the pool was created with.
    if (pool == nullptr || e.workers <= pool->max_workers) return;
    pool->max_workers = e.workers;
    pool->limits.push_back({t, e.workers});
  }
  void operator()(const PoolShutDown& e) {
    Pool* pool = known_pool(e.executor);
    if (pool != nullptr && !pool->shut_down) pool->shut_down = t;  // a second shutdown changes nothing
  }
  void operator()(const PoolBroken& e) {
    Pool* pool = known_pool(e.executor);
    if (pool == nullptr || pool->broken) return;
    pool->broken = t;
    pool->why_broken = e.why;
  }

  // --- Futures ---

  void operator()(const Submitted& e) {
    if (e.future == no_future) return inconsistent();
    FutureRow* future = run.m_futures.add(e.future);
    if (future == nullptr) future = run.m_futures.find(e.future);
    if (future->executor) return inconsistent();
    future->label = e.label;
    future->executor = e.executor;
    future->submitter = lane_id;
    future->submitted = t;
  }

  void operator()(const StateChanged& e) {
    if (e.future == no_future) return inconsistent();
    FutureRow* future = run.m_futures.find(e.future);
    if (future == nullptr) {
      if (e.from != FutureState::Pending) return inconsistent();
      future = run.m_futures.add(e.future);
      future->submitter = lane_id;
      future->submitted = t;
    }
    const FutureState now = *state_at(*future, t);
    // Forwards is believed (an event between was lost), backwards is not.
    const bool forwards = rank(e.to) > rank(now);
    if (now != e.from || !forwards) inconsistent();
    if (!forwards) return;
    *moment(*future, e.to) = t;
    if (now == FutureState::Pending) run.m_left_queue.push_back(e.future);
    const bool was_over = now != FutureState::Pending && now != FutureState::Running;
    if (!was_over && e.to != FutureState::Running) run.m_over.push_back(e.future);
    const bool tells_outcome = e.to == FutureState::Finished && !e.type.empty();
    if (tells_outcome && (!future->outcome || *future->outcome == Outcome::Aborted)) {
      set_outcome(*future, e.outcome, e.type, e.text);
    }
  }

  static void set_outcome(FutureRow& future, Outcome outcome, const std::string& type, const std::string& text) {
    future.outcome = outcome;
    future.type = type;
    future.text = text;
  }

  static int rank(FutureState state) {
    switch (state) {
      case FutureState::Pending:
        return 0;
      case FutureState::Running:
      case FutureState::Cancelled:
        return 1;
      case FutureState::CancelledAndNotified:
      case FutureState::Finished:
        return 2;
    }
    return 0;
  }
  static std::optional<Instant>* moment(FutureRow& future, FutureState state) {
    switch (state) {
      case FutureState::Running:
        return &future.running;
      case FutureState::Cancelled:
        return &future.cancelled;
      case FutureState::CancelledAndNotified:
        return &future.notified;
      case FutureState::Pending:
      case FutureState::Finished:
        break;
    }
    return &future.finished;
  }

  // --- Tasks ---

  void operator()(const TaskBegan& e) {
    Lane* lane = active_lane();
    FutureRow* future = lane == nullptr ? nullptr : known_future(e.future);
    if (future == nullptr) return;
    if (future->began) return inconsistent();
    future->began = t;
    future->worker = lane_id;
    TaskSpan span{e.future, t, std::nullopt};
    if (lane->open_task) {
      span.parent = *lane->open_task;
      span.depth = lane->tasks[span.parent].depth + 1;
    }
    lane->open_task = static_cast<std::uint32_t>(lane->tasks.size());
    lane->tasks.push_back(span);
  }

  // A pool that breaks ends tasks too: those of workers that died, and those that never began.
  void operator()(const TaskEnded& e) {
    FutureRow* future = known_future(e.future);
    if (future == nullptr) return;
    if (future->outcome && *future->outcome != Outcome::Aborted) return inconsistent();
    if (future->began && !future->task_ended) close_task(*future, e.outcome);
    set_outcome(*future, e.outcome, e.type, e.text);
  }

  void close_task(FutureRow& future, Outcome outcome) {
    Lane& lane = *run.m_lanes.find(*future.worker);
    while (lane.tasks[*lane.open_task].future != future.id) {
      inconsistent();
      close_innermost(lane, Outcome::Aborted);
    }
    close_innermost(lane, outcome);
  }

  void close_innermost(Lane& lane, Outcome outcome) {
    TaskSpan& span = lane.tasks[*lane.open_task];
    span.ended = t;
    span.outcome = outcome;
    FutureRow& future = *run.m_futures.find(span.future);
    future.task_ended = t;
    // A broken pool fails the future of a call before the lane of its worker ends.
    if (outcome != Outcome::Aborted || !future.outcome) future.outcome = outcome;
    lane.open_task.reset();
    if (span.depth > 0) lane.open_task = span.parent;
  }

  // --- Waits and deliveries ---

  void operator()(const WaitBegan& e) {
    Lane* lane = active_lane();
    if (lane == nullptr) return;
    if (close_wait(*lane, WaitEnd::Ready)) inconsistent();
    lane->waits.push_back({t, std::nullopt, e});
    lane->waits.back().in_copied_pool = is_in_copied_pool(*lane, e);
  }
  // A worker process waits for a future of its own making only there.
  bool is_in_copied_pool(const Lane& lane, const WaitBegan& e) const {
    if (lane.kind != LaneKind::Process || e.on != WaitOn::Result || e.futures.size() != 1) return false;
    const FutureRow* future = run.m_futures.find(e.futures.front());
    return future == nullptr || !future->executor;
  }

  void operator()(const WaitEnded& e) {
    Lane* lane = active_lane();
    if (lane == nullptr) return;
    const bool is_open = !lane->waits.empty() && !lane->waits.back().ended;
    if (!is_open || lane->waits.back().what.on != e.on) return inconsistent();
    close_wait(*lane, e.how);
    if (e.how != WaitEnd::Ready || (e.on != WaitOn::Result && e.on != WaitOn::Map)) return;
    // It was handed over now, and an exception was raised there.
    for (const FutureId id : lane->waits.back().what.futures) {
      FutureRow* future = run.m_futures.find(id);
      if (future != nullptr && future->finished) note_read(*future);
    }
  }

  bool close_wait(Lane& lane, WaitEnd how) {
    if (lane.waits.empty() || lane.waits.back().ended) return false;
    lane.waits.back().ended = t;
    lane.waits.back().how = how;
    return true;
  }

  void operator()(const Delivered& e) {
    FutureRow* future = known_future(e.future);
    if (future == nullptr) return;
    run.m_deliveries.push_back({e.future, t, lane_id, e.by, e.index});
    // as_completed() and wait() hand over the future; what it holds is read by asking it.
    if (e.by == DeliveredBy::Result || e.by == DeliveredBy::Map) note_read(*future);
  }

  void note_read(FutureRow& future) {
    if (!future.first_read) future.first_read = t;
  }

  // --- The rest ---

  void operator()(const Printed& e) { add_line(e.text, false, e.goes_on); }
  void operator()(const Logged& e) { add_line(e.text, true); }
  void add_line(const std::string& text, bool is_log, bool goes_on = false) {
    const Lane* lane = run.m_lanes.find(lane_id);
    const bool in_task = lane != nullptr && lane->open_task;
    run.m_lines.push_back(
        {t, lane_id, text, is_log, in_task ? lane->tasks[*lane->open_task].future : no_future, goes_on});
  }
  void operator()(const Observed&) {}
  void operator()(const SiteReached& e) {
    if (Lane* lane = active_lane()) lane->sites.push_back({t, e.site});
  }
  void operator()(const GilChanged& e) {
    Lane* lane = active_lane();
    if (lane == nullptr) return;
    const bool holds = !lane->gil.empty() && !lane->gil.back().ended;
    switch (e.what) {
      case GilChange::Requested:
        return lane->gil_requests.push_back(t);
      case GilChange::Taken:
        if (holds)
          inconsistent();
        else
          take_gil(*lane);
        return;
      case GilChange::Dropped:
        if (holds)
          lane->gil.back().ended = t;
        else
          inconsistent();
    }
  }
  void take_gil(Lane& lane) {
    lane.gil.push_back({t, std::nullopt});
    if (!shares_gil(run.m_header, lane)) return;
    if (!run.m_gil_holders.empty() && run.m_gil_holders.back().lane == lane.id) return;
    run.m_gil_holders.push_back({t, lane.id});
  }
  void operator()(const Computed& e) {
    Lane* lane = active_lane();
    if (lane == nullptr || e.since > t || e.since < Instant{} || e.cpu < Duration::zero()) return inconsistent();
    lane->computed.push_back({e.since, t, e.future, e.cpu});
    FutureRow* future = run.m_futures.find(e.future);
    if (future == nullptr) return;
    future->stopwatch = sum(future->stopwatch, t - e.since);
    future->cpu = sum(future->cpu, e.cpu);
  }
  // No file may make it overflow.
  static Duration sum(Duration a, Duration b) { return instant_after(Instant{a}, b).time_since_epoch(); }
  void operator()(const Progressed& e) {
    const ProgressMark mark{t, e.done, e.total};
    if (e.future == no_future) {
      run.m_progress.push_back(mark);
    } else if (FutureRow* future = run.m_futures.find(e.future)) {
      future->progress.push_back(mark);
    }
  }
  void operator()(const Escaped& e) { run.m_escapes.push_back({t, lane_id, e.how, e.future}); }

  void operator()(const Stuck& e) {
    run.m_stuck.push_back({t, std::nullopt, e.lanes, e.futures, e.chain});
    run.m_stuck_lanes.clear();
    run.m_stuck_lanes.insert(e.lanes.begin(), e.lanes.end());
  }
  // Without a list: all of them.
  void operator()(const Unstuck& e) {
    if (run.m_stuck.empty() || run.m_stuck.back().freed) return inconsistent();
    for (const LaneId lane : e.lanes) run.m_stuck_lanes.erase(lane);
    if (e.lanes.empty() || run.m_stuck_lanes.empty()) run.m_stuck.back().freed = t;
  }

  void operator()(const Lost& e) { run.m_lost += e.count; }
  void operator()(const RunEnded& e) {
    if (run.m_ended) return inconsistent();
    run.m_ended = e;
  }
};

void Run::apply(const Event& event) {
  ++m_event_count;
  if (event.t < m_last) ++m_inconsistent;  // the searches below rely on order: it counts as happening now
  m_last = std::max(m_last, event.t);
  std::visit(Fold{*this, m_last, event.lane}, event.body);
}

Run fold(const Recording& recording) {
  Run run(recording.header);
  for (const Event& event : recording.events) run.apply(event);
  return run;
}

std::optional<double> progress_at(const FutureRow& future, Instant t) {
  const auto after = std::ranges::upper_bound(future.progress, t, {}, &ProgressMark::t);
  if (after == future.progress.begin()) return std::nullopt;
  const ProgressMark& mark = *std::prev(after);
  if (mark.total <= 0) return std::nullopt;
  return std::clamp(static_cast<double>(mark.done) / static_cast<double>(mark.total), 0.0, 1.0);
}

}  // namespace loiter::trace
