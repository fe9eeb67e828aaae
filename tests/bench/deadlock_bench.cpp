// What a deadlock costs on the simulated clock, from the start of the run to the end that its proof brings.
#include <benchmark/benchmark.h>

#include "engine/session.hpp"

namespace loiter::bench {
namespace {

void simulated_deadlock(benchmark::State& state) {
  const auto setup = experiments::complete({.experiment = "wait_forever", .clock = trace::Clock::Simulated});
  for (auto unused : state) {
    static_cast<void>(unused);
    const trace::Recording recording =
        engine::run_to_end(*setup, {.pace = runtime::Pace::instant(), .stop_when_stuck = true});
    const auto& end = std::get<trace::RunEnded>(recording.events.back().body);
    if (end.how != trace::RunEnd::Stuck) state.SkipWithError("the run was not stuck");
  }
}
BENCHMARK(simulated_deadlock)
    ->Name("simulated deadlock")
    ->UseRealTime()
    ->Unit(benchmark::kMicrosecond)
    ->Iterations(10'000);

}  // namespace
}  // namespace loiter::bench
