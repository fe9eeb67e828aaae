// Worker processes: how soon they are ready, what a call costs, and what an idle one keeps; beside CPython's own pool.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <functional>
#include <map>
#include <numeric>
#include <sstream>
#include <string>
#include <vector>

#include "bench/lab.hpp"
#include "bench/remote_work.hpp"
#include "futures/process_pool_executor.hpp"

namespace loiter::bench {
namespace {

using futures::named;
using Figures = std::map<std::string, double>;  // nanoseconds, bytes
using SteadyClock = std::chrono::steady_clock;

double since(SteadyClock::time_point before) {
  return std::chrono::duration<double, std::nano>(SteadyClock::now() - before).count();
}
double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

void with_pool(int workers, const std::function<void(futures::ProcessPoolExecutor&)>& body) {
  in_lab([&](futures::Context& context) {
    context.set_worker_program(LOITER_BENCH_WORKER);
    futures::ProcessPoolExecutor pool(context, {.max_workers = workers});
    body(pool);
  });
}

void measure_four_workers(Figures& figures) {
  with_pool(4, [&](futures::ProcessPoolExecutor& pool) {
    const std::int64_t before =
        std::chrono::duration_cast<std::chrono::nanoseconds>(SteadyClock::now().time_since_epoch()).count();
    std::vector<futures::Future<std::int64_t>> futures;
    for (int i = 0; i < 4; ++i) futures.push_back(pool.submit(named("begun_at", begun_at.with()), i));
    std::int64_t last = 0;
    for (const auto& future : futures) last = std::max(last, future.result());
    figures["ready"] = static_cast<double>(last - before);
    futures.clear();
    for (int i = 0; i < 4; ++i) futures.push_back(pool.submit(named("private_bytes", private_bytes.with())));
    std::vector<double> bytes;
    for (const auto& future : futures) bytes.push_back(static_cast<double>(future.result()));
    figures["memory"] = median(bytes);
  });
}

double time_of_map(futures::ProcessPoolExecutor& pool, int chunk_size, int count) {
  std::vector<int> inputs(static_cast<std::size_t>(count));
  std::iota(inputs.begin(), inputs.end(), 0);
  const auto before = SteadyClock::now();
  long sum = 0;
  for (const int value : pool.map(named("work", remote_work.with()), inputs, {.chunk_size = chunk_size})) sum += value;
  benchmark::DoNotOptimize(sum);
  return since(before) / count;
}

const Figures& figures_of_loiter() {
  static const Figures figures = [] {
    Figures measured;
    measure_four_workers(measured);
    with_pool(2, [&](futures::ProcessPoolExecutor& pool) {
      const auto call = named("work", remote_work.with());
      time_of_map(pool, 1, 200);
      std::vector<double> times;
      for (int i = 0; i < 5000; ++i) {
        const auto before = SteadyClock::now();
        benchmark::DoNotOptimize(pool.submit(call, i).result());
        times.push_back(since(before));
      }
      measured["round_trip"] = median(std::move(times));
      measured["chunk_1"] = time_of_map(pool, 1, 50'000);
      measured["chunk_64"] = time_of_map(pool, 64, 2'000'000);
    });
    return measured;
  }();
  return figures;
}

// Empty without a python3.
Figures figures_of_python(const std::string& method) {
  Figures figures;
  FILE* const python = ::popen(("python3 " LOITER_BENCH_PEER " " + method).c_str(), "r");
  if (python == nullptr) return figures;
  std::string text;
  for (int c = std::fgetc(python); c != EOF; c = std::fgetc(python)) text += static_cast<char>(c);
  ::pclose(python);
  std::istringstream words(text);
  for (std::string word; words >> word;) {
    const std::size_t equals = word.find('=');
    figures[word.substr(0, equals)] = std::stod(word.substr(equals + 1));
  }
  return figures;
}
const Figures& figures_of_fork() {
  static const Figures figures = figures_of_python("fork");
  return figures;
}
const Figures& figures_of_spawn() {
  static const Figures figures = figures_of_python("spawn");
  return figures;
}

void report(benchmark::State& state, const Figures& figures, const std::string& what) {
  const auto found = figures.find(what);
  const bool is_time = what != "memory";
  for (auto unused : state) {
    static_cast<void>(unused);
    if (found == figures.end()) {
      state.SkipWithError("there is no python3 to compare with");
      return;
    }
    state.SetIterationTime(is_time ? found->second * 1e-9 : 0);
  }
  if (!is_time) state.counters["private_MiB"] = found->second / (1024.0 * 1024.0);
}

const int registered = [] {
  struct What {
    const char* title;
    const char* figure;
    benchmark::TimeUnit unit;
  };
  for (const What what : {What{"four processes ready", "ready", benchmark::kMillisecond},
                          What{"process round trip (median)", "round_trip", benchmark::kMicrosecond},
                          What{"process map, chunk 1", "chunk_1", benchmark::kMicrosecond},
                          What{"process map, chunk 64", "chunk_64", benchmark::kNanosecond},
                          What{"memory of an idle process", "memory", benchmark::kNanosecond}}) {
    struct Who {
      const char* name;
      const Figures& (*figures)();
    };
    for (const Who who : {Who{"/loiter", figures_of_loiter}, Who{"/CPython fork", figures_of_fork},
                          Who{"/CPython spawn", figures_of_spawn}}) {
      benchmark::RegisterBenchmark((std::string(what.title) + who.name).c_str(),
                                   [who, what](benchmark::State& state) { report(state, who.figures(), what.figure); })
          ->Arg(what.figure == std::string("ready") || what.figure == std::string("memory") ? 4 : 2)
          ->Iterations(1)
          ->UseManualTime()
          ->Unit(what.unit);
    }
  }
  return 0;
}();

}  // namespace
}  // namespace loiter::bench
