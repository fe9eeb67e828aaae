#include "views/lane_tags.hpp"

#include <catch2/catch_test_macros.hpp>

#include "views/sample_runs.hpp"

using namespace loiter;
using namespace loiter::views;

TEST_CASE("the calling program is M, threads count from 0, processes from 1", "[lane_tags]") {
  LaneTags tags;
  tags.update(samples::RunBuilder().main_begins().worker_begins(1).worker_begins(2).take());
  CHECK(tags.of(main_lane) == LaneSign{"M", 0});
  CHECK(tags.of(LaneId{1}) == LaneSign{"0", 1});
  CHECK(tags.of(LaneId{2}) == LaneSign{"1", 2});
  CHECK(tags.of(LaneId{3}).text == "?");
  tags.clear();
  tags.update(samples::RunBuilder().main_begins().worker_begins(1, trace::LaneKind::Process).take());
  CHECK(tags.of(LaneId{1}).text == "1");
}

TEST_CASE("a lane that is heard of after later ones still has its tag", "[lane_tags]") {
  samples::RunBuilder b;
  LaneTags tags;
  tags.update(b.main_begins().worker_begins(2).run());
  tags.update(b.worker_begins(1).worker_begins(3).run());
  CHECK(tags.of(LaneId{1}).text == "0");
  CHECK(tags.of(LaneId{2}).text == "1");
  CHECK(tags.of(LaneId{3}).text == "2");
}
