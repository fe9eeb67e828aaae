// Real threads that race for the same pools and futures. Nothing may hang, be lost, be doubled or be read while written:
// run under ThreadSanitizer.
#include <algorithm>
#include <atomic>

#include "futures/lab.hpp"
#include "futures/seeds.hpp"

namespace loiter::futures::lab {
namespace {

using Futures = std::vector<Future<int>>;

// Runs `body(i)` for i in 0..count-1 on participants of their own, all at once, and waits for them.
void all_at_once(Lab& lab, int count, const std::function<void(int)>& body) {
  const Gate gate(lab.context);
  std::vector<LaneId> lanes;
  for (int i = 0; i < count; ++i) {
    lanes.push_back(lab.spawn("racer", [&body, gate, i] {
      gate.pass();
      body(i);
    }));
  }
  gate.open();
  for (const LaneId lane : lanes) lab.join(lane);
}

void live(const Body& body) { run(Clock::Live, body, {.untold = true}); }

std::ptrdiff_t count_in(const Futures& futures, FutureState state) {
  return std::ranges::count(futures, state, [](const auto& f) { return f.state(); });
}

const auto echo = named("echo", [](int n) { return n; });

}  // namespace

TEST_CASE("a task that was accepted runs, though its pool is shut down the next moment", "[race][live]") {
  live([](Lab& lab) {
    int lost = 0;
    for (std::uint64_t i = 0; i < 2000 / seeds_share; ++i) {
      ThreadPoolExecutor pool(lab.context, {.max_workers = 2});
      if (i % 2 == 0) pool.submit(echo, 1).result();  // with a worker that is about to be idle
      const auto future = pool.submit(echo, 2);
      pool.shutdown();
      if (future.state() != FutureState::Finished) ++lost;
    }
    CHECK(lost == 0);
  });
}

TEST_CASE("submitting while another participant shuts the pool down is refused or done, never half", "[race][live]") {
  for (const bool cancels : {false, true}) {
    live([cancels](Lab& lab) {
      for (std::uint64_t round = 0; round < 200 / seeds_share; ++round) {
        constexpr int submitters = 3;
        std::array<Futures, submitters> accepted;
        ThreadPoolExecutor pool(lab.context, {.max_workers = 4});
        std::atomic<int> submitted{0};
        all_at_once(lab, submitters + 1, [&](int i) {
          if (i == submitters) {
            while (submitted.load() < static_cast<int>(round % 40)) std::this_thread::yield();
            pool.shutdown({.wait = true, .cancel_futures = cancels});
            return;
          }
          Futures& mine = accepted[static_cast<std::size_t>(i)];
          raised_by([&] {
            for (int n = 0; n < 2000; ++n) {
              mine.push_back(pool.submit(echo, n));
              ++submitted;
            }
          });
        });
        for (const Futures& mine : accepted) {
          const auto finished = count_in(mine, FutureState::Finished);
          const auto cancelled =
              count_in(mine, FutureState::Cancelled) + count_in(mine, FutureState::CancelledAndNotified);
          if (!cancels) CHECK(cancelled == 0);
          CHECK(finished + cancelled == static_cast<std::ptrdiff_t>(mine.size()));
        }
      }
    });
  }
}

TEST_CASE("tasks that submit while their pool is shut down are waited for, and so is what they submit", "[race][live]") {
  live([](Lab& lab) {
    for (std::uint64_t round = 0; round < 300 / seeds_share; ++round) {
      std::atomic<int> begun{0};
      std::atomic<int> accepted{0};
      std::atomic<int> ran{0};
      ThreadPoolExecutor pool(lab.context, {.max_workers = 8});
      for (int i = 0; i < 4; ++i) {
        pool.submit(named("outer", [&] {
          ++begun;
          raised_by([&] {
            for (int n = 0; n < 4; ++n) {
              pool.submit(named("inner", [&] { ++ran; }));
              ++accepted;
            }
          });
        }));
      }
      while (begun.load() < static_cast<int>(round % 4)) std::this_thread::yield();
      pool.shutdown();
      CHECK(ran == accepted);
    }
  });
}

TEST_CASE("no wake-up of an idle worker is lost", "[race][live]") {
  live([](Lab& lab) {
    // With two workers, two tasks that need each other: if one wake-up were lost, both would wait for ever.
    ThreadPoolExecutor pool(lab.context, {.max_workers = 2});
    int wrong = 0;
    for (std::uint64_t i = 0; i < 5000 / seeds_share; ++i) {
      const Promise<int> promise(lab.context);
      const auto waits = pool.submit(named("waits", [promise] { return promise.future().result(); }));
      const auto opens = pool.submit(named("opens", [promise] { promise.set_result(5); }));
      if (waits.result() != 5) ++wrong;
      if (i % 16 == 0) lab.sleep(1 * U);  // until everybody is parked
    }
    CHECK(wrong == 0);
  });
}

TEST_CASE("many submit to one pool of sleepy workers, and each gets an answer", "[race][live]") {
  live([](Lab& lab) {
    ThreadPoolExecutor pool(lab.context, {.max_workers = 3});
    std::atomic<int> wrong{0};
    all_at_once(lab, 4, [&](int i) {
      for (std::uint64_t n = 0; n < 2000 / seeds_share; ++n) {
        const int value = i * 10'000 + static_cast<int>(n);
        if (pool.submit(echo, value).result() != value) ++wrong;
      }
    });
    CHECK(wrong == 0);
  });
}

TEST_CASE("a future that is cancelled, started, waited for and called back at once goes one way", "[race][live]") {
  live([](Lab& lab) {
    for (std::uint64_t round = 0; round < 400 / seeds_share; ++round) {
      ThreadPoolExecutor pool(lab.context, {.max_workers = 2});
      std::atomic<int> ran{0};
      const Gate gate(lab.context);
      pool.submit(named("gated", [gate] { gate.pass(); }));
      const auto future = pool.submit(named("task", [&ran] { return ++ran; }));
      std::atomic<int> cancelled{0};
      std::atomic<int> called{0};
      std::atomic<int> values{0};
      std::atomic<int> errors{0};
      all_at_once(lab, 5, [&](int i) {
        if (i == 0) gate.open();
        future.add_done_callback([&called](const AnyFuture&) { ++called; });
        if (i < 2 && future.cancel()) ++cancelled;
        if (i == 2) wait(std::vector{future});
        if (i == 3) raised_by([&] { future.result(0 * U); });
        (raised_by([&] { future.result(); }).empty() ? values : errors)++;
      });
      pool.shutdown();
      CHECK(called == 5);
      CHECK(values == (ran == 1 ? 5 : 0));
      CHECK(errors == (ran == 1 ? 0 : 5));
      CHECK((cancelled > 0) == (ran == 0));
    }
  });
}

TEST_CASE("those who give up waiting do not disturb those who are told", "[race][live]") {
  live([](Lab& lab) {
    for (std::uint64_t round = 0; round < 200 / seeds_share; ++round) {
      std::vector<Promise<int>> promises;
      Futures futures;
      for (int i = 0; i < 8; ++i) futures.push_back(promises.emplace_back(lab.context).future());
      std::atomic<int> given{0};
      all_at_once(lab, 6, [&](int i) {
        if (i == 0) {
          for (const auto& promise : promises) promise.set_result(1);
        } else if (i == 1) {  // timeouts of a nanosecond: on and off the list
          for (int n = 0; n < 50; ++n) wait(futures, {.timeout = Duration(1)});
        } else if (i == 2) {
          for (int n = 0; n < 50; ++n) raised_by([&] { futures[static_cast<std::size_t>(n % 8)].result(Duration(1)); });
        } else if (i == 3) {
          for (int n = 0; n < 50; ++n) raised_by([&] { as_completed(futures, Duration(1)).next(); });
        } else {
          for (const auto& future : as_completed(futures)) given += future.result();
        }
      });
      CHECK(given == 16);
    }
  });
}

TEST_CASE("whoever drops the last handle frees the future, once", "[race][live]") {
  live([](Lab& lab) {
    const auto kept = std::make_shared<int>(7);
    for (std::uint64_t round = 0; round < 300 / seeds_share; ++round) {
      ThreadPoolExecutor pool(lab.context, {.max_workers = 2});
      std::array<Future<int>, 4> handles;
      handles.fill(pool.submit(named("holds", [kept] { return *kept; })));
      all_at_once(lab, 4, [&](int i) {
        Future<int>& mine = handles[static_cast<std::size_t>(i)];
        mine.add_done_callback([kept](const AnyFuture& f) { static_cast<void>(f.state()); });
        const Future<int> copy = mine;
        mine = {};
      });
    }
    CHECK(kept.use_count() == 1);
  });
}

TEST_CASE("iterators of map may be closed while workers finish, in any thread", "[race][live]") {
  live([](Lab& lab) {
    ThreadPoolExecutor pool(lab.context, {.max_workers = 3});
    std::atomic<int> wrong{0};
    all_at_once(lab, 3, [&](int i) {
      for (std::uint64_t round = 0; round < 300 / seeds_share; ++round) {
        auto results = pool.map(echo, std::views::iota(0, 20));
        for (int n = 0; n < i * 8; ++n) {
          if (results.next() != n) ++wrong;
        }
      }
    });
    CHECK(wrong == 0);
  });
}

TEST_CASE("pools begin and end while others do, with initializers that fail", "[race][live]") {
  live([](Lab& lab) {
    std::atomic<int> wrong{0};
    all_at_once(lab, 3, [&](int i) {
      for (std::uint64_t round = 0; round < 100 / seeds_share; ++round) {
        std::atomic<int> started{0};
        ThreadPoolExecutor pool(lab.context, {.max_workers = 3, .initializer = [&, i] {
                                                if (++started == 2 && i == 0) throw ValueError("initializer");
                                              }});
        Futures futures;
        const std::string refused = raised_by([&] {
          for (int n = 0; n < 20; ++n) futures.push_back(pool.submit(echo, n));
        });
        if (!refused.empty() && !refused.starts_with("BrokenThreadPool")) ++wrong;
        pool.shutdown();
        for (const auto& future : futures) {
          const std::string error = raised_by([&] { future.result(0 * U); });
          if (!error.empty() && !error.starts_with("BrokenThreadPool")) ++wrong;
        }
      }
    });
    CHECK(wrong == 0);
  });
}

}  // namespace loiter::futures::lab
