// Programs that get stuck, for tests of what the window shows of them.
//
// Shape    Each is an engine::Program: run it in a Bench. run_until_stuck() presses Run and waits for the proof.
#pragma once

#include <chrono>

#include "experiments/lab.hpp"
#include "futures/thread_pool_executor.hpp"
#include "gui/bench.hpp"

namespace loiter::gui::testing {

// A task submits a task to its own pool of one worker and waits for it.
inline void wait_forever(experiments::Lab& lab) {
  futures::ThreadPoolExecutor pool(lab.context(), {.max_workers = 1});
  const auto outer = pool.submit(futures::named(
      "wait_forever", [&pool] { return pool.submit(futures::named("zip", [] { return 1; })).result(); }));
  outer.result();
}

inline void wait_for_each_other(experiments::Lab& lab) {
  futures::Future<int> a;
  futures::Future<int> b;
  futures::ThreadPoolExecutor pool(lab.context(), {.max_workers = 2});
  a = pool.submit(futures::named("wait_on_b", [&] {
    lab.sleep(std::chrono::seconds(1));
    return b.result();
  }));
  b = pool.submit(futures::named("wait_on_a", [&] {
    lab.sleep(std::chrono::seconds(1));
    return a.result();
  }));
  a.result();
}

inline int link_of_chain(futures::ThreadPoolExecutor& pool, int depth) {
  if (depth == 1) return 1;
  return 1 + pool.submit(futures::named("chain", [&pool](int rest) { return link_of_chain(pool, rest); }), depth - 1)
                 .result();
}
// Task k waits for task k + 1: five of them on three workers.
inline void nested_chain(experiments::Lab& lab) {
  futures::ThreadPoolExecutor pool(lab.context(), {.max_workers = 3});
  pool.submit(futures::named("chain", [&pool](int rest) { return link_of_chain(pool, rest); }), 5).result();
}

inline void wait_for_itself(experiments::Lab& lab) {
  futures::Future<int> own;
  futures::ThreadPoolExecutor pool(lab.context(), {.max_workers = 2});
  own = pool.submit(futures::named("selfish", [&] {
    lab.sleep(std::chrono::seconds(1));
    return own.result();
  }));
  own.result();
}

// Two are stuck for ever at 1 s, while main and a third go on.
inline void partial_deadlock(experiments::Lab& lab) {
  futures::ThreadPoolExecutor stuck(lab.context(), {.max_workers = 1});
  futures::ThreadPoolExecutor busy(lab.context(), {.max_workers = 1});
  stuck.submit(futures::named("wait_forever", [&] {
    lab.sleep(std::chrono::seconds(1));
    return stuck.submit(futures::named("zip", [] { return 1; })).result();
  }));
  const auto works = busy.submit(futures::named("works", [&] {
    lab.sleep(std::chrono::seconds(9));
    return 9;
  }));
  works.result();
  lab.sleep(std::chrono::seconds(100));
}

inline void run_until_stuck(Bench& bench) {
  bench.lab.set_speed(10);
  bench.lab.run();
  while (trace::stuck_at(bench.lab.run_shown(), bench.lab.playhead()) == nullptr) bench.driver.frames(1);
  bench.driver.frames(3);
}

}  // namespace loiter::gui::testing
