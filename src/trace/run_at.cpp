// What was true at an instant: the questions a playhead asks of a folded run.
#include <algorithm>

#include "trace/run.hpp"

namespace loiter::trace {
namespace {

bool happened(const std::optional<Instant>& moment, Instant t) { return moment && *moment <= t; }

// The last of the rows, which are in order of time, that began by t.
template <class Rows, class Time>
auto last_by(const Rows& rows, Instant t, Time time) -> decltype(&*rows.begin()) {
  const auto after = std::partition_point(rows.begin(), rows.end(), [&](const auto& row) { return time(row) <= t; });
  return after == rows.begin() ? nullptr : &*std::prev(after);
}

constexpr auto began = [](const auto& span) { return span.began; };
constexpr auto when = [](const auto& row) { return row.t; };

// The first of several moments that may have come.
template <class... Moments>
std::optional<Instant> first_of(const Moments&... moments) {
  std::optional<Instant> first;
  const auto consider = [&first](const std::optional<Instant>& moment) {
    if (moment && (!first || *moment < *first)) first = moment;
  };
  (consider(moments), ...);
  return first;
}

}  // namespace

std::optional<Instant> left_queue_at(const FutureRow& future) {
  return first_of(future.running, future.cancelled, future.notified, future.finished);
}

std::optional<Instant> over_at(const FutureRow& future) {
  return first_of(future.cancelled, future.notified, future.finished);
}

std::optional<FutureState> state_at(const FutureRow& future, Instant t) {
  if (t < future.submitted) return std::nullopt;
  if (happened(future.finished, t)) return FutureState::Finished;
  if (happened(future.notified, t)) return FutureState::CancelledAndNotified;
  if (happened(future.cancelled, t)) return FutureState::Cancelled;
  if (happened(future.running, t)) return FutureState::Running;
  return FutureState::Pending;
}

bool in_call_queue_at(const FutureRow& future, Instant t) {
  return future.executor && state_at(future, t) == FutureState::Running && !happened(future.began, t);
}

bool unread_exception_at(const FutureRow& future, Instant t) {
  return future.outcome == Outcome::Raised && happened(future.finished ? future.finished : future.task_ended, t) &&
         !happened(future.first_read, t);
}

const WaitSpan* wait_at(const Lane& lane, Instant t) {
  const WaitSpan* wait = last_by(lane.waits, t, began);
  return wait == nullptr || happened(wait->ended, t) ? nullptr : wait;
}

// The last task to begin, or one that it is nested in: what was beside it on the lane has ended.
const TaskSpan* task_at(const Lane& lane, Instant t) {
  const TaskSpan* task = last_by(lane.tasks, t, began);
  while (task != nullptr && happened(task->ended, t)) task = task->depth > 0 ? &lane.tasks[task->parent] : nullptr;
  return task;
}

bool holds_gil_at(const Lane& lane, Instant t) {
  const GilSpan* span = last_by(lane.gil, t, began);
  return span != nullptr && !happened(span->ended, t);
}

bool shares_gil(const Header& header, const Lane& lane) {
  if (lane.kind == LaneKind::Process) return false;
  return lane.kind != LaneKind::Thread || header.gil != GilKind::PerInterpreter;
}

const SiteMark* site_at(const Lane& lane, Instant t) { return last_by(lane.sites, t, when); }

std::uint32_t max_workers_at(const Pool& pool, Instant t) {
  const PoolLimit* limit = last_by(pool.limits, t, when);
  return limit == nullptr ? 0 : limit->workers;
}

std::vector<LaneId> workers_at(const Run& run, const Pool& pool, Instant t) {
  std::vector<LaneId> workers;
  for (const LaneId id : pool.workers) {
    const Lane* lane = run.lane(id);
    if (lane != nullptr && lane->began <= t && !happened(lane->ended, t)) workers.push_back(id);
  }
  return workers;
}

const StuckReport* stuck_at(const Run& run, Instant t) {
  const StuckReport* report = last_by(run.stuck(), t, when);
  return report == nullptr || happened(report->freed, t) ? nullptr : report;
}

}  // namespace loiter::trace
