// ProcessPoolExecutor: which calls run where and when, what cannot cross, and what the death of a worker does.
#include "futures/process_pool_executor.hpp"

#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <set>

#include "futures/lab.hpp"
#include "futures/remote_functions.hpp"

namespace loiter::futures::lab {
namespace {

using enum FutureState;
using Futures = std::vector<Future<int>>;

auto loiter_call() { return named("loiter", remote_loiter.with(U)); }

std::size_t count_of(const Futures& futures, FutureState state) {
  return static_cast<std::size_t>(std::ranges::count(futures, state, [](const auto& f) { return f.state(); }));
}

constexpr const char* broken_future =
    "BrokenProcessPool: A process in the process pool was terminated abruptly while the future was running or pending.";
constexpr const char* broken_pool =
    "BrokenProcessPool: A child process terminated abruptly, the process pool is not usable anymore";

}  // namespace

TEST_CASE("P17 max_workers is the number of cores by default; 0 and less are a ValueError", "[process_pool][live]") {
  on_every_clock([](Lab& lab) {
    CHECK(ProcessPoolExecutor(lab.context).max_workers() == static_cast<int>(std::thread::hardware_concurrency()));
    for (const int workers : {0, -1}) {
      CHECK(raised_by([&] { const ProcessPoolExecutor pool(lab.context, {.max_workers = workers}); }) ==
            "ValueError: max_workers must be greater than 0");
    }
    CHECK(raised_by([&] {
            const ProcessPoolExecutor pool(lab.context, {.max_workers = 1, .max_tasks_per_child = 0});
          }) == "ValueError: max_tasks_per_child must be >= 1");
  });
}

TEST_CASE("values of every kind cross to a worker and back", "[process_pool][live]") {
  on_every_clock([](Lab& lab) {
    ProcessPoolExecutor pool(lab.context, {.max_workers = 2});
    CHECK(pool.submit(named("twice", twice.with()), -21).result() == -42);
    CHECK(pool.submit(named("greet", greet.with()), std::string("you")).result() == "hello you");
    const std::vector<int> numbers = pool.submit(named("numbers_up_to", numbers_up_to.with()), 100'000).result();
    CHECK(numbers.size() == 100'000);
    CHECK(numbers.back() == 99'999);
    CHECK(pool.submit(named("say", say.with()), std::string("told")).result() == 0);
  });
}

TEST_CASE("the same remote functions run in every executor", "[process_pool][live]") {
  on_every_clock([](Lab& lab) {
    SequentialExecutor sequential(lab.context);
    ThreadPoolExecutor threads(lab.context, {.max_workers = 2});
    ProcessPoolExecutor processes(lab.context, {.max_workers = 2});
    for (Executor* const executor : std::vector<Executor*>{&sequential, &threads, &processes}) {
      CHECK(executor->submit(loiter_call(), 3).result() == 30);
    }
  });
}

TEST_CASE("calls run in other processes, which are gone when the pool is", "[process_pool][live]") {
  std::set<std::int64_t> pids;
  run(Clock::Live, [&](Lab& lab) {
    ProcessPoolExecutor pool(lab.context, {.max_workers = 3});
    std::vector<Future<std::int64_t>> futures;
    for (int i = 0; i < 12; ++i) futures.push_back(pool.submit(named("own_pid", own_pid.with())));
    for (const auto& future : futures) pids.insert(future.result());
  });
  CHECK_FALSE(pids.contains(::getpid()));
  CHECK(pids.size() <= 3);
  for (const std::int64_t pid : pids) CHECK(::kill(static_cast<pid_t>(pid), 0) != 0);
}

TEST_CASE("a worker inherits no descriptor", "[process_pool][live]") {
  run(Clock::Live, [](Lab& lab) {
    ProcessPoolExecutor pool(lab.context, {.max_workers = 1});
    CHECK(pool.submit(named("open_descriptors", open_descriptors.with())).result() == "0 1 2 3 ");
  });
}

TEST_CASE("P02 a process is started only if none is idle", "[process_pool][live]") {
  on_every_clock([](Lab& lab) {
    ProcessPoolExecutor pool(lab.context, {.max_workers = 3});
    for (int i = 0; i < 3; ++i) {
      pool.submit(loiter_call(), 0).result();
      lab.sleep(U);
      CHECK(pool.process_count() == 1);
    }
    const auto first = pool.submit(loiter_call(), 5);
    CHECK(pool.process_count() == 1);
    const auto second = pool.submit(loiter_call(), 5);
    CHECK(pool.process_count() == 2);
  });
}

TEST_CASE("P03 one worker: three say RUNNING, one executes; cancel() works on the others", "[process_pool]") {
  const auto transcript = simulate([](Lab& lab) {
    ProcessPoolExecutor pool(lab.context, {.max_workers = 1});
    Futures futures;
    for (int i = 0; i < 6; ++i) {
      futures.push_back(pool.submit(loiter_call(), 10));
      lab.sleep(U / 2);
    }
    CHECK(count_of(futures, Running) == 3);
    std::vector<bool> cancelled;
    for (const auto& future : futures) cancelled.push_back(future.cancel());
    CHECK(cancelled == std::vector<bool>{false, false, false, true, true, true});
    for (int i = 0; i < 3; ++i) CHECK(futures[static_cast<std::size_t>(i)].result() == 100);
    CHECK(lab.now() == 30 * U);
  });
  CHECK(transcript->count("call began") == 3);
}

TEST_CASE("P04 two workers: 2 execute and 3 are in the call queue", "[process_pool]") {
  simulate([](Lab& lab) {
    ProcessPoolExecutor pool(lab.context, {.max_workers = 2});
    Futures futures;
    for (int i = 0; i < 8; ++i) {
      futures.push_back(pool.submit(loiter_call(), 10));
      lab.sleep(U / 2);
    }
    CHECK(count_of(futures, Running) == 5);
    CHECK(lab.transcript.count("call began") == 2);
  });
}

TEST_CASE("P05 in a burst between w + 1 and 2w + 1 say RUNNING, and exactly those run", "[process_pool]") {
  const auto transcript = simulate([](Lab& lab) {
    ProcessPoolExecutor pool(lab.context, {.max_workers = 1});
    Futures futures;
    for (int i = 0; i < 6; ++i) futures.push_back(pool.submit(loiter_call(), 10));
    lab.sleep(U / 2);
    const std::size_t running = count_of(futures, Running);
    CHECK(running >= 2);
    CHECK(running <= 3);
    std::size_t refused = 0;
    for (const auto& future : futures) refused += future.cancel() ? 0 : 1;
    CHECK(refused == running);
  });
  CHECK(transcript->count("call began") == transcript->count("pending -> running"));
}

TEST_CASE("P07 a worker that is killed breaks every unfinished future", "[process_pool][live]") {
  on_every_clock([](Lab& lab) {
    ProcessPoolExecutor pool(lab.context, {.max_workers = 2});
    const auto done = pool.submit(loiter_call(), 0);
    done.result();
    Futures futures;
    for (int i = 0; i < 5; ++i) futures.push_back(pool.submit(loiter_call(), 10'000));
    lab.sleep(U);
    CHECK(lab.context.kill_worker("Process-2"));
    for (const auto& future : futures) {
      CHECK(raised_by([&] { future.result(); }) == broken_future);
      CHECK(future.done());
      CHECK_FALSE(future.cancelled());
    }
    CHECK(raised_by([&] { pool.submit(loiter_call(), 1); }) == broken_pool);
    CHECK(done.result() == 0);
    pool.shutdown();
    CHECK(pool.process_count() == 0);
    CHECK_FALSE(lab.context.kill_worker("Process-1"));
  });
}

TEST_CASE("P08 a call that ends its process breaks the pool: it raises nothing", "[process_pool][live]") {
  run(Clock::Live, [](Lab& lab) {
    ProcessPoolExecutor pool(lab.context, {.max_workers = 1});
    CHECK(raised_by([&] { pool.submit(named("exit_with", exit_with.with()), 7).result(); }) == broken_future);
    CHECK(raised_by([&] { pool.submit(loiter_call(), 1); }) == broken_pool);
  });
}

TEST_CASE("P11 what cannot cross fails alone, and the pool lives on", "[process_pool][live]") {
  on_every_clock([](Lab& lab) {
    ProcessPoolExecutor pool(lab.context, {.max_workers = 1});
    const auto unknown = pool.submit(named("local", [](int n) { return n; }), 1);
    CHECK(raised_by([&] { unknown.result(); }) ==
          "PicklingError: Can't pickle <function local>: worker processes know only functions that are registered for "
          "them");
    const Promise<int> promise(lab.context);
    const auto argument = pool.submit(named("value_of", value_of.with()), promise.future());
    const auto result = pool.submit(named("future_of", future_of.with()), 1);
    const std::string no_future =
        "TypeError: cannot pickle '_thread.RLock' object: a Future lives in one process and cannot be sent to another";
    CHECK(raised_by([&] { argument.result(); }) == no_future);
    CHECK(raised_by([&] { result.result(); }) == no_future);
    CHECK(pool.submit(named("twice", twice.with()), 4).result() == 8);
  });
}

TEST_CASE("arguments and results up to 64 MiB cross; what is larger fails alone", "[process_pool][live]") {
  constexpr std::size_t limit = std::size_t{64} << 20U;
  on_every_clock([](Lab& lab) {
    ProcessPoolExecutor pool(lab.context, {.max_workers = 1});
    const auto size_of = [&](std::size_t size) {
      return pool.submit(named("text_of_size", text_of_size.with()), size).result().size();
    };
    CHECK(size_of(limit - 8) == limit - 8);  // its own length takes eight bytes
    CHECK(raised_by([&] { size_of(limit); }) ==
          "ValueError: the result of text_of_size takes 67108872 bytes, more than the 64 MiB that can be sent from a "
          "worker process");
    const auto large = pool.submit(named("same_text", same_text.with()), std::string(limit, 'x'));
    CHECK(raised_by([&] { large.result(); }) ==
          "ValueError: the arguments of same_text take 67108890 bytes, more than the 64 MiB that can be sent to a "
          "worker process");
    CHECK(pool.submit(named("twice", twice.with()), 4).result() == 8);
  });
}

TEST_CASE("an exception comes back with type, text and where it was raised", "[process_pool][live]") {
  on_every_clock([](Lab& lab) {
    ProcessPoolExecutor pool(lab.context, {.max_workers = 1});
    const auto raises = [&](const std::string& type) {
      return pool.submit(named("raise_error", raise_error.with()), type, std::string("boom"));
    };
    const auto value = raises("ValueError");
    const auto division = raises("ZeroDivisionError");
    const auto mine = raises("MyError");
    CHECK_THROWS_AS(value.result(), ValueError);
    CHECK_THROWS_AS(division.result(), ZeroDivisionError);
    CHECK(raised_by([&] { mine.result(); }) == "MyError: boom");
    try {
      value.result();
    } catch (const Exception& error) {
      CHECK(error.cause().find("in raise_error(), in ") == 0);
    }
    CHECK(pool.submit(named("twice", twice.with()), 4).result() == 8);
  });
}

TEST_CASE("P12 max_tasks_per_child: a new process for every third task", "[process_pool][live]") {
  run(Clock::Live, [](Lab& lab) {
    ProcessPoolExecutor pool(lab.context, {.max_workers = 1, .max_tasks_per_child = 3});
    std::vector<std::int64_t> pids;
    for (int i = 0; i < 4; ++i) {
      pids.push_back(pool.submit(named("own_pid", own_pid.with())).result());
      CHECK(pool.process_count() <= 1);  // none while the manager replaces it
    }
    CHECK(pids[0] == pids[1]);
    CHECK(pids[1] == pids[2]);
    CHECK(pids[2] != pids[3]);
  });
}

TEST_CASE("P13 every worker runs the initializer before its first task", "[process_pool][live]") {
  run(Clock::Live, [](Lab& lab) {
    ProcessPoolExecutor pool(lab.context,
                             {.max_workers = 2, .initializer = encode_call(lab.context, remember.with(5))});
    Futures futures;
    for (int i = 0; i < 4; ++i) futures.push_back(pool.submit(named("remembered", remembered.with())));
    for (const auto& future : futures) CHECK(future.result() == 5);
  });
}

TEST_CASE("P14 an initializer that raises breaks the pool", "[process_pool][live]") {
  on_every_clock([](Lab& lab) {
    ProcessPoolExecutor pool(
        lab.context,
        {.max_workers = 1, .initializer = encode_call(lab.context, fail_after.with(U, std::string("no")))});
    const auto future = pool.submit(loiter_call(), 1);
    CHECK(raised_by([&] { future.result(); }) == broken_future);
    CHECK(raised_by([&] { pool.submit(loiter_call(), 1); }) == broken_pool);
    CHECK(lab.transcript.count("logs CRITICAL: Exception in initializer: (ValueError: no)") == 1);
  });
}

TEST_CASE("P17 after shutdown a submit is refused; a second shutdown changes nothing", "[process_pool][live]") {
  on_every_clock([](Lab& lab) {
    ProcessPoolExecutor pool(lab.context, {.max_workers = 1});
    const auto future = pool.submit(loiter_call(), 1);
    pool.shutdown();
    CHECK(future.done());
    CHECK(raised_by([&] { pool.submit(loiter_call(), 1); }) ==
          "RuntimeError: cannot schedule new futures after shutdown");
    pool.shutdown();
  });
}

TEST_CASE("shutdown(wait=False) lets everything that was submitted run", "[process_pool]") {
  simulate([](Lab& lab) {
    Futures futures;
    {
      ProcessPoolExecutor pool(lab.context, {.max_workers = 1});
      for (int i = 0; i < 5; ++i) futures.push_back(pool.submit(loiter_call(), 1));
      pool.shutdown({.wait = false});
      CHECK(lab.now() == Duration::zero());
    }
    for (const auto& future : futures) CHECK(future.result() == 10);
    CHECK(lab.now() == 5 * U);
  });
}

TEST_CASE("shutdown(cancel_futures) leaves plain CANCELLED what was not in the call queue", "[process_pool]") {
  simulate([](Lab& lab) {
    ProcessPoolExecutor pool(lab.context, {.max_workers = 1});
    Futures futures;
    for (int i = 0; i < 6; ++i) {
      futures.push_back(pool.submit(loiter_call(), 1));
      if (i < 3) lab.sleep(U / 8);
    }
    pool.shutdown({.wait = true, .cancel_futures = true});
    CHECK(count_of(futures, Finished) == 3);
    CHECK(count_of(futures, Cancelled) == 3);
  });
}

TEST_CASE("results are set, and callbacks called, by the manager", "[process_pool]") {
  const auto transcript = simulate([](Lab& lab) {
    ProcessPoolExecutor pool(lab.context, {.max_workers = 1});
    const auto future = pool.submit(loiter_call(), 1);
    future.add_done_callback([&lab](const AnyFuture&) { lab.say("called back"); });
    future.result();
  });
  CHECK(transcript->lines_with({"manager-0", "says called back"}).size() == 1);
  CHECK(transcript->lines_with({"Process-1", "1 call ended returned int 10"}).size() == 1);
  CHECK(transcript->lines_with({"manager-0", "1 running -> finished"}).size() == 1);
}

TEST_CASE("finding 10: a pool whose task submits to it is no business of a worker process", "[process_pool]") {
  simulate([](Lab& lab) {
    ProcessPoolExecutor pool(lab.context, {.max_workers = 2});
    const auto inner_pool = named("submits", [&pool] { return pool.submit(loiter_call(), 1).result(); });
    CHECK(raised_by([&] { pool.submit(inner_pool).result(); }).find("PicklingError") == 0);
  });
}

TEST_CASE("a held run holds a worker process that computes, until it goes on", "[process_pool][live]") {
  const auto transcript = run(Clock::Live,
                              [](Lab& lab) {
                                ProcessPoolExecutor pool(lab.context, {.max_workers = 1});
                                const auto computes = pool.submit(named("compute_for_ever", compute_for_ever.with()));
                                lab.spawn("stopper", [&lab] {
                                  while (lab.transcript.count("Process-1: wakes from pause: ready") == 0)
                                    lab.sleep(U / 1000);
                                  lab.runtime.stop();
                                });
                                computes.result();
                              },
                              {.meanwhile = [](Lab& lab) {
                                lab.transcript.wait_for("1 call began");
                                lab.runtime.pause();
                                lab.transcript.wait_for("Process-1: waits on pause");
                                lab.runtime.resume();
                              }});
  CHECK(transcript->count("Process-1: waits on pause") == 1);
}

TEST_CASE("stop ends a run whose workers compute, with and without checkpoints, sleep or are idle",
          "[process_pool][live]") {
  for (const Clock clock : {Clock::Live, Clock::Simulated}) {
    run(clock, [&](Lab& lab) {
      ProcessPoolExecutor pool(lab.context, {.max_workers = 4});
      Futures futures{pool.submit(loiter_call(), 1'000'000)};
      pool.submit(named("twice", twice.with()), 1).result();
      if (clock == Clock::Live) {
        futures.push_back(pool.submit(named("compute_for_ever", compute_for_ever.with())));
        futures.push_back(pool.submit(named("compute_deaf", compute_deaf.with())));
      }
      lab.spawn("stopper", [&lab] {
        lab.sleep(U / 100);
        lab.runtime.stop();
      });
      futures.front().result();
    });
  }
}

TEST_CASE("the same program gives the same transcript each time", "[process_pool]") {
  const auto once = [] {
    return simulate([](Lab& lab) {
             ProcessPoolExecutor pool(lab.context, {.max_workers = 3});
             auto results = pool.map(loiter_call(), Numbers(8));
             while (results.next()) {
             }
             lab.sleep(U);
             pool.submit(loiter_call(), 9);
             lab.sleep(U);
             lab.context.kill_worker("Process-1");
           })
        ->lines();
  };
  const Lines first = once();
  for (int i = 0; i < 20; ++i) CHECK(once() == first);
}

}  // namespace loiter::futures::lab
