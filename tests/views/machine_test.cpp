#include "views/machine.hpp"

#include <catch2/catch_approx.hpp>
#include <catch2/catch_test_macros.hpp>

#include "views/gil_runs.hpp"

using namespace loiter;
using namespace loiter::views;
using namespace std::chrono_literals;
using Catch::Approx;
using loiter::samples::at_seconds;

namespace {

MachineTimes times_of(const trace::Run& run) {
  MachineTimes times;
  times.update(run);
  return times;
}

}  // namespace

TEST_CASE("two threads that compute 40 ms each take 8 turns each, and wait for half of their time", "[machine]") {
  const trace::Run run = samples::turns_run(8);
  const MachineTimes times = times_of(run);
  const MachineCounters counters = times.counters_at(run, at_seconds(0.08));
  CHECK(counters.switches == 17);  // main to the first, 15 between the two, the second to main
  CHECK(times.counters_at(run, at_seconds(0.01)).switches == 3);
  CHECK(times.counters_at(run, at_seconds(0.0099)).switches == 2);
  CHECK(*counters.waited_for_gil == Approx(75.0 / 155.0));
  CHECK(*times.counters_at(run, at_seconds(0.04)).waited_for_gil == Approx(0.5));
  CHECK(times.counters_at(run, at_seconds(0.04)).busy == 1);
  CHECK(times.counters_at(run, at_seconds(0.04)).busy_on_average == Approx(1.0));
}

TEST_CASE("a lane's own stopwatch counts the turns of the others, its CPU time does not", "[machine]") {
  const trace::Run run = samples::turns_run(8);
  const MachineTimes times = times_of(run);
  const LaneUse first = times.use_at(run, 1, at_seconds(0.08));
  CHECK(first.stopwatch == 75ms);
  CHECK(first.cpu == 40ms);
  CHECK(first.held == 40ms);
  CHECK(first.wanted_gil == 35ms);
  const LaneUse second = times.use_at(run, 2, at_seconds(0.08));
  CHECK(second.stopwatch == 80ms);
  CHECK(second.cpu == 40ms);
  CHECK(second.held == 40ms);
  CHECK(second.wanted_gil == 40ms);
  CHECK(second.lasted == second.ran + second.wanted_gil);
}

TEST_CASE("what crosses the instant counts up to it, and what comes after it does not", "[machine]") {
  const trace::Run run = samples::turns_run(8);
  const MachineTimes times = times_of(run);
  const LaneUse use = times.use_at(run, 1, at_seconds(0.0125));
  CHECK(use.held == 7500us);
  CHECK(use.wanted_gil == 5ms);
  CHECK(use.lasted == 12500us);
  CHECK(use.stopwatch == 0ms);  // measured when it has computed
  CHECK(times.use_at(run, 2, at_seconds(0.0125)).wanted_gil == 7500us);
}

TEST_CASE("sums that grow turn by turn are those of the whole run", "[machine]") {
  MachineTimes times;
  const trace::Run run = samples::TurnsBuilder(8).make([&](const trace::Run& so_far) { times.update(so_far); });
  times.update(run);
  const MachineTimes anew = times_of(run);
  for (double t = 0; t <= 0.08; t += 0.0013) {
    CHECK(times.counters_at(run, at_seconds(t)) == anew.counters_at(run, at_seconds(t)));
    for (std::size_t lane = 0; lane < 3; ++lane)
      CHECK(times.use_at(run, lane, at_seconds(t)) == anew.use_at(run, lane, at_seconds(t)));
  }
}

TEST_CASE("the convoy: a thread that sleeps for 1 ms waits five times as long for the GIL", "[machine]") {
  const trace::Run run = samples::convoy_run(4);
  const MachineTimes times = times_of(run);
  const LaneUse nap = times.use_at(run, 2, at_seconds(0.024));
  CHECK(nap.wanted_gil == 20ms);
  CHECK(nap.held == 0ms);
  CHECK(nap.ran == 0ms);
  CHECK(nap.lasted == 24ms);
}

TEST_CASE("the GIL has one holder at a time, and nobody once it was let go", "[machine]") {
  const trace::Run run = samples::turns_run(8);
  CHECK(gil_holder_at(run, at_seconds(0.002)) == LaneId{1});
  CHECK(gil_holder_at(run, at_seconds(0.007)) == LaneId{2});
  CHECK(gil_holder_at(run, at_seconds(0.012)) == LaneId{1});
  CHECK(gil_holder_at(samples::loiter_run(), at_seconds(1)) == std::nullopt);
}

TEST_CASE("a lock of one's own is never switched", "[machine]") {
  const trace::Run run = samples::TurnsBuilder(8, 0.005, trace::GilKind::PerInterpreter).make();
  CHECK(run.gil_holders().size() == 1);  // main's
  CHECK(gil_holder_at(run, at_seconds(0.002)) == std::nullopt);
  CHECK(times_of(run).counters_at(run, at_seconds(0.08)).switches == 0);
}

TEST_CASE("counters in words: a run without a lock has none of them", "[machine]") {
  trace::Header header;
  header.clock = trace::Clock::Simulated;
  MachineCounters counters{.switches = 71, .waited_for_gil = 0.484, .busy = 1, .busy_on_average = 0.98};
  CHECK(counter_words(header, counters).switches == "none");
  CHECK(counter_words(header, counters).waited == "none");
  CHECK(counter_words(header, counters).busy == "1 of 4");
  header.gil = trace::GilKind::Cpython;
  header.cores = 2;
  CHECK(counter_words(header, counters).switches == "71");
  CHECK(counter_words(header, counters).waited == "48 %");
  CHECK(counter_words(header, counters).busy == "1 of 2");
  CHECK(counter_words(header, counters).average == "0.98");
  header.clock = trace::Clock::Live;
  CHECK(counter_words(header, counters).busy == "1");
}

TEST_CASE("seconds in a column keep to six letters", "[machine]") {
  CHECK(column_seconds(80ms) == "0.080");
  CHECK(column_seconds(9'999'600us) == "10.00");
  CHECK(column_seconds(99'996ms) == "100.0");
  CHECK(column_seconds(999'960ms) == "1000");
}
