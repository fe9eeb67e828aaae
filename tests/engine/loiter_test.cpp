// The loiter experiment through the engine: what it prints, and when.
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include <algorithm>
#include <map>

#include "engine/session.hpp"
#include "engine/transcript.hpp"
#include "trace/run.hpp"

using namespace loiter;
using namespace loiter::engine;
using namespace loiter::engine::testing;
using namespace std::chrono_literals;
using trace::Clock;
using trace::Collect;
using trace::Mode;

namespace {

experiments::Setup simulated(int tasks, int workers, Collect collect = Collect::Map, Mode mode = Mode::Threads) {
  return *experiments::complete({.experiment = "loiter",
                                 .mode = mode,
                                 .workers = workers,
                                 .collect = collect,
                                 .clock = Clock::Simulated,
                                 .parameters = {{"tasks", std::to_string(tasks)}}});
}

trace::Recording run(const experiments::Setup& setup) { return run_to_end(setup, {.pace = runtime::Pace::instant()}); }

// Loiter's own prediction: tasks of 0, 1, 2, ... seconds go to the worker that is free first.
std::vector<Duration> predicted_ends(int tasks, int workers) {
  std::vector<Duration> free(static_cast<std::size_t>(workers), Duration{});
  std::vector<Duration> ends;
  for (int n = 0; n < tasks; ++n) {
    auto worker = std::ranges::min_element(free);
    *worker += std::chrono::seconds(n);
    ends.push_back(*worker);
  }
  return ends;
}

}  // namespace

TEST_CASE("the transcript of loiter on the simulated clock is CPython's") {
  CHECK(transcript(run(simulated(5, 3))) ==
        "[00:00:00] Script starting.\n"
        "[00:00:00] loiter(0): doing nothing for 0s...\n"
        "[00:00:00] loiter(0): done.\n"
        "[00:00:00] \tloiter(1): doing nothing for 1s...\n"
        "[00:00:00] \t\tloiter(2): doing nothing for 2s...\n"
        "[00:00:00] \t\t\tloiter(3): doing nothing for 3s...\n"
        "[00:00:00] results: <generator object Executor.map.<locals>.result_iterator at 0x7f3a00000000>\n"
        "[00:00:00] Waiting for individual results:\n"
        "[00:00:00] result 0: 0\n"
        "[00:00:01] \tloiter(1): done.\n"
        "[00:00:01] \t\t\t\tloiter(4): doing nothing for 4s...\n"
        "[00:00:01] result 1: 10\n"
        "[00:00:02] \t\tloiter(2): done.\n"
        "[00:00:02] result 2: 20\n"
        "[00:00:03] \t\t\tloiter(3): done.\n"
        "[00:00:03] result 3: 30\n"
        "[00:00:05] \t\t\t\tloiter(4): done.\n"
        "[00:00:05] result 4: 40\n");
}

TEST_CASE("loiter's tasks end as list scheduling predicts, and map gives result i when the slowest of 0 to i is done") {
  const int tasks = GENERATE(1, 5, 8);
  const int workers = GENERATE(1, 2, 3, 4);
  const trace::Run folded = trace::fold(run(simulated(tasks, workers)));
  const auto ends = predicted_ends(tasks, workers);
  REQUIRE(folded.futures().size() == static_cast<std::size_t>(tasks));
  Duration latest{};
  for (std::size_t i = 0; i < ends.size(); ++i) {
    CHECK(folded.futures()[i].finished == Instant{ends[i]});
    latest = std::max(latest, ends[i]);
    CHECK(folded.deliveries()[i].t == Instant{latest});
  }
  CHECK(folded.ended()->how == trace::RunEnd::Finished);
}

TEST_CASE("as_completed gives loiter's futures at the instant in which they finish") {
  const trace::Run folded = trace::fold(run(simulated(5, 3, Collect::AsCompleted)));
  for (const trace::Delivery& delivery : folded.deliveries()) {
    if (delivery.by == trace::DeliveredBy::AsCompleted) CHECK(delivery.t == folded.future(delivery.future)->finished);
  }
}

TEST_CASE("sequentially loiter takes the sum of its tasks, all of it on the main lane") {
  const trace::Recording recording = run(simulated(5, 1, Collect::Map, Mode::Sequential));
  const trace::Run folded = trace::fold(recording);
  CHECK(folded.last() == Instant{10s});
  CHECK(folded.lanes().size() == 1);
}

TEST_CASE("the same setup gives the same events a thousand times") {
  const experiments::Setup setup = simulated(5, 3);
  const trace::Recording first = run(setup);
  for (int i = 0; i < 1000; ++i) REQUIRE(run(setup) == first);
}

TEST_CASE("another seed gives another order, and the same results") {
  std::map<std::string, int> orders;
  experiments::Setup setup = simulated(5, 3);
  setup.random_order = true;
  for (setup.seed = 1; setup.seed <= 30; ++setup.seed) {
    const trace::Recording recording = run(setup);
    ++orders[transcript(recording)];
    CHECK(run(setup) == recording);
    CHECK(trace::fold(recording).last() >= Instant{4s});
  }
  CHECK(orders.size() > 5);
}

TEST_CASE("a live run has every event of a simulated one, with pids and a date", "[live]") {
  auto setup = simulated(4, 2);
  setup.clock = Clock::Live;
  setup.parameters["unit"] = "1ms";
  const trace::Recording recording = run_to_end(setup, {});
  const trace::Run folded = trace::fold(recording);
  CHECK(folded.inconsistent() == 0);
  CHECK(folded.ended()->how == trace::RunEnd::Finished);
  CHECK_FALSE(recording.header.started.empty());
  CHECK(folded.lanes().front().pid != 0);
  REQUIRE(folded.futures().size() == 4);
  for (const trace::FutureRow& future : folded.futures())
    CHECK(trace::state_at(future, folded.last()) == trace::FutureState::Finished);
  CHECK(count_of<trace::Printed>(recording) == 1 + 2 * 4 + 2 + 4);
}

TEST_CASE("100,000 tasks run live and not one event is lost", "[live]") {
  auto setup = simulated(100'000, 2);
  setup.clock = Clock::Live;
  setup.parameters["unit"] = "0s";
  const trace::Recording recording = run_to_end(setup, {});
  CHECK(count_of<trace::TaskEnded>(recording) == 100'000);
  CHECK(count_of<trace::Lost>(recording) == 0);
  CHECK(trace::fold(recording).inconsistent() == 0);
}
