// Work that computes: one number beside a plain loop, and the book's twenty in every mode, beside CPython's executors.
#include <benchmark/benchmark.h>

#include <ctime>
#include <string>

#include "engine/python_peer.hpp"
#include "engine/session.hpp"
#include "experiments/trial_division.hpp"
#include "trace/run.hpp"

namespace loiter::bench {
namespace {

constexpr std::uint64_t number = 3333333333333301;  // prime: 28.9 million divisions

__attribute__((noinline)) bool plain_loop(std::uint64_t n) {
  if (n < 2) return false;
  if (n == 2) return true;
  if (n % 2 == 0) return false;
  const std::uint64_t root = experiments::integer_root(n);
  for (std::uint64_t i = 3; i <= root; i += 2) {
    if (n % i == 0) return false;
  }
  return true;
}

// As the task of a live run: with its looks at the run, its progress, and the recorder on.
void is_prime_in_lab(benchmark::State& state) {
  const auto setup = *engine::complete(
      {.experiment = "primes", .mode = trace::Mode::Sequential, .parameters = {{"numbers", std::to_string(number)}}});
  for (auto unused : state) {
    static_cast<void>(unused);
    const trace::Run run = trace::fold(engine::run_to_end(setup, {}));
    state.SetIterationTime(to_seconds(run.futures().front().cpu));
  }
}

void is_prime_plain_cpu(benchmark::State& state) {
  for (auto unused : state) {
    static_cast<void>(unused);
    timespec before{};
    timespec after{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &before);
    benchmark::DoNotOptimize(plain_loop(number));
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &after);
    state.SetIterationTime(static_cast<double>(after.tv_sec - before.tv_sec) +
                           1e-9 * static_cast<double>(after.tv_nsec - before.tv_nsec));
  }
}

engine::Setup twenty(trace::Mode mode) {
  return *engine::complete({.experiment = "primes", .mode = mode, .workers = 2});
}

void twenty_in_lab(benchmark::State& state, trace::Mode mode) {
  for (auto unused : state) {
    static_cast<void>(unused);
    const trace::Run run = trace::fold(engine::run_to_end(twenty(mode), {}));
    state.SetIterationTime(to_seconds(run.last()));
  }
}

void twenty_in_python(benchmark::State& state, trace::Mode mode) {
  const auto python = engine::find_python();
  for (auto unused : state) {
    static_cast<void>(unused);
    if (!python) return state.SkipWithError("there is no python3 to compare with");
    auto run = engine::PythonRun::start(*python, twenty(mode));
    const auto outcome = run ? (*run)->wait(std::chrono::minutes(10)) : std::nullopt;
    if (!outcome || !outcome->trouble.empty()) return state.SkipWithError("python3 failed");
    state.SetIterationTime(to_seconds(outcome->time));
  }
}

[[maybe_unused]] const int registered = [] {
  benchmark::RegisterBenchmark("is_prime/plain", is_prime_plain_cpu)
      ->UseManualTime()
      ->Iterations(20)
      ->Unit(benchmark::kMillisecond);
  benchmark::RegisterBenchmark("is_prime/loiter", is_prime_in_lab)
      ->UseManualTime()
      ->Iterations(20)
      ->Unit(benchmark::kMillisecond);
  struct Mode {
    const char* name;
    trace::Mode mode;
  };
  for (const Mode mode : {Mode{"sequential", trace::Mode::Sequential}, Mode{"threads", trace::Mode::Threads},
                          Mode{"processes", trace::Mode::Processes}}) {
    const std::string work = std::string("twenty primes, ") + mode.name;
    const auto one = [&](const std::string& who, auto body, trace::Mode its_mode) {
      benchmark::RegisterBenchmark((work + "/" + who).c_str(),
                                   [body, its_mode](benchmark::State& state) { body(state, its_mode); })
          ->UseManualTime()
          ->Iterations(2)
          ->Unit(benchmark::kMillisecond);
    };
    one("loiter", twenty_in_lab, mode.mode);
    if (mode.mode != trace::Mode::Sequential) one("sequential", twenty_in_lab, trace::Mode::Sequential);
    one("CPython", twenty_in_python, mode.mode);
  }
  return 0;
}();

}  // namespace
}  // namespace loiter::bench
