#include "trace/run.hpp"

#include <catch2/catch_test_macros.hpp>
#include <cstdint>
#include <string>
#include <vector>

#include "trace/script.hpp"

namespace loiter::trace {
namespace {

constexpr FutureId future_1{1};
constexpr LaneId worker{1};

// main submits loiter(3) to a pool of one and waits; the worker sleeps three seconds in it.
Script one_loiter() {
  Script s;
  s.main().pool(0, 1).submit(1, "loiter(3)").grow(0, 1);
  s.worker(1, 0, "ThreadPoolExecutor-0_0").begin(1).wait(WaitOn::Sleep, {}, false, seconds_in(3));
  s.on(0).wait(WaitOn::Result, {1});
  s.at(3).on(1).woken(WaitOn::Sleep).finish(1).wait(WaitOn::Queue);
  s.on(0).woken(WaitOn::Result).add(Delivered{future_1, DeliveredBy::Result, 0});
  return s;
}

}  // namespace

TEST_CASE("a run folds into lanes, futures and deliveries") {
  const Run run = one_loiter().run();
  CHECK(run.inconsistent() == 0);
  CHECK(run.last() == seconds_in(3));
  REQUIRE(run.lanes().size() == 2);
  REQUIRE(run.futures().size() == 1);

  const FutureRow& future = run.futures()[0];
  CHECK(future.label == "loiter(3)");
  CHECK(future.worker == worker);
  CHECK(future.began == seconds_in(0));
  CHECK(future.finished == seconds_in(3));
  CHECK(future.outcome == Outcome::Returned);
  CHECK(future.text == "30");
  CHECK(future.first_read == seconds_in(3));

  const Lane& lane = *run.lane(worker);
  REQUIRE(lane.tasks.size() == 1);
  CHECK(lane.tasks[0].ended == seconds_in(3));
  REQUIRE(lane.waits.size() == 2);
  CHECK(lane.waits[0].how == WaitEnd::Ready);
  CHECK_FALSE(lane.waits[1].ended);
  CHECK(run.pool(ExecutorId{0})->workers == std::vector<LaneId>{worker});
  REQUIRE(run.deliveries().size() == 1);
  CHECK(run.deliveries()[0].lane == main_lane);
}

TEST_CASE("a task submitted within a task runs inside it on the same lane") {
  Script s;
  s.main().pool(0, 0);
  s.submit(1, "outer()").begin(1);
  s.at(1).submit(2, "inner()").begin(2);
  s.at(2).finish(2).submit(3, "inner()").begin(3).submit(5, "innermost()").begin(5).finish(5).finish(3);
  s.at(3).finish(1).submit(4, "next()").begin(4);
  const Run run = s.run();
  const Lane& lane = *run.lane(main_lane);

  CHECK(run.inconsistent() == 0);
  REQUIRE(lane.tasks.size() == 5);
  CHECK(lane.tasks[0].depth == 0);
  CHECK(lane.tasks[1].depth == 1);
  CHECK(lane.tasks[1].parent == 0);
  CHECK(lane.tasks[2].depth == 1);
  CHECK(lane.tasks[3].depth == 2);
  CHECK(lane.tasks[3].parent == 2);
  CHECK(lane.tasks[4].depth == 0);
  CHECK(lane.open_task == 4U);
  CHECK(lane.tasks[0].ended == seconds_in(3));
  CHECK(lane.tasks[1].ended == seconds_in(2));
}

TEST_CASE("futures stand at the place of their number even when they arrive out of order") {
  Script s;
  s.main().pool(0, 1);
  for (const std::uint32_t id : {4U, 2U, 5U, 1U, 3U}) s.submit(id, std::to_string(id));
  const Run run = s.run();
  REQUIRE(run.futures().size() == 5);
  for (std::uint32_t i = 0; i < 5; ++i) {
    CHECK(run.futures()[i].id == FutureId{i + 1});
    CHECK(run.futures()[i].label == std::to_string(i + 1));
    CHECK(run.future(FutureId{i + 1})->label == std::to_string(i + 1));
  }
}

TEST_CASE("an id of four billion costs one row") {
  Script s;
  s.main().pool(4'000'000'000U, 1).submit(4'000'000'000U, "far", 4'000'000'000U);
  s.worker(4'294'967'295U, 4'000'000'000U, "far worker").begin(4'000'000'000U);
  const Run run = s.run();
  CHECK(run.inconsistent() == 0);
  CHECK(run.futures().size() == 1);
  CHECK(run.lanes().size() == 2);
  CHECK(run.future(FutureId{4'000'000'000U})->worker == LaneId{4'294'967'295U});
  CHECK(run.future(FutureId{1}) == nullptr);
}

TEST_CASE("what contradicts the run is kept out and counted") {
  const auto contradictions = [](auto&& more) {
    Script s = one_loiter();
    more(s);
    return s.run().inconsistent();
  };
  CHECK(contradictions([](Script&) {}) == 0);
  CHECK(contradictions([](Script& s) { s.submit(1, "again"); }) == 1);
  CHECK(contradictions([](Script& s) { s.submit(0, "none"); }) == 1);
  CHECK(contradictions([](Script& s) { s.main(); }) == 1);
  CHECK(contradictions([](Script& s) { s.pool(0, 4); }) == 1);
  CHECK(contradictions([](Script& s) { s.grow(7, 4); }) == 1);
  CHECK(contradictions([](Script& s) { s.on(9).wait(WaitOn::Sleep); }) == 1);
  CHECK(contradictions([](Script& s) { s.add(TaskBegan{FutureId{8}}); }) == 1);
  CHECK(contradictions([](Script& s) { s.add(TaskBegan{future_1}); }) == 1);
  CHECK(contradictions([](Script& s) { s.add(TaskEnded{future_1, Outcome::Returned, "int", "1"}); }) == 1);
  CHECK(contradictions([](Script& s) { s.add(Delivered{FutureId{8}, DeliveredBy::Map, 0}); }) == 1);
  CHECK(contradictions([](Script& s) { s.woken(WaitOn::Sleep); }) == 1);
  CHECK(contradictions([](Script& s) { s.add(Unstuck{}); }) == 1);
  CHECK(contradictions([](Script& s) { s.state(1, FutureState::Finished, FutureState::Pending); }) == 1);
  CHECK(contradictions([](Script& s) { s.state(8, FutureState::Running, FutureState::Finished); }) == 1);
  CHECK(contradictions([](Script& s) { s.add(RunEnded{}).add(RunEnded{}); }) == 1);
  CHECK(contradictions([](Script& s) { s.on(1).add(LaneEnded{}).add(LaneEnded{}); }) == 1);
  CHECK(contradictions([](Script& s) { s.at(1).on(0).add(Printed{"from the past"}); }) == 1);
}

TEST_CASE("a finished future stays finished whatever a later event says") {
  Script s = one_loiter();
  s.state(1, FutureState::Finished, FutureState::Running).state(1, FutureState::Pending, FutureState::Cancelled);
  const Run run = s.run();
  CHECK(state_at(run.futures()[0], run.last()) == FutureState::Finished);
}

TEST_CASE("where events were lost the newest is believed") {
  Script s;
  s.main().pool(0, 0).submit(1, "outer()").begin(1).submit(2, "inner()").begin(2);
  s.at(1).wait(WaitOn::Sleep);
  s.at(2).wait(WaitOn::Io);  // the sleep's end is missing
  s.at(3).finish(1);         // so is the inner task's
  const Run run = s.run();
  const Lane& lane = *run.lane(main_lane);
  CHECK(run.inconsistent() == 2);
  CHECK(lane.waits[0].ended == seconds_in(2));
  CHECK(wait_at(lane, seconds_in(3))->what.on == WaitOn::Io);
  CHECK(lane.tasks[1].outcome == Outcome::Aborted);
  CHECK(lane.tasks[0].outcome == Outcome::Returned);
  CHECK_FALSE(lane.open_task);
}

TEST_CASE("a worker that dies leaves its task aborted until its pool says what became of the future") {
  Script s;
  s.main().pool(0, 1, "ProcessPoolExecutor-0").submit(1, "exit(7)").submit(2, "loiter(1)");
  s.worker(1, 0, "Process-1", LaneKind::Process).begin(1);
  s.at(1).add(LaneEnded{});
  const Run died = s.run();
  CHECK(died.futures()[0].outcome == Outcome::Aborted);
  CHECK(died.lane(worker)->tasks[0].ended == seconds_in(1));

  s.on(0).add(PoolBroken{ExecutorId{0}, "a worker died"});
  s.raise(1, "BrokenProcessPool").add(TaskEnded{FutureId{2}, Outcome::Raised, "BrokenProcessPool", ""});
  s.state(2, FutureState::Pending, FutureState::Finished);
  const Run run = s.run();
  CHECK(run.inconsistent() == 0);
  for (const FutureRow& future : run.futures()) {
    CHECK(future.outcome == Outcome::Raised);
    CHECK(future.type == "BrokenProcessPool");
    CHECK(state_at(future, run.last()) == FutureState::Finished);
  }
  CHECK_FALSE(run.futures()[1].began);
  CHECK(run.pools()[0].why_broken == "a worker died");
}

TEST_CASE("a future that its broken pool has failed stays raised when the lane of its worker ends later") {
  Script s;
  s.main().pool(0, 1, "ProcessPoolExecutor-0").submit(1, "exit(7)");
  s.worker(1, 0, "Process-1", LaneKind::Process).begin(1);
  s.at(1).on(0).add(PoolBroken{ExecutorId{0}, "a worker died"});
  s.add(
      StateChanged{future_1, FutureState::Running, FutureState::Finished, Outcome::Raised, "BrokenProcessPool", "why"});
  s.at(2).on(1).add(LaneEnded{});
  const Run run = s.run();
  CHECK(run.futures()[0].outcome == Outcome::Raised);
  CHECK(run.futures()[0].type == "BrokenProcessPool");
  CHECK(run.futures()[0].finished == seconds_in(1));
  CHECK(run.lane(worker)->tasks[0].ended == seconds_in(2));
  CHECK(run.lane(worker)->tasks[0].outcome == Outcome::Aborted);
}

TEST_CASE("progress is known from the first word of a task on, and only if it says how much there is") {
  Script s;
  s.main().pool(0, 1).submit(1, "get()").grow(0, 1).worker(1, 0, "w").begin(1);
  s.at(1)
      .add(Progressed{future_1, 0, 0})
      .at(2)
      .add(Progressed{future_1, 50, 200})
      .at(3)
      .add(Progressed{future_1, 300, 200});
  const Run run = s.run();
  const FutureRow& future = run.futures()[0];
  CHECK_FALSE(progress_at(future, seconds_in(0.5)));
  CHECK_FALSE(progress_at(future, seconds_in(1)));
  CHECK(progress_at(future, seconds_in(2.5)) == 0.25);
  CHECK(progress_at(future, seconds_in(3)) == 1.0);
}

TEST_CASE("a lane keeps when it held the GIL and when it asked for it") {
  using enum GilChange;
  Script s = one_loiter();
  s.at(4).on(1).add(GilChanged{Taken}).at(5).on(0).add(GilChanged{Requested});
  s.at(6).on(1).add(GilChanged{Dropped}).on(0).add(GilChanged{Taken}).at(7).add(LaneEnded{});
  const Run run = s.run();
  CHECK(run.inconsistent() == 0);
  REQUIRE(run.lane(worker)->gil.size() == 1);
  CHECK(run.lane(worker)->gil[0].began == seconds_in(4));
  CHECK(run.lane(worker)->gil[0].ended == seconds_in(6));
  CHECK(run.lane(main_lane)->gil_requests == std::vector{seconds_in(5)});
  CHECK(run.lane(main_lane)->gil[0].ended == seconds_in(7));  // with the lane
}

TEST_CASE("a lock taken twice or dropped by who does not hold it is counted, and changes nothing") {
  Script s;
  s.main().add(GilChanged{GilChange::Dropped}).add(GilChanged{GilChange::Taken}).add(GilChanged{GilChange::Taken});
  const Run run = s.run();
  CHECK(run.inconsistent() == 2);
  CHECK(run.lane(main_lane)->gil.size() == 1);
}

TEST_CASE("a future adds up what its task has computed: by the stopwatch, and of a core") {
  Script s;
  s.main().pool(0, 1).submit(1, "crunch(3)").begin(1);
  s.at(2).add(Computed{future_1, seconds_in(0), std::chrono::seconds(1)});
  s.at(5).add(Computed{future_1, seconds_in(4), std::chrono::seconds(1)}).add(Computed{{}, seconds_in(5), {}});
  const Run run = s.run();
  CHECK(run.inconsistent() == 0);
  CHECK(run.futures()[0].stopwatch == std::chrono::seconds(3));
  CHECK(run.futures()[0].cpu == std::chrono::seconds(2));
  CHECK(run.lane(main_lane)->computed.size() == 3);
}

TEST_CASE("what was computed before the run or after its time is kept out, and no sum overflows") {
  Script s;
  s.main().pool(0, 1).submit(1, "crunch(3)").begin(1);
  s.at(2).add(Computed{future_1, seconds_in(3), {}}).add(Computed{future_1, Instant::min(), {}});
  s.add(Computed{future_1, {}, Duration{-1}});
  s.add(Computed{future_1, {}, Duration::max()}).add(Computed{future_1, {}, Duration::max()});
  const Run run = s.run();
  CHECK(run.inconsistent() == 3);
  CHECK(run.futures()[0].cpu == Duration::max());
}

TEST_CASE("a part of a line is a line that goes on") {
  Script s;
  s.main().add(Printed{.text = "BD ", .goes_on = true}).add(Printed{"and so on"});
  const Run run = s.run();
  CHECK(run.lines()[0].goes_on);
  CHECK_FALSE(run.lines()[1].goes_on);
}

TEST_CASE("an aborted run leaves nothing open on a lane that ended") {
  Script s;
  s.main().pool(0, 0).submit(1, "outer()").begin(1).wait(WaitOn::Sleep);
  s.at(1).woken(WaitOn::Sleep, WaitEnd::Aborted).add(TaskEnded{future_1, Outcome::Aborted, "", ""});
  s.add(LaneEnded{}).add(RunEnded{RunEnd::Stopped, "", ""});
  const Run run = s.run();
  CHECK(run.inconsistent() == 0);
  CHECK(run.futures()[0].outcome == Outcome::Aborted);
  CHECK(run.lane(main_lane)->waits[0].how == WaitEnd::Aborted);
  CHECK(run.ended()->how == RunEnd::Stopped);
}

TEST_CASE("a promise completed by hand has a row without executor") {
  Script s;
  s.main().wait(WaitOn::Result, {1});
  s.at(1).state(1, FutureState::Pending, FutureState::Finished);
  const Run run = s.run();
  REQUIRE(run.futures().size() == 1);
  CHECK_FALSE(run.futures()[0].executor);
  CHECK(run.futures()[0].finished == seconds_in(1));
}

TEST_CASE("a result() that raises counts as reading the exception") {
  Script s;
  s.main().pool(0, 1).submit(1, "f()").worker(1, 0, "w").begin(1);
  s.on(0).wait(WaitOn::Result, {1}).at(2).on(1).raise(1, "ValueError", "boom");
  const Run before = s.run();
  CHECK(unread_exception_at(before.futures()[0], seconds_in(2)));
  s.at(3).on(0).woken(WaitOn::Result);
  const Run after = s.run();
  CHECK(after.futures()[0].first_read == seconds_in(3));
  CHECK(unread_exception_at(after.futures()[0], seconds_in(2)));
  CHECK_FALSE(unread_exception_at(after.futures()[0], seconds_in(3)));
}

TEST_CASE("a timed-out result() has read nothing") {
  Script s;
  s.main().pool(0, 1).submit(1, "f()").worker(1, 0, "w").begin(1);
  s.on(0).wait(WaitOn::Result, {1}, false, seconds_in(1)).at(1).woken(WaitOn::Result, WaitEnd::Timeout);
  s.at(2).on(1).raise(1, "ValueError", "boom");
  CHECK_FALSE(s.run().futures()[0].first_read);
}

TEST_CASE("a wait that timed out as the future finished has read nothing") {
  Script s;
  s.main().pool(0, 1).submit(1, "f()").worker(1, 0, "w").begin(1).on(0).wait(WaitOn::Result, {1});
  s.at(1).on(1).finish(1).on(0).woken(WaitOn::Result, WaitEnd::Timeout);
  CHECK_FALSE(s.run().futures()[0].first_read);
}

TEST_CASE("as_completed and wait hand over a future, not what it holds") {
  Script s;
  s.main().pool(0, 1).submit(1, "f()").worker(1, 0, "w").begin(1).raise(1, "ValueError", "boom").on(0);
  s.at(1).add(Delivered{future_1, DeliveredBy::AsCompleted, 0}).add(Delivered{future_1, DeliveredBy::Wait, 0});
  CHECK(unread_exception_at(s.run().futures()[0], seconds_in(1)));
  s.at(2).add(Delivered{future_1, DeliveredBy::Map, 0});
  CHECK_FALSE(unread_exception_at(s.run().futures()[0], seconds_in(2)));
}

TEST_CASE("a future that finishes without a task tells its outcome itself") {
  Script s;
  s.main().pool(0, 1).submit(1, "f()");
  s.add(StateChanged{future_1, FutureState::Pending, FutureState::Finished, Outcome::Raised, "BrokenProcessPool", "x"});
  s.add(StateChanged{FutureId{2}, FutureState::Pending, FutureState::Finished, Outcome::Returned, "int", "5"});
  const Run run = s.run();
  CHECK(run.inconsistent() == 0);
  CHECK(run.futures()[0].outcome == Outcome::Raised);
  CHECK(run.futures()[0].type == "BrokenProcessPool");
  CHECK(unread_exception_at(run.futures()[0], run.last()));
  CHECK(run.futures()[1].text == "5");
}

TEST_CASE("what a task returned is not changed by the state that follows") {
  Script s;
  s.main().pool(0, 1).submit(1, "f()").worker(1, 0, "w").begin(1).add(
      TaskEnded{future_1, Outcome::Returned, "int", "1"});
  s.add(StateChanged{future_1, FutureState::Running, FutureState::Finished, Outcome::Raised, "E", "x"});
  CHECK(s.run().futures()[0].outcome == Outcome::Returned);
}

TEST_CASE("a result is first read once") {
  Script s = one_loiter();
  s.at(9).on(0).add(Delivered{future_1, DeliveredBy::Result, 0});
  const Run run = s.run();
  CHECK(run.futures()[0].first_read == seconds_in(3));
  CHECK(run.deliveries().size() == 2);
}

TEST_CASE("a run keeps the order in which futures left their queue, and in which they were over") {
  Script s;
  s.main().pool(0, 1).submit(1, "a").submit(2, "b").submit(3, "c");
  s.worker(1, 0, "ThreadPoolExecutor-0_0");
  s.at(1).on(0).add(StateChanged{FutureId{3}, FutureState::Pending, FutureState::Cancelled});
  s.at(2).on(1).begin(2).at(3).finish(2).begin(1);
  s.at(4).on(0).add(StateChanged{FutureId{3}, FutureState::Cancelled, FutureState::CancelledAndNotified});
  const Run run = s.run();
  CHECK(run.left_queue() == std::vector<FutureId>{FutureId{3}, FutureId{2}, FutureId{1}});
  CHECK(run.over() == std::vector<FutureId>{FutureId{3}, FutureId{2}});
  CHECK(left_queue_at(*run.future(FutureId{2})) == seconds_in(2));
  CHECK(over_at(*run.future(FutureId{3})) == seconds_in(1));
  CHECK_FALSE(over_at(*run.future(FutureId{1})));
}

TEST_CASE("an event from the past happens now") {
  Script s;
  s.main().at(5).add(Printed{"five"}).at(1).add(SiteReached{"late"}).add(Printed{"late"});
  const Run run = s.run();
  CHECK(run.last() == seconds_in(5));
  CHECK(run.lines()[1].t == seconds_in(5));
  CHECK(run.lane(main_lane)->sites[0].t == seconds_in(5));
}

TEST_CASE("a pool knows its workers, its shutdown and a worker added by hand") {
  Script s;
  s.main().pool(0, 1).grow(0, 1).worker(1, 0, "w0").on(0).grow(0, 2).worker(2, 0, "w1");
  s.on(3).add(LaneBegan{LaneKind::Manager, "manager-0", 0, 0, ExecutorId{0}});
  s.at(4).on(0).add(PoolShutDown{ExecutorId{0}, true}).at(5).add(PoolShutDown{ExecutorId{0}, false});
  const Run run = s.run();
  CHECK(run.pools()[0].workers == std::vector<LaneId>{LaneId{1}, LaneId{2}});
  CHECK(run.pools()[0].max_workers == 2);
  CHECK(run.pools()[0].shut_down == seconds_in(4));
}

TEST_CASE("what a pool could have and had at an instant does not change when a worker is added later") {
  Script s;
  s.main().pool(0, 1).grow(0, 1).worker(1, 0, "w0").at(2).on(0).grow(0, 2).worker(2, 0, "w1");
  s.at(3).on(1).add(LaneEnded{});
  const Run run = s.run();
  const Pool& pool = run.pools()[0];
  CHECK(max_workers_at(pool, seconds_in(1)) == 1);
  CHECK(max_workers_at(pool, seconds_in(2)) == 2);
  CHECK(workers_at(run, pool, seconds_in(1)) == std::vector<LaneId>{LaneId{1}});
  CHECK(workers_at(run, pool, seconds_in(2)) == std::vector<LaneId>{LaneId{1}, LaneId{2}});
  CHECK(workers_at(run, pool, seconds_in(3)) == std::vector<LaneId>{LaneId{2}});
}

TEST_CASE("printed lines and log lines keep their order") {
  Script s;
  s.main().add(Printed{"one"}).add(Logged{"ERROR", "two"}).add(Printed{"three"}).add(Lost{5});
  const Run run = s.run();
  REQUIRE(run.lines().size() == 3);
  CHECK(run.lines()[1].text == "two");
  CHECK(run.lines()[1].is_log);
  CHECK(run.lost() == 5);
}

}  // namespace loiter::trace
