#include "views/sweep_layout.hpp"

#include <catch2/catch_approx.hpp>
#include <catch2/catch_test_macros.hpp>

using namespace loiter;
using namespace loiter::views;
using namespace std::chrono_literals;

namespace {

// Sequential, threads, processes, at one value.
SweptPoint at(std::string value, Duration sequential, Duration threads, Duration processes) {
  return {.value = std::move(value), .runs = {{1, sequential, true}, {4, threads, true}, {4, processes, true}}};
}

// Threads are as fast as processes while all is waiting, and as slow as one after the other when all is computing.
std::vector<SweptPoint> crossing_points() {
  return {at("0", 1s, 400ms, 420ms), at("0.5", 1s, 700ms, 420ms), at("1", 1s, 1s, 420ms)};
}

}  // namespace

TEST_CASE("points stand at their value and time, between zero and a round time", "[sweep]") {
  const auto points = crossing_points();
  const SweepLayout layout = lay_out_sweep(sweep_chart(points), points, 400, 100, 30, 16);
  REQUIRE(layout.lines.size() == 3);
  REQUIRE(layout.lines[1].size() == 3);
  CHECK(layout.lines[1][0].x == 0);
  CHECK(layout.lines[1][1].x == 200);
  CHECK(layout.lines[1][2].x == 400);
  CHECK(layout.lines[1][0].y == 60);
  CHECK(layout.lines[1][2].y == 0);
  CHECK(layout.times.front().label == "0 s");
  CHECK(layout.times.front().at == 100);
  CHECK(layout.times.back().label == "1 s");
  CHECK(layout.times.size() == 6);
}

TEST_CASE("the axes of a chart that grows are those of all that is planned", "[sweep]") {
  auto points = crossing_points();
  points[1].runs.clear();
  points[2].runs.clear();
  const SweepLayout layout = lay_out_sweep(sweep_chart(points), points, 400, 100, 30, 16);
  CHECK(layout.values.size() == 3);
  CHECK(layout.values[2].at == 400);
  REQUIRE(layout.lines.size() == 3);
  CHECK(layout.lines[0].size() == 1);
}

TEST_CASE("a chart without any time has no times and no lines", "[sweep]") {
  std::vector<SweptPoint> points{{.value = "0", .runs = {}}, {.value = "1", .runs = {}}};
  const SweepLayout layout = lay_out_sweep(sweep_chart(points), points, 400, 100, 30, 16);
  CHECK(layout.times.empty());
  CHECK(layout.lines.empty());
  points[0].runs = {{1, 1s, false}};
  CHECK(lay_out_sweep(sweep_chart(points), points, 400, 100, 30, 16).lines[0].empty());
}

TEST_CASE("values too near to their neighbour have a tick and no label", "[sweep]") {
  const auto points = crossing_points();
  const SweepLayout layout = lay_out_sweep(sweep_chart(points), points, 50, 100, 30, 16);
  CHECK(layout.values[0].label == "0");
  CHECK(layout.values[1].label.empty());
  CHECK(layout.values[2].label == "1");
}

TEST_CASE("a low chart has fewer times", "[sweep]") {
  const auto points = crossing_points();
  CHECK(lay_out_sweep(sweep_chart(points), points, 400, 60, 30, 16).times.size() == 3);
}

TEST_CASE("short times are told in milliseconds", "[sweep]") {
  const std::vector<SweptPoint> points{at("0", 9ms, 4ms, 4ms), at("1", 9ms, 9ms, 4ms)};
  const SweepLayout layout = lay_out_sweep(sweep_chart(points), points, 400, 100, 30, 16);
  CHECK(layout.times.back().label == "10 ms");
}

TEST_CASE("the nearest point is found, if it is near enough", "[sweep]") {
  const auto points = crossing_points();
  const SweepLayout layout = lay_out_sweep(sweep_chart(points), points, 400, 100, 30, 16);
  const auto hit = hit_sweep(layout, 203, 32, 10);
  REQUIRE(hit);
  CHECK(hit->line == 1);
  CHECK(hit->point == 1);
  CHECK_FALSE(hit_sweep(layout, 100, 90, 10));
}

TEST_CASE("the crossing is told in a sentence", "[sweep]") {
  auto points = crossing_points();
  CHECK(crossing_sentence(sweep_chart(points), points, "mix") == "From mix 0.5 on processes are faster than threads.");
  points[2] = at("1", 1s, 400ms, 420ms);
  CHECK(crossing_sentence(sweep_chart(points), points, "mix").empty());
  points.erase(points.begin());
  points[1] = at("1", 1s, 1s, 420ms);
  CHECK(crossing_sentence(sweep_chart(points), points, "mix") == "Processes are faster than threads throughout.");
  CHECK(crossing_sentence({}, {}, "mix").empty());
}
