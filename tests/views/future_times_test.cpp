// The columns of instants that the panels ask: as they grow, and at any instant.
#include "views/future_times.hpp"

#include <catch2/catch_test_macros.hpp>

#include "views/sample_runs.hpp"

using namespace loiter;
using namespace loiter::views;
using samples::at_seconds;

TEST_CASE("times know how many were submitted, had left the queue and were over", "[future_times]") {
  const trace::Run run = samples::loiter_run(true);
  FutureTimes times;
  times.update(run);
  CHECK(times.size() == 5);
  CHECK(times.submitted_by(at_seconds(0)) == 5);
  CHECK(times.left_queue_by(at_seconds(0.5)) == 4);
  CHECK(times.left_queue_by(at_seconds(1)) == 5);
  CHECK(times.over_by(at_seconds(2.5)) == 3);
  CHECK(times.row_of_rank(4) == 4);
  CHECK(times.rank_of_row(2) == 2U);
  CHECK(times.column(FutureTimes::Over)[4] == at_seconds(5));
  CHECK(times.column(FutureTimes::ByMap)[3] == at_seconds(3));
  CHECK_FALSE(times.has_no_result(0));
}

TEST_CASE("times that grew with the run are those taken at once", "[future_times]") {
  samples::RunBuilder b(samples::loiter_header());
  FutureTimes grown;
  b.at(0).main_begins().pool(1).submit(1, "a").submit(2, "b");
  grown.update(b.run());
  CHECK(grown.column(FutureTimes::Over)[0] == never);
  b.worker_begins(1).at(1).task_begins(1).at(2).task_raises(1, "ValueError", "no");
  grown.update(b.run());
  b.on(0).state(2, trace::FutureState::Pending, trace::FutureState::Cancelled);
  grown.update(b.run());
  FutureTimes whole;
  whole.update(b.run());
  for (const auto moment :
       {FutureTimes::Submitted, FutureTimes::LeftQueue, FutureTimes::Over, FutureTimes::Delivered}) {
    CHECK(grown.column(moment) == whole.column(moment));
  }
  CHECK(grown.has_no_result(0));
  CHECK(grown.has_no_result(1));
  CHECK(grown.rank_of_row(1) == 1U);
}

TEST_CASE("times of a file whose futures are not numbered from one are right too", "[future_times]") {
  samples::RunBuilder b(samples::loiter_header());
  b.at(0).main_begins().pool(1).submit(4'000'000'000U, "far").submit(1, "near");
  FutureTimes times;
  times.update(b.run());
  b.worker_begins(1).at(1).task_begins(1).task_returns(1, "1");
  times.update(b.run());
  REQUIRE(times.size() == 2);
  const auto row = times.row_of(b.run(), FutureId{1});
  REQUIRE(row);
  CHECK(times.column(FutureTimes::Over)[*row] == at_seconds(1));
  CHECK_FALSE(times.row_of(b.run(), FutureId{7}));
}
