#include <catch2/catch_test_macros.hpp>
#include <vector>

#include "trace/run.hpp"
#include "trace/script.hpp"

namespace loiter::trace {

TEST_CASE("a future's state is what it said at that instant") {
  Script s;
  s.main().pool(0, 2).at(1).submit(1, "f()").submit(2, "g()");
  s.at(2).worker(1, 0, "w").running(1).at(3).add(TaskBegan{FutureId{1}});
  s.at(4).on(0).cancel(2).at(5).on(1).finish(1);
  s.at(6).state(2, FutureState::Cancelled, FutureState::CancelledAndNotified);
  const Run run = s.run();
  const FutureRow& first = run.futures()[0];
  const FutureRow& second = run.futures()[1];

  CHECK_FALSE(state_at(first, seconds_in(0.5)));
  CHECK(state_at(first, seconds_in(1)) == FutureState::Pending);
  CHECK(state_at(first, seconds_in(2)) == FutureState::Running);
  CHECK(state_at(first, seconds_in(4.9)) == FutureState::Running);
  CHECK(state_at(first, seconds_in(5)) == FutureState::Finished);
  CHECK(state_at(second, seconds_in(3)) == FutureState::Pending);
  CHECK(state_at(second, seconds_in(4)) == FutureState::Cancelled);
  CHECK(state_at(second, seconds_in(6)) == FutureState::CancelledAndNotified);

  CHECK_FALSE(in_call_queue_at(first, seconds_in(1)));
  CHECK(in_call_queue_at(first, seconds_in(2)));
  CHECK_FALSE(in_call_queue_at(first, seconds_in(3)));
  CHECK_FALSE(in_call_queue_at(first, seconds_in(5)));
}

TEST_CASE("a promise set running by hand is in no call queue") {
  Script s;
  s.main().running(1);
  CHECK_FALSE(in_call_queue_at(s.run().futures()[0], seconds_in(0)));
}

TEST_CASE("the wait open at an instant is found among many") {
  Script s;
  s.main();
  for (int i = 0; i < 1000; ++i) s.at(2 * i).wait(WaitOn::Sleep).at(2 * i + 1).woken(WaitOn::Sleep);
  s.at(2000).wait(WaitOn::Gil);
  const Run run = s.run();
  const Lane& lane = *run.lane(main_lane);
  CHECK(wait_at(lane, seconds_in(0))->began == seconds_in(0));
  CHECK(wait_at(lane, seconds_in(500.5))->began == seconds_in(500));
  CHECK(wait_at(lane, seconds_in(501)) == nullptr);
  CHECK(wait_at(lane, seconds_in(5000))->what.on == WaitOn::Gil);
  CHECK(wait_at(lane, Instant{Duration{-1}}) == nullptr);
}

TEST_CASE("the innermost task open at an instant is found, also after tasks nested in it have ended") {
  Script s;
  s.main().pool(0, 0).at(1).submit(1, "a").begin(1).at(2).submit(2, "b").begin(2).at(3).submit(3, "c").begin(3);
  s.at(4).finish(3).at(5).finish(2).at(6).submit(4, "d").begin(4).finish(4).at(7).finish(1);
  const Run run = s.run();
  const auto open_at = [&](double t) {
    const TaskSpan* task = task_at(*run.lane(main_lane), seconds_in(t));
    return task == nullptr ? 0U : task->future.value;
  };
  CHECK(open_at(0) == 0);
  CHECK(open_at(1) == 1);
  CHECK(open_at(2) == 2);
  CHECK(open_at(3.5) == 3);
  CHECK(open_at(4) == 2);
  CHECK(open_at(5) == 1);
  CHECK(open_at(6) == 1);
  CHECK(open_at(6.5) == 1);
  CHECK(open_at(7) == 0);
}

TEST_CASE("the latest line marker holds until the next") {
  Script s;
  s.main().at(1).add(SiteReached{"submit"}).at(2).add(SiteReached{"result"}).add(SiteReached{"print"});
  const Run run = s.run();
  const Lane& lane = *run.lane(main_lane);
  CHECK(site_at(lane, seconds_in(0)) == nullptr);
  CHECK(site_at(lane, seconds_in(1.5))->site == "submit");
  CHECK(site_at(lane, seconds_in(9))->site == "print");
}

TEST_CASE("a stuck report holds until all its lanes are free or the next report replaces it") {
  Script s;
  s.main().worker(1, 0, "w0").worker(2, 0, "w1").on(0);
  s.at(1).add(Stuck{{LaneId{1}}, {FutureId{1}}, "one"});
  s.at(2).add(Stuck{{LaneId{1}, LaneId{2}}, {FutureId{1}}, "two"});
  s.at(3).add(Unstuck{{LaneId{1}}, {}});
  s.at(4).add(Unstuck{{LaneId{2}}, {}});
  s.at(5).add(Stuck{{main_lane}, {}, "three"});
  s.at(6).add(Unstuck{});
  const Run run = s.run();
  CHECK(stuck_at(run, seconds_in(0)) == nullptr);
  CHECK(stuck_at(run, seconds_in(1))->chain == "one");
  CHECK(stuck_at(run, seconds_in(2))->chain == "two");
  CHECK(stuck_at(run, seconds_in(3))->chain == "two");
  CHECK(stuck_at(run, seconds_in(4)) == nullptr);
  CHECK(stuck_at(run, seconds_in(5))->chain == "three");
  CHECK(stuck_at(run, seconds_in(6)) == nullptr);
}

TEST_CASE("an exception is unread from the moment it is there until somebody gets it") {
  Script s;
  s.main().pool(0, 1).submit(1, "f()").submit(2, "g()").worker(1, 0, "w").begin(1);
  s.at(1).raise(1, "ValueError", "boom").begin(2).at(2).finish(2);
  s.at(3).on(0).add(Delivered{FutureId{1}, DeliveredBy::Result, 0});
  const Run run = s.run();
  CHECK_FALSE(unread_exception_at(run.futures()[0], seconds_in(0.5)));
  CHECK(unread_exception_at(run.futures()[0], seconds_in(1)));
  CHECK_FALSE(unread_exception_at(run.futures()[0], seconds_in(3)));
  CHECK_FALSE(unread_exception_at(run.futures()[1], seconds_in(2.5)));
}

}  // namespace loiter::trace
