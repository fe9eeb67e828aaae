// Random programs against a second, slower opinion: the rules of the wait-for graph applied round by round to the whole
// state of the program until nothing changes.
#include <catch2/catch_test_macros.hpp>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "trace/script.hpp"
#include "trace/wait_for_graph.hpp"

namespace loiter::trace {
namespace {

struct LaneModel {
  std::optional<std::uint32_t> pool;
  bool ended = false;
  std::vector<std::uint32_t> tasks;
  std::optional<WaitBegan> wait;
  bool is_idle() const { return pool && wait && wait->on == WaitOn::Queue && tasks.empty(); }
};
struct FutureModel {
  std::optional<std::uint32_t> pool;
  FutureState state = FutureState::Pending;
  std::optional<std::uint32_t> lane;  // executes it
  bool in_queue = false;
  bool removed = false;
  bool is_finished() const { return state == FutureState::Finished || state == FutureState::CancelledAndNotified; }
};
struct PoolModel {
  std::uint32_t most = 1;
  std::uint32_t announced = 0;
  std::vector<std::uint32_t> workers;  // alive
  bool is_shut_down = false;
  bool is_broken = false;
  std::deque<std::uint32_t> queue;
};

// A program that does random but possible things, and writes down what it did.
class Program {
 public:
  explicit Program(std::uint64_t seed) : m_random(seed) {
    m_lanes.emplace_back();
    script.main();
  }

  Script script;

  void step() {
    const std::uint32_t lane = pick(m_lanes.size());
    if (m_lanes[lane].ended) return;
    if (m_lanes[lane].wait) return wake(lane);
    switch (pick(12)) {
      case 0:
        return create_pool(lane);
      case 1:
        return grow(lane);
      case 2:
        return begin_worker();
      case 3:
      case 4:
        return submit(lane);
      case 5:
      case 6:
        return end_task_or_idle(lane);
      case 7:
        return cancel(lane);
      case 8:
        return shut_down(lane);
      default:
        return wait(lane);
    }
  }

  // The second opinion: a lane is in the set once it can make progress.
  std::vector<LaneId> stuck_lanes() const {
    std::set<std::uint32_t> can;
    for (bool grew = true; grew;) {
      grew = false;
      for (std::uint32_t i = 0; i < m_lanes.size(); ++i) {
        if (!m_lanes[i].ended && !can.contains(i) && lane_can(i, can)) grew = can.insert(i).second;
      }
    }
    std::vector<LaneId> stuck;
    for (std::uint32_t i = 0; i < m_lanes.size(); ++i) {
      if (!m_lanes[i].ended && !can.contains(i) && is_blocking(m_lanes[i])) stuck.push_back(LaneId{i});
    }
    return stuck;
  }

 private:
  using Can = std::set<std::uint32_t>;

  // --- The rules, as they are written ---

  static bool is_blocking(const LaneModel& lane) {
    const WaitOn on = lane.wait->on;
    return on == WaitOn::Result || on == WaitOn::Map || on == WaitOn::AsCompleted || on == WaitOn::Wait ||
           on == WaitOn::Join;
  }
  bool lane_can(std::uint32_t id, const Can& can) const {
    const LaneModel& lane = m_lanes[id];
    if (!lane.wait || lane.wait->deadline || lane.wait->more > 0) return true;
    if (lane.is_idle()) return m_pools[*lane.pool].is_shut_down;
    if (lane.wait->on == WaitOn::Queue) return somebody_can(can);
    if (lane.wait->on == WaitOn::Join) {
      const std::uint32_t joined = lane.wait->joins->value;
      return joined >= m_lanes.size() || m_lanes[joined].ended || can.contains(joined);
    }
    if (!is_blocking(lane)) return true;
    bool all = true;
    bool one = lane.wait->futures.empty();
    for (const FutureId future : lane.wait->futures) {
      const bool this_one = future_can(future.value, lane.wait->on, can);
      all = all && this_one;
      one = one || this_one;
    }
    return lane.wait->any ? one : all;
  }
  bool future_can(std::uint32_t id, WaitOn on, const Can& can) const {
    const FutureModel& future = m_futures[id - 1];
    if (future.is_finished()) return true;
    if (future.state == FutureState::Cancelled) {
      if (on == WaitOn::Result || on == WaitOn::Map) return true;
      if (!future.pool) return somebody_can(can);
      return future.in_queue && pool_can(*future.pool, can);
    }
    if (future.removed) return true;  // is being cancelled
    if (!future.pool) return somebody_can(can);
    if (future.lane) return m_lanes[*future.lane].ended || can.contains(*future.lane);
    if (!future.in_queue) return true;  // its result is on its way
    return pool_can(*future.pool, can);
  }
  bool pool_can(std::uint32_t id, const Can& can) const {
    const PoolModel& pool = m_pools[id];
    if (pool.is_broken || pool.announced > 0 || pool.workers.empty()) return true;
    if (!pool.is_shut_down && pool.workers.size() < pool.most) return true;
    for (const std::uint32_t worker : pool.workers) {
      if (m_lanes[worker].is_idle() || can.contains(worker)) return true;
    }
    return false;
  }
  bool somebody_can(const Can& can) const {
    if (!can.empty()) return true;
    for (std::uint32_t i = 0; i < m_pools.size(); ++i) {
      if (!m_pools[i].queue.empty() && pool_can(i, can)) return true;
    }
    for (const FutureModel& future : m_futures) {
      if (future.pool && !future.lane && !future.in_queue && !future.removed && !future.is_finished()) return true;
    }
    return false;
  }

  // --- What a program may do ---

  void create_pool(std::uint32_t lane) {
    if (m_pools.size() >= 3) return;
    PoolModel pool;
    pool.most = 1 + pick(3);
    script.on(lane).pool(static_cast<std::uint32_t>(m_pools.size()), pool.most);
    m_pools.push_back(pool);
  }
  void grow(std::uint32_t lane) {
    if (m_pools.empty()) return;
    const std::uint32_t id = pick(m_pools.size());
    PoolModel& pool = m_pools[id];
    if (pool.is_shut_down || pool.workers.size() + pool.announced >= pool.most) return;
    ++pool.announced;
    script.on(lane).grow(id, static_cast<std::uint32_t>(pool.workers.size()) + pool.announced);
  }
  void begin_worker() {
    for (std::uint32_t id = 0; id < m_pools.size(); ++id) {
      if (m_pools[id].announced == 0) continue;
      --m_pools[id].announced;
      const auto lane = static_cast<std::uint32_t>(m_lanes.size());
      m_pools[id].workers.push_back(lane);
      m_lanes.emplace_back();
      m_lanes.back().pool = id;
      script.worker(lane, id, "worker " + std::to_string(lane));
    }
  }
  void submit(std::uint32_t lane) {
    const auto id = static_cast<std::uint32_t>(m_futures.size() + 1);
    FutureModel future;
    if (!m_pools.empty() && pick(8) != 0) {
      const std::uint32_t pool = pick(m_pools.size());
      if (m_pools[pool].is_shut_down) return;
      future.pool = pool;
      future.in_queue = true;
      m_pools[pool].queue.push_back(id);
      script.on(lane).submit(id, "f(" + std::to_string(id) + ")", pool);
    }
    m_futures.push_back(future);
  }
  void set_state(std::uint32_t lane, std::uint32_t id, FutureState to) {
    FutureModel& future = m_futures[id - 1];
    script.on(lane).state(id, future.state, to);
    future.state = to;
  }
  // The worker takes the next from the queue: a cancelled one is reported and dropped.
  void take(std::uint32_t lane) {
    PoolModel& pool = m_pools[*m_lanes[lane].pool];
    if (pool.queue.empty()) return;
    const std::uint32_t id = pool.queue.front();
    pool.queue.pop_front();
    FutureModel& future = m_futures[id - 1];
    future.in_queue = false;
    if (future.state == FutureState::Cancelled) return set_state(lane, id, FutureState::CancelledAndNotified);
    if (future.state == FutureState::Pending) set_state(lane, id, FutureState::Running);
    future.lane = lane;
    m_lanes[lane].tasks.push_back(id);
    script.add(TaskBegan{FutureId{id}});
  }
  void end_task_or_idle(std::uint32_t id) {
    LaneModel& lane = m_lanes[id];
    if (!lane.tasks.empty()) {
      const std::uint32_t future = lane.tasks.back();
      lane.tasks.pop_back();
      m_futures[future - 1].lane.reset();
      script.on(id).add(TaskEnded{FutureId{future}});
      if (pick(4) != 0) set_state(id, future, FutureState::Finished);  // else it stays on its way
    } else if (lane.pool && m_pools[*lane.pool].queue.empty()) {
      begin_wait(id, {WaitOn::Queue});
    } else if (lane.pool) {
      take(id);
    }
  }
  void cancel(std::uint32_t lane) {
    if (m_futures.empty()) return;
    const std::uint32_t id = 1 + pick(m_futures.size());
    const FutureModel& future = m_futures[id - 1];
    if (future.state == FutureState::Pending) {
      set_state(lane, id, pick(4) == 0 && !future.pool ? FutureState::Finished : FutureState::Cancelled);
    } else if (future.state == FutureState::Running && future.pool && !future.lane && !future.in_queue) {
      set_state(lane, id, FutureState::Finished);  // the result has arrived
    }
  }
  void shut_down(std::uint32_t lane) {
    if (m_pools.empty() || pick(3) != 0) return;
    const std::uint32_t id = pick(m_pools.size());
    PoolModel& pool = m_pools[id];
    if (pick(6) == 0) {
      pool.is_broken = true;
      script.on(lane).add(PoolBroken{ExecutorId{id}, "broken"});
      return;
    }
    const bool cancel = pick(2) == 0;
    pool.is_shut_down = true;
    script.on(lane).add(PoolShutDown{ExecutorId{id}, cancel});
    if (!cancel) return;
    for (const std::uint32_t future : pool.queue) {
      m_futures[future - 1].in_queue = false;
      m_futures[future - 1].removed = true;
    }
    pool.queue.clear();
  }
  void wait(std::uint32_t lane) {
    WaitBegan wait{static_cast<WaitOn>(pick(10))};
    if (wait.on == WaitOn::Queue && m_lanes[lane].pool && m_lanes[lane].tasks.empty()) return end_task_or_idle(lane);
    if (wait.on == WaitOn::Pause || wait.on == WaitOn::Sleep) wait.on = WaitOn::Result;
    if (wait.on == WaitOn::Join) wait.joins = LaneId{pick(m_lanes.size() + 1)};
    if (wait.on < WaitOn::Queue) {
      if (m_futures.empty()) return;
      const std::uint32_t count = wait.on == WaitOn::Result ? 1 : 1 + pick(4);
      for (std::uint32_t i = 0; i < count; ++i) wait.futures.push_back(FutureId{1 + pick(m_futures.size())});
      wait.any = wait.on == WaitOn::AsCompleted || (wait.on == WaitOn::Wait && pick(2) == 0);
      wait.more = pick(10) == 0 ? 3 : 0;
    }
    if (pick(12) == 0) wait.deadline = seconds_in(1000);
    begin_wait(lane, wait);
  }
  void begin_wait(std::uint32_t lane, const WaitBegan& wait) {
    m_lanes[lane].wait = wait;
    script.on(lane).add(wait);
  }
  // Wakes rarely, so that knots have time to form; a worker may then end.
  void wake(std::uint32_t id) {
    LaneModel& lane = m_lanes[id];
    const bool is_free = lane.is_idle() || lane.wait->deadline || !is_blocking(lane);
    if (pick(is_free ? 3 : 40) != 0) return;
    const bool was_idle = lane.is_idle();
    script.on(id).woken(lane.wait->on);
    lane.wait.reset();
    if (!was_idle || pick(3) != 0) return;
    lane.ended = true;
    script.add(LaneEnded{});
    std::erase(m_pools[*lane.pool].workers, id);
  }

  std::uint32_t pick(std::size_t below) {
    return static_cast<std::uint32_t>(std::uniform_int_distribution<std::size_t>(0, below - 1)(m_random));
  }

  std::mt19937_64 m_random;
  std::vector<LaneModel> m_lanes;
  std::vector<FutureModel> m_futures;
  std::vector<PoolModel> m_pools;
};

}  // namespace

TEST_CASE("the graph agrees with the rules applied one by one, after every event of random programs") {
  constexpr std::uint64_t programs = 1000;
  constexpr int steps = 400;
  const std::uint64_t first_seed = std::random_device{}();
  std::size_t stuck_answers = 0;
  for (std::uint64_t seed = first_seed; seed < first_seed + programs; ++seed) {
    INFO("seed " << seed);
    Program program(seed);
    WaitForGraph graph;
    std::size_t applied = 0;
    std::vector<LaneId> last;
    for (int step = 0; step < steps; ++step) {
      program.step();
      const auto& events = program.script.recording.events;
      for (; applied < events.size(); ++applied) graph.apply(events[applied]);
      const std::vector<LaneId> expected = program.stuck_lanes();
      INFO("after event " << applied);
      if (graph.needs_check()) {
        const StuckSet stuck = graph.stuck();
        last = stuck.lanes;
        REQUIRE(graph.chain(stuck).empty() == stuck.empty());
        REQUIRE(graph.chain(stuck).size() < 8000);
      }
      REQUIRE(last == expected);
      stuck_answers += expected.empty() ? 0 : 1;
    }
  }
  CHECK(stuck_answers > programs);  // else the programs are too harmless to show anything
}

}  // namespace loiter::trace
