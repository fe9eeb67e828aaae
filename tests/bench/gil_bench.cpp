// What checkpoints cost code that computes: without anything to do, and under the model of the GIL.
#include <benchmark/benchmark.h>

#include <chrono>

#include "runtime/live.hpp"

namespace {

using namespace loiter;
using namespace loiter::runtime;
using namespace std::chrono_literals;

void in_run(GilOptions gil, const std::function<void(Runtime&)>& body) {
  Observer nobody;
  Live runtime(nobody, gil);
  runtime.start([&] { body(runtime); });
  while (runtime.wait(1h) == Phase::Running) {
  }
}

void checkpoint(benchmark::State& state, GilKind kind) {
  in_run({.kind = kind}, [&](Runtime& runtime) {
    for (auto _ : state) {
      runtime.checkpoint();
      benchmark::ClobberMemory();
    }
  });
}
BENCHMARK_CAPTURE(checkpoint, no GIL, GilKind::None);
BENCHMARK_CAPTURE(checkpoint, GIL, GilKind::Cpython);

// A million divisions: as they are, and with a checkpoint in every thousand.
constexpr std::uint64_t number = 9'999'999'999'999'937;
constexpr std::uint64_t round = 1000;

template <bool with_checkpoints>
void divide(benchmark::State& state, GilKind kind) {
  in_run({.kind = kind}, [&](Runtime& runtime) {
    for (auto _ : state) {
      std::uint64_t divisors = 0;
      for (std::uint64_t begin = 3; begin < 1'000'000; begin += round) {
        if constexpr (with_checkpoints) runtime.checkpoint();
        for (std::uint64_t i = begin; i < begin + round; ++i) divisors += number % i == 0 ? 1U : 0U;
      }
      benchmark::DoNotOptimize(divisors);
    }
  });
}
// The macro makes a name of what it is given.
constexpr auto divide_alone = divide<false>;
constexpr auto divide_in_run = divide<true>;
BENCHMARK_CAPTURE(divide_alone, plain, GilKind::None)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(divide_in_run, no GIL, GilKind::None)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(divide_in_run, GIL, GilKind::Cpython)->Unit(benchmark::kMillisecond);

// One that is handed from thread to thread: what a switch on request takes beyond the interval.
void sleep_beside_computing(benchmark::State& state) {
  in_run({.kind = GilKind::Cpython, .interval = 1ms}, [&](Runtime& runtime) {
    std::atomic<bool> over = false;
    const LaneId computes = runtime.spawn({.name = "computes"}, [&] {
      while (!over) runtime.compute(1ms);
    });
    for (auto _ : state) runtime.sleep_for(1ms);
    over = true;
    runtime.join(computes);
  });
}
BENCHMARK(sleep_beside_computing)
    ->Name("sleep of 1 ms beside computing, interval 1 ms")
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);

}  // namespace
