#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include <algorithm>
#include <string>

#include "gui/panel_scene.hpp"

using namespace loiter;
using namespace loiter::gui;
using namespace loiter::gui::testing;

namespace {
constexpr ImVec2 normal{306, 542};
}

TEST_CASE("the code is shown without markers, with a tag on each lane's line", "[code_panel]") {
  const float scale = GENERATE(1.0F, 2.0F);
  const ThemeChoice theme = GENERATE(ThemeChoice::Light, ThemeChoice::Dark);
  Scene scene(samples::loiter_run(), 3.4);
  Driver lab{scene.draw(&Scene::code), {.size = {normal.x * scale, normal.y * scale}, .scale = scale, .theme = theme}};
  CHECK_FALSE(lab.shows("#@"));
  CHECK(lab.shows("1 sleep(n)"));
  CHECK(lab.shows("M for i, r in enumerate(out):"));
}

TEST_CASE("below the code stands where each lane is now", "[code_panel]") {
  Scene scene(samples::loiter_run(), 3.4);
  Driver lab{scene.draw(&Scene::code), {.size = normal}};
  for (const char* words : {"Where each lane is now", "asks for the next result", "blocked: result of loiter(4)",
                            "idle, no task in the queue", "sleeps inside loiter(4)", "wakes at 5.00 s"}) {
    INFO(words);
    CHECK(lab.shows(words));
  }
}

TEST_CASE("lanes that meet on a line all have their tag there", "[code_panel]") {
  Scene scene(samples::loiter_run(), 0.5);
  Driver lab{scene.draw(&Scene::code), {.size = normal}};
  CHECK(lab.shows("0 sleep(n) 1 2"));
}

TEST_CASE("in a low panel idle lanes share a line", "[code_panel]") {
  Scene scene(samples::loiter_run(), 3.4);
  Driver lab{scene.draw(&Scene::code), {.size = {298, 330}}};
  CHECK(lab.shows("0 2 idle"));
  CHECK(lab.shows("sleeps, wakes at 5.00 s"));
  CHECK_FALSE(lab.shows("Where each lane is now"));
}

TEST_CASE("the line of the calling program, or of what is selected, comes into sight", "[code_panel]") {
  Scene scene(samples::loiter_run(), 3.4);
  Driver lab{scene.draw(&Scene::code), {.size = {298, 250}}};
  CHECK(lab.shows("M for i, r in enumerate(out):"));
  CHECK_FALSE(lab.shows("sleep(n)"));
  scene.selection.choose(FutureId{5});
  lab.frames(3);
  CHECK(lab.shows("1 sleep(n)"));
  CHECK_FALSE(lab.shows("enumerate"));
}

TEST_CASE("the tag of a lane whose line is out of sight stands clear of the code", "[code_panel]") {
  const float scale = GENERATE(1.0F, 2.0F);
  Scene scene(samples::loiter_run(), 3.4);
  Driver lab{scene.draw(&Scene::code), {.size = {170 * scale, 250 * scale}, .scale = scale}};
  CHECK_FALSE(lab.shows("sleep(n)"));
  const auto texts = lab.texts();
  const auto tag = std::ranges::find_if(texts, [](const DrawnText& text) { return text.text == "1"; });
  REQUIRE(tag != texts.end());
  CHECK(tag->begin_x > 100 * scale);
  for (const DrawnText& text : texts) {
    if (&text == &*tag || text.ink.y1 < tag->ink.y0 || text.ink.y0 > tag->ink.y1) continue;
    INFO(text.text);
    CHECK(text.ink.x1 < tag->ink.x0 - 5 * scale);
  }
}

TEST_CASE("the code stays where the reader scrolled it, until the panel has another height", "[code_panel]") {
  Scene scene(samples::loiter_run(), 3.4);
  Driver lab{scene.draw(&Scene::code), {.size = {298, 250}}};
  REQUIRE(lab.shows("M for i, r in enumerate(out):"));
  lab.wheel({150, 80}, 20);
  lab.frames(5);
  CHECK_FALSE(lab.shows("enumerate"));
  lab.set_size({298, 200});
  lab.frames(3);
  CHECK(lab.shows("M for i, r in enumerate(out):"));
}

TEST_CASE("Python and C++ are chosen by their tabs, and stand side by side when there is room", "[code_panel]") {
  Scene scene(samples::loiter_run(), 3.4);
  Driver lab{scene.draw(&Scene::code), {.size = normal}};
  lab.click("Code/C++");
  CHECK(lab.shows("1 sleep_for(seconds(n));"));
  CHECK_FALSE(lab.has("Code/Both"));
  lab.set_size({900, 542});
  lab.click("Code/Both");
  CHECK(lab.shows("sleep(n)"));
  CHECK(lab.shows("sleep_for(seconds(n));"));
}

TEST_CASE("pressing where a lane is selects its future", "[code_panel]") {
  Scene scene(samples::loiter_run(), 3.4);
  Driver lab{scene.draw(&Scene::code), {.size = normal}};
  lab.click("place ThreadPoolExecutor-0_1");
  CHECK(scene.selection.future == FutureId{5});
  lab.focus("place ThreadPoolExecutor-0_1");
  lab.key(ImGuiKey_Enter);
  CHECK(scene.selection.future == no_future);
}

TEST_CASE("long lines end with an ellipsis", "[code_panel]") {
  Scene scene(samples::loiter_run(), 3.4);
  Driver lab{scene.draw(&Scene::code), {.size = {230, 542}}};
  CHECK(lab.shows("\xE2\x80\xA6"));
  for (const DrawnText& text : lab.texts()) {
    INFO(text.text);
    CHECK(text.ink.x1 <= 230);
  }
}

TEST_CASE("an experiment without a listing says so", "[code_panel]") {
  Scene scene(samples::loiter_run(), 3.4);
  scene.code_view.python = {};
  scene.code_view.cpp = {};
  Driver lab{scene.draw(&Scene::code), {.size = normal}};
  CHECK(lab.shows("This experiment has no listing."));
}
