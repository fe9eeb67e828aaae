// The board on which bars are sketched: by the mouse, by the keyboard, and how it looks.
#include "gui/sketch_board.hpp"

#include <catch2/catch_approx.hpp>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include <cstdlib>
#include <filesystem>

#include "gui/driver.hpp"
#include "gui/panel.hpp"

using namespace loiter::gui;
using namespace loiter::gui::testing;
using Catch::Approx;

namespace {

struct Sketch {
  explicit Sketch(const DriverOptions& options = {.size = {716, 260}})
      : driver{in_window([this](const Look& look) {
                 Look own = look;
                 own.motion = motion;
                 if (draw_sketch_board(view, board, bars, own, rest_of_window(), scale_up)) ++changes;
               }),
               options} {}
  SketchView view;
  SketchBoard board{.labels = {"slow", "quick #1", "quick #2"}, .range_seconds = 5};
  std::vector<SketchBar> bars;
  bool motion = true;
  float scale_up = 1.0F;
  int changes = 0;
  Driver driver;

  [[nodiscard]] float reach() const { return driver.look().metrics.px(6 * scale_up); }
  // Of a bar that is as wide as its time; without what can be held outside of it.
  [[nodiscard]] Box bar(const char* label) const { return driver.find(label).box.inset(reach(), 0); }
  // Pixels, measured at a bar of that many seconds.
  [[nodiscard]] float second(const char* label, double seconds) const {
    return bar(label).width() / static_cast<float>(seconds);
  }
  void drag_end(const char* label, double seconds, double by) {
    const Box box = bar(label);
    const ImVec2 from{box.x1 - 1, box.centre_y()};
    driver.drag(from, {from.x + second(label, seconds) * static_cast<float>(by), from.y});
  }
};

DriverOptions any_screen() {
  const float scale = GENERATE(1.0F, 2.0F);
  const float width = GENERATE(296.0F, 716.0F);
  return {.size = {width * scale, 260 * scale}, .scale = scale};
}

}  // namespace

TEST_CASE("a sketch begins with every bar at the left end, and says what to do", "[sketch]") {
  Sketch sketch(any_screen());
  CHECK(sketch.bars == std::vector<SketchBar>{{0, 1}, {0, 1}, {0, 1}});
  CHECK(sketch.driver.shows("slow"));
  CHECK(sketch.driver.shows("?"));
  CHECK(sketch.driver.shows("Drag each bar to where you expect it"));
  CHECK(sketch.bar("Sketch/slow").x0 == sketch.bar("Sketch/quick #2").x0);
  CHECK(sketch.changes == 0);
}

TEST_CASE("a bar is moved by its middle and snaps", "[sketch]") {
  Sketch sketch(any_screen());
  const float second = sketch.second("Sketch/quick #1", 1);
  sketch.driver.drag("Sketch/quick #1", {2.05F * second, 0});
  CHECK(sketch.bars[1] == SketchBar{2, 3});
  CHECK(sketch.bars[0] == SketchBar{0, 1});
  CHECK(sketch.changes > 0);
  sketch.driver.drag("Sketch/quick #1", {-9 * second, 0});
  CHECK(sketch.bars[1] == SketchBar{0, 1});
}

TEST_CASE("a bar is made longer and shorter by its ends, down to no time at all", "[sketch]") {
  Sketch sketch(any_screen());
  sketch.drag_end("Sketch/slow", 1, 2.03);
  CHECK(sketch.bars[0] == SketchBar{0, 3});
  const Box box = sketch.bar("Sketch/slow");
  const ImVec2 begin{box.x0 - 1, box.centre_y()};
  sketch.driver.drag(begin, {begin.x + sketch.second("Sketch/slow", 3) * 1.02F, begin.y});
  CHECK(sketch.bars[0] == SketchBar{1, 3});
  sketch.drag_end("Sketch/slow", 2, -5);
  CHECK(sketch.bars[0] == SketchBar{1, 1});
  const Box upright = sketch.bar("Sketch/slow");
  const ImVec2 end{upright.x1 + sketch.reach() * 0.5F, upright.centre_y()};
  sketch.driver.drag(end, {end.x + sketch.second("Sketch/quick #1", 1), end.y});
  CHECK(sketch.bars[0] == SketchBar{1, 2});
}

TEST_CASE("while a bar is dragged its times are shown, and with Alt or Shift it does not snap", "[sketch]") {
  Sketch sketch({.size = {GENERATE(240.0F, 716.0F), 260}});
  const float second = sketch.second("Sketch/slow", 1);
  sketch.driver.hover("Sketch/slow");
  const ImVec2 from = ImGui::GetIO().MousePos;
  ImGui::GetIO().AddMouseButtonEvent(ImGuiMouseButton_Left, true);
  sketch.driver.frames(1);
  sketch.driver.hover(ImVec2{from.x + 1.05F * second, from.y});
  CHECK(sketch.driver.shows("1.00 s - 2.00 s"));
  const ImGuiKey without = GENERATE(ImGuiMod_Alt, ImGuiMod_Shift);
  ImGui::GetIO().AddKeyEvent(without, true);
  sketch.driver.frames(1);
  CHECK(sketch.bars[0].from > 1.01);
  CHECK(sketch.bars[0].from < 1.09);
  CHECK(sketch.bars[0].to - sketch.bars[0].from == Approx(1));
  ImGui::GetIO().AddKeyEvent(without, false);
  ImGui::GetIO().AddMouseButtonEvent(ImGuiMouseButton_Left, false);
  sketch.driver.frames(2);
  CHECK_FALSE(sketch.driver.shows("1.00 s - 2.00 s"));
}

TEST_CASE("a sketch can be made with the keyboard alone", "[sketch]") {
  Sketch sketch;
  sketch.driver.focus("Sketch/slow");
  sketch.driver.chord(ImGuiMod_Shift | ImGuiKey_RightArrow);
  sketch.driver.chord(ImGuiMod_Shift | ImGuiKey_RightArrow);
  CHECK(sketch.bars[0] == SketchBar{0, 1.5});
  CHECK(sketch.driver.shows("0.00 s - 1.50 s"));
  CHECK(sketch.driver.has_ring("Sketch/slow"));
  sketch.driver.key(ImGuiKey_Tab);
  CHECK(sketch.driver.has_ring("Sketch/quick #1"));
  sketch.driver.key(ImGuiKey_RightArrow);
  sketch.driver.chord(ImGuiMod_Shift | ImGuiKey_LeftArrow);
  CHECK(sketch.bars[1] == SketchBar{0.25, 1});
  sketch.driver.key(ImGuiKey_LeftArrow);
  sketch.driver.key(ImGuiKey_LeftArrow);
  CHECK(sketch.bars[1] == SketchBar{0, 0.75});
  sketch.driver.key(ImGuiKey_DownArrow);
  CHECK(sketch.driver.has_ring("Sketch/quick #2"));
  sketch.driver.key(ImGuiKey_Enter);
  CHECK_FALSE(sketch.driver.shows("?"));  // all are placed: the last one stays where it is
}

TEST_CASE("a bar that is touched and left where it is counts as a change, once", "[sketch]") {
  Sketch sketch;
  sketch.driver.click("Sketch/slow");
  CHECK(sketch.bars[0] == SketchBar{0, 1});
  CHECK(sketch.changes == 1);
  sketch.driver.click("Sketch/slow");
  CHECK(sketch.changes == 1);
}

TEST_CASE("a sketch that is opened again is not asked for again", "[sketch]") {
  Sketch sketch;
  sketch.bars = {{0, 4}, {0, 0.5}, {0.5, 1}};
  sketch.view = {};
  sketch.driver.frames(2);
  CHECK_FALSE(sketch.driver.shows("?"));
}

TEST_CASE("the range grows when a bar is dragged to its end", "[sketch]") {
  Sketch sketch;
  sketch.motion = GENERATE(true, false);
  const float second = sketch.second("Sketch/slow", 1);
  CHECK_FALSE(sketch.driver.shows("6 s"));
  sketch.driver.drag("Sketch/slow", {9 * second, 0});
  CHECK(sketch.bars[0] == SketchBar{4, 5});
  CHECK(sketch.view.moving == sketch.motion);
  sketch.driver.wait(0.3);
  CHECK_FALSE(sketch.view.moving);
  CHECK(sketch.driver.shows("6 s"));
  CHECK(sketch.second("Sketch/slow", 1) < second);
  sketch.driver.focus("Sketch/slow");
  for (int i = 0; i < 6; ++i) sketch.driver.key(ImGuiKey_RightArrow);
  CHECK(sketch.bars[0] == SketchBar{5.5, 6.5});
  sketch.driver.wait(0.3);
  CHECK(sketch.driver.shows("7 s"));
}

TEST_CASE("a sketch that is not asked for any more is shown and cannot be changed", "[sketch]") {
  Sketch sketch;
  sketch.bars = {{0, 4}, {0, 0.5}, {0.5, 1}};
  sketch.board.enabled = false;
  sketch.driver.frames(2);
  sketch.driver.drag("Sketch/slow", {100, 0});
  CHECK(sketch.bars == std::vector<SketchBar>{{0, 4}, {0, 0.5}, {0.5, 1}});
  CHECK_FALSE(sketch.driver.find("Sketch/slow").enabled);
  CHECK_FALSE(sketch.driver.shows("Drag each bar"));
  CHECK_FALSE(sketch.driver.shows("?"));
}

TEST_CASE("a board that is too low for its bars scrolls, and the keyboard brings each into sight", "[sketch]") {
  Sketch sketch({.size = {300, 160}});
  sketch.board.labels.clear();
  for (int i = 0; i < 10; ++i) sketch.board.labels.push_back("task(" + std::to_string(i) + ")");
  sketch.driver.frames(3);
  CHECK(sketch.driver.find("Sketch/task(9)").visible.empty());
  sketch.driver.focus("Sketch/task(0)");
  for (int i = 0; i < 9; ++i) sketch.driver.key(ImGuiKey_Tab);
  sketch.driver.frames(3);
  CHECK_FALSE(sketch.driver.find("Sketch/task(9)").visible.empty());
}

TEST_CASE("the board says how high it wants to be", "[sketch]") {
  Sketch sketch({.size = {296, 600}});
  const Look& look = sketch.driver.look();
  const float one = sketch_board_height(sketch.board, look, 280);
  CHECK(one > 3 * look.metrics.lane_height);
  CHECK(sketch_board_height(sketch.board, look, 900) < one);  // the hint needs fewer lines
  sketch.board.labels.emplace_back("more");
  CHECK(sketch_board_height(sketch.board, look, 280) == one + look.metrics.lane_height);
}

TEST_CASE("pictures of the sketch board", "[.pictures]") {
  const char* folder = std::getenv("LOITER_PICTURES");  // NOLINT(concurrency-mt-unsafe): one thread
  if (folder == nullptr) SKIP("LOITER_PICTURES names no folder");
  struct Shot {
    const char* name;
    ImVec2 units;
    float scale;
    float scale_up;
    ThemeChoice theme;
  };
  for (const Shot& shot : {Shot{"sketch-panel", {296, 260}, 1, 1, ThemeChoice::Light},
                           Shot{"sketch-dark", {296, 260}, 1, 1, ThemeChoice::Dark},
                           Shot{"sketch-2x", {296, 260}, 2, 1, ThemeChoice::Light},
                           Shot{"sketch-wide", {716, 260}, 1, 1, ThemeChoice::Light},
                           Shot{"sketch-wall", {916, 400}, 1, 1.63F, ThemeChoice::Light},
                           Shot{"sketch-wall-dark-2x", {916, 400}, 2, 1.63F, ThemeChoice::Dark}}) {
    const auto path = [&](const char* what) { return std::filesystem::path(folder) / (std::string(shot.name) + what); };
    Sketch sketch(
        {.size = {shot.units.x * shot.scale, shot.units.y * shot.scale}, .scale = shot.scale, .theme = shot.theme});
    sketch.scale_up = shot.scale_up;
    sketch.driver.frames(2);
    sketch.driver.picture(path("-begin.png"));
    const float second = sketch.second("Sketch/slow", 1);
    sketch.drag_end("Sketch/slow", 1, 3);
    sketch.drag_end("Sketch/quick #2", 1, -1);
    sketch.driver.hover("Sketch/quick #1");
    const ImVec2 from = ImGui::GetIO().MousePos;
    ImGui::GetIO().AddMouseButtonEvent(ImGuiMouseButton_Left, true);
    sketch.driver.frames(1);
    sketch.driver.hover(ImVec2{from.x + 2 * second, from.y});
    sketch.driver.picture(path("-drag.png"));
    ImGui::GetIO().AddMouseButtonEvent(ImGuiMouseButton_Left, false);
    sketch.driver.frames(2);
    sketch.driver.focus("Sketch/quick #2");
    sketch.driver.picture(path("-keys.png"));
    sketch.board.enabled = false;
    sketch.driver.frames(2);
    sketch.driver.picture(path("-told.png"));
  }
}
