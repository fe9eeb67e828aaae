// The GIL's model in virtual time, where slices, requests and ends are exact.
#include "gil_log.hpp"
#include "random_program.hpp"

using namespace loiter;
using namespace loiter::runtime;

namespace {

constexpr GilOptions cpython{.kind = GilKind::Cpython};

SimulatedOptions machine(GilOptions gil, int cores = 4) { return {.cores = cores, .gil = gil}; }

// When so many lanes that begin together have all computed for that long.
Duration end_of(SimulatedOptions options, int lanes, Duration work, LaneKind kind = LaneKind::Thread) {
  GilLab<Simulated> lab(options);
  lab.run([&] { lab.spawn_and_join(lanes, kind, [&](int) { lab.runtime.compute(work); }); });
  CHECK(lab.log.complaints == std::vector<std::string>{});
  return lab.runtime.now() - lab.begin;
}

}  // namespace

TEST_CASE("two threads that compute under the GIL take turns of one switch interval", "[simulated][gil]") {
  const Duration interval = GENERATE(as<Duration>{}, 5ms, 1ms, 100us, 100ms);
  GilLab<Simulated> lab(machine({.kind = GilKind::Cpython, .interval = interval}));
  lab.run([&] { lab.spawn_and_join(2, LaneKind::Thread, [&](int) { lab.runtime.compute(4 * interval); }); });
  std::vector<GilLog::Slice> expected;
  for (int i = 0; i < 8; ++i) expected.push_back({fmt::format("worker {}", i % 2), 1s + i * interval, interval});
  INFO(lab.log.text_of_long_slices());
  CHECK(lab.log.long_slices() == expected);
  CHECK(lab.log.requests.front() == 1s + interval);
  CHECK(lab.log.complaints == std::vector<std::string>{});
}

TEST_CASE("n threads that compute under the GIL end at n times one, on however many cores", "[simulated][gil]") {
  const int n = GENERATE(1, 2, 3, 7, 20);
  const int cores = GENERATE(1, 4, 64);
  CAPTURE(n, cores);
  CHECK(end_of(machine(cpython, cores), n, 33ms) == n * 33ms);
}

TEST_CASE("without a lock threads compute at once: on a core each they end together", "[simulated][gil]") {
  const GilKind kind = GENERATE(GilKind::None, GilKind::FreeThreaded, GilKind::PerInterpreter);
  CHECK(end_of(machine({.kind = kind}), 4, 33ms) == 33ms);
  CHECK(end_of(machine({.kind = kind}, 2), 4, 33ms) == 66ms);
}

TEST_CASE("each worker process has a GIL of its own", "[simulated][gil]") {
  CHECK(end_of(machine(cpython), 4, 33ms, LaneKind::Process) == 33ms);
  CHECK(end_of(machine(cpython, 1), 4, 33ms, LaneKind::Process) == 4 * 33ms);
}

TEST_CASE("a slice is one interval however many threads wait", "[simulated][gil]") {
  GilLab<Simulated> lab(machine(cpython));
  lab.run([&] { lab.spawn_and_join(5, LaneKind::Thread, [&](int) { lab.runtime.compute(40ms); }); });
  const auto slices = lab.log.long_slices();
  REQUIRE(slices.size() == 40);
  CHECK(std::ranges::all_of(slices, [](const auto& slice) { return slice.lasted == 5ms; }));
  CHECK(lab.log.complaints == std::vector<std::string>{});
}

TEST_CASE("the convoy effect: a sleep of 1 ms beside a thread that computes takes 6 ms", "[simulated][gil]") {
  const Duration interval = GENERATE(as<Duration>{}, 5ms, 1ms, 20ms);
  GilLab<Simulated> lab(machine({.kind = GilKind::Cpython, .interval = interval}));
  std::vector<Duration> took;
  lab.run([&] {
    lab.spawn_and_join(2, LaneKind::Thread, [&](int i) {
      if (i == 1) return lab.runtime.compute(1s);
      for (int n = 0; n < 10; ++n) {
        const Instant before = lab.runtime.now();
        lab.runtime.sleep_for(1ms);
        took.push_back(lab.runtime.now() - before);
      }
    });
  });
  CHECK(took == std::vector<Duration>(10, 1ms + interval));
}

TEST_CASE("without the GIL a sleep of 1 ms beside a thread that computes takes 1 ms", "[simulated][gil]") {
  GilLab<Simulated> lab(machine({}));
  Duration took{};
  lab.run([&] {
    lab.spawn_and_join(2, LaneKind::Thread, [&](int i) {
      if (i == 0) return lab.runtime.compute(1s);
      lab.runtime.sleep_for(1ms);
      took = lab.runtime.now() - lab.begin;
    });
  });
  CHECK(took == 1ms);
}

TEST_CASE("threads that only sleep lose nothing to the GIL", "[simulated][gil]") {
  GilLab<Simulated> lab(machine(cpython));
  lab.run([&] { lab.spawn_and_join(10, LaneKind::Thread, [&](int) { lab.runtime.sleep_for(1s); }); });
  CHECK(lab.runtime.now() == at(2s));
  CHECK(lab.log.requests.empty());
}

TEST_CASE("a stopwatch counts the turns of the others, the time of the core does not", "[simulated][gil]") {
  GilLab<Simulated> lab(machine(cpython));
  lab.run([&] { lab.spawn_and_join(2, LaneKind::Thread, [&](int) { lab.runtime.compute(50ms); }); });
  CHECK(lab.log.computing.at("worker 0") == 50ms);
  CHECK(lab.log.computing.at("worker 1") == 50ms);
  CHECK(lab.log.stopwatch.at("worker 0") == 95ms);
  CHECK(lab.log.stopwatch.at("worker 1") == 95ms);
}

TEST_CASE("the GIL is let go for an answer from outside, and what that calls back needs none", "[simulated][gil]") {
  GilLab<Simulated> lab(machine(cpython));
  std::size_t dropped = 0;
  lab.run([&] {
    const Runtime::IoWait wait(lab.runtime);
    lab.runtime.checkpoint();
    dropped = lab.log.slices.size();
  });
  CHECK(dropped == 1);
  CHECK(lab.log.slices.size() == 2);
  CHECK(lab.log.complaints == std::vector<std::string>{});
}

TEST_CASE("a sleep of no time lets the GIL go and may have it back at once", "[simulated][gil]") {
  GilLab<Simulated> lab(machine(cpython));
  lab.run([&] { lab.runtime.sleep_for(0s); });
  CHECK(lab.log.slices == std::vector<GilLog::Slice>{{"main", 0s, 0s}, {"main", 0s, 0s}});
}

TEST_CASE("a run is stopped at once whoever waits for the GIL", "[simulated][gil]") {
  GilLab<Simulated> lab(machine(cpython));
  lab.runtime.set_pace({.rate = 1});
  lab.runtime.start([&] { lab.spawn_and_join(3, LaneKind::Thread, [&](int) { lab.runtime.compute(1000h); }); });
  lab.runtime.stop();
  CHECK(lab.runtime.wait(2min) == Phase::Ended);
}

namespace {

struct Outcome {
  Phase phase = Phase::Running;
  std::vector<GilLog::Slice> slices;
  std::vector<std::string> complaints;
};

Outcome run_random_program(std::uint64_t seed, SimulatedOptions options) {
  GilLog log;
  std::optional<RandomProgram> program;  // outlives the run
  Simulated runtime(log, options);
  log.runtime = &runtime;
  program.emplace(runtime, seed, RandomProgram::Units{.sleep = 2ms, .work = 3ms});
  runtime.start([&] { (*program)(); });
  const Phase phase = runtime.wait(2min);
  runtime.stop();
  runtime.wait(2min);
  return {phase, log.slices, log.complaints};
}

}  // namespace

TEST_CASE("whatever the program, one lane holds the GIL, and the same seed gives the same turns", "[simulated][gil]") {
  const GilKind kind = GENERATE(GilKind::Cpython, GilKind::PerInterpreter);
  const bool random = GENERATE(false, true);
  const int cores = GENERATE(1, 4);
  std::size_t turns = 0;
  for (std::uint64_t seed = 0; seed < 60; ++seed) {
    CAPTURE(kind, random, cores, seed);
    const SimulatedOptions options{.random = random, .seed = seed, .cores = cores, .gil = {.kind = kind}};
    const Outcome outcome = run_random_program(seed, options);
    CHECK(outcome.phase != Phase::Running);
    CHECK(outcome.complaints == std::vector<std::string>{});
    const Outcome again = run_random_program(seed, options);
    CHECK(outcome.slices == again.slices);
    turns += outcome.slices.size();
  }
  CHECK(turns > 2000);  // else the programs prove little
}
