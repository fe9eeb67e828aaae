#include "views/sweep.hpp"

#include <catch2/catch_test_macros.hpp>

using namespace loiter;
using namespace loiter::views;
using namespace std::chrono_literals;

namespace {

SweptPoint point(std::string value, std::vector<ComparedTime> runs = {}) { return {std::move(value), std::move(runs)}; }

std::vector<double> places(const std::vector<std::string>& values) {
  std::vector<SweptPoint> points;
  for (const std::string& value : values) points.push_back(point(value));
  return sweep_chart(points).places;
}

}  // namespace

TEST_CASE("points stand where their values are, and words evenly") {
  CHECK(places({"0", "0.5", "2"}) == std::vector{0.0, 0.25, 1.0});
  CHECK(places({"1s", "500ms", "0s"}) == std::vector{1.0, 0.5, 0.0});
  CHECK(places({"plain", "progress", "1"}) == std::vector{0.0, 0.5, 1.0});
  CHECK(places({"3"}) == std::vector{0.5});
  CHECK(places({"3", "3"}) == std::vector{0.0, 1.0});
  CHECK(places({}).empty());
}

TEST_CASE("each mode is a line, measured against the first of its own program") {
  const std::vector<SweptPoint> points{
      point("0", {{1, 4s, true}, {2, 2s, true}, {1, 9s, true, 1}, {2, 3s, true, 1}}),
      point("1", {{1, 5s, true}, {2, 7s, false}}),
  };
  const SweepChart chart = sweep_chart(points);
  REQUIRE(chart.lines.size() == 4);
  CHECK(chart.longest == 9s);
  CHECK(chart.lines[1].points[0] == SweptLine::Run{2s, {2.0, 1.0}});
  CHECK(chart.lines[3].points[0] == SweptLine::Run{3s, {3.0, 1.5}});
  CHECK(chart.lines[0].points[1] == SweptLine::Run{5s, {1.0, 1.0}});
  CHECK_FALSE(chart.lines[1].points[1]);
  CHECK_FALSE(chart.lines[2].points[1]);
}
