#include "gui/paint.hpp"

#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <functional>
#include <sstream>
#include <string>

#include "gui/driver.hpp"

using namespace loiter::gui;
using namespace loiter::gui::testing;

namespace {

// A mark on the empty panel, as pixels.
Picture painted(const std::function<void(ImDrawList&, const Look&)>& paint, float scale = 1.0F) {
  const Driver driver{in_window([&](const Look& look) { paint(*ImGui::GetWindowDrawList(), look); }, 0.0F),
                      {{200.0F * scale, 100.0F * scale}, scale, ThemeChoice::Light}};
  return driver.picture();
}

constexpr Colour ink = rgb(0x000000);
constexpr Colour white = rgb(0xFFFFFF);

int count(const Picture& picture, Colour colour) {
  return static_cast<int>(std::ranges::count(picture.pixels, colour));
}

// The smallest box around everything that is not white.
Box inked(const Picture& picture) {
  Box box{1e6F, 1e6F, -1.0F, -1.0F};
  for (int y = 0; y < picture.height; ++y) {
    for (int x = 0; x < picture.width; ++x) {
      if (picture.at(x, y) == white) continue;
      const auto left = static_cast<float>(x);
      const auto top = static_cast<float>(y);
      box = {std::min(box.x0, left), std::min(box.y0, top), std::max(box.x1, left + 1), std::max(box.y1, top + 1)};
    }
  }
  return box;
}

std::string edges(const Box& box) {
  std::ostringstream text;
  text << box.x0 << ' ' << box.y0 << ' ' << box.x1 << ' ' << box.y1;
  return text.str();
}

}  // namespace

TEST_CASE("a filled box covers exactly its pixels", "[paint]") {
  const Picture picture = painted([](ImDrawList& list, const Look&) { fill_box(list, {10, 20, 60, 50}, ink); });
  CHECK(edges(inked(picture)) == edges({10, 20, 60, 50}));
  CHECK(count(picture, ink) == 50 * 30);
}

TEST_CASE("an outline lies inside its box and is sharp outside", "[paint]") {
  for (const float thickness : {1.0F, 1.5F, 2.0F, 3.0F}) {
    INFO(thickness);
    const Picture picture = painted([thickness](ImDrawList& list, const Look&) {
      outline_box(list, {10, 20, 60, 50}, ink, 4, thickness);
    });
    CHECK(edges(inked(picture)) == edges({10, 20, 60, 50}));
    // In the middle of the left side: black from the first pixel on, and paper inside.
    CHECK(picture.at(9, 35) == white);
    CHECK(picture.at(10, 35) == ink);
    CHECK(picture.at(10 + static_cast<int>(std::ceil(thickness)), 35) == white);
    CHECK(picture.at(30, 35) == white);
  }
}

TEST_CASE("dashes are whole pixels, keep their rhythm and stay inside the box", "[paint]") {
  for (const float width : {40.0F, 57.0F, 90.0F, 141.0F}) {
    INFO(width);
    const Picture picture = painted([width](ImDrawList& list, const Look&) {
      dashed_box(list, {10, 20, 10 + width, 44}, ink, 4, 1, {4, 3});
    });
    CHECK(edges(inked(picture)) == edges({10, 20, 10 + width, 44}));
    // Along the top every pixel between the corners is either ink or paper, and no gap is longer than three.
    int gap = 0;
    for (int x = 14; x < 10 + static_cast<int>(width) - 4; ++x) {
      const Colour pixel = picture.at(x, 20);
      CHECK((pixel == ink || pixel == white));
      gap = pixel == white ? gap + 1 : 0;
      CHECK(gap <= 3);
    }
  }
}

TEST_CASE("a box too small for a dash is still outlined", "[paint]") {
  const Picture picture = painted([](ImDrawList& list, const Look&) {
    dashed_box(list, {10, 20, 16, 26}, ink, 3, 1, {4, 3});
  });
  CHECK(edges(inked(picture)) == edges({10, 20, 16, 26}));
}

TEST_CASE("a hatch stays inside its rounded box", "[paint]") {
  const Box box{10, 20, 90, 44};
  const auto check = [&](const std::function<void(ImDrawList&)>& hatch) {
    const Picture picture = painted([&](ImDrawList& list, const Look&) { hatch(list); });
    const Box around = inked(picture);
    // Half a pixel of softness may fall on the row outside.
    CHECK(around.x0 >= box.x0 - 1);
    CHECK(around.y0 >= box.y0 - 1);
    CHECK(around.x1 <= box.x1 + 1);
    CHECK(around.y1 <= box.y1 + 1);
    CHECK(picture.at(10, 20) == white);  // outside of the round corner
    CHECK(picture.at(89, 43) == white);
    const int covered = 80 * 24 - (count(picture, white) - (200 * 100 - 80 * 24));
    CHECK(covered > 80 * 24 / 10);
    CHECK(covered < 80 * 24 * 3 / 4);
  };
  check([&](ImDrawList& list) { hatch_diagonal(list, box, 8, ink, 7, 1.5F); });
  check([&](ImDrawList& list) { hatch_horizontal(list, box, 8, ink, 5, 1); });
}

TEST_CASE("a hatched bar of a million pixels costs no more than what is seen of it", "[paint]") {
  int vertices = 0;
  painted([&](ImDrawList& list, const Look&) {
    const int before = list.VtxBuffer.Size;
    hatch_diagonal(list, {-500000, 20, 500000, 44}, 4, ink, 7, 1.5F);
    dashed_box(list, {-500000, 50, 500000, 74}, ink, 4, 1, {4, 3});
    dashed_line(list, {-500000, 80}, {500000, 80}, ink, 1, {3, 4});
    vertices = list.VtxBuffer.Size - before;
  });
  CHECK(vertices > 100);
  CHECK(vertices < 5000);
}

TEST_CASE("a hatch travels with the bar it belongs to", "[paint]") {
  const auto at = [](float x) {
    return painted([x](ImDrawList& list, const Look&) { hatch_diagonal(list, {x, 20, x + 120, 44}, 0, ink, 7, 2); });
  };
  const Picture here = at(10);
  const Picture there = at(27);
  for (int y = 20; y < 44; ++y) {
    for (int x = 12; x < 120; ++x) CHECK(here.at(x, y) == there.at(x + 17, y));
  }
}

TEST_CASE("a dashed line that is level or upright covers whole pixels, wherever it is put", "[paint]") {
  for (const float at : {20.0F, 20.3F, 20.5F, 20.8F}) {
    const Picture picture = painted([at](ImDrawList& list, const Look&) {
      dashed_line(list, {10, at}, {90, at}, ink, 1, {4, 3});
      dashed_line(list, {100 + at, 10}, {100 + at, 80}, ink, 2, {4, 3});
    });
    CHECK(count(picture, ink) > 100);
    CHECK(count(picture, ink) + count(picture, white) == picture.width * picture.height);
  }
}

TEST_CASE("a dashed path goes round corners without losing its rhythm", "[paint]") {
  const Picture picture = painted([](ImDrawList& list, const Look&) {
    const std::array<ImVec2, 3> points{ImVec2{10.0F, 20.5F}, ImVec2{40.0F, 20.5F}, ImVec2{120.0F, 20.5F}};
    dashed_path(list, points.data(), points.size(), ink, 1, {5, 4});
  });
  for (int x = 10; x < 120; ++x) CHECK((picture.at(x, 20) == ink) == ((x - 10) % 9 < 5));
}

TEST_CASE("the playhead's box stays inside its panel while its line stays at the time", "[paint]") {
  for (const float x : {2.0F, 100.0F, 198.0F}) {
    Box head;
    const Picture picture = painted([&](ImDrawList& list, const Look& look) {
      head = draw_playhead(list, look,
                           {.x = x, .top_y = 5, .bottom_y = 90, .within_x0 = 0, .within_x1 = 200, .time = "3.40"});
    });
    CHECK(head.x0 >= 0.0F);
    CHECK(head.x1 <= 200.0F);
    CHECK(picture.at(static_cast<int>(x), 80) == theme_of(ThemeChoice::Light).text);
    CHECK(picture.at(static_cast<int>(x) - 1, 80) == theme_of(ThemeChoice::Light).text);
  }
}

TEST_CASE("the frame of a selection leaves one unit of ground between itself and the bar", "[paint]") {
  const Picture picture = painted([](ImDrawList& list, const Look& look) {
    fill_box(list, {50, 40, 150, 64}, ink, 4);
    selection_frame(list, look, {50, 40, 150, 64}, 4);
  });
  CHECK(edges(inked(picture)) == edges({47, 37, 153, 67}));
  CHECK(picture.at(100, 37) == theme_of(ThemeChoice::Light).selection_line);
  CHECK(picture.at(100, 38) == theme_of(ThemeChoice::Light).selection_line);
  CHECK(picture.at(100, 39) == white);
  CHECK(picture.at(100, 40) == ink);
}

TEST_CASE("marks look the same at their place and five pixels further", "[paint]") {
  const auto marks = [](float dx) {
    return painted([dx](ImDrawList& list, const Look& look) {
      diamond_filled(list, {30 + dx, 30}, 6, ink);
      diamond_hollow(list, {60 + dx, 30}, 5, ink, white, 1.5F);
      arrow(list, {80 + dx, 30}, {120 + dx, 30}, ink, 2, 9);
      chevrons(list, look, 130 + dx, 30, 12, ink);
      draw_lane_tag(list, look, Box::at(20 + dx, 50, 18, 18), 1, "0");
      strike(list, Box::at(50 + dx, 50, 40, 20), ink, 1.5F);
    });
  };
  const Picture here = marks(0);
  const Picture there = marks(5);
  int different = 0;
  for (int y = 0; y < 100; ++y) {
    for (int x = 0; x < 195; ++x) different += here.at(x, y) == there.at(x + 5, y) ? 0 : 1;
  }
  CHECK(different == 0);
}
