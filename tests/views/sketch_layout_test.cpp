// A sketch as geometry: where bars stand, what is held, and what dragging does.
#include "views/sketch_layout.hpp"

#include <catch2/catch_test_macros.hpp>

#include <array>

using namespace loiter;
using namespace loiter::views;

TEST_CASE("the step of a sketch is a nice part of its range", "[sketch]") {
  CHECK(sketch_step(3) == 0.1);
  CHECK(sketch_step(4) == 0.1);
  CHECK(sketch_step(5) == 0.25);
  CHECK(sketch_step(10) == 0.25);
  CHECK(sketch_step(20) == 0.5);
  CHECK(sketch_step(60) == 2.5);
  CHECK(sketch_step(0.05) == 0.0025);
}

TEST_CASE("bars begin at the left end, long enough to be held", "[sketch]") {
  CHECK(first_bar(5, 0.25) == SketchBar{0, 1});
  CHECK(first_bar(10, 0.25) == SketchBar{0, 2});
  CHECK(first_bar(1, 2) == SketchBar{0, 1});
}

TEST_CASE("a bar that is dragged keeps its length, snaps, and stays in the range", "[sketch]") {
  const SketchBar start{1, 2.5};
  CHECK(dragged_bar(start, SketchGrip::Middle, 0.6, 0.25, 5) == SketchBar{1.5, 3});
  CHECK(dragged_bar(start, SketchGrip::Middle, 0.625, 0, 5) == SketchBar{1.625, 3.125});
  CHECK(dragged_bar(start, SketchGrip::Middle, -9, 0.25, 5) == SketchBar{0, 1.5});
  CHECK(dragged_bar(start, SketchGrip::Middle, 9, 0.25, 5) == SketchBar{3.5, 5});
}

TEST_CASE("an end that is dragged does not pass the other end", "[sketch]") {
  const SketchBar start{1, 2};
  CHECK(dragged_bar(start, SketchGrip::To, 0.9, 0.5, 5) == SketchBar{1, 3});
  CHECK(dragged_bar(start, SketchGrip::To, -5, 0.5, 5) == SketchBar{1, 1});
  CHECK(dragged_bar(start, SketchGrip::To, 50, 0.5, 5) == SketchBar{1, 5});
  CHECK(dragged_bar(start, SketchGrip::From, -0.6, 0.5, 5) == SketchBar{0.5, 2});
  CHECK(dragged_bar(start, SketchGrip::From, 50, 0.5, 5) == SketchBar{2, 2});
}

TEST_CASE("many small steps add up to what they say", "[sketch]") {
  SketchBar bar{0, 1};
  for (int i = 0; i < 3; ++i) bar = stepped_bar(bar, SketchGrip::Middle, 1, 0.1);
  CHECK(bar == SketchBar{0.3, 1.3});
  for (int i = 0; i < 7; ++i) bar = stepped_bar(bar, SketchGrip::To, 1, 0.1);
  CHECK(bar == SketchBar{0.3, 2});
  for (int i = 0; i < 30; ++i) bar = stepped_bar(bar, SketchGrip::Middle, -1, 0.1);
  CHECK(bar == SketchBar{0, 1.7});
}

TEST_CASE("the range grows when a bar reaches its end", "[sketch]") {
  const std::array inside{SketchBar{0, 1}, SketchBar{4, 4.9}};
  CHECK(grown_range(5, inside) == 5);
  const std::array at_end{SketchBar{0, 1}, SketchBar{4, 5}};
  CHECK(grown_range(5, at_end) == 6);
  const std::array beyond{SketchBar{0, 11}};
  CHECK(grown_range(5, beyond) == 15);
}

TEST_CASE("a bar stands at its time, and one of no length can still be held", "[sketch]") {
  const std::array bars{SketchBar{1, 2}, SketchBar{0, 0}};
  const auto rows = lay_out_sketch(bars, 5, {.width = 500, .row_height = 38, .bar_height = 24});
  REQUIRE(rows.size() == 2);
  CHECK(rows[0].bar == Rect{100, 7, 200, 31});
  CHECK(rows[0].grab == Rect{94, 7, 206, 31});
  CHECK(rows[1].row == Rect{0, 38, 500, 76});
  CHECK(rows[1].upright);
  CHECK(rows[1].bar == Rect{0, 45, 3, 69});
  CHECK(rows[1].grab.width() >= 12);
}

TEST_CASE("a bar is held by an end near that end, and by its middle between them", "[sketch]") {
  const std::array bars{SketchBar{1, 2}, SketchBar{3, 3.08}, SketchBar{4, 4}};
  const auto rows = lay_out_sketch(bars, 5, {.width = 500});
  CHECK(grip_at(rows[0], 95, 6) == SketchGrip::From);
  CHECK(grip_at(rows[0], 105, 6) == SketchGrip::From);
  CHECK(grip_at(rows[0], 107, 6) == SketchGrip::Middle);
  CHECK(grip_at(rows[0], 196, 6) == SketchGrip::To);
  CHECK(grip_at(rows[1], 304, 6) == SketchGrip::Middle);  // a narrow bar still has one
  CHECK(grip_at(rows[2], 396, 6) == SketchGrip::From);
  CHECK(grip_at(rows[2], 405, 6) == SketchGrip::To);
}

TEST_CASE("words about a bar stand where there is room", "[sketch]") {
  CHECK(words_beside({100, 0, 200, 24}, 80, 8, 500) == 208);
  CHECK(words_beside({300, 0, 480, 24}, 80, 8, 500) == 212);
  CHECK_FALSE(words_beside({20, 0, 480, 24}, 80, 8, 500));
}
