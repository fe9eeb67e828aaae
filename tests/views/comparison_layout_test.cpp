#include "views/comparison_layout.hpp"

#include <catch2/catch_test_macros.hpp>

#include <array>

#include "views/sample_runs.hpp"

using namespace loiter;
using namespace loiter::views;
using loiter::samples::at_seconds;

namespace {

StripsLayout strips(const std::array<float, 3>& lanes, float height) {
  return lay_out_strips({.lanes = lanes, .heading = 27, .least_lanes = 60, .height = height});
}

}  // namespace

TEST_CASE("strips that fit stand whole, one below the other", "[comparison]") {
  const StripsLayout layout = strips({38, 152, 190}, 492);
  CHECK(layout.strips[0].y0 == 0);
  CHECK(layout.strips[0].lanes_y0 == 27);
  CHECK(layout.strips[0].y1 == 65);
  CHECK(layout.strips[1].y0 == 65);
  CHECK(layout.strips[2].y1 == 3 * 27 + 38 + 152 + 190);
  for (const StripPlace& strip : layout.strips) CHECK_FALSE(strip.scrolls);
  CHECK_FALSE(layout.scrolls);
}

TEST_CASE("strips with many lanes share what those with few leave, and scroll", "[comparison]") {
  const StripsLayout layout = strips({38, 900, 940}, 500);
  CHECK_FALSE(layout.strips[0].scrolls);
  CHECK(layout.strips[1].scrolls);
  CHECK(layout.strips[2].scrolls);
  CHECK(layout.strips[1].y1 - layout.strips[1].lanes_y0 == 190);  // (500 - 3 * 27 - 38) / 2, whole pixels
  CHECK(layout.height <= 500);
  CHECK_FALSE(layout.scrolls);
}

TEST_CASE("where there is no room for the least of each, the strips are whole and scroll together", "[comparison]") {
  const StripsLayout layout = strips({38, 152, 190}, 200);
  CHECK(layout.scrolls);
  CHECK(layout.height == 3 * 27 + 38 + 152 + 190);
  for (const StripPlace& strip : layout.strips) CHECK_FALSE(strip.scrolls);
}

TEST_CASE("room is kept for the lanes that a run will probably have", "[comparison]") {
  CHECK(lanes_to_expect(trace::Mode::Sequential, 1) == 1);
  CHECK(lanes_to_expect(trace::Mode::Threads, 3) == 4);
  CHECK(lanes_to_expect(trace::Mode::Processes, 3) == 5);  // with the manager
  CHECK(lanes_to_expect(trace::Mode::Threads, 1000) == 5);
}

TEST_CASE("the range for all is as long as the longest", "[comparison]") {
  const std::array ranges{TimeRange{{}, at_seconds(5)}, TimeRange{{}, at_seconds(10)}, TimeRange{{}, at_seconds(4)}};
  CHECK(longest_range(ranges) == TimeRange{{}, at_seconds(10)});
  CHECK(longest_range({}) == TimeRange{});
}
