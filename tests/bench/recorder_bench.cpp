// What one recorded event costs the lane that records it, and what a chunked map costs against a loop split by hand.
#include <benchmark/benchmark.h>

#include <numeric>
#include <thread>
#include <vector>

#include "bench/lab.hpp"
#include "bench/pools.hpp"
#include "futures/chunked_map.hpp"

namespace loiter::bench {
namespace {

void recorded_event(benchmark::State& state) {
  in_lab([&](futures::Context& context) {
    futures::Observer& observer = context.observer();
    std::uint32_t id = 0;
    for (auto unused : state) {
      static_cast<void>(unused);
      observer.delivered({++id}, futures::DeliveredBy::Map, 0);
    }
  });
}
BENCHMARK(recorded_event)->Name("one recorded event")->UseRealTime();

constexpr int calls = 1'000'000;

void map_in_chunks_of_loiter(benchmark::State& state) {
  LoiterPool::with(2, [&](LoiterPool& pool) {
    std::vector<int> inputs(calls);
    std::iota(inputs.begin(), inputs.end(), 0);
    for (auto unused : state) {
      static_cast<void>(unused);
      // A lambda, which a compiler sees through as it does in the loop by hand; a pointer to a function it does not.
      const auto call = futures::named("work", [](int i) { return work(i); });
      auto results = futures::map_in_chunks(pool.executor, call, inputs, calls / 8);
      long sum = 0;
      for (auto chunk = results.next_chunk(); !chunk.empty(); chunk = results.next_chunk()) {
        for (const int value : chunk) sum += value;
      }
      benchmark::DoNotOptimize(sum);
    }
  });
}
BENCHMARK(map_in_chunks_of_loiter)->Name("map of 1M/loiter/2")->UseRealTime()->Unit(benchmark::kMillisecond);

// The same by hand: two threads, half of the results each into a vector, then summed in order.
void loop_split_by_hand(benchmark::State& state) {
  std::vector<int> inputs(calls);
  std::iota(inputs.begin(), inputs.end(), 0);
  for (auto unused : state) {
    static_cast<void>(unused);
    std::vector<int> results(calls);
    const auto half = [&](int from, int to) {
      for (int i = from; i < to; ++i) results[static_cast<std::size_t>(i)] = work(inputs[static_cast<std::size_t>(i)]);
    };
    std::thread first([&] { half(0, calls / 2); });
    std::thread second([&] { half(calls / 2, calls); });
    first.join();
    second.join();
    long sum = 0;
    for (const int value : results) sum += value;
    benchmark::DoNotOptimize(sum);
  }
}
BENCHMARK(loop_split_by_hand)->Name("map of 1M/by hand/2")->UseRealTime()->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace loiter::bench
