#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <string>
#include <vector>

#include "gui/panel_scene.hpp"

using namespace loiter;
using namespace loiter::gui;
using namespace loiter::gui::testing;

namespace {

constexpr ImVec2 normal{262, 240};

// The labels of the lines, from top to bottom.
std::vector<std::string> lines_of(const Driver& lab) {
  std::vector<std::pair<float, std::string>> found;
  for (const Widget& widget : lab.widgets()) {
    const std::size_t at = widget.path.find("Futures/");
    if (at == std::string::npos || widget.path.find('(') == std::string::npos || widget.visible.empty()) continue;
    found.emplace_back(widget.box.y0, widget.path.substr(at + 8));
  }
  std::ranges::sort(found);
  std::vector<std::string> labels;
  for (auto& [y, label] : found) labels.push_back(std::move(label));
  return labels;
}

}  // namespace

TEST_CASE("an empty table of futures says what to press", "[futures_panel]") {
  Scene scene{trace::Run(samples::loiter_header())};
  Driver lab{scene.draw(&Scene::futures), {.size = normal}};
  CHECK(lab.shows("Press Run (Space) to start loiter."));
}

TEST_CASE("the table shows states, workers and results, at both scales and in both themes", "[futures_panel]") {
  const float scale = GENERATE(1.0F, 2.0F);
  const ThemeChoice theme = GENERATE(ThemeChoice::Light, ThemeChoice::Dark);
  Scene scene(samples::loiter_run(), 3.4);
  Driver lab{scene.draw(&Scene::futures),
             {.size = {normal.x * scale, normal.y * scale}, .scale = scale, .theme = theme}};
  CHECK(lab.shows("Futures 4 of 5 finished"));
  CHECK(lab.shows("# Label State On Result"));
  CHECK(lab.shows("4 loiter(3) returned 0 30"));
  CHECK(lab.shows("5 loiter(4) running 1"));
}

TEST_CASE("every state has its word, and an exception that nobody has read is counted", "[futures_panel]") {
  Scene scene(samples::states_run(), 2);
  Driver lab{scene.draw(&Scene::futures), {.size = {500, 260}}};
  CHECK(lab.shows("4 of 7 finished, 1 unread"));
  for (const char* words : {"returned", "raised", "running", "cancelled", "in call queue", "pending", "ValueError"}) {
    INFO(words);
    CHECK(lab.shows(words));
  }
}

TEST_CASE("the table shows the instant of the playhead", "[futures_panel]") {
  Scene scene(samples::loiter_run(true), 0.5);
  Driver lab{scene.draw(&Scene::futures), {.size = normal}};
  CHECK(lab.shows("1 of 5 finished"));
  CHECK(lab.shows("5 loiter(4) pending"));
  scene.playhead = samples::at_seconds(5);
  lab.frames(1);
  CHECK(lab.shows("5 finished"));
  CHECK(lab.shows("5 loiter(4) returned 1 40"));
}

TEST_CASE("a click selects a line and shows it in the whole lab", "[futures_panel]") {
  Scene scene(samples::loiter_run(), 3.4);
  Driver lab{scene.draw_all(), {.size = {1280, 800}}};
  lab.wait(0.3);
  lab.click("Futures/loiter(3)");
  CHECK(scene.selection.future == FutureId{4});
  CHECK(scene.timeline_view.lanes.layout.selected.size() == 1);
}

TEST_CASE("lines are sorted by a click on a heading, and the other way round by a second", "[futures_panel]") {
  Scene scene(samples::loiter_run(true), 5);
  Driver lab{scene.draw(&Scene::futures), {.size = {500, 240}}};
  CHECK(lines_of(lab).front() == "loiter(0)");
  lab.click("Futures/took");
  lab.click("Futures/took");
  CHECK(lines_of(lab).front() == "loiter(4)");
  lab.click("Futures/number");
  CHECK(lines_of(lab).front() == "loiter(0)");
  lab.click("Futures/number");
  CHECK(lines_of(lab).front() == "loiter(4)");
  lab.focus("Futures/label");
  lab.key(ImGuiKey_Space);
  CHECK(scene.futures_view.column == views::FuturesColumn::Label);
}

TEST_CASE("lines are reached and chosen by the keyboard", "[futures_panel]") {
  Scene scene(samples::loiter_run(), 3.4);
  Driver lab{scene.draw(&Scene::futures), {.size = normal}};
  lab.focus("Futures/loiter(1)");
  lab.key(ImGuiKey_DownArrow);
  CHECK(lab.has_ring("Futures/loiter(2)"));
  lab.key(ImGuiKey_Enter);
  CHECK(scene.selection.future == FutureId{3});
}

TEST_CASE("what is selected elsewhere comes into sight", "[futures_panel]") {
  Scene scene(samples::long_run(1000), 10);
  Driver lab{scene.draw(&Scene::futures), {.size = normal}};
  CHECK_FALSE(lab.has("Futures/task(700)"));
  scene.selection.choose(FutureId{700});
  lab.frames(2);
  CHECK(lab.has("Futures/task(700)"));
}

TEST_CASE("the pointer on a line tells all, with Python's repr", "[futures_panel]") {
  Scene scene(samples::states_run(), 2);
  Driver lab{scene.draw(&Scene::futures), {.size = {500, 500}}};
  lab.hover("Futures/task(2)");
  lab.wait(1.0);
  CHECK(lab.shows("raised ValueError: boom"));
  CHECK(lab.shows("<Future at 0x... state=finished raised ValueError>"));
  CHECK(lab.shows("the exception is unread"));
}

TEST_CASE("texts of the table end with an ellipsis where they are cut", "[futures_panel]") {
  const float scale = GENERATE(1.0F, 2.0F);
  Scene scene(samples::states_run(), 2);
  Driver lab{scene.draw(&Scene::futures), {.size = {250 * scale, 260 * scale}, .scale = scale}};
  for (const DrawnText& text : lab.texts()) {
    INFO(text.text);
    CHECK(text.ink.x1 <= 250 * scale);
  }
  CHECK(lab.shows("\xE2\x80\xA6"));
}

TEST_CASE("frames of a hundred thousand futures are cheap in order of id", "[.benchmark]") {
  Scene scene(samples::long_run(100'000), 0);
  scene.playhead = scene.run.last();
  Driver lab{scene.draw(&Scene::futures), {.size = {500, 600}}};
  const auto measure = [&](const char* what) {
    std::vector<double> times;
    for (int i = 0; i < 21; ++i) {
      scene.playhead -= std::chrono::microseconds(1);  // so that something has changed
      const auto begun = std::chrono::steady_clock::now();
      lab.frames(1);
      times.push_back(std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begun).count());
    }
    std::ranges::sort(times);
    std::printf("%s: median %.3f ms, worst %.3f ms\n", what, times[10], times[20]);
    return times[10];
  };
  CHECK(measure("by id") < 4.0);
  scene.futures_view.column = views::FuturesColumn::Duration;
  CHECK(measure("by duration") < 4.0);
  scene.futures_view.column = views::FuturesColumn::Label;
  CHECK(measure("by label") < 4.0);
}
