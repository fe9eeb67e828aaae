// The fixpoint of "can make progress": what is outside it is stuck.
#include <algorithm>
#include <cstdint>
#include <iterator>
#include <limits>
#include <utility>

#include "trace/wait_for_graph.hpp"

namespace loiter::trace {

// Starts from what can move by itself and follows, backwards, who waits for it. A lane that is held up watches one thing
// that holds it up (or, if one of several is enough, all of them), so each wait list is walked once.
class Fixpoint {
 public:
  explicit Fixpoint(const WaitForGraph& graph)
      : m_graph(graph), m_lanes(graph.m_alive.size()), m_pools(graph.m_pools.size()) {}

  void solve() {
    for (std::size_t slot = 0; slot < m_lanes.size(); ++slot) {
      if (moves_by_itself(m_graph.at_slot(slot))) set_lane(slot);
    }
    follow();
    for (std::size_t slot = 0; slot < m_lanes.size(); ++slot) {
      if (!m_lanes[slot].can) consider(slot);
    }
    follow();
    // A worker will take what lies in a queue, or a result is on its way: some lane will move, though none does now.
    if (!m_anyone && m_anyone_watch != none && some_pool_moves()) {
      set_anyone();
      follow();
    }
  }

  bool nothing_moves() const { return !m_anyone && !some_pool_moves(); }
  bool lane_can(std::size_t slot) const { return m_lanes[slot].can; }
  // Its manager waits for ever, and nobody else could report what its workers do.
  bool is_held_up(const WaitForGraph::Pool& pool) const {
    const WaitForGraph::Lane* const manager = m_graph.waiting_manager(pool);
    return manager != nullptr && !m_lanes[manager->slot].can;
  }
  bool pool_can(std::size_t place) const {
    const WaitForGraph::Pool& pool = m_graph.m_pools[place];
    return !is_held_up(pool) && (m_pools[place].moves || m_graph.has_hope(pool));
  }

  bool is_open(WaitForGraph::Blocker blocker) const {
    switch (blocker.kind) {
      case Kind::Nothing:
        return true;
      case Kind::Lane:
        return m_lanes[blocker.index].can;
      case Kind::Pool:
        return pool_can(blocker.index);
      case Kind::Anyone:
        return m_anyone;
      case Kind::Nobody:
        return false;
    }
    return true;
  }

 private:
  using Kind = WaitForGraph::Blocker::Kind;
  using Blocker = WaitForGraph::Blocker;
  using Lane = WaitForGraph::Lane;
  using Pool = WaitForGraph::Pool;
  static constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();

  struct LaneState {
    bool can = false;
    std::uint32_t watch = none;  // the first of those who watch it
    std::size_t next = 0;        // of a wait for all: the futures before this one can
  };
  struct PoolState {
    bool moves = false;  // one of its busy workers can
    std::uint32_t watch = none;
  };
  struct Watch {
    std::size_t slot;
    std::uint32_t next;
  };

  bool moves_by_itself(const Lane& lane) const {
    if (!lane.wait || lane.wait->deadline || lane.wait->more > 0) return true;
    switch (lane.wait->on) {
      case WaitOn::Sleep:
      case WaitOn::Gil:
      case WaitOn::Io:
      case WaitOn::Pause:
      case WaitOn::Core:
        return true;
      case WaitOn::Queue:
        return lane.is_idle && will_end(lane, *m_graph.m_pools.find(*lane.executor));
      default:
        return false;
    }
  }

  // Who waits for the end of one worker has told all of them to end before, though they may not have woken yet.
  bool is_worker_of(LaneId id, const Pool& pool) const {
    const Lane* const lane = m_graph.m_lanes.find(id);
    return lane != nullptr && lane->is_worker && lane->executor == pool.id;
  }
  // An idle worker of a pool that is shut down. A process is told to end by its manager, once no other has work.
  bool will_end(const Lane& worker, const Pool& pool) const {
    const bool ends_alone = worker.kind != LaneKind::Process || pool.is_broken;
    const Lane* const manager = m_graph.waiting_manager(pool);
    const bool is_told = manager == nullptr ? pool.workers == pool.idle
                                            : manager->wait->joins && is_worker_of(*manager->wait->joins, pool);
    return pool.is_shut_down && (ends_alone || is_told);
  }

  void set_lane(std::size_t slot) {
    m_lanes[slot].can = true;
    m_new.push_back(slot);
  }
  void set_anyone() {
    m_anyone = true;
    wake(m_anyone_watch);
  }

  // Tells those who watch what has become able to move.
  void follow() {
    while (!m_new.empty()) {
      const std::size_t slot = m_new.back();
      m_new.pop_back();
      if (!m_anyone) set_anyone();
      wake(m_lanes[slot].watch);
      const Lane& lane = m_graph.at_slot(slot);
      if (!lane.is_worker || lane.is_idle) continue;
      PoolState& pool = m_pools[m_graph.m_pools.place(*lane.executor)];
      if (pool.moves) continue;
      pool.moves = true;
      wake(pool.watch);
    }
  }
  void wake(std::uint32_t& list) {
    for (std::uint32_t watch = std::exchange(list, none); watch != none; watch = m_watches[watch].next) {
      if (!m_lanes[m_watches[watch].slot].can) consider(m_watches[watch].slot);
    }
  }
  void watch(std::size_t slot, Blocker blocker) {
    std::uint32_t* list = blocker.kind == Kind::Lane     ? &m_lanes[blocker.index].watch
                          : blocker.kind == Kind::Pool   ? &m_pools[blocker.index].watch
                          : blocker.kind == Kind::Anyone ? &m_anyone_watch
                                                         : nullptr;
    if (list == nullptr) return;
    m_watches.push_back({slot, *list});
    *list = static_cast<std::uint32_t>(m_watches.size() - 1);
  }

  // A lane that waits: can it move, as far as is known now? If not, it watches what holds it up.
  void consider(std::size_t slot) {
    const Lane& lane = m_graph.at_slot(slot);
    const WaitBegan& wait = *lane.wait;
    if (lane.is_idle) return;
    if (wait.on == WaitOn::Queue) return consider_queue(slot, lane);
    if (wait.on == WaitOn::Join) {
      const Blocker blocker = wait.joins ? m_graph.blocker_of_lane(*wait.joins) : Blocker{};
      return is_open(blocker) ? set_lane(slot) : watch(slot, blocker);
    }
    wait.any ? consider_any(slot, wait) : consider_all(slot, wait);
  }

  void consider_all(std::size_t slot, const WaitBegan& wait) {
    for (std::size_t& i = m_lanes[slot].next; i < wait.futures.size(); ++i) {
      const Blocker blocker = m_graph.blocker_of(wait.futures[i], wait.on);
      if (!is_open(blocker)) return watch(slot, blocker);
    }
    set_lane(slot);
  }

  void consider_any(std::size_t slot, const WaitBegan& wait) {
    const auto is_open_to = [&](FutureId future) { return is_open(m_graph.blocker_of(future, wait.on)); };
    bool can = wait.futures.empty() || std::any_of(wait.futures.begin(), wait.futures.end(), [&](FutureId future) {
                 return !(wait.first_exception && has_returned(future)) && is_open_to(future);
               });
    if (wait.first_exception && !can) can = std::all_of(wait.futures.begin(), wait.futures.end(), is_open_to);
    if (can) return set_lane(slot);
    for (const FutureId future : wait.futures) watch(slot, m_graph.blocker_of(future, wait.on));
  }

  // Done, and no reason to end a wait for the first exception.
  bool has_returned(FutureId id) const {
    const WaitForGraph::Future* const future = m_graph.m_futures.find(id);
    return future != nullptr && !future->raised &&
           (future->state == FutureState::Finished || future->state == FutureState::CancelledAndNotified);
  }

  // A pool's manager waits for its workers; who waits at another queue, for anybody.
  void consider_queue(std::size_t slot, const Lane& lane) {
    Blocker blocker{Kind::Anyone, 0};
    bool can = m_anyone;
    const Pool* pool = lane.kind == LaneKind::Manager && lane.executor ? m_graph.m_pools.find(*lane.executor) : nullptr;
    if (pool != nullptr) {
      blocker = {Kind::Pool, m_graph.m_pools.place(pool->id)};
      const bool has_work = pool->on_their_way > 0 || (pool->queued > 0 && m_graph.has_hope(*pool));
      const bool will_end = pool->is_shut_down && pool->workers == pool->idle;
      can = has_work || will_end || pool->announced > 0 || m_pools[blocker.index].moves;
    }
    can ? set_lane(slot) : watch(slot, blocker);
  }

  bool some_pool_moves() const {
    for (std::size_t place = 0; place < m_pools.size(); ++place) {
      const Pool& pool = m_graph.m_pools[place];
      if ((pool.on_their_way > 0 && !is_held_up(pool)) || (pool.queued > 0 && pool_can(place))) return true;
    }
    return false;
  }

  const WaitForGraph& m_graph;
  std::vector<LaneState> m_lanes;  // by slot
  std::vector<PoolState> m_pools;  // by place
  bool m_anyone = false;           // some lane can
  std::uint32_t m_anyone_watch = none;
  std::vector<Watch> m_watches;
  std::vector<std::size_t> m_new;  // lanes that can, whose watchers have not heard of it
};

bool WaitForGraph::has_hope(const Pool& pool) const {
  if (pool.is_broken || pool.announced > 0 || pool.idle > 0 || pool.workers == 0) return true;
  return !pool.is_shut_down && pool.workers < pool.most_workers;
}

const WaitForGraph::Lane* WaitForGraph::waiting_manager(const Pool& pool) const {
  const Lane* const manager = pool.manager ? m_lanes.find(*pool.manager) : nullptr;
  const bool waits = manager != nullptr && !manager->ended && manager->wait && is_blocking(*manager->wait);
  return waits ? manager : nullptr;
}

WaitForGraph::Blocker WaitForGraph::blocker_of_lane(LaneId id) const {
  const Lane* lane = m_lanes.find(id);
  if (lane == nullptr || lane->ended) return {};  // over, or about to begin
  return {Blocker::Kind::Lane, lane->slot};
}

WaitForGraph::Blocker WaitForGraph::blocker_of(FutureId id, WaitOn on) const {
  using Kind = Blocker::Kind;
  const Future* future = m_futures.find(id);
  if (future == nullptr) return {id == no_future ? Kind::Nothing : Kind::Anyone, 0};
  const bool is_cancelled = future->state == FutureState::Cancelled;
  if (future->state == FutureState::Finished || future->state == FutureState::CancelledAndNotified) return {};
  if (is_cancelled && (on == WaitOn::Result || on == WaitOn::Map)) return {};
  if (future->place != Place::ByHand && future->place != Place::Removed) {
    // A recorded run may speak of a pool that it never created.
    const Pool* const pool = m_pools.find(future->executor);
    const Lane* const manager = pool == nullptr ? nullptr : waiting_manager(*pool);
    if (manager != nullptr) return {Kind::Lane, manager->slot};
  }
  switch (future->place) {
    case Place::ByHand:
      return {Kind::Anyone, 0};
    case Place::Removed:
      return {is_cancelled ? Kind::Nobody : Kind::Nothing, 0};  // not yet: it is being cancelled
    case Place::Executing:
      return blocker_of_lane(future->lane);
    case Place::Left:
      return {};  // its result is on its way
    case Place::Queued:
      break;
  }
  const Pool& pool = *m_pools.find(future->executor);
  if (pool.most_workers == 0) return blocker_of_lane(future->lane);  // the submitter runs it
  return {Kind::Pool, m_pools.place(pool.id)};
}

StuckSet WaitForGraph::stuck() const {
  StuckSet stuck;
  m_changed = false;
  m_was_stuck = false;
  if (m_over || m_blocked == 0) return stuck;
  Fixpoint fixpoint(*this);
  fixpoint.solve();

  std::vector<FutureId> held;  // waited for, or executed, by those who are stuck
  for (std::size_t slot = 0; slot < m_alive.size(); ++slot) {
    const Lane& lane = at_slot(slot);
    if (fixpoint.lane_can(slot) || !lane.wait || !is_blocking(*lane.wait)) continue;
    stuck.lanes.push_back(lane.id);
    for (const FutureId id : lane.wait->futures) {
      if (!fixpoint.is_open(blocker_of(id, lane.wait->on))) held.push_back(id);
    }
    for (const FutureId id : lane.tasks) {
      if (m_futures.find(id)->state != FutureState::Finished) held.push_back(id);
    }
  }
  if (stuck.empty()) return stuck;
  std::sort(stuck.lanes.begin(), stuck.lanes.end());
  std::sort(held.begin(), held.end());
  held.erase(std::unique(held.begin(), held.end()), held.end());
  stuck.futures = std::move(held);
  for (std::size_t place = 0; place < m_pools.size(); ++place) {
    if (fixpoint.is_held_up(m_pools[place])) {
      add_unreported(m_pools[place], stuck.futures);
    } else if (m_pools[place].most_workers > 0 && !fixpoint.pool_can(place)) {
      add_queue(m_pools[place], stuck.futures);
    }
  }
  m_was_stuck = true;
  m_is_standstill = fixpoint.nothing_moves();
  return stuck;
}

std::vector<DeadEnd> WaitForGraph::dead_ends(const StuckSet& stuck) const {
  constexpr std::size_t most = 1000;  // nobody needs more
  std::vector<DeadEnd> ends;
  for (const LaneId id : stuck.lanes) {
    const Lane& lane = *m_lanes.find(id);
    if (!lane.wait) continue;
    for (const FutureId awaited : lane.wait->futures) {
      const Future* future = m_futures.find(awaited);
      if (future == nullptr || !std::binary_search(stuck.futures.begin(), stuck.futures.end(), awaited)) continue;
      if (ends.size() == most) break;
      ends.push_back(dead_end_at(lane, *future));
    }
  }
  // What can be run or cancelled beats what can only be given up; a task's wait beats the program's own.
  const auto rank = [this](const DeadEnd& end) {
    return (end.queue ? (end.has_threads ? 4 : 2) : 0) + (m_lanes.find(end.lane)->tasks.empty() ? 0 : 1);
  };
  std::ranges::stable_sort(ends, std::ranges::greater{}, rank);
  return ends;
}

DeadEnd WaitForGraph::dead_end_at(const Lane& lane, const Future& future) const {
  DeadEnd end{.lane = lane.id, .on = lane.wait->on, .future = future.id, .state = future.state, .queue = {}};
  const Pool* pool = m_pools.find(future.executor);
  const bool is_queued = future.place == Place::Queued && future.state == FutureState::Pending;
  if (!is_queued || pool == nullptr || pool->most_workers == 0) return end;
  end.queue = pool->id;
  end.has_threads = std::any_of(m_alive.begin(), m_alive.end(), [&](LaneId other) {
    const Lane& worker = *m_lanes.find(other);
    return worker.is_worker && worker.kind == LaneKind::Thread && *worker.executor == pool->id;
  });
  return end;
}

// All that is not done in such a pool will never be. There is no list of it: this is rare.
void WaitForGraph::add_unreported(const Pool& pool, std::vector<FutureId>& futures) const {
  for (std::size_t i = 0; i < m_futures.size(); ++i) {
    const Future& future = m_futures[i];
    const bool waits = future.state == FutureState::Pending || future.state == FutureState::Running;
    if (waits && future.place != Place::ByHand && future.executor == pool.id) futures.push_back(future.id);
  }
  std::sort(futures.begin(), futures.end());
  futures.erase(std::unique(futures.begin(), futures.end()), futures.end());
}

// Queues are long and nearly always in order already: they are merged, not sorted.
void WaitForGraph::add_queue(const Pool& pool, std::vector<FutureId>& futures) const {
  std::vector<FutureId> queued;
  queued.reserve(pool.queued);
  for (const FutureId id : pool.queue) {
    const Future& future = *m_futures.find(id);
    const bool waits = future.state == FutureState::Pending || future.state == FutureState::Running;
    if (future.place == Place::Queued && waits) queued.push_back(id);
  }
  if (!std::is_sorted(queued.begin(), queued.end())) std::sort(queued.begin(), queued.end());
  std::vector<FutureId> all;
  all.reserve(futures.size() + queued.size());
  std::set_union(futures.begin(), futures.end(), queued.begin(), queued.end(), std::back_inserter(all));
  futures = std::move(all);
}

}  // namespace loiter::trace
