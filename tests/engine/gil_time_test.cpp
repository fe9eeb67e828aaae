// How long computing takes on the simulated machine: under the GIL, without it, and in processes; exactly.
#include <fmt/format.h>

#include <catch2/catch_get_random_seed.hpp>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <numeric>
#include <queue>
#include <random>

#include "engine/catalogue.hpp"
#include "engine/session.hpp"
#include "trace/run.hpp"

using namespace loiter;
using namespace loiter::engine;
using namespace std::chrono_literals;
using trace::Clock;
using trace::Mode;

namespace {

std::string program_of(const std::vector<int>& lengths) {
  std::string text = "unit = '1ms'\n";
  for (std::size_t i = 0; i < lengths.size(); ++i) {
    text += fmt::format("[tasks.t{0}]\nsteps = [{{ crunch = {1} }}]\n[[main]]\nsubmit = 't{0}'\nas = 'f{0}'\n", i,
                        lengths[i]);
  }
  return text + "[[main]]\nwait = ['f*']\n";
}

struct Machine {
  Mode mode = Mode::Threads;
  GilKind gil = GilKind::None;
  int workers = 1;
  int cores = 1;
};

trace::Run run_on(const Machine& machine, const std::vector<int>& lengths) {
  const auto setup = complete({.mode = machine.mode,
                               .workers = machine.workers,
                               .clock = Clock::Simulated,
                               .cores = machine.cores,
                               .gil = machine.gil,
                               .scenario = ScenarioText{"lengths.toml", program_of(lengths)}});
  if (!setup) FAIL(setup.error().message);
  Session session(*setup, {.pace = Pace::instant()});
  trace::Run run(session.header());
  while (!run.ended()) {
    session.wait_for_news(1h);
    for (const trace::Event& event : session.take()) run.apply(event);
  }
  CHECK(run.ended()->how == trace::RunEnd::Finished);
  CHECK(run.inconsistent() == 0);
  return run;
}

Duration time_of(const Machine& machine, const std::vector<int>& lengths) {
  return run_on(machine, lengths).last().time_since_epoch();
}

Duration sum_of(const std::vector<int>& lengths) {
  return std::chrono::milliseconds(std::accumulate(lengths.begin(), lengths.end(), 0));
}

// Each task goes to the worker that is free first.
Duration list_schedule(const std::vector<int>& lengths, int workers) {
  std::priority_queue<int, std::vector<int>, std::greater<>> free_at;
  for (int i = 0; i < workers; ++i) free_at.push(0);
  int end = 0;
  for (const int length : lengths) {
    const int ends = free_at.top() + length;
    free_at.pop();
    free_at.push(ends);
    end = std::max(end, ends);
  }
  return std::chrono::milliseconds(end);
}

}  // namespace

TEST_CASE("tasks that compute: under the GIL they take their sum, on free cores what list scheduling takes",
          "[simulated][gil]") {
  const std::uint64_t seed = Catch::getSeed();
  CAPTURE(seed);
  std::mt19937_64 random(seed);
  const auto draw = [&](int least, int most) { return std::uniform_int_distribution<int>(least, most)(random); };
  for (int i = 0; i < 30; ++i) {
    const int workers = draw(1, 8);
    std::vector<int> lengths(static_cast<std::size_t>(draw(1, 20)));
    for (int& length : lengths) length = draw(1, 60);
    CAPTURE(workers, lengths);
    const int cores = draw(workers, 64);
    const Duration scheduled = list_schedule(lengths, workers);
    CHECK(time_of({.gil = GilKind::Cpython, .workers = workers, .cores = cores}, lengths) == sum_of(lengths));
    CHECK(time_of({.gil = GilKind::None, .workers = workers, .cores = cores}, lengths) == scheduled);
    CHECK(time_of({.gil = GilKind::FreeThreaded, .workers = workers, .cores = cores}, lengths) == scheduled);
    CHECK(time_of({.gil = GilKind::PerInterpreter, .workers = workers, .cores = cores}, lengths) == scheduled);
    CHECK(time_of({.mode = Mode::Processes, .gil = GilKind::Cpython, .workers = workers, .cores = cores}, lengths) ==
          scheduled);
    CHECK(time_of({.mode = Mode::Sequential, .gil = GilKind::Cpython, .cores = cores}, lengths) == sum_of(lengths));
    CHECK(time_of({.gil = GilKind::None, .workers = workers, .cores = 1}, lengths) == sum_of(lengths));
  }
}

TEST_CASE("what a task computed is its own, however long the others' turns made it last", "[simulated][gil]") {
  const trace::Run run = run_on({.gil = GilKind::Cpython, .workers = 2, .cores = 4}, {40, 40});
  for (const trace::FutureRow& future : run.futures()) {
    CHECK(future.cpu == 40ms);
    CHECK(future.stopwatch >= 70ms);
  }
}
