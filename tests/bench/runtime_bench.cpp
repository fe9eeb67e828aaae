// What the runtime costs: a hand-over of the baton, a wake-up, a look at the clock, a whole small run, a stop.
#include <benchmark/benchmark.h>

#include <chrono>
#include <deque>
#include <vector>

#include "runtime/live.hpp"
#include "runtime/simulated.hpp"

namespace {

using namespace loiter;
using namespace loiter::runtime;
using namespace std::chrono_literals;

void run_to_its_end(Runtime& runtime, const std::function<void()>& main_body) {
  runtime.start(main_body);
  while (runtime.wait(1h) == Phase::Running) {
  }
}

// Two participants wake each other in turn: each iteration is a wake-up there and one back.
template <class R>
void ping_pong(benchmark::State& state) {
  Observer nobody;
  R runtime(nobody);
  run_to_its_end(runtime, [&] {
    Participant& main = Runtime::current();
    Participant* other = nullptr;
    bool over = false;
    std::atomic<int> turn = 0;
    const LaneId lane = runtime.spawn({.name = "other"}, [&] {
      other = &Runtime::current();
      turn = 1;
      runtime.unpark(main);
      while (!over) {
        while (turn != 0) runtime.park({.on = WaitOn::Queue});
        turn = 1;
        runtime.unpark(main);
      }
    });
    const auto wait_for_mine = [&] {
      while (turn != 1) runtime.park({.on = WaitOn::Queue});
    };
    wait_for_mine();
    for (auto _ : state) {
      turn = 0;
      runtime.unpark(*other);
      wait_for_mine();
    }
    over = true;
    turn = 0;
    runtime.unpark(*other);
    runtime.join(lane);
  });
  state.SetItemsProcessed(state.iterations() * 2);
}
BENCHMARK(ping_pong<Simulated>)->UseRealTime();
BENCHMARK(ping_pong<Live>)->UseRealTime();

void look_at_the_live_clock(benchmark::State& state) {
  Observer nobody;
  Live runtime(nobody);
  run_to_its_end(runtime, [&] {
    for (auto _ : state) benchmark::DoNotOptimize(runtime.now());
  });
}
BENCHMARK(look_at_the_live_clock);

// loiter(0) to loiter(4) on three workers that share a queue, joined at the end: starting and destroying it included.
template <class R>
void whole_run(benchmark::State& state) {
  for (auto _ : state) {
    Observer nobody;
    R runtime(nobody);
    runtime.set_pace(Pace::instant());
    run_to_its_end(runtime, [&] {
      std::atomic<int> next = 0;
      std::vector<LaneId> workers;
      for (int i = 0; i < 3; ++i) {
        workers.push_back(runtime.spawn({.name = "worker"}, [&] {
          for (int task = next++; task < 5; task = next++) runtime.sleep_for(std::chrono::seconds(task));
        }));
      }
      for (const LaneId worker : workers) runtime.join(worker);
    });
  }
}
BENCHMARK(whole_run<Simulated>)->UseRealTime()->Unit(benchmark::kMillisecond);
BENCHMARK(whole_run<Live>)->UseRealTime()->Unit(benchmark::kMillisecond);

// From stop() to the end of the last of so many participants, half of them asleep and half waiting for ever.
template <class R>
void stop_a_run(benchmark::State& state) {
  for (auto _ : state) {
    Observer nobody;
    R runtime(nobody);
    runtime.set_pace({.rate = 1.0});
    std::atomic<int> ready = 0;
    runtime.start([&] {
      std::vector<LaneId> lanes;
      for (int i = 0; i < state.range(0); ++i) {
        lanes.push_back(runtime.spawn({.name = "sleeper"}, [&, i] {
          ++ready;
          if (i % 2 == 0) runtime.sleep_for(1h);
          for (;;) runtime.park({.on = WaitOn::Queue});
        }));
      }
      for (const LaneId lane : lanes) runtime.join(lane);
    });
    while (ready < state.range(0)) std::this_thread::yield();
    const auto began = std::chrono::steady_clock::now();
    runtime.stop();
    while (runtime.wait(1h) != Phase::Ended) {
    }
    state.SetIterationTime(std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count());
  }
}
BENCHMARK(stop_a_run<Simulated>)->Arg(4)->Arg(1000)->UseManualTime()->Unit(benchmark::kMillisecond);
BENCHMARK(stop_a_run<Live>)->Arg(4)->Arg(1000)->UseManualTime()->Unit(benchmark::kMillisecond);

}  // namespace
