// Downloads from the local server: what twenty threads make of twenty waits of 100 ms, beside curl and Python.
#include <benchmark/benchmark.h>

#include <chrono>
#include <cstdio>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "bench/lab.hpp"
#include "futures/sequential_executor.hpp"
#include "net/http_client.hpp"
#include "net/http_server.hpp"

namespace loiter::bench {
namespace {

using SteadyClock = std::chrono::steady_clock;
using namespace std::chrono_literals;

constexpr int threads = 20;

net::HttpServer& server() {
  static const auto running = net::HttpServer::start(std::make_shared<const net::Site>(net::Site::load()),
                                                     {.latency = 100ms}, net::ServingClock::real_time());
  return **running;
}

std::vector<std::string> urls() {
  std::vector<std::string> all;
  for (const char* code : {"cn", "in", "us", "id", "br", "pk", "ng", "bd", "ru", "jp",
                           "mx", "ph", "vn", "et", "eg", "de", "ir", "tr", "cd", "fr"}) {
    all.push_back(server().address() + "/flags/" + code + "/" + code + ".gif");
  }
  return all;
}

double seconds_since(SteadyClock::time_point before) {
  return std::chrono::duration<double>(SteadyClock::now() - before).count();
}

double time_to_get_all(futures::Executor& executor, net::Transport& client) {
  const auto before = SteadyClock::now();
  const auto call = futures::named(
      "get", [&client](const std::string& url) { return static_cast<int>(client.get({.url = url}).body.size()); });
  for (const int size : executor.map(call, urls())) benchmark::DoNotOptimize(size);
  return seconds_since(before);
}

void cold_pool(benchmark::State& state) {
  server();
  for (auto unused : state) {
    static_cast<void>(unused);
    in_lab([&](futures::Context& context) {
      const auto client = net::make_http_client(context.runtime());
      futures::ThreadPoolExecutor pool(context, {.max_workers = threads});
      state.SetIterationTime(time_to_get_all(pool, *client));
    });
  }
}

void warm_pool(benchmark::State& state) {
  in_lab([&](futures::Context& context) {
    const auto client = net::make_http_client(context.runtime());
    futures::ThreadPoolExecutor pool(context, {.max_workers = threads});
    time_to_get_all(pool, *client);
    for (auto unused : state) {
      static_cast<void>(unused);
      state.SetIterationTime(time_to_get_all(pool, *client));
    }
  });
}

void one_after_another(benchmark::State& state) {
  in_lab([&](futures::Context& context) {
    const auto client = net::make_http_client(context.runtime());
    futures::SequentialExecutor executor(context);
    for (auto unused : state) {
      static_cast<void>(unused);
      state.SetIterationTime(time_to_get_all(executor, *client));
    }
  });
}

// The program's own account of its time if it prints one, else how long it took from start to end.
double time_of(const std::string& command) {
  const auto before = SteadyClock::now();
  FILE* const program = ::popen(command.c_str(), "r");
  if (program == nullptr) return 0;
  std::string printed;
  for (int c = std::fgetc(program); c != EOF; c = std::fgetc(program)) printed += static_cast<char>(c);
  if (::pclose(program) != 0) return 0;
  return printed.empty() ? seconds_since(before) : std::stod(printed) * 1e-9;
}

void by_command(benchmark::State& state, const std::string& command) {
  for (auto unused : state) {
    static_cast<void>(unused);
    const double time = time_of(command);
    if (time == 0) {
      state.SkipWithError("this program is not here, or failed");
      return;
    }
    state.SetIterationTime(time);
  }
}

void curl_parallel(benchmark::State& state) {
  std::string command = "curl --silent --parallel --parallel-immediate --parallel-max 20";
  for (const std::string& url : urls()) command += " --output /dev/null " + url;
  by_command(state, command);
}

void python_threads(benchmark::State& state) {
  std::string command = "python3 " LOITER_BENCH_DOWNLOAD_PEER;
  for (const std::string& url : urls()) command += " " + url;
  by_command(state, command);
}

#define LOITER_DOWNLOAD_BENCH(function, name) \
  BENCHMARK(function)->Name(name)->Iterations(5)->UseManualTime()->Unit(benchmark::kMillisecond)

LOITER_DOWNLOAD_BENCH(warm_pool, "20 downloads of 100 ms, warm/loiter/20");
LOITER_DOWNLOAD_BENCH(cold_pool, "20 downloads of 100 ms/loiter/20");
LOITER_DOWNLOAD_BENCH(curl_parallel, "20 downloads of 100 ms/curl --parallel/20");
LOITER_DOWNLOAD_BENCH(python_threads, "20 downloads of 100 ms/CPython, urllib/20");
BENCHMARK(one_after_another)
    ->Name("20 downloads of 100 ms, one after another/loiter/1")
    ->Iterations(1)
    ->UseManualTime()
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace loiter::bench
