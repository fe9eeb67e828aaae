// The fold: what each event changes in the graph. The fixpoint is in wait_for_fixpoint.cpp.
#include "trace/wait_for_graph.hpp"

#include <algorithm>
#include <utility>
#include <variant>

namespace loiter::trace {

struct GraphFold {
  using Place = WaitForGraph::Place;
  using Lane = WaitForGraph::Lane;
  using Future = WaitForGraph::Future;
  using Pool = WaitForGraph::Pool;

  WaitForGraph& graph;
  LaneId lane_id;

  // Something that could move may do so no longer.
  void may_stick() { graph.m_changed = true; }
  // Something can move again: only of interest while something is stuck.
  void may_free() { graph.m_changed = graph.m_changed || graph.m_was_stuck; }

  Lane* active_lane() {
    Lane* lane = graph.m_lanes.find(lane_id);
    return lane != nullptr && !lane->ended ? lane : nullptr;
  }
  Future* future_for(FutureId id) {
    if (id == no_future) return nullptr;
    Future* future = graph.m_futures.find(id);
    return future != nullptr ? future : graph.m_futures.add(id);
  }
  Pool* pool_of(const Lane& lane) { return lane.is_worker ? graph.m_pools.find(*lane.executor) : nullptr; }

  // --- Lanes and pools ---

  void operator()(const LaneBegan& e) {
    Lane* lane = graph.m_lanes.add(lane_id);
    if (lane == nullptr) return;
    lane->name = e.name;
    lane->kind = e.kind;
    lane->executor = e.executor;
    lane->is_worker = (e.kind == LaneKind::Thread || e.kind == LaneKind::Process) && e.executor &&
                      graph.m_pools.find(*e.executor) != nullptr;
    if (e.kind == LaneKind::Manager && e.executor) {
      if (Pool* pool = graph.m_pools.find(*e.executor)) pool->manager = lane_id;
    }
    lane->slot = graph.m_alive.size();
    graph.m_alive.push_back(lane_id);
    if (Pool* pool = pool_of(*lane)) {
      ++pool->workers;
      if (pool->announced > 0) --pool->announced;
    }
    may_free();
  }

  void operator()(const LaneEnded&) {
    Lane* lane = active_lane();
    if (lane == nullptr) return;
    end_wait(*lane);
    // A worker that was killed: its pool will say what became of the task.
    for (const FutureId id : lane->tasks) leave(*graph.m_futures.find(id));
    lane->tasks = {};
    if (Pool* pool = pool_of(*lane)) --pool->workers;
    lane->ended = true;
    const LaneId last = graph.m_alive.back();
    graph.m_alive[lane->slot] = last;
    graph.m_lanes.find(last)->slot = lane->slot;
    graph.m_alive.pop_back();
    may_stick();
  }

  void operator()(const PoolCreated& e) {
    Pool* pool = graph.m_pools.add(e.executor);
    if (pool != nullptr) pool->most_workers = e.workers;
  }
  void operator()(const PoolGrown& e) {
    Pool* pool = graph.m_pools.find(e.executor);
    if (pool == nullptr) return;
    ++pool->announced;
    pool->most_workers = std::max(pool->most_workers, e.workers);
    may_free();
  }
  void operator()(const PoolShutDown& e) {
    Pool* pool = graph.m_pools.find(e.executor);
    if (pool == nullptr) return;
    pool->is_shut_down = true;
    if (e.cancel_futures) empty_queue(*pool);
    may_stick();
  }
  // What is running in the call queue stays there.
  void empty_queue(Pool& pool) {
    std::deque<FutureId> stays;
    for (const FutureId id : pool.queue) {
      Future& future = *graph.m_futures.find(id);
      if (future.place != Place::Queued) continue;
      if (future.state == FutureState::Running) {
        stays.push_back(id);
      } else {
        future.place = Place::Removed;
      }
    }
    pool.queue = std::move(stays);
    pool.queued = pool.queue.size();
  }
  void operator()(const PoolBroken& e) {
    Pool* pool = graph.m_pools.find(e.executor);
    if (pool != nullptr) pool->is_broken = true;
    may_free();
  }

  // --- Futures and tasks ---

  void operator()(const Submitted& e) {
    Future* future = future_for(e.future);
    Pool* pool = graph.m_pools.find(e.executor);
    if (future == nullptr || future->place != Place::ByHand) return;
    future->label = e.label;
    future->lane = lane_id;
    if (pool == nullptr || is_final(future->state)) return;
    future->executor = e.executor;
    join_queue(*pool, *future);
    may_free();
  }

  void join_queue(Pool& pool, Future& future) {
    future.place = Place::Queued;
    pool.queue.push_back(future.id);
    ++pool.queued;
  }
  void leave_queue(Future& future, Place place) {
    const bool was_queued = future.place == Place::Queued;
    future.place = place;
    if (!was_queued) return;
    Pool& pool = *graph.m_pools.find(future.executor);
    --pool.queued;
    while (!pool.queue.empty() && graph.m_futures.find(pool.queue.front())->place != Place::Queued) {
      pool.queue.pop_front();
    }
  }

  // Its call is over.
  void leave(Future& future) {
    const bool has_pool = future.place != Place::ByHand && future.place != Place::Left;
    leave_queue(future, Place::Left);
    if (!has_pool || is_final(future.state)) return;
    Pool* pool = graph.m_pools.find(future.executor);
    if (pool == nullptr) return;
    future.is_on_its_way = true;
    ++pool->on_their_way;
  }

  void operator()(const StateChanged& e) {
    Future* future = future_for(e.future);
    if (future == nullptr || is_final(future->state)) return;
    future->state = e.to;
    if (e.outcome == Outcome::Raised) future->raised = true;
    if (is_final(e.to) && future->place == Place::Queued) leave_queue(*future, Place::Left);
    if (is_final(e.to) && std::exchange(future->is_on_its_way, false)) {
      --graph.m_pools.find(future->executor)->on_their_way;
    }
    // A shutdown came too late for it: it had entered the call queue.
    if (e.to == FutureState::Running && future->place == Place::Removed) {
      join_queue(*graph.m_pools.find(future->executor), *future);
    }
    may_free();
    if (e.to == FutureState::Cancelled) may_stick();
  }
  static bool is_final(FutureState state) {
    return state == FutureState::Finished || state == FutureState::CancelledAndNotified;
  }

  void operator()(const TaskBegan& e) {
    Lane* lane = active_lane();
    Future* future = lane == nullptr ? nullptr : future_for(e.future);
    if (future == nullptr || future->place == Place::Executing || future->place == Place::Left) return;
    leave_queue(*future, Place::Executing);
    future->lane = lane_id;
    lane->tasks.push_back(e.future);
    may_free();
  }

  void operator()(const TaskEnded& e) {
    if (e.outcome == Outcome::Aborted) graph.m_over = true;
    Future* future = future_for(e.future);
    if (future == nullptr) return;
    future->raised = e.outcome == Outcome::Raised;
    if (future->place == Place::Executing) {
      std::vector<FutureId>& tasks = graph.m_lanes.find(future->lane)->tasks;
      while (tasks.back() != e.future) {  // the ends of tasks within it were lost
        leave(*graph.m_futures.find(tasks.back()));
        tasks.pop_back();
      }
      tasks.pop_back();
    }
    leave(*future);
    may_free();
  }

  // --- Waits ---

  void operator()(const WaitBegan& e) {
    Lane* lane = active_lane();
    if (lane == nullptr) return;
    end_wait(*lane);
    lane->wait = e;
    if (WaitForGraph::is_blocking(e)) ++graph.m_blocked;
    lane->is_idle = lane->is_worker && e.on == WaitOn::Queue && !e.deadline && lane->tasks.empty();
    if (lane->is_idle) ++pool_of(*lane)->idle;
    if (WaitForGraph::is_blocking(e) || e.on == WaitOn::Queue) may_stick();
  }
  void operator()(const WaitEnded& e) {
    if (e.how == WaitEnd::Aborted) graph.m_over = true;
    if (Lane* lane = active_lane()) end_wait(*lane);
  }
  void end_wait(Lane& lane) {
    if (!lane.wait) return;
    if (WaitForGraph::is_blocking(*lane.wait)) --graph.m_blocked;
    if (lane.is_idle) --pool_of(lane)->idle;
    lane.is_idle = false;
    lane.wait.reset();
    may_free();
  }

  void operator()(const RunEnded&) { graph.m_over = true; }

  // Nothing else changes who can move.
  void operator()(const auto&) {}
};

void WaitForGraph::apply(LaneId lane, const EventBody& body) { std::visit(GraphFold{*this, lane}, body); }
void WaitForGraph::apply(LaneId lane, const Submitted& event) { GraphFold{*this, lane}(event); }
void WaitForGraph::apply(LaneId lane, const StateChanged& event) { GraphFold{*this, lane}(event); }
void WaitForGraph::apply(LaneId lane, const TaskBegan& event) { GraphFold{*this, lane}(event); }
void WaitForGraph::apply(LaneId lane, const TaskEnded& event) { GraphFold{*this, lane}(event); }
void WaitForGraph::apply(LaneId lane, const WaitBegan& event) { GraphFold{*this, lane}(event); }
void WaitForGraph::apply(LaneId lane, const WaitEnded& event) { GraphFold{*this, lane}(event); }

bool WaitForGraph::is_blocking(const WaitBegan& wait) {
  switch (wait.on) {
    case WaitOn::Result:
    case WaitOn::Map:
    case WaitOn::AsCompleted:
    case WaitOn::Wait:
    case WaitOn::Join:
      return !wait.deadline && wait.more == 0;
    case WaitOn::Queue:
    case WaitOn::Sleep:
    case WaitOn::Gil:
    case WaitOn::Io:
    case WaitOn::Pause:
    case WaitOn::Core:
      break;
  }
  return false;
}

}  // namespace loiter::trace
