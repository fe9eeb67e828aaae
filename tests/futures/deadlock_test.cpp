// The classic deadlocks of a pool: what hangs, what does not, and what cures it.
#include "futures/lab.hpp"

namespace loiter::futures::lab {
namespace {

using enum FutureState;
using Zip = std::vector<std::pair<int, int>>;

// "wait_forever": a task submits a task to its own pool and waits for its result.
Future<Zip> wait_forever(Lab& lab, ThreadPoolExecutor& pool, Future<Zip>& inner) {
  return pool.submit(named("wait_forever", [&lab, &pool, &inner] {
    inner = pool.submit(named("zip", [] { return Zip{{1, 4}, {2, 5}, {3, 6}}; }));
    lab.say("inner is submitted");
    return inner.result();
  }));
}

// Task k submits task k + 1 and waits for it, `depth` tasks in all. Gives how deep it came.
int chain(ThreadPoolExecutor& pool, int depth) {
  if (depth == 1) return 1;
  return 1 + pool.submit(named("chain", [&pool](int rest) { return chain(pool, rest); }), depth - 1).result();
}

}  // namespace

TEST_CASE("D01 a task that waits for a task of its own pool hangs with one worker, until the pool cancels it",
          "[deadlock]") {
  const auto told = simulate([](Lab& lab) {
    Future<Zip> inner;
    ThreadPoolExecutor pool(lab.context, {.max_workers = 1});
    const auto outer = wait_forever(lab, pool, inner);
    CHECK(raised_by([&] { outer.result(4 * U); }) == "TimeoutError: ");
    CHECK(lab.now() == 4 * U);
    CHECK(outer.state() == Running);
    CHECK(inner.state() == Pending);
    CHECK(pool.thread_count() == 1);
    pool.shutdown({.wait = false, .cancel_futures = true});
    CHECK(inner.state() == Cancelled);
    CHECK(raised_by([&] { outer.result(); }) == "CancelledError: ");
    CHECK(lab.now() == 4 * U);
  });
  CHECK(told->texts_with("waits on result") ==
        Lines{"waits on result 2", "waits on result 1 until 4", "waits on result 1"});
}

TEST_CASE("D01 without a rescue the run is quiescent: nothing can ever move again", "[deadlock]") {
  const auto told = simulate_until_stuck([](Lab& lab) {
    Future<Zip> inner;
    ThreadPoolExecutor pool(lab.context, {.max_workers = 1});
    const auto outer = wait_forever(lab, pool, inner);
    outer.result();
    FAIL_CHECK("it came back");
  });
  CHECK(told->count("1 ended aborted") == 1);
  CHECK(told->count("delivered") == 0);
}

TEST_CASE("D02 with two workers the same program finishes at once", "[deadlock][live]") {
  on_every_clock([](Lab& lab) {
    Future<Zip> inner;
    ThreadPoolExecutor pool(lab.context, {.max_workers = 2});
    const auto outer = wait_forever(lab, pool, inner);
    CHECK(outer.result(4 * U) == Zip{{1, 4}, {2, 5}, {3, 6}});
    CHECK(pool.thread_count() == 2);
  });
}

TEST_CASE("D03 two tasks that wait for each other hang with any number of workers", "[deadlock]") {
  for (const int workers : {2, 5}) {
    simulate_until_stuck([workers](Lab& lab) {
      Future<int> a;
      Future<int> b;
      ThreadPoolExecutor pool(lab.context, {.max_workers = workers});
      a = pool.submit(named("wait_on_b", [&] {
        lab.sleep(1 * U);
        return b.result();
      }));
      b = pool.submit(named("wait_on_a", [&] {
        lab.sleep(1 * U);
        return a.result();
      }));
      const auto sets = wait(std::vector{a, b}, {.timeout = 4 * U});
      CHECK(lab.now() == 4 * U);
      CHECK(sets.done.empty());
      CHECK(a.state() == Running);
      CHECK(b.state() == Running);
      pool.shutdown({.wait = false, .cancel_futures = true});  // no rescue: both run
      CHECK(wait(std::vector{a, b}, {.timeout = 4 * U}).done.empty());
    });
  }
}

TEST_CASE("D03 timeouts inside the tasks are the only way out", "[deadlock]") {
  simulate([](Lab& lab) {
    Future<int> a;
    Future<int> b;
    ThreadPoolExecutor pool(lab.context, {.max_workers = 2});
    a = pool.submit(named("wait_on_b", [&] {
      lab.sleep(1 * U);
      return b.result(2 * U);
    }));
    b = pool.submit(named("wait_on_a", [&] {
      lab.sleep(1 * U);
      return a.result();
    }));
    CHECK(raised_by([&] { a.result(); }) == "TimeoutError: ");
    CHECK(raised_by([&] { b.result(); }) == "TimeoutError: ");
    CHECK(lab.now() == 3 * U);
  });
}

TEST_CASE("D05 a chain of nested waits needs as many workers as it is deep", "[deadlock]") {
  for (int workers = 1; workers <= 5; ++workers) {
    const bool deadlock = workers < 4;
    INFO(workers << " workers");
    const auto told = run(Clock::Simulated,
                          [&](Lab& lab) {
                            ThreadPoolExecutor pool(lab.context, {.max_workers = workers});
                            const auto first =
                                pool.submit(named("chain", [&pool](int depth) { return chain(pool, depth); }), 4);
                            if (deadlock) {
                              CHECK(raised_by([&] { first.result(4 * U); }) == "TimeoutError: ");
                            } else {
                              CHECK(first.result(4 * U) == 4);
                              CHECK(pool.thread_count() == 4);
                            }
                          },
                          {.must_get_stuck = deadlock});
    CHECK(told->count("submitted") == static_cast<std::size_t>(std::min(workers + 1, 4)));
  }
}

TEST_CASE("9 what cures wait_forever is not waiting: the restructured version works with one worker", "[deadlock]") {
  simulate([](Lab& lab) {
    ThreadPoolExecutor pool(lab.context, {.max_workers = 1});
    const auto first = pool.submit(lab.loiter(), 1);
    const auto second = pool.submit(named("restructured", [](int value) { return value + 1; }), first.result());
    CHECK(second.result() == 11);
    CHECK(lab.now() == 1 * U);
  });
}

TEST_CASE("a sequential executor runs the inner call inside the outer one, so nothing can hang", "[deadlock][live]") {
  on_every_clock([](Lab& lab) {
    SequentialExecutor executor(lab.context);
    const auto outer = executor.submit(
        named("outer", [&executor] { return executor.submit(named("inner", [] { return 7; })).result() + 1; }));
    CHECK(outer.result() == 8);
  });
}

}  // namespace loiter::futures::lab
