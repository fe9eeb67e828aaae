// ThreadPoolExecutor: how many threads, which names, in which order, and what the end of the pool does.
#include <algorithm>
#include <atomic>

#include "futures/lab.hpp"

namespace loiter::futures::lab {
namespace {

using Futures = std::vector<Future<int>>;
using enum FutureState;

std::string this_lane() { return runtime::Runtime::current().spec().name; }

template <class F>
std::vector<FutureState> states(const std::vector<F>& futures) {
  std::vector<FutureState> result;
  for (const auto& future : futures) result.push_back(future.state());
  return result;
}

Futures submit_loiters(Lab& lab, ThreadPoolExecutor& pool, int count, int n) {
  Futures futures;
  for (int i = 0; i < count; ++i) futures.push_back(pool.submit(lab.loiter(), n));
  return futures;
}

}  // namespace

TEST_CASE("T01 max_workers is min(32, cores + 4) by default; 0 and less are a ValueError", "[thread_pool][live]") {
  on_every_clock([](Lab& lab) {
    const int cores = static_cast<int>(std::thread::hardware_concurrency());
    CHECK(ThreadPoolExecutor(lab.context).max_workers() == std::min(32, cores + 4));
    for (const int workers : {0, -1}) {
      CHECK(raised_by([&] { const ThreadPoolExecutor pool(lab.context, {.max_workers = workers}); }) ==
            "ValueError: max_workers must be greater than 0");
    }
  });
}

TEST_CASE("T02 there is no thread before the first task, and one for each task while none is idle",
          "[thread_pool][live]") {
  on_every_clock([](Lab& lab) {
    ThreadPoolExecutor pool(lab.context, {.max_workers = 5});
    CHECK(pool.thread_count() == 0);
    const Gate gate(lab.context);
    for (std::size_t i = 1; i <= 3; ++i) {
      pool.submit(named("gated", [gate] { gate.pass(); }));
      CHECK(pool.thread_count() == i);
    }
    gate.open();
    pool.shutdown();
    CHECK(pool.thread_count() == 3);
  });
}

TEST_CASE("T03 an idle worker means no new thread", "[thread_pool]") {
  const auto told = simulate([](Lab& lab) {
    ThreadPoolExecutor pool(lab.context, {.max_workers = 5});
    for (int i = 0; i < 4; ++i) {
      CHECK(pool.submit(lab.loiter(), 1).result() == 10);
      CHECK(pool.thread_count() == 1);
    }
  });
  CHECK(told->texts_with("grows") == Lines{"pool 0 grows to 1"});
}

TEST_CASE("T04 threads stop at max_workers: 4 run and 56 wait", "[thread_pool][live]") {
  on_every_clock([](Lab& lab) {
    ThreadPoolExecutor pool(lab.context, {.max_workers = 4});
    const Gate gate(lab.context);
    std::vector<Promise<None>> entered;
    std::vector<Future<None>> futures;
    for (int i = 0; i < 60; ++i) entered.emplace_back(lab.context);
    for (std::size_t i = 0; i < 60; ++i) {
      futures.push_back(pool.submit(named("gated", [gate, &entered, i] {
        entered[i].set_result({});
        gate.pass();
      })));
    }
    for (std::size_t i = 0; i < 4; ++i) entered[i].future().result();
    const auto all = states(futures);
    CHECK(std::ranges::count(all, Running) == 4);
    CHECK(std::ranges::count(all, Pending) == 56);
    CHECK(pool.thread_count() == 4);
    gate.open();
    pool.shutdown();
    CHECK(std::ranges::all_of(states(futures), [](FutureState state) { return state == Finished; }));
  });
}

TEST_CASE("T05 threads are named after their pool, and a prefix does not consume the counter", "[thread_pool][live]") {
  on_every_clock([](Lab& lab) {
    ThreadPoolExecutor first(lab.context, {.max_workers = 2});
    ThreadPoolExecutor special(lab.context, {.max_workers = 2, .thread_name_prefix = "SpecialPool"});
    ThreadPoolExecutor second(lab.context, {.max_workers = 2});
    const Gate gate(lab.context);
    for (ThreadPoolExecutor* pool : {&first, &special, &second}) {
      for (int i = 0; i < 2; ++i) pool->submit(named("gated", [gate] { gate.pass(); }));
    }
    gate.open();
    for (ThreadPoolExecutor* pool : {&first, &special, &second}) pool->shutdown();
    Lines began;
    for (const std::string& line : lab.transcript.lines_with("_")) {
      const std::size_t end = line.find(": begins");
      if (end != std::string::npos) began.push_back(line.substr(line.find(' ') + 1, end - line.find(' ') - 1));
    }
    std::ranges::sort(began);
    CHECK(began == Lines{"SpecialPool_0", "SpecialPool_1", "ThreadPoolExecutor-0_0", "ThreadPoolExecutor-0_1",
                         "ThreadPoolExecutor-1_0", "ThreadPoolExecutor-1_1"});
    CHECK(lab.transcript.texts_with(" of 2") == Lines{"pool 0 is ThreadPoolExecutor-0 of 2",
                                                      "pool 1 is SpecialPool of 2",
                                                      "pool 2 is ThreadPoolExecutor-1 of 2"});
  });
}

TEST_CASE("T06 a pool that is shut down takes nothing, and shutting it down again changes nothing",
          "[thread_pool][live]") {
  on_every_clock([](Lab& lab) {
    ThreadPoolExecutor pool(lab.context, {.max_workers = 1});
    const std::string refused = "RuntimeError: cannot schedule new futures after shutdown";
    pool.submit(lab.loiter(), 0);
    pool.shutdown();
    CHECK(raised_by([&] { pool.submit(lab.loiter(), 0); }) == refused);
    CHECK(raised_by([&] { pool.map(lab.loiter(), std::vector{1, 2}); }) == refused);
    pool.shutdown();
    pool.shutdown({.wait = false, .cancel_futures = false});
    CHECK(raised_by([&] { pool.submit(lab.loiter(), 0); }) == refused);
    CHECK(lab.transcript.count("shuts down") == 1);
  });
}

TEST_CASE("T07 shutdown(wait) returns when all queued tasks have run", "[thread_pool]") {
  simulate([](Lab& lab) {
    ThreadPoolExecutor pool(lab.context, {.max_workers = 1});
    const Futures futures = submit_loiters(lab, pool, 3, 1);
    pool.shutdown();
    CHECK(lab.now() == 3 * U);
    CHECK(states(futures) == std::vector{Finished, Finished, Finished});
  });
}

TEST_CASE("T08 shutdown without wait returns at once and the queue is still drained", "[thread_pool]") {
  simulate([](Lab& lab) {
    ThreadPoolExecutor pool(lab.context, {.max_workers = 1});
    const Futures futures = submit_loiters(lab, pool, 3, 1);
    pool.shutdown({.wait = false});
    CHECK(lab.now() == 0 * U);
    CHECK(states(futures) == std::vector{Running, Pending, Pending});
    wait(futures);
    CHECK(lab.now() == 3 * U);
    CHECK(states(futures) == std::vector{Finished, Finished, Finished});
  });
}

TEST_CASE("T09 shutdown(cancel_futures) lets the running finish and leaves the pending plain CANCELLED",
          "[thread_pool]") {
  Lines called;
  simulate([&](Lab& lab) {
    ThreadPoolExecutor pool(lab.context, {.max_workers = 2});
    const Futures futures = submit_loiters(lab, pool, 6, 2);
    for (const auto& future : futures) {
      future.add_done_callback(
          [&](const AnyFuture& f) { called.push_back(this_lane() + " " + std::to_string(f.id().value)); });
    }
    lab.sleep(1 * U);
    pool.shutdown({.cancel_futures = true});
    CHECK(lab.now() == 2 * U);
    CHECK(states(futures) == std::vector{Finished, Finished, Cancelled, Cancelled, Cancelled, Cancelled});
  });
  CHECK(called ==
        Lines{"main 3", "main 4", "main 5", "main 6", "ThreadPoolExecutor-0_0 1", "ThreadPoolExecutor-0_1 2"});
}

TEST_CASE("T10 what shutdown cancelled is done, yet wait and as_completed never count it", "[thread_pool]") {
  simulate([](Lab& lab) {
    ThreadPoolExecutor pool(lab.context, {.max_workers = 1});
    const Futures futures = submit_loiters(lab, pool, 2, 1);
    pool.shutdown({.wait = false, .cancel_futures = true});
    const Futures second{futures[1]};
    CHECK(futures[1].done());
    CHECK(raised_by([&] { futures[1].result(); }) == "CancelledError: ");
    const auto sets = wait(second, {.timeout = 2 * U});
    CHECK(lab.now() == 2 * U);
    CHECK(sets.done.empty());
    CHECK(sets.not_done.size() == 1);
    auto iterator = as_completed(second, 2 * U);
    CHECK(raised_by([&] { iterator.next(); }) == "TimeoutError: 1 (of 1) futures unfinished");
    CHECK(lab.now() == 4 * U);
    CHECK(futures[1].state() == Cancelled);
  });
}

TEST_CASE("T11 a cancelled task sits in the queue until a worker pops it, and never runs", "[thread_pool][live]") {
  on_every_clock([](Lab& lab) {
    ThreadPoolExecutor pool(lab.context, {.max_workers = 1});
    const Gate gate(lab.context);
    std::atomic<int> ran{0};
    pool.submit(named("busy", [gate] { gate.pass(); }));
    const auto b = pool.submit(named("record", [&] { ++ran; }));
    CHECK(b.cancel());
    CHECK(b.state() == Cancelled);
    gate.open();
    CHECK(wait(std::vector{b}).done.size() == 1);
    CHECK(b.state() == CancelledAndNotified);
    pool.shutdown();
    CHECK(ran == 0);
  });
}

TEST_CASE("T12 a task that runs or has run cannot be cancelled", "[thread_pool]") {
  simulate([](Lab& lab) {
    ThreadPoolExecutor pool(lab.context, {.max_workers = 1});
    const auto a = pool.submit(lab.loiter(), 2);
    lab.sleep(1 * U);
    CHECK_FALSE(a.cancel());
    CHECK(a.state() == Running);
    CHECK(a.result() == 20);
    CHECK(lab.now() == 2 * U);
    CHECK_FALSE(a.cancel());
    CHECK(a.state() == Finished);
    CHECK(a.result() == 20);
  });
}

TEST_CASE("T13 a worker survives the exception of its task", "[thread_pool][live]") {
  on_every_clock([](Lab& lab) {
    ThreadPoolExecutor pool(lab.context, {.max_workers = 1});
    const auto name = named("name", [] { return this_lane(); });
    CHECK(pool.submit(name).result() == "ThreadPoolExecutor-0_0");
    CHECK(raised_by([&] { pool.submit(named("fails", [] { throw ValueError("x"); })).result(); }) == "ValueError: x");
    CHECK(pool.submit(name).result() == "ThreadPoolExecutor-0_0");
    CHECK(pool.thread_count() == 1);
  });
}

TEST_CASE("T14 the initializer runs once in each thread, before its first task", "[thread_pool]") {
  Lines events;
  simulate([&](Lab& lab) {
    ThreadPoolExecutor pool(lab.context,
                            {.max_workers = 3, .initializer = [&] { events.push_back(this_lane() + " init"); }});
    CHECK(events.empty());
    const auto task = named("task", [&] {
      events.push_back(this_lane() + " task");
      lab.sleep(1 * U);
    });
    for (int i = 0; i < 6; ++i) pool.submit(task);
  });
  const std::string a = "ThreadPoolExecutor-0_0";
  const std::string b = "ThreadPoolExecutor-0_1";
  const std::string c = "ThreadPoolExecutor-0_2";
  CHECK(events == Lines{a + " init", a + " task", b + " init", b + " task", c + " init", c + " task", a + " task",
                        b + " task", c + " task"});
}

TEST_CASE("T15 an initializer that raises breaks the pool: pending futures and later submits get BrokenThreadPool",
          "[thread_pool]") {
  const std::string broken = "BrokenThreadPool: A thread initializer failed, the thread pool is not usable anymore";
  const auto told = simulate([&](Lab& lab) {
    ThreadPoolExecutor pool(lab.context, {.max_workers = 2, .initializer = [&] {
                                            lab.sleep(1 * U);
                                            throw ValueError("init");
                                          }});
    const Futures futures = submit_loiters(lab, pool, 3, 1);
    CHECK(pool.thread_count() == 2);
    for (const auto& future : futures) CHECK(raised_by([&] { future.result(); }) == broken);
    CHECK(lab.now() == 1 * U);
    CHECK(raised_by([&] { pool.submit(lab.loiter(), 1); }) == broken);
    CHECK(raised_by([&] { pool.map(lab.loiter(), std::vector{1}); }) == broken);
    pool.shutdown();
    CHECK(raised_by([&] { pool.submit(lab.loiter(), 1); }) == broken);  // looked at before the shutdown
  });
  CHECK(told->texts_with("logs") == Lines(2, "logs CRITICAL: Exception in initializer: (ValueError: init)"));
  CHECK(told->count("pending -> finished raised BrokenThreadPool") == 3);
  CHECK(told->count("breaks: A thread initializer failed, the thread pool is not usable anymore") >= 1);
}

TEST_CASE("T15 a cancelled task does not keep a broken pool from failing the others", "[thread_pool]") {
  simulate([](Lab& lab) {
    ThreadPoolExecutor pool(lab.context, {.max_workers = 1, .initializer = [&] {
                                            lab.sleep(1 * U);
                                            throw ValueError("init");
                                          }});
    const Futures futures = submit_loiters(lab, pool, 3, 1);
    CHECK(futures[1].cancel());
    CHECK(raised_by([&] { futures[2].result(); }).starts_with("BrokenThreadPool: "));
    CHECK(futures[1].state() == Cancelled);
  });
}

TEST_CASE("T17 one worker starts its tasks strictly in order of submission", "[thread_pool][live]") {
  on_every_clock([](Lab& lab) {
    std::vector<int> started;
    {
      ThreadPoolExecutor pool(lab.context, {.max_workers = 1});
      const Gate gate(lab.context);
      pool.submit(named("gated", [gate] { gate.pass(); }));
      for (int i = 0; i < 10; ++i) pool.submit(named("record", [&started](int n) { started.push_back(n); }), i);
      gate.open();
    }
    CHECK(started == std::vector{0, 1, 2, 3, 4, 5, 6, 7, 8, 9});
  });
}

TEST_CASE("T18 a task may submit to its own pool and return the future, with one worker too", "[thread_pool][live]") {
  on_every_clock([](Lab& lab) {
    using Pairs = std::vector<std::pair<int, int>>;
    ThreadPoolExecutor pool(lab.context, {.max_workers = 1});
    const auto outer = pool.submit(named("outer", [&pool] {
      return pool.submit(named("inner", [] { return Pairs{{1, 4}, {2, 5}, {3, 6}}; }));
    }));
    CHECK(python_repr(outer.result().result()) == "[(1, 4), (2, 5), (3, 6)]");
    CHECK(pool.thread_count() == 1);
    CHECK(outer.repr().find("state=finished returned Future>") != std::string::npos);
  });
}

TEST_CASE("T19 a task that waits for the end of its own pool gets a RuntimeError, and the pool is shut down",
          "[thread_pool][live]") {
  on_every_clock([](Lab& lab) {
    ThreadPoolExecutor pool(lab.context, {.max_workers = 1});
    const auto outer = pool.submit(named("outer", [&pool] { pool.shutdown(); }));
    CHECK(raised_by([&] { outer.result(); }) == "RuntimeError: cannot join current thread");
    CHECK(raised_by([&] { pool.submit(lab.loiter(), 1); }) ==
          "RuntimeError: cannot schedule new futures after shutdown");
  });
}

TEST_CASE("T23 a huge max_workers costs nothing", "[thread_pool]") {
  simulate([](Lab& lab) {
    ThreadPoolExecutor pool(lab.context, {.max_workers = 1000});
    for (int i = 0; i < 20; ++i) pool.submit(lab.loiter(), 1).result();
    CHECK(pool.thread_count() == 1);
    CHECK(lab.now() == 20 * U);
  });
}

TEST_CASE("8 short tasks use fewer threads than max_workers", "[thread_pool]") {
  simulate([](Lab& lab) {
    ThreadPoolExecutor pool(lab.context, {.max_workers = 10});
    for (int i = 0; i < 12; ++i) {
      pool.submit(lab.loiter(), 2);
      lab.sleep(1 * U);  // two tasks at a time overlap
    }
    CHECK(pool.thread_count() == 2);
  });
}

TEST_CASE("6 leaving the scope of a pool waits for everything", "[thread_pool]") {
  simulate([](Lab& lab) {
    Futures futures;
    {
      ThreadPoolExecutor pool(lab.context, {.max_workers = 2});
      futures = submit_loiters(lab, pool, 5, 1);
    }
    CHECK(lab.now() == 3 * U);
    CHECK(states(futures) == std::vector(5, Finished));
  });
}

TEST_CASE("shutdown(wait) also waits for what a task submits before", "[thread_pool][live]") {
  on_every_clock([](Lab& lab) {
    std::atomic<bool> ran{false};
    {
      ThreadPoolExecutor pool(lab.context, {.max_workers = 2});
      const Gate gate(lab.context);
      const Gate entered(lab.context);
      pool.submit(named("outer", [&, gate, entered] {
        pool.submit(named("inner", [&, gate] {
          gate.pass();
          ran = true;
        }));
        entered.open();
      }));
      entered.pass();
      gate.open();
    }
    CHECK(ran);
  });
}

TEST_CASE("a task may hold the last handle of its own pool", "[thread_pool][live]") {
  on_every_clock([](Lab& lab) {
    auto pool = std::make_shared<ThreadPoolExecutor>(lab.context, ThreadPoolOptions{.max_workers = 2});
    const Gate gate(lab.context);
    const auto future = pool->submit(named("holds", [pool, gate] {
      gate.pass();
      return pool->max_workers();
    }));
    pool.reset();
    gate.open();
    CHECK(future.result() == 2);
  });
}

TEST_CASE("a callback of a cancelled future may submit to the pool that is shutting down: it is refused",
          "[thread_pool]") {
  simulate([](Lab& lab) {
    ThreadPoolExecutor pool(lab.context, {.max_workers = 1});
    const Futures futures = submit_loiters(lab, pool, 2, 1);
    std::string error;
    futures[1].add_done_callback([&](const AnyFuture&) { error = raised_by([&] { pool.submit(lab.loiter(), 1); }); });
    pool.shutdown({.cancel_futures = true});
    CHECK(error == "RuntimeError: cannot schedule new futures after shutdown");
  });
}

TEST_CASE("a second shutdown may cancel what the first left in the queue", "[thread_pool]") {
  simulate([](Lab& lab) {
    ThreadPoolExecutor pool(lab.context, {.max_workers = 1});
    const Futures futures = submit_loiters(lab, pool, 3, 1);
    pool.shutdown({.wait = false});
    pool.shutdown({.wait = true, .cancel_futures = true});
    CHECK(lab.now() == 1 * U);
    CHECK(states(futures) == std::vector{Finished, Cancelled, Cancelled});
  });
}

}  // namespace loiter::futures::lab
