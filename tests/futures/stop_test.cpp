// A stopped run unwinds, wherever its participants are: nothing hangs, nothing terminates, nothing leaks.
#include "futures/lab.hpp"
#include "futures/random_program.hpp"
#include "futures/seeds.hpp"

namespace loiter::futures::lab {
namespace {

// Runs `body` until it says that it is "about to block", on either clock, then stops it. It must not come back.
void stop_when_blocked(const Body& body) {
  const Body whole = [&body](Lab& lab) {
    body(lab);
    lab.runtime.checkpoint();  // a destructor waits for its workers and cannot throw
    lab.say("it came back");
  };
  {
    INFO("on the simulated clock");
    const auto told = simulate_until_stuck(whole);
    CHECK(told->count("it came back") == 0);
  }
  INFO("on the live clock");
  const auto stop = [](Lab& lab) {
    lab.transcript.wait_for("main: says about to block");
    lab.runtime.stop();
  };
  const auto told = run(Clock::Live, whole, {.meanwhile = stop});
  CHECK(told->count("it came back") == 0);
}

using Futures = std::vector<Future<int>>;

}  // namespace

TEST_CASE("a stop ends result(), exception(), wait, as_completed and map wherever they wait", "[stop][live]") {
  const auto blocked_in = [](const std::function<void(Lab&, ThreadPoolExecutor&, const Future<int>&)>& wait_there) {
    stop_when_blocked([&](Lab& lab) {
      const Promise<int> never(lab.context);
      ThreadPoolExecutor pool(lab.context, {.max_workers = 1});
      const auto future = pool.submit(named("blocks", [never] { return never.future().result(); }));
      lab.say("about to block");
      wait_there(lab, pool, future);
    });
  };
  blocked_in([](Lab&, ThreadPoolExecutor&, const auto& future) { future.result(); });
  blocked_in([](Lab&, ThreadPoolExecutor&, const auto& future) { static_cast<void>(future.exception()); });
  blocked_in([](Lab&, ThreadPoolExecutor&, const auto& future) { wait(Futures{future}); });
  blocked_in([](Lab&, ThreadPoolExecutor&, const auto& future) { as_completed(Futures{future}).next(); });
  blocked_in([](Lab& lab, ThreadPoolExecutor& pool, const auto&) {
    auto results = pool.map(lab.loiter(), std::vector{1, 2, 3});
    results.next();
  });
  blocked_in([](Lab&, ThreadPoolExecutor& pool, const auto&) { pool.shutdown(); });
  blocked_in([](Lab&, ThreadPoolExecutor&, const auto&) {});  // the pool's destructor
}

TEST_CASE("a stop ends a callback that waits, an initializer that waits and a sequential call that waits",
          "[stop][live]") {
  stop_when_blocked([](Lab& lab) {
    const Promise<int> never(lab.context);
    ThreadPoolExecutor pool(lab.context, {.max_workers = 1});
    const Gate gate(lab.context);
    const auto future = pool.submit(named("quick", [gate] { gate.pass(); }));
    future.add_done_callback([never](const AnyFuture&) { never.future().result(); });
    future.add_done_callback([](const AnyFuture&) {});  // never called, and freed
    lab.say("about to block");
    gate.open();
  });
  stop_when_blocked([](Lab& lab) {
    const Promise<int> never(lab.context);
    ThreadPoolExecutor pool(lab.context, {.max_workers = 2, .initializer = [never] { never.future().result(); }});
    const auto future = pool.submit(lab.loiter(), 1);
    lab.say("about to block");
    future.result();
  });
  stop_when_blocked([](Lab& lab) {
    const Promise<int> never(lab.context);
    SequentialExecutor executor(lab.context);
    lab.say("about to block");
    executor.submit(named("blocks", [never] { return never.future().result(); }));
  });
  stop_when_blocked([](Lab& lab) {  // a callback called by cancel()
    const Promise<int> never(lab.context);
    const Promise<int> cancelled(lab.context);
    cancelled.future().add_done_callback([never](const AnyFuture&) { never.future().result(); });
    lab.say("about to block");
    cancelled.future().cancel();
  });
}

TEST_CASE("a stop during a deadlock of nested waits ends it", "[stop][live]") {
  stop_when_blocked([](Lab& lab) {
    ThreadPoolExecutor pool(lab.context, {.max_workers = 1});
    const auto outer =
        pool.submit(named("outer", [&pool] { return pool.submit(named("inner", [] { return 1; })).result(); }));
    lab.say("about to block");
    outer.result();
  });
}

TEST_CASE("main may drop the handles through which its tasks wait when it is stopped", "[stop][live]") {
  stop_when_blocked([](Lab& lab) {
    ThreadPoolExecutor pool(lab.context, {.max_workers = 2});
    Future<int> a;  // gone before the pool is, as in a program that reads like Python's
    Future<int> b;
    const Gate gate(lab.context);
    a = pool.submit(named("wait_on_b", [&b, gate] {
      gate.pass();
      return b.result();
    }));
    b = pool.submit(named("wait_on_a", [&a, gate] {
      gate.pass();
      return a.result();
    }));
    gate.open();
    lab.transcript.tell("waits");
    lab.sleep(1 * U);  // both are blocked by then
    lab.say("about to block");
    a.result();
  });
}

TEST_CASE("a worker begins no further task once the run is stopped", "[stop][live]") {
  for (const Clock clock : {Clock::Simulated, Clock::Live}) {
    std::atomic<int> ran{0};
    const auto told = run(clock,
                          [&](Lab& lab) {
                            ThreadPoolExecutor pool(lab.context, {.max_workers = 1});
                            const Gate gate(lab.context);
                            pool.submit(named("stops", [&, gate] {
                              gate.pass();
                              lab.runtime.stop();
                            }));
                            for (int i = 0; i < 100; ++i) pool.submit(named("quick", [&ran] { ++ran; }));
                            gate.open();
                          },
                          {.meanwhile = [](Lab&) {}});
    CHECK(ran == 0);
  }
}

TEST_CASE("a program that only polls can be stopped", "[stop][live]") {
  for (const Clock clock : {Clock::Simulated, Clock::Live}) {
    const auto polls = [&](const std::function<void(const Future<int>&)>& look) {
      run(clock,
          [&](Lab& lab) {
            const Promise<int> never(lab.context);
            lab.say("about to poll");
            for (;;) look(never.future());
          },
          {.meanwhile = [](Lab& lab) {
            lab.transcript.wait_for("about to poll");
            lab.runtime.stop();
          }});
    };
    polls([](const auto& future) { raised_by([&] { future.result(0 * U); }); });
    polls([](const auto& future) { wait(Futures{future}, {.timeout = 0 * U}); });
    polls([](const auto& future) { raised_by([&] { as_completed(Futures{future}, 0 * U).next(); }); });
  }
}

TEST_CASE("what a stopped run has queued is dropped, with what its calls hold", "[stop][live]") {
  stop_when_blocked([](Lab& lab) {
    const Promise<int> never(lab.context);
    auto pool = std::make_shared<ThreadPoolExecutor>(lab.context, ThreadPoolOptions{.max_workers = 1});
    pool->submit(named("blocks", [never] { return never.future().result(); }));
    // Queued tasks that hold their own pool, another pool, an iterator and futures.
    const auto other = std::make_shared<ThreadPoolExecutor>(lab.context, ThreadPoolOptions{.max_workers = 1});
    const auto results = std::make_shared<MapIterator<int>>(other->map(lab.loiter(), std::vector{0, 1, 2}));
    results->next();
    for (int i = 0; i < 3; ++i) {
      const auto future = pool->submit(named("never runs", [pool, other, results] { return results->next().value(); }));
      future.add_done_callback([pool](const AnyFuture&) {});
    }
    lab.say("about to block");
    never.future().result();
  });
}

TEST_CASE("the callbacks of a future that is never done are freed with it", "[stop]") {
  simulate([](Lab& lab) {
    const Promise<int> promise(lab.context);
    const auto kept = std::make_shared<int>(1);
    {
      const Promise<int> dropped(lab.context);
      dropped.future().add_done_callback([kept](const AnyFuture&) {});
      CHECK(kept.use_count() == 2);
    }
    CHECK(kept.use_count() == 1);
  });
}

TEST_CASE("a run that is stopped at any moment unwinds", "[stop][random]") {
  for_seeds(1000, [](std::uint64_t seed) {
    RandomProgram program(seed, {.blocks_for_ever = true});
    const auto told =
        run(Clock::Simulated, [&](Lab& lab) { program.run(lab); },
            {.random = seed % 4 != 0, .gil = {.kind = gil_of(seed)}, .seed = seed, .stop_after = 5 + seed * 7 % 200});
    check_program(*told, {}, true);
  });
}

TEST_CASE("a live run that is stopped at any moment unwinds", "[stop][random][live]") {
  for_seeds(400, [](std::uint64_t seed) {
    RandomProgram program(seed, {.actions = 100, .blocks_for_ever = true, .stops = true});
    const auto told = run(Clock::Live, [&](Lab& lab) { program.run(lab); }, {.stop_after = 5 + seed * 7 % 200});
    check_program(*told, {}, true);
  });
}

}  // namespace loiter::futures::lab
