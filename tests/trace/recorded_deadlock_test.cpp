// Deadlocks of real programs: the pools, the recorder and the wait-for graph together.
#include <catch2/catch_test_macros.hpp>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <variant>
#include <vector>

#include "futures/as_completed.hpp"
#include "futures/context.hpp"
#include "futures/errors.hpp"
#include "futures/thread_pool_executor.hpp"
#include "futures/wait.hpp"
#include "runtime/live.hpp"
#include "runtime/simulated.hpp"
#include "trace/recorder.hpp"
#include "trace/run.hpp"

namespace loiter::trace {
namespace {

using namespace std::chrono_literals;
using futures::AnyFuture;
using futures::Context;
using futures::Future;
using futures::named;
using futures::Promise;
using futures::ThreadPoolExecutor;
using runtime::Phase;

struct Recorded {
  std::vector<Event> events;
  bool was_quiescent = false;
  std::optional<Stuck> stuck;  // the last report
};

using Body = std::function<void(Context&)>;

bool main_is_stuck(const std::vector<Event>& events) {
  for (auto event = events.rbegin(); event != events.rend(); ++event) {
    if (const auto* stuck = std::get_if<Stuck>(&event->body)) return stuck->lanes.front() == main_lane;
  }
  return false;
}

// Until the program ends, or is stuck as a whole: in a live run, some time after its main lane is.
Recorded record(runtime::Runtime& runtime, Recorder& recorder, const Body& body) {
  Context context(runtime, recorder);
  Recorded recorded;
  std::vector<Event> events;
  const auto take = [&] {
    for (bool more = true; more;) {
      more = recorder.take(events);
      std::ranges::move(events, std::back_inserter(recorded.events));
    }
  };
  runtime.start([&] { body(context); });
  int rounds_left = 4;
  for (Phase phase = Phase::Running; phase != Phase::Ended;) {
    phase = runtime.wait(5ms);
    take();
    if (phase == Phase::Quiescent) recorded.was_quiescent = true;
    if (recorder.is_stuck() && main_is_stuck(recorded.events)) --rounds_left;
    if (recorded.was_quiescent || rounds_left == 0) runtime.stop();
  }
  take();
  recorded.events.push_back(recorder.finish(RunEnded{}));
  for (const Event& event : recorded.events) {
    if (const auto* stuck = std::get_if<Stuck>(&event.body)) recorded.stuck = *stuck;
  }
  return recorded;
}

Recorded simulate(const Body& body, runtime::SimulatedOptions options = {}) {
  Recorder recorder;
  runtime::Simulated runtime(recorder, options);
  recorder.attach(runtime);
  return record(runtime, recorder, body);
}

Recorded live(const Body& body) {
  Recorder recorder;
  runtime::Live runtime(recorder);
  recorder.attach(runtime);
  runtime.set_pace(runtime::Pace::instant());
  return record(runtime, recorder, body);
}

void wait_forever(Context& context, int workers) {
  ThreadPoolExecutor pool(context, {.max_workers = workers});
  const auto outer =
      pool.submit(named("wait_forever", [&pool] { return pool.submit(named("zip", [] { return 1; })).result(); }));
  outer.result();
}

// A program of tasks that submit, sleep and wait for one another, drawn from a seed. It never cancels anything, so what
// is stuck must stay so.
class Tangle {
 public:
  Tangle(Context& context, std::uint64_t seed)
      : m_context(context),
        m_random(seed),
        m_patience(1 + seed % 60),
        m_first(context, {.max_workers = workers()}),
        m_second(context, {.max_workers = workers()}) {}

  void run() {
    m_futures.push_back(m_first.submit(named("first", [] { return 0; })));  // something to wait for
    for (int i = 0; i < 4; ++i) submit({.pool = 1, .depth = 0});
    for (int i = 0; i < 6; ++i) step({.pool = 1, .depth = 0});
  }

 private:
  // Tasks of the first pool use no other: the second goes first when the program ends.
  struct Where {
    std::uint64_t pool;
    int depth;
  };

  int workers() { return static_cast<int>(1 + pick(3)); }

  void submit(Where from) {
    const Where to{.pool = from.pool == 0 ? 0 : pick(2), .depth = from.depth + 1};
    Future<int> future = (to.pool == 0 ? m_first : m_second).submit(named("task", [this, to] {
      for (int i = 0; i < 3; ++i) step(to);
      return to.depth;
    }));
    const Lock lock(m_mutex);
    m_futures.push_back(future);
  }

  void step(Where where) {
    const Timeout timeout = pick(m_patience) != 0 ? Timeout{std::chrono::seconds(pick(3))} : std::nullopt;
    try {
      switch (pick(6)) {
        case 0:
          return m_context.runtime().sleep_for(std::chrono::seconds(pick(4)));
        case 1:
        case 2:
          return where.depth < 3 ? submit(where) : void();
        case 3:
          return some(1).front().exception(timeout) ? void() : void();
        case 4: {
          futures::wait(some(3), {.timeout = timeout,
                                  .return_when = pick(2) == 0 ? futures::ReturnWhen::AllCompleted
                                                              : futures::ReturnWhen::FirstCompleted});
          return;
        }
        default: {
          auto completed = futures::as_completed(some(3), timeout);
          while (completed.next()) {
          }
        }
      }
    } catch (const futures::TimeoutError&) {
    }
  }

  std::vector<AnyFuture> some(std::uint64_t most) {
    std::vector<AnyFuture> chosen;
    const std::uint64_t count = 1 + pick(most);
    for (std::uint64_t i = 0; i < count; ++i) {
      const std::uint64_t place = pick(future_count());
      const Lock lock(m_mutex);
      chosen.push_back(m_futures[place]);
    }
    return chosen;
  }

  std::size_t future_count() {
    const Lock lock(m_mutex);
    return m_futures.size();
  }
  std::uint64_t pick(std::uint64_t below) {
    const Lock lock(m_mutex);
    return std::uniform_int_distribution<std::uint64_t>(0, below - 1)(m_random);
  }

  Context& m_context;
  Mutex m_mutex;
  std::mt19937_64 m_random;
  const std::uint64_t m_patience;  // one wait in so many has no timeout: few programs that always wait end
  std::vector<Future<int>> m_futures;
  ThreadPoolExecutor m_first;
  ThreadPoolExecutor m_second;
};

Body tangle(std::uint64_t seed) {
  return [seed](Context& context) { Tangle(context, seed).run(); };
}

// Once reported stuck, a lane does nothing more until the run is stopped.
void check_stuck_stays_stuck(const Recorded& recorded) {
  std::set<LaneId> stuck;
  for (const Event& event : recorded.events) {
    CHECK_FALSE(std::holds_alternative<Unstuck>(event.body));
    if (const auto* report = std::get_if<Stuck>(&event.body)) {
      stuck.insert(report->lanes.begin(), report->lanes.end());
      CHECK_FALSE(report->chain.empty());
      continue;
    }
    if (const auto* ended = std::get_if<WaitEnded>(&event.body)) {
      if (ended->how == WaitEnd::Aborted) return;  // stopped
    }
    INFO("event " << event.body.index() << " on lane " << event.lane.value << " at " << to_seconds(event.t));
    CHECK_FALSE(stuck.contains(event.lane));
  }
}

// When nothing moves at all, whoever waits for a future or a lane without a deadline has been reported.
void check_all_are_reported(const Recorded& recorded) {
  if (!recorded.was_quiescent) return;
  std::set<LaneId> waiting;
  for (const Event& event : recorded.events) {
    if (const auto* wait = std::get_if<WaitBegan>(&event.body)) {
      if (wait->on < WaitOn::Queue || wait->on == WaitOn::Join) waiting.insert(event.lane);
    } else if (const auto* ended = std::get_if<WaitEnded>(&event.body)) {
      if (ended->how == WaitEnd::Aborted) break;
      waiting.erase(event.lane);
    }
  }
  REQUIRE(recorded.stuck);
  CHECK(std::vector<LaneId>(waiting.begin(), waiting.end()) == recorded.stuck->lanes);
}

}  // namespace

TEST_CASE("wait_forever is reported the moment it hangs, in words") {
  const Recorded recorded = simulate([](Context& context) { wait_forever(context, 1); });
  REQUIRE(recorded.stuck);
  CHECK(
      recorded.stuck->chain ==
      "ThreadPoolExecutor-0_0 runs wait_forever, which waits for zip (future 2); future 2 waits for a worker; the only "
      "worker is ThreadPoolExecutor-0_0; main waits for wait_forever (future 1).");
  CHECK(fold({{}, recorded.events}).inconsistent() == 0);
  CHECK_FALSE(simulate([](Context& context) { wait_forever(context, 2); }).stuck);
}

TEST_CASE("wait_forever is reported in a live run", "[live]") {
  const Recorded recorded = live([](Context& context) { wait_forever(context, 1); });
  REQUIRE(recorded.stuck);
  CHECK(recorded.stuck->lanes == std::vector<LaneId>{LaneId{0}, LaneId{1}});
  CHECK_FALSE(live([](Context& context) { wait_forever(context, 2); }).stuck);
}

TEST_CASE("a wait for what a shutdown cancelled is reported while the pool still works") {
  const Recorded recorded = simulate([](Context& context) {
    ThreadPoolExecutor pool(context, {.max_workers = 1});
    pool.submit(named("busy", [&] {
      context.runtime().sleep_for(9s);
      return 1;
    }));
    const auto queued = pool.submit(named("queued", [] { return 2; }));
    pool.shutdown({.wait = false, .cancel_futures = true});
    futures::wait(std::vector<AnyFuture>{queued});
  });
  REQUIRE(recorded.stuck);
  CHECK(recorded.stuck->chain ==
        "main waits for queued (future 2); future 2 was cancelled when its pool's queue was emptied, so no worker will "
        "ever report it.");
}

TEST_CASE("a promise that nobody is left to complete is reported") {
  const Recorded recorded = simulate([](Context& context) {
    const Promise<int> promise(context);
    promise.future().result();
  });
  REQUIRE(recorded.stuck);
  CHECK(recorded.stuck->chain == "main waits for future 1; nobody is left who could complete future 1.");
}

TEST_CASE("in random programs the stuck stay stuck, and all of them are reported") {
  const std::uint64_t first_seed = std::random_device{}();
  int stuck = 0;
  for (std::uint64_t seed = first_seed; seed < first_seed + 150; ++seed) {
    INFO("seed " << seed);
    const Recorded recorded = simulate(tangle(seed), {.random = true, .seed = seed});
    check_stuck_stays_stuck(recorded);
    check_all_are_reported(recorded);
    CHECK(fold({{}, recorded.events}).inconsistent() == 0);
    stuck += recorded.stuck ? 1 : 0;
  }
  CHECK(stuck > 5);
  CHECK(stuck < 140);
}

TEST_CASE("in random live programs nobody is called stuck who moves again", "[live]") {
  const std::uint64_t first_seed = std::random_device{}();
  for (std::uint64_t seed = first_seed; seed < first_seed + 25; ++seed) {
    INFO("seed " << seed);
    const Recorded recorded = live(tangle(seed));
    check_stuck_stays_stuck(recorded);
    CHECK(fold({{}, recorded.events}).inconsistent() == 0);
  }
}

}  // namespace loiter::trace
