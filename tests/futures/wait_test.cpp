// wait(): when it returns, with which sets, and who counts as done.
#include "futures/lab.hpp"
#include "futures/states.hpp"

namespace loiter::futures::lab {
namespace {

using Ids = std::vector<FutureId>;
using Futures = std::vector<Future<int>>;

// 1: ok after U, 2: raises after 2U, 3: ok after 4U.
Futures one_fails(Lab& lab, ThreadPoolExecutor& pool) {
  const auto fails = pool.submit(lab.loiter(), 1);
  return {fails,
          pool.submit(named("fails",
                            [&lab]() -> int {
                              lab.sleep(2 * U);
                              throw ValueError("two");
                            })),
          pool.submit(lab.loiter(), 4)};
}

}  // namespace

TEST_CASE("W01 wait returns once all are done", "[wait]") {
  simulate([](Lab& lab) {
    ThreadPoolExecutor pool(lab.context, {.max_workers = 3});
    const Futures futures{pool.submit(lab.loiter(), 1), pool.submit(lab.loiter(), 2), pool.submit(lab.loiter(), 3)};
    const DoneAndNotDone sets = wait(futures);
    CHECK(lab.now() == 3 * U);
    CHECK(ids(sets.done) == ids(futures));
    CHECK(sets.not_done.empty());
    CHECK(lab.transcript.lines_with({"main: waits on"}) == Lines{"0 main: waits on wait 1 2 3"});
    CHECK(lab.transcript.lines_with({"delivered by wait"}).size() == 3);
  });
}

TEST_CASE("W02 FIRST_COMPLETED returns with the first, or with what was done before", "[wait]") {
  simulate([](Lab& lab) {
    ThreadPoolExecutor pool(lab.context, {.max_workers = 3});
    const Futures futures{pool.submit(lab.loiter(), 3), pool.submit(lab.loiter(), 1), pool.submit(lab.loiter(), 2)};
    const auto first = wait(futures, {.return_when = ReturnWhen::FirstCompleted});
    CHECK(lab.now() == 1 * U);
    CHECK(ids(first.done) == Ids{{2}});
    CHECK(ids(first.not_done) == Ids{{1}, {3}});
    CHECK(lab.transcript.lines_with({"main: waits on"}) == Lines{"0 main: waits on wait 1 2 3 (any)"});
    const auto again = wait(futures, {.return_when = ReturnWhen::FirstCompleted});
    CHECK(lab.now() == 1 * U);
    CHECK(ids(again.done) == Ids{{2}});
  });
}

TEST_CASE("W03 FIRST_EXCEPTION returns with the first that raises", "[wait]") {
  simulate([](Lab& lab) {
    ThreadPoolExecutor pool(lab.context, {.max_workers = 3});
    const Futures futures = one_fails(lab, pool);
    const auto sets = wait(futures, {.return_when = ReturnWhen::FirstException});
    CHECK(lab.now() == 2 * U);
    CHECK(ids(sets.done) == Ids{{1}, {2}});
    CHECK(ids(sets.not_done) == Ids{{3}});
  });
}

TEST_CASE("W03 FIRST_EXCEPTION returns at once when one has raised already, and waits for all when none does",
          "[wait]") {
  simulate([](Lab& lab) {
    ThreadPoolExecutor pool(lab.context, {.max_workers = 3});
    const Futures futures = one_fails(lab, pool);
    wait(Futures{futures[1]});
    const auto sets = wait(futures, {.return_when = ReturnWhen::FirstException});
    CHECK(lab.now() == 2 * U);
    CHECK(ids(sets.done) == Ids{{1}, {2}});
    wait(Futures{futures[0], futures[2]}, {.return_when = ReturnWhen::FirstException});
    CHECK(lab.now() == 4 * U);
  });
}

TEST_CASE("W03 a cancelled future is no exception to FIRST_EXCEPTION", "[wait]") {
  simulate([](Lab& lab) {
    ThreadPoolExecutor pool(lab.context, {.max_workers = 1});
    const Futures futures{pool.submit(lab.loiter(), 1), pool.submit(lab.loiter(), 1), pool.submit(lab.loiter(), 1)};
    futures[1].cancel();
    const auto sets = wait(futures, {.return_when = ReturnWhen::FirstException});
    CHECK(lab.now() == 2 * U);
    CHECK(sets.done.size() == 3);
  });
}

TEST_CASE("W05 a timeout of wait is no error: the sets are partial", "[wait]") {
  simulate([](Lab& lab) {
    ThreadPoolExecutor pool(lab.context, {.max_workers = 2});
    const Futures futures{pool.submit(lab.loiter(), 1), pool.submit(lab.loiter(), 4)};
    const auto sets = wait(futures, {.timeout = 2 * U});
    CHECK(lab.now() == 2 * U);
    CHECK(ids(sets.done) == Ids{{1}});
    CHECK(ids(sets.not_done) == Ids{{2}});
  });
}

TEST_CASE("W06 wait of nothing returns at once, duplicates collapse, and a timeout of 0 looks once", "[wait][live]") {
  on_every_clock([](Lab& lab) {
    for (const auto when : {ReturnWhen::FirstCompleted, ReturnWhen::FirstException, ReturnWhen::AllCompleted}) {
      const auto nothing = wait(Futures{}, {.return_when = when});
      CHECK(nothing.done.empty());
      CHECK(nothing.not_done.empty());
    }
    const Promise<int> done(lab.context);
    const Promise<int> open(lab.context);
    done.set_result(1);
    const auto a = done.future();
    const auto b = open.future();
    for (const Duration timeout : {0 * U, -1 * U}) {
      const auto sets = wait(Futures{b, a, a, b, b}, {.timeout = timeout});
      CHECK(ids(sets.done) == Ids{a.id()});
      CHECK(ids(sets.not_done) == Ids{b.id()});
    }
  });
}

TEST_CASE("W06 a bad return_when is a ValueError only if something is unfinished", "[wait]") {
  simulate([](Lab& lab) {
    const auto bad = static_cast<ReturnWhen>(77);
    const Promise<int> promise(lab.context);
    const Futures futures{promise.future()};
    CHECK(raised_by([&] { wait(futures, {.return_when = bad}); }) == "ValueError: Invalid return condition: 77");
    promise.set_result(1);
    CHECK(wait(futures, {.return_when = bad}).done.size() == 1);
    CHECK(wait(Futures{}, {.return_when = bad}).done.empty());
  });
}

TEST_CASE("W07 plain CANCELLED does not count as done, CANCELLED_AND_NOTIFIED does", "[wait][live]") {
  on_every_clock([](Lab& lab) {
    OneOfEach futures(lab.context);
    const Futures some{futures.cancelled().future(), futures.notified().future(), futures.returned().future(),
                       futures.pending().future()};
    for (const auto when : {ReturnWhen::FirstCompleted, ReturnWhen::FirstException, ReturnWhen::AllCompleted}) {
      const auto sets = wait(some, {.timeout = 0 * U, .return_when = when});
      CHECK(ids(sets.done) == Ids{some[1].id(), some[2].id()});
      CHECK(ids(sets.not_done) == Ids{some[3].id(), some[0].id()});
    }
  });
}

TEST_CASE("W08 wait hears of a cancelled future only when a worker pops it", "[wait]") {
  simulate([](Lab& lab) {
    ThreadPoolExecutor pool(lab.context, {.max_workers = 1});
    pool.submit(lab.loiter(), 2);
    const auto b = pool.submit(lab.loiter(), 1);
    CHECK(b.cancel());
    CHECK(b.done());
    const auto sets = wait(Futures{b});
    CHECK(lab.now() == 2 * U);
    CHECK(ids(sets.done) == Ids{b.id()});
    CHECK(b.state() == FutureState::CancelledAndNotified);
  });
}

TEST_CASE("W08 a future cancelled while somebody waits for it wakes result() at once but not wait", "[wait]") {
  simulate([](Lab& lab) {
    ThreadPoolExecutor pool(lab.context, {.max_workers = 1});
    pool.submit(lab.loiter(), 2);
    const auto b = pool.submit(lab.loiter(), 1);
    Duration result_woke{};
    const LaneId blocked = lab.spawn("blocked", [&] {
      CHECK(raised_by([&] { b.result(); }) == "CancelledError: ");
      result_woke = lab.now();
    });
    const LaneId canceller = lab.spawn("canceller", [&] {
      lab.sleep(1 * U);
      b.cancel();
    });
    wait(Futures{b});
    CHECK(lab.now() == 2 * U);
    CHECK(result_woke == 1 * U);
    lab.join(blocked);
    lab.join(canceller);
  });
}

TEST_CASE("wait takes a range of any kind of futures, of several pools", "[wait]") {
  simulate([](Lab& lab) {
    ThreadPoolExecutor one(lab.context, {.max_workers = 1});
    ThreadPoolExecutor two(lab.context, {.max_workers = 1});
    const auto number = one.submit(lab.loiter(), 1);
    const auto text = two.submit(named("text", [&] {
      lab.sleep(2 * U);
      return std::string("x");
    }));
    CHECK(wait(std::vector<AnyFuture>{number, text}).done.size() == 2);
    CHECK(lab.now() == 2 * U);
  });
}

TEST_CASE("a wait for many futures names the first 256 unfinished and counts the rest", "[wait]") {
  const auto told = simulate([](Lab& lab) {
    std::vector<Promise<int>> promises;
    Futures futures;
    for (int i = 0; i < 300; ++i) futures.push_back(promises.emplace_back(lab.context).future());
    for (std::size_t i = 0; i < 20; ++i) promises[2 * i].set_result(1);
    wait(futures, {.timeout = 1 * U});
    for (std::size_t i = 40; i < 300; ++i) promises[i].set_result(1);
    wait(futures, {.timeout = 1 * U});
  });
  const Lines waits = told->texts_with("waits on wait");
  REQUIRE(waits.size() == 2);
  CHECK(waits[0].find("waits on wait 2 4 6 8 ") == 0);
  CHECK(waits[0].find(" 276 and 24 more until 1") != std::string::npos);
  CHECK(waits[1] == "waits on wait 2 4 6 8 10 12 14 16 18 20 22 24 26 28 30 32 34 36 38 40 until 2");
}

TEST_CASE("a timeout beyond the end of time waits for ever", "[wait][live]") {
  on_every_clock([](Lab& lab) {
    ThreadPoolExecutor pool(lab.context, {.max_workers = 1});
    const auto future = pool.submit(lab.loiter(), 1);
    CHECK(wait(Futures{future}, {.timeout = Duration::max()}).done.size() == 1);
    const auto second = pool.submit(lab.loiter(), 1);
    CHECK(second.result(Duration::max()) == 10);
  });
}

}  // namespace loiter::futures::lab
