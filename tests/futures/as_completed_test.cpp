// as_completed(): in which order, when, and from when its timeout counts.
#include <map>

#include "futures/lab.hpp"
#include "futures/states.hpp"

namespace loiter::futures::lab {
namespace {

using Ids = std::vector<FutureId>;
using Futures = std::vector<Future<int>>;

struct Given {
  FutureId id;
  Duration at;
  friend bool operator==(const Given&, const Given&) = default;
};

}  // namespace

TEST_CASE("A01 as_completed gives futures in the order in which they finish", "[as_completed]") {
  simulate([](Lab& lab) {
    ThreadPoolExecutor pool(lab.context, {.max_workers = 3});
    const Futures futures{pool.submit(lab.loiter(), 3), pool.submit(lab.loiter(), 1), pool.submit(lab.loiter(), 2)};
    std::vector<std::pair<int, Duration>> given;
    for (const auto& future : as_completed(futures)) given.emplace_back(future.result(), lab.now());
    CHECK(given == std::vector<std::pair<int, Duration>>{{10, 1 * U}, {20, 2 * U}, {30, 3 * U}});
    CHECK(lab.transcript.texts_with("delivered by as_completed") ==
          Lines{"2 delivered by as_completed 0", "3 delivered by as_completed 1", "1 delivered by as_completed 2"});
    CHECK(lab.transcript.lines_with("main: waits on") == Lines{"0 main: waits on as_completed 1 2 3 (any)",
                                                               "1 main: waits on as_completed 1 3 (any)",
                                                               "2 main: waits on as_completed 1 (any)"});
  });
}

TEST_CASE("A03 a timeout of 0 gives those that are done, then TimeoutError counts the rest", "[as_completed][live]") {
  on_every_clock([](Lab& lab) {
    OneOfEach futures(lab.context);
    const Promise<int> another(lab.context);
    auto iterator =
        as_completed(Futures{futures.notified().future(), futures.pending().future(), futures.running().future(),
                             futures.returned().future(), futures.cancelled().future(), another.future()},
                     0 * U);
    CHECK(iterator.next() == futures.notified().future());
    CHECK(iterator.next() == futures.returned().future());
    CHECK(raised_by([&] { iterator.next(); }) == "TimeoutError: 4 (of 6) futures unfinished");
    CHECK(iterator.next() == std::nullopt);
  });
}

TEST_CASE("A04 the timeout of as_completed ends the iterator in the middle", "[as_completed]") {
  simulate([](Lab& lab) {
    ThreadPoolExecutor pool(lab.context, {.max_workers = 2});
    const Futures futures{pool.submit(lab.loiter(), 1), pool.submit(lab.loiter(), 5)};
    auto iterator = as_completed(futures, 2 * U);
    CHECK(iterator.next() == futures[0]);
    CHECK(lab.now() == 1 * U);
    CHECK(raised_by([&] { iterator.next(); }) == "TimeoutError: 1 (of 2) futures unfinished");
    CHECK(lab.now() == 2 * U);
    CHECK(iterator.next() == std::nullopt);
    CHECK(futures[1].running());
  });
}

TEST_CASE("A05 the timeout of as_completed counts from the first next()", "[as_completed]") {
  simulate([](Lab& lab) {
    ThreadPoolExecutor pool(lab.context, {.max_workers = 1});
    auto iterator = as_completed(Futures{pool.submit(lab.loiter(), 5)}, 2 * U);
    lab.sleep(1 * U);
    CHECK(raised_by([&] { iterator.next(); }) == "TimeoutError: 1 (of 1) futures unfinished");
    CHECK(lab.now() == 3 * U);
  });
}

TEST_CASE("what was done at the first next() is given however late, what finished since only until the deadline",
          "[as_completed]") {
  simulate([](Lab& lab) {
    ThreadPoolExecutor pool(lab.context, {.max_workers = 4});
    const Futures futures{pool.submit(lab.loiter(), 1), pool.submit(lab.loiter(), 1), pool.submit(lab.loiter(), 2),
                          pool.submit(lab.loiter(), 3)};
    lab.sleep(1 * U);
    auto iterator = as_completed(futures, 2 * U);
    CHECK(iterator.next() == futures[0]);
    lab.sleep(9 * U);
    CHECK(iterator.next() == futures[1]);
    CHECK(futures[3].done());
    CHECK(raised_by([&] { iterator.next(); }) == "TimeoutError: 2 (of 4) futures unfinished");
    CHECK(iterator.next() == std::nullopt);
  });
}

TEST_CASE("A06 each future is given once, and none for an empty list", "[as_completed]") {
  simulate([](Lab& lab) {
    ThreadPoolExecutor pool(lab.context, {.max_workers = 1});
    const auto future = pool.submit(lab.loiter(), 1);
    int count = 0;
    for (const auto& given : as_completed(Futures{future, future, future})) {
      CHECK(given == future);
      ++count;
    }
    CHECK(count == 1);
    CHECK(as_completed(Futures{}).next() == std::nullopt);
    CHECK(as_completed(Futures{}, 0 * U).next() == std::nullopt);
  });
}

TEST_CASE("A06 the keys of a map from futures to what was to do can be iterated", "[as_completed]") {
  simulate([](Lab& lab) {
    ThreadPoolExecutor pool(lab.context, {.max_workers = 3});
    struct ById {
      bool operator()(const Future<int>& a, const Future<int>& b) const { return a.id() < b.id(); }
    };
    std::map<Future<int>, std::string, ById> to_do;
    to_do[pool.submit(lab.loiter(), 2)] = "two";
    to_do[pool.submit(lab.loiter(), 1)] = "one";
    Lines done;
    Futures keys;
    for (const auto& [future, what] : to_do) keys.push_back(future);
    for (const auto& future : as_completed(keys)) {
      done.push_back(to_do[future]);
    }
    CHECK(done == Lines{"one", "two"});
  });
}

TEST_CASE("A10 the first three submitted are not the first three to finish", "[as_completed]") {
  simulate([](Lab& lab) {
    ThreadPoolExecutor pool(lab.context, {.max_workers = 3});
    Futures futures;
    Lines reprs;
    for (const int n : {4, 1, 1, 1, 1}) {
      futures.push_back(pool.submit(lab.loiter(), n));
      const std::string repr = futures.back().repr();
      reprs.push_back(repr.substr(repr.find("state=")));
    }
    CHECK(reprs == Lines{"state=running>", "state=running>", "state=running>", "state=pending>", "state=pending>"});
    std::vector<Given> given;
    for (const auto& future : as_completed(futures)) given.push_back({future.id(), lab.now()});
    CHECK(given == std::vector<Given>{{{2}, 1 * U}, {{3}, 1 * U}, {{4}, 2 * U}, {{5}, 2 * U}, {{1}, 4 * U}});
  });
}

TEST_CASE("as_completed does nothing before its first next()", "[as_completed]") {
  simulate([](Lab& lab) {
    const Promise<int> promise(lab.context);
    {
      auto never_asked = as_completed(Futures{promise.future()});
      never_asked.close();
      CHECK(never_asked.next() == std::nullopt);
    }
    promise.set_result(1);
    CHECK(lab.transcript.count("delivered") == 0);
  });
}

TEST_CASE("those done already come in order of submission, before those that finish later", "[as_completed]") {
  simulate([](Lab& lab) {
    std::vector<Promise<int>> promises;
    Futures futures;
    for (int i = 0; i < 4; ++i) futures.push_back(promises.emplace_back(lab.context).future());
    promises[2].set_result(0);
    promises[1].set_result(0);
    auto iterator = as_completed(futures);
    CHECK(iterator.next() == futures[1]);
    promises[3].set_result(0);
    promises[0].set_result(0);
    CHECK(iterator.next() == futures[2]);
    CHECK(iterator.next() == futures[3]);
    CHECK(iterator.next() == futures[0]);
    CHECK(iterator.next() == std::nullopt);
  });
}

TEST_CASE("as_completed gives a cancelled future once a worker has popped it", "[as_completed]") {
  simulate([](Lab& lab) {
    ThreadPoolExecutor pool(lab.context, {.max_workers = 1});
    const Futures futures{pool.submit(lab.loiter(), 2), pool.submit(lab.loiter(), 1), pool.submit(lab.loiter(), 1)};
    futures[1].cancel();
    std::vector<Given> given;
    for (const auto& future : as_completed(futures)) given.push_back({future.id(), lab.now()});
    CHECK(given == std::vector<Given>{{{1}, 2 * U}, {{2}, 2 * U}, {{3}, 3 * U}});
  });
}

TEST_CASE("an iterator may be passed on to another participant", "[as_completed][live]") {
  on_every_clock([](Lab& lab) {
    ThreadPoolExecutor pool(lab.context, {.max_workers = 2});
    const Gate gate(lab.context);
    const Futures futures{pool.submit(lab.loiter(), 1), pool.submit(named("gated", [gate] {
                            gate.pass();
                            return 1;
                          }))};
    auto iterator = as_completed(futures);
    CHECK(iterator.next() == futures[0]);
    std::optional<Future<int>> second;
    const LaneId other = lab.spawn("other", [&] { second = iterator.next(); });
    gate.open();
    lab.join(other);
    CHECK(second == futures[1]);
  });
}

TEST_CASE("two that wait for the same futures are both told of each", "[as_completed][live]") {
  on_every_clock([](Lab& lab) {
    ThreadPoolExecutor pool(lab.context, {.max_workers = 3});
    Futures futures;
    for (int i = 0; i < 20; ++i) futures.push_back(pool.submit(lab.loiter(), i % 3));
    std::atomic<int> given{0};
    std::vector<LaneId> lanes;
    for (int i = 0; i < 3; ++i) {
      lanes.push_back(lab.spawn("reader", [&] {
        for (const auto& future : as_completed(futures)) given += future.done() ? 1 : 1000;
      }));
    }
    for (const LaneId lane : lanes) lab.join(lane);
    CHECK(given == 60);
  });
}

}  // namespace loiter::futures::lab
