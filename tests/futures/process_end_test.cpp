// How process pools end: shutdowns beside cancels, handles dropped in strange places, managers that cannot go on.
#include <filesystem>
#include <memory>
#include <string>

#include "futures/lab.hpp"
#include "futures/process_pool_executor.hpp"
#include "futures/remote_functions.hpp"
#include "support/temporary_folder.hpp"

namespace loiter::futures::lab {
namespace {

using Futures = std::vector<Future<int>>;

auto loiter_call() { return named("loiter", remote_loiter.with(U)); }
auto twice_call() { return named("twice", twice.with()); }

constexpr const char* broken_future =
    "BrokenProcessPool: A process in the process pool was terminated abruptly while the future was running or pending.";

}  // namespace

TEST_CASE("a pool whose last call was cancelled ends at its shutdown", "[process_pool][live]") {
  for (int round = 0; round < 20; ++round) {
    on_every_clock([](Lab& lab) {
      ProcessPoolExecutor pool(lab.context, {.max_workers = 2});
      pool.submit(twice_call(), 1).result();
      lab.sleep(U / 10);
      const auto future = pool.submit(twice_call(), 2);
      future.cancel();
      pool.shutdown();
      CHECK(future.done());
    });
  }
}

TEST_CASE("all of several calls cancelled at once: the shutdown does not wait for them", "[process_pool]") {
  simulate([](Lab& lab) {
    ProcessPoolExecutor pool(lab.context, {.max_workers = 2});
    pool.submit(twice_call(), 1).result();
    lab.sleep(U);
    Futures futures;
    for (int i = 0; i < 3; ++i) futures.push_back(pool.submit(twice_call(), i));
    for (const auto& future : futures) future.cancel();
    pool.shutdown();
  });
}

TEST_CASE("a broken pool gives out no call that was queued, to no worker however late", "[process_pool][live]") {
  for (int round = 0; round < 30; ++round) {
    run(Clock::Live, [](Lab& lab) {
      ProcessPoolExecutor pool(lab.context, {.max_workers = 2, .max_tasks_per_child = 1});
      Futures futures{pool.submit(twice_call(), 1)};
      pool.submit(named("exit_with", exit_with.with()), 3);
      for (int i = 0; i < 3; ++i) {
        try {
          futures.push_back(pool.submit(named("compute_deaf", compute_deaf.with())));
        } catch (const BrokenProcessPool&) {
        }
      }
      for (const auto& future : futures) {
        const std::string error = raised_by([&] { future.result(); });
        CHECK((error.empty() || error == broken_future));
      }
      pool.shutdown();
      CHECK(pool.process_count() == 0);
    });
  }
}

TEST_CASE("the last handle of a pool may go in a done-callback", "[process_pool][live]") {
  on_every_clock([](Lab& lab) {
    auto pool = std::make_shared<ProcessPoolExecutor>(lab.context, ProcessPoolOptions{.max_workers = 1});
    const auto future = pool->submit(loiter_call(), 1);
    future.add_done_callback([pool](const AnyFuture&) {});
    pool.reset();
    CHECK(future.result() == 10);
  });
}

TEST_CASE("a worker that cannot be replaced breaks the pool: no future stays open", "[process_pool][live]") {
  const loiter::testing::TemporaryFolder folder;
  const std::string program = folder / "worker";
  std::filesystem::copy_file(LOITER_WORKER_BINARY, program);
  run(Clock::Live, [&](Lab& lab) {
    lab.context.set_worker_program(program);
    ProcessPoolExecutor pool(lab.context, {.max_workers = 1, .max_tasks_per_child = 1});
    const auto first = pool.submit(loiter_call(), 3);
    const auto second = pool.submit(loiter_call(), 1);
    lab.transcript.wait_for("1 call began");
    std::filesystem::remove(program);
    CHECK(first.result() == 30);
    CHECK(raised_by([&] { second.result(); }) == broken_future);
    CHECK(lab.transcript.count("logs CRITICAL: The manager of a process pool cannot go on: ") == 1);
    pool.shutdown();
  });
}

TEST_CASE("as in CPython 3.11, a burst may leave calls behind that no worker is started for", "[process_pool]") {
  // A result of the first child counts as one idle worker; it is that count that keeps a new one from being started.
  simulate_until_stuck([](Lab& lab) {
    ProcessPoolExecutor pool(lab.context, {.max_workers = 1, .max_tasks_per_child = 2});
    Futures futures;
    for (int i = 0; i < 4; ++i) futures.push_back(pool.submit(twice_call(), i));
    CHECK(futures[0].result() == 0);
    CHECK(futures[1].result() == 2);
    lab.sleep(U);
    CHECK(pool.process_count() == 0);
    futures[2].result();
  });
}

TEST_CASE("an exception with a text of any length fails its future alone", "[process_pool][live]") {
  on_every_clock([](Lab& lab) {
    ProcessPoolExecutor pool(lab.context, {.max_workers = 1});
    const auto future = pool.submit(named("raise_long", raise_long.with()), std::size_t{70'000'000});
    CHECK_THROWS_AS(future.result(), ValueError);
    CHECK(pool.submit(twice_call(), 4).result() == 8);
  });
}

}  // namespace loiter::futures::lab
