// How long a task takes through the pool: many at once, and one at a time.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <vector>

#include "bench/memory.hpp"
#include "bench/pools.hpp"

namespace loiter::bench {
namespace {

constexpr int batch = 10'000;

template <class Pool>
void submit_and_result(benchmark::State& state) {
  Pool::with(static_cast<int>(state.range(0)), [&](Pool& pool) {
    using Future = decltype(pool.submit(0));
    std::vector<Future> futures;
    futures.reserve(batch);
    for (auto unused : state) {
      static_cast<void>(unused);
      futures.clear();
      for (int i = 0; i < batch; ++i) futures.push_back(pool.submit(i));
      long sum = 0;
      for (Future& future : futures) sum += Pool::result(future);
      benchmark::DoNotOptimize(sum);
    }
  });
  state.SetItemsProcessed(state.iterations() * batch);
}

template <class Pool>
void round_trip(benchmark::State& state) {
  std::vector<double> times;
  Pool::with(static_cast<int>(state.range(0)), [&](Pool& pool) {
    for (int i = 0; i < 1000; ++i) {  // hot
      auto future = pool.submit(i);
      benchmark::DoNotOptimize(Pool::result(future));
    }
    for (auto unused : state) {
      static_cast<void>(unused);
      const auto before = std::chrono::steady_clock::now();
      auto future = pool.submit(1);
      benchmark::DoNotOptimize(Pool::result(future));
      times.push_back(std::chrono::duration<double, std::nano>(std::chrono::steady_clock::now() - before).count());
    }
  });
  std::sort(times.begin(), times.end());
  state.counters["median_ns"] = times[times.size() / 2];
  state.counters["p99_ns"] = times[times.size() * 99 / 100];
}

void memory_of_pending(benchmark::State& state) {
  Allocated per_future{};
  for (auto unused : state) {
    static_cast<void>(unused);
    in_lab([&](futures::Context& context) {
      futures::ThreadPoolExecutor executor(context, {.max_workers = 1});
      const futures::Promise<int> gate(context);
      const auto held = executor.submit(futures::named("held", [opened = gate.future()] { return opened.result(); }));
      constexpr int count = 1000;
      std::vector<futures::Future<int>> futures;
      futures.reserve(count + 100);
      context.observer().logged("INFO", "the event buffer of this lane is made before counting");
      for (int i = 0; i < count; ++i) futures.push_back(executor.submit(futures::named("work", work), i));
      futures.clear();
      for (int i = 0; i < count; ++i) futures.push_back(executor.submit(futures::named("work", work), i));
      // The least of many: now and then the recorder takes a new chunk for thousands of events.
      per_future = {.count = ~std::size_t{0}, .bytes = ~std::size_t{0}};
      for (int i = 0; i < 100; ++i) {
        const Allocated before = allocated();
        futures.push_back(executor.submit(futures::named("work", work), 1));
        const Allocated after = allocated();
        per_future.count = std::min(per_future.count, after.count - before.count);
        per_future.bytes = std::min(per_future.bytes, after.bytes - before.bytes);
      }
      gate.set_result(0);
    });
  }
  state.counters["allocations"] = static_cast<double>(per_future.count);
  state.counters["bytes"] = static_cast<double>(per_future.bytes);
}

#define LOITER_POOL_BENCH(Pool)                          \
  BENCHMARK(submit_and_result<Pool>)                     \
      ->Name(std::string("submit+result/") + Pool::name) \
      ->Arg(2)                                           \
      ->Arg(8)                                           \
      ->UseRealTime()                                    \
      ->Unit(benchmark::kMillisecond);                   \
  BENCHMARK(round_trip<Pool>)->Name(std::string("round trip/") + Pool::name)->Arg(2)->UseRealTime()

LOITER_POOL_BENCH(LoiterPool);
#if defined(LOITER_HAVE_ASIO)
LOITER_POOL_BENCH(AsioPool);
#endif
#if defined(LOITER_HAVE_TBB)
LOITER_POOL_BENCH(TbbPool);
#endif
LOITER_POOL_BENCH(AsyncPool);
BENCHMARK(memory_of_pending)->Name("memory of a pending future")->Iterations(1);

}  // namespace
}  // namespace loiter::bench
