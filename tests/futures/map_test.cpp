// map(): what it submits, in which order it gives results, from when its timeout counts, and what it cancels.
#include "futures/lab.hpp"

namespace loiter::futures::lab {
namespace {

using Ints = std::vector<int>;

// Takes all that an iterator gives.
template <class Iterator>
auto list(Iterator iterator) {
  std::vector<std::decay_t<decltype(*iterator.next())>> values;
  while (auto value = iterator.next()) values.push_back(*value);
  return values;
}

}  // namespace

TEST_CASE("M01 map consumes its whole input and submits everything before it returns", "[map]") {
  Ints ran;
  const auto told = simulate([&](Lab& lab) {
    Ints consumed;
    {
      ThreadPoolExecutor pool(lab.context, {.max_workers = 2});
      const auto inputs = Numbers(4, [&](int n) {
        consumed.push_back(n);
        return n;
      });
      const auto task = named("record", [&](int n) {
        lab.sleep(1 * U);
        ran.push_back(n);
        return n;
      });
      pool.map(task, inputs);  // never iterated
      CHECK(consumed == Ints{0, 1, 2, 3});
      CHECK(lab.transcript.count("submitted") == 4);
      CHECK(lab.now() == 0 * U);
    }
    CHECK(lab.now() == 2 * U);
  });
  CHECK(ran == Ints{0, 1, 2, 3});
  CHECK(told->count("cancelled") == 0);
  CHECK(told->count("delivered") == 0);
}

TEST_CASE("M02 map gives results in input order, so a slow first task holds back finished ones", "[map]") {
  simulate([](Lab& lab) {
    ThreadPoolExecutor pool(lab.context, {.max_workers = 3});
    std::vector<std::pair<int, Duration>> shown;
    for (const int value : pool.map(lab.loiter(), Ints{3, 1, 2})) shown.emplace_back(value, lab.now());
    CHECK(shown == std::vector<std::pair<int, Duration>>{{30, 3 * U}, {10, 3 * U}, {20, 3 * U}});
    CHECK(lab.transcript.texts_with("ended returned") ==
          Lines{"2 ended returned int 10", "3 ended returned int 20", "1 ended returned int 30"});
    CHECK(lab.transcript.texts_with("delivered") ==
          Lines{"1 delivered by map 0", "2 delivered by map 1", "3 delivered by map 2"});
  });
}

TEST_CASE("M03 a raise ends map's iterator: what follows is never given", "[map][live]") {
  on_every_clock([](Lab& lab) {
    ThreadPoolExecutor pool(lab.context, {.max_workers = 5});
    const auto divmod = named("divmod", [](int a, int b) {
      if (b == 0) throw ZeroDivisionError("integer division or modulo by zero");
      return std::pair(a / b, a % b);
    });
    using Pair = std::pair<int, int>;
    auto results = pool.map(divmod, std::vector<std::tuple<int, int>>{{1, 2}, {1, 3}, {1, 0}, {1, 5}});
    CHECK(results.next() == Pair(0, 1));
    CHECK(results.next() == Pair(0, 1));
    CHECK(raised_by([&] { results.next(); }) == "ZeroDivisionError: integer division or modulo by zero");
    CHECK(results.next() == std::nullopt);
    CHECK(results.next() == std::nullopt);
    CHECK(lab.transcript.count("submitted to 0: divmod(1, 0)") == 1);
  });
}

TEST_CASE("M04 a raise inside map's iterator cancels what is still pending, last first", "[map]") {
  Ints ran;
  const auto told = simulate([&](Lab& lab) {
    ThreadPoolExecutor pool(lab.context, {.max_workers = 1});
    const auto task = named("task", [&](int n) {
      if (n == 1) throw ValueError("one");
      if (n > 1) lab.sleep(1 * U);
      ran.push_back(n);
      return n;
    });
    auto results = pool.map(task, Ints{0, 1, 2, 3, 4});
    CHECK(results.next() == 0);
    CHECK(raised_by([&] { results.next(); }) == "ValueError: one");
    CHECK(lab.now() == 0 * U);
    CHECK(results.next() == std::nullopt);
  });
  CHECK(ran == Ints{0, 2});
  CHECK(told->texts_with("pending -> cancelled") == Lines{"5 pending -> cancelled", "4 pending -> cancelled"});
}

TEST_CASE("M06 map's timeout counts from the call of map", "[map]") {
  simulate([](Lab& lab) {
    ThreadPoolExecutor pool(lab.context, {.max_workers = 1});
    auto results = pool.map(lab.loiter(), Ints{4}, {.timeout = 2 * U});
    lab.sleep(1 * U);
    CHECK(raised_by([&] { results.next(); }) == "TimeoutError: ");
    CHECK(lab.now() == 2 * U);
    CHECK(results.next() == std::nullopt);
  });
}

TEST_CASE("M07 a finished future never times out, however late map's iterator is asked", "[map]") {
  simulate([](Lab& lab) {
    ThreadPoolExecutor pool(lab.context, {.max_workers = 1});
    auto results = pool.map(lab.loiter(), Ints{0, 0, 0}, {.timeout = 1 * U});
    lab.sleep(2 * U);
    CHECK(list(std::move(results)) == Ints{0, 0, 0});
    CHECK(lab.now() == 2 * U);
  });
}

TEST_CASE("M08 a timeout inside map's iterator cancels the timed-out future too", "[map][live]") {
  on_every_clock([](Lab& lab) {
    Ints ran;
    {
      ThreadPoolExecutor pool(lab.context, {.max_workers = 1});
      const Gate gate(lab.context);
      const Gate entered(lab.context);
      pool.submit(named("gate", [=] {
        entered.open();
        gate.pass();
      }));
      entered.pass();
      const auto task = named("record", [&](int n) {
        ran.push_back(n);
        return n;
      });
      auto results = pool.map(task, Ints{0, 1, 2}, {.timeout = 0 * U});
      CHECK(raised_by([&] { results.next(); }) == "TimeoutError: ");
      gate.open();
    }
    CHECK(ran.empty());
    const Lines cancelled = lab.transcript.texts_with("pending -> cancelled");
    CHECK(cancelled == Lines{"4 pending -> cancelled", "6 pending -> cancelled", "5 pending -> cancelled"});
    CHECK(lab.transcript.texts_with("cancelled -> cancelled_and_notified").size() == 3);
  });
}

TEST_CASE("M09 closing map's iterator cancels what is pending and leaves the running one alone", "[map]") {
  Ints ran;
  const auto told = simulate([&](Lab& lab) {
    ThreadPoolExecutor pool(lab.context, {.max_workers = 1});
    const auto task = named("record", [&](int n) {
      lab.sleep(1 * U);
      ran.push_back(n);
      return n;
    });
    auto results = pool.map(task, Ints{0, 1, 2, 3, 4});
    CHECK(results.next() == 0);
    CHECK(lab.now() == 1 * U);
    results.close();
    CHECK(results.next() == std::nullopt);
    pool.shutdown();
    CHECK(lab.now() == 2 * U);
  });
  CHECK(ran == Ints{0, 1});
  CHECK(told->texts_with("pending -> cancelled") ==
        Lines{"5 pending -> cancelled", "4 pending -> cancelled", "3 pending -> cancelled"});
}

TEST_CASE("M09 an iterator that goes out of scope is closed, one that was never asked cancels nothing", "[map]") {
  Ints ran;
  const auto told = simulate([&](Lab& lab) {
    ThreadPoolExecutor pool(lab.context, {.max_workers = 1});
    const auto task = named("record", [&](int n) {
      lab.sleep(1 * U);
      ran.push_back(n);
      return n;
    });
    { auto never_asked = pool.map(task, Ints{0, 1}); }
    {
      auto asked_once = pool.map(task, Ints{2, 3, 4, 5});
      CHECK(asked_once.next() == 2);
    }
    {
      auto closed_before_it_began = pool.map(task, Ints{6});
      closed_before_it_began.close();
      CHECK(closed_before_it_began.next() == std::nullopt);
    }
  });
  CHECK(ran == Ints{0, 1, 2, 3, 6});
  CHECK(told->texts_with("pending -> cancelled") == Lines{"6 pending -> cancelled", "5 pending -> cancelled"});
}

TEST_CASE("M11 a thread pool makes one task of each item", "[map]") {
  const auto told = simulate([](Lab& lab) {
    ThreadPoolExecutor pool(lab.context, {.max_workers = 2});
    CHECK(list(pool.map(lab.loiter(), Ints{0, 1, 0, 1, 0, 1, 0})) == Ints{0, 10, 0, 10, 0, 10, 0});
  });
  CHECK(told->count("submitted to 0: loiter(") == 7);
}

TEST_CASE("M12 the end of the pool waits for a map that nobody has iterated, and its results are there afterwards",
          "[map]") {
  simulate([](Lab& lab) {
    auto results = [&] {
      ThreadPoolExecutor pool(lab.context, {.max_workers = 2});
      return pool.map(lab.loiter(), Ints{1, 1, 1, 1});
    }();
    CHECK(lab.now() == 2 * U);
    CHECK(list(std::move(results)) == Ints{10, 10, 10, 10});
    CHECK(lab.now() == 2 * U);
  });
}

TEST_CASE("map of nothing gives nothing and starts no worker", "[map][live]") {
  on_every_clock([](Lab& lab) {
    ThreadPoolExecutor pool(lab.context, {.max_workers = 2});
    CHECK(list(pool.map(lab.loiter(), Ints{})).empty());
    CHECK(pool.thread_count() == 0);
  });
}

TEST_CASE("a cancelled future inside a map raises CancelledError and ends the iterator", "[map]") {
  simulate([](Lab& lab) {
    ThreadPoolExecutor pool(lab.context, {.max_workers = 1});
    auto results = pool.map(lab.loiter(), Ints{1, 1, 1});
    CHECK(results.next() == 10);
    pool.shutdown({.wait = false, .cancel_futures = true});
    CHECK(results.next() == 10);
    CHECK(raised_by([&] { results.next(); }) == "CancelledError: ");
    CHECK(results.next() == std::nullopt);
  });
}

TEST_CASE("the futures that a map cancels call back in the thread that asked", "[map]") {
  simulate([](Lab& lab) {
    ThreadPoolExecutor pool(lab.context, {.max_workers = 1});
    const auto first = pool.submit(lab.loiter(), 1);
    {
      auto results = pool.map(lab.loiter(), Ints{1, 1}, {.timeout = 0 * U});
      CHECK(raised_by([&] { results.next(); }) == "TimeoutError: ");
    }
    CHECK(lab.transcript.lines_with("pending -> cancelled") ==
          Lines{"0 main: 2 pending -> cancelled", "0 main: 3 pending -> cancelled"});
    first.result();
  });
}

TEST_CASE("an iterator moved away gives nothing and closes nothing", "[map]") {
  const auto told = simulate([](Lab& lab) {
    ThreadPoolExecutor pool(lab.context, {.max_workers = 1});
    auto results = pool.map(lab.loiter(), Ints{1, 2, 3});
    CHECK(results.next() == 10);
    auto moved = std::move(results);
    results.close();
    CHECK(results.next() == std::nullopt);
    CHECK(moved.next() == 20);
    CHECK(moved.next() == 30);
    CHECK(moved.next() == std::nullopt);
  });
  CHECK(told->texts_with("delivered") == Lines{"1 delivered by map 0", "2 delivered by map 1", "3 delivered by map 2"});
}

TEST_CASE("a callback that closes the iterator which cancels its future does no harm", "[map]") {
  simulate([](Lab& lab) {
    ThreadPoolExecutor pool(lab.context, {.max_workers = 1});
    Lines events;
    std::vector<Future<int>> futures;
    for (int i = 0; i < 4; ++i) futures.push_back(pool.submit(lab.loiter(), 1));
    MapIterator<int> results(lab.context, futures, std::nullopt);
    futures[2].add_done_callback([&](const AnyFuture&) {
      results.close();
      events.push_back(results.next() ? "value" : "end");
    });
    CHECK(results.next() == 10);
    results.close();
    CHECK(events == Lines{"end"});
    CHECK(futures[3].cancelled());
    CHECK(futures[2].cancelled());
    CHECK(futures[1].running());
  });
}

TEST_CASE("an input that raises leaves what was submitted before it to run", "[map]") {
  const auto told = simulate([](Lab& lab) {
    ThreadPoolExecutor pool(lab.context, {.max_workers = 1});
    const auto inputs = Numbers(4, [](int n) {
      if (n == 2) throw ValueError("input");
      return n;
    });
    CHECK(raised_by([&] { pool.map(lab.loiter(), inputs); }) == "ValueError: input");
  });
  CHECK(told->count("submitted") == 2);
  CHECK(told->count("ended returned") == 2);
  CHECK(told->count("cancelled") == 0);
}

TEST_CASE("map's repr() is that of Python's generator", "[map]") {
  simulate([](Lab& lab) {
    ThreadPoolExecutor pool(lab.context, {.max_workers = 1});
    CHECK(pool.map(lab.loiter(), Ints{0}).repr() ==
          "<generator object Executor.map.<locals>.result_iterator at 0x7f3a00000000>");
  });
}

}  // namespace loiter::futures::lab
