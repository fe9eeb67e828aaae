#include <catch2/catch_approx.hpp>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <vector>

#include "gui/panel_scene.hpp"

using namespace loiter;
using namespace loiter::gui;
using namespace loiter::gui::testing;
using Catch::Approx;

namespace {

constexpr ImVec2 normal{711, 260};

double seconds_at(const Scene& scene, float x) {
  const views::TimeScale scale(scene.timeline_view.lanes.query.visible, scene.timeline_view.lanes.query.width);
  return to_seconds(scale.at(static_cast<double>(x)));
}
double shown_seconds(const Scene& scene) { return to_seconds(scene.timeline_view.lanes.query.visible.length()); }

}  // namespace

TEST_CASE("an empty timeline says what to press", "[timeline_panel]") {
  Scene scene{trace::Run(samples::loiter_header())};
  Driver lab{scene.draw(&Scene::timeline), {.size = normal}};
  CHECK(lab.shows("Press Run (Space) to start loiter."));
}

TEST_CASE("a timeline shows lanes, names, values and reasons, at both scales and in both themes", "[timeline_panel]") {
  const float scale = GENERATE(1.0F, 2.0F);
  const ThemeChoice theme = GENERATE(ThemeChoice::Light, ThemeChoice::Dark);
  Scene scene(samples::loiter_run(), 3.4);
  Driver lab{scene.draw(&Scene::timeline),
             {.size = {normal.x * scale, normal.y * scale}, .scale = scale, .theme = theme}};
  for (const char* words : {"Timeline", "1 unit = 1 s", "Fit", "main", "ThreadPoolExecutor-0_1", "loiter(3)", "30",
                            "idle", "sleeps until 5.00 s", "result of loiter(4)", "3.40", "5 s"}) {
    INFO(words);
    CHECK(lab.shows(words));
  }
}

TEST_CASE("in a narrow timeline the names of lanes are tags, told in full when the pointer rests there",
          "[timeline_panel]") {
  Scene scene(samples::loiter_run(), 3.4);
  Driver lab{scene.draw(&Scene::timeline), {.size = {400, 260}}};
  CHECK_FALSE(lab.shows("ThreadPoolExecutor-0_1"));
  lab.hover("Timeline/ThreadPoolExecutor-0_1");
  lab.wait(1.0);
  CHECK(lab.shows("ThreadPoolExecutor-0_1"));
}

TEST_CASE("no text of a timeline is cut in half at its edges", "[timeline_panel]") {
  const float width = GENERATE(300.0F, 480.0F, 711.0F, 1500.0F);
  Scene scene(samples::loiter_run(), 3.4);
  Driver lab{scene.draw(&Scene::timeline), {.size = {width, 260}}};
  for (const DrawnText& text : lab.texts()) {
    INFO(text.text);
    CHECK(text.ink.x0 >= 0);
    CHECK(text.ink.x1 <= width);
  }
}

TEST_CASE("clicking a bar selects its future, clicking it again lets it go", "[timeline_panel]") {
  Scene scene(samples::loiter_run(), 3.4);
  Driver lab{scene.draw(&Scene::timeline), {.size = normal}};
  lab.click("Timeline/loiter(3)");
  CHECK(scene.selection.future == FutureId{4});
  lab.click("Timeline/loiter(4)");
  CHECK(scene.selection.future == FutureId{5});
  lab.click("Timeline/loiter(4)");
  CHECK(scene.selection.future == no_future);
}

TEST_CASE("the pointer on a bar tells all about its future", "[timeline_panel]") {
  Scene scene(samples::loiter_run(), 3.4);
  Driver lab{scene.draw(&Scene::timeline), {.size = normal}};
  lab.hover("Timeline/loiter(3)");
  lab.wait(1.0);
  CHECK(lab.shows("ran from 0.00 s to 3.00 s (3.00 s) on ThreadPoolExecutor-0_0"));
  CHECK(lab.shows("<Future at 0x... state=finished returned int>"));
}

TEST_CASE("the wheel zooms at the pointer and Fit shows the whole run again", "[timeline_panel]") {
  Scene scene(samples::loiter_run(), 3.4);
  Driver lab{scene.draw(&Scene::timeline), {.size = normal}};
  lab.wait(0.3);
  const float left = lab.find("Timeline/lanes").box.x0;
  const double whole = shown_seconds(scene);
  const double under_pointer = seconds_at(scene, 450 - left);
  lab.wheel({450, 150}, 3);
  lab.wait(0.3);
  CHECK(shown_seconds(scene) == Approx(whole * 0.512));
  CHECK(seconds_at(scene, 450 - left) == Approx(under_pointer).margin(0.001));
  lab.click("Fit");
  lab.wait(0.3);
  CHECK(shown_seconds(scene) == Approx(whole));
}

TEST_CASE("a zoom glides, and without motion it is there at once", "[timeline_panel]") {
  Scene scene(samples::loiter_run(), 3.4);
  bool motion = GENERATE(true, false);
  const Driver::Draw draw = scene.draw(&Scene::timeline);
  Driver lab{[&](const Look& look) {
               Look mine = look;
               mine.motion = motion;
               draw(mine);
             },
             {.size = normal}};
  lab.wait(0.3);
  const double whole = shown_seconds(scene);
  lab.wheel({450, 150}, 3);
  const double soon = shown_seconds(scene);
  CHECK(scene.moving == motion);
  lab.wait(0.3);
  CHECK_FALSE(scene.moving);
  CHECK(shown_seconds(scene) == Approx(whole * 0.512));
  CHECK((soon > whole * 0.55) == motion);
}

TEST_CASE("dragging the lanes moves the picture", "[timeline_panel]") {
  Scene scene(samples::loiter_run(), 3.4);
  Driver lab{scene.draw(&Scene::timeline), {.size = normal}};
  lab.wait(0.3);
  const double left = seconds_at(scene, 0);
  lab.drag(ImVec2{400, 230}, ImVec2{498, 230});
  CHECK(seconds_at(scene, 0) == Approx(left - 1.0).margin(0.05));
  CHECK(scene.selection.future == no_future);
}

TEST_CASE("the playhead is moved on the ruler, by its line, and stays within the run", "[timeline_panel]") {
  Scene scene(samples::loiter_run(true), 5);
  Driver lab{scene.draw(&Scene::timeline), {.size = normal}};
  lab.wait(0.3);
  const float left = lab.find("Timeline/playhead").box.x0;
  const views::TimeScale scale(scene.timeline_view.lanes.query.visible, scene.timeline_view.lanes.query.width);
  const auto x_of = [&](double seconds) { return left + scale.x(samples::at_seconds(seconds)); };
  lab.click(ImVec2{x_of(2), 38});
  CHECK(to_seconds(scene.playhead) == Approx(2).margin(0.02));
  CHECK_FALSE(scene.following);
  lab.drag(ImVec2{x_of(2), 230}, ImVec2{x_of(1.5), 230});
  CHECK(to_seconds(scene.playhead) == Approx(1.5).margin(0.02));
  CHECK(lab.shows("1.50"));
  lab.drag(ImVec2{x_of(1.5), 38}, ImVec2{x_of(-3), 38});
  CHECK(scene.playhead == Instant{});
}

TEST_CASE("with the keyboard on the ruler the arrows, Home and End move the playhead", "[timeline_panel]") {
  Scene scene(samples::loiter_run(true), 3);
  Driver lab{scene.draw(&Scene::timeline), {.size = normal}};
  lab.focus("Timeline/playhead");
  lab.key(ImGuiKey_LeftArrow);
  CHECK(to_seconds(scene.playhead) == Approx(2.8));
  lab.key(ImGuiKey_RightArrow);
  CHECK(to_seconds(scene.playhead) == Approx(3.0));
  CHECK(lab.has_ring("Timeline/playhead"));
  lab.key(ImGuiKey_Home);
  CHECK(scene.playhead == Instant{});
  lab.key(ImGuiKey_End);
  CHECK(scene.asked_for_now);
}

TEST_CASE("bars and lanes are reached by the keyboard, and Enter selects", "[timeline_panel]") {
  Scene scene(samples::loiter_run(), 3.4);
  Driver lab{scene.draw(&Scene::timeline), {.size = normal}};
  lab.focus("Timeline/loiter(2)");
  lab.key(ImGuiKey_Enter);
  CHECK(scene.selection.future == FutureId{3});
  lab.focus("Timeline/ThreadPoolExecutor-0_1");
  lab.key(ImGuiKey_Enter);
  CHECK(scene.selection.future == FutureId{5});
}

TEST_CASE("a live run that is followed moves on when its playhead comes near the edge", "[timeline_panel]") {
  Scene scene(samples::loiter_run(), 3);
  Driver lab{scene.draw(&Scene::timeline), {.size = normal}};
  lab.wait(0.3);
  lab.wheel({600, 150}, 5);
  lab.wait(0.3);
  for (double t = 3; t < 5.9; t += 0.1) {
    scene.playhead = samples::at_seconds(t);
    lab.frames(2);
  }
  lab.wait(0.3);
  CHECK(scene.timeline_view.lanes.layout.playhead_x < scene.timeline_view.lanes.query.width);
}

TEST_CASE("lanes that do not fit are scrolled, and main stays", "[timeline_panel]") {
  Scene scene(samples::long_run(400, 24), 1);
  Driver lab{scene.draw(&Scene::timeline), {.size = normal}};
  CHECK_FALSE(lab.shows("ThreadPoolExecutor-0_15"));
  ImGui::GetIO().AddKeyEvent(ImGuiMod_Shift, true);
  for (int i = 0; i < 14; ++i) lab.wheel({450, 200}, -1);
  ImGui::GetIO().AddKeyEvent(ImGuiMod_Shift, false);
  lab.frames(2);
  CHECK(lab.shows("ThreadPoolExecutor-0_15"));
  CHECK(lab.shows("main"));
}

TEST_CASE("another run is shown from its beginning", "[timeline_panel]") {
  Scene scene(samples::loiter_run(), 3.4);
  Driver lab{scene.draw(&Scene::timeline), {.size = normal}};
  lab.wheel({450, 150}, 3);
  scene.run = samples::deadlock_run();
  scene.playhead = Instant{};
  scene.run_number = 2;
  lab.wait(0.3);
  CHECK(lab.shows("inside it: waits for the result of zip"));
  CHECK_FALSE(lab.shows("ThreadPoolExecutor-0_2"));
}

TEST_CASE("a double click on the title asks for the full screen", "[timeline_panel]") {
  Scene scene(samples::loiter_run(), 3.4);
  bool pressed = false;
  const Driver::Draw draw = scene.draw(&Scene::timeline);
  Driver lab{[&](const Look& look) {
               draw(look);
               pressed = pressed || scene.title_pressed;
             },
             {.size = normal}};
  lab.double_click(ImVec2{40, 15});
  CHECK(pressed);
}

TEST_CASE("frames of a hundred thousand and of a million tasks are cheap", "[.benchmark]") {
  const std::uint32_t tasks = GENERATE(100'000U, 1'000'000U);
  Scene scene(samples::long_run(tasks, 16), 0);
  scene.playhead = scene.run.last();
  Driver lab{scene.draw(&Scene::timeline), {.size = {1920, 800}}};
  using clock = std::chrono::steady_clock;
  for (const double zoom : {1.0, 0.1, 0.01, 0.001, 0.0001}) {
    scene.timeline_view.axis.fitted = false;
    const double length = to_seconds(scene.run.last()) * zoom;
    const double from = (to_seconds(scene.run.last()) - length) * 0.5;
    scene.timeline_view.axis.from.jump(from * 1e9);
    scene.timeline_view.axis.to.jump((from + length) * 1e9);
    std::vector<double> times;
    for (int i = 0; i < 41; ++i) {
      const auto begun = clock::now();
      lab.frames(1);
      times.push_back(std::chrono::duration<double, std::milli>(clock::now() - begun).count());
    }
    std::ranges::sort(times);
    std::printf("%8u tasks, zoom %8g: median %.3f ms, worst %.3f ms\n", tasks, 1 / zoom, times[20], times[39]);
    CHECK(times[20] < 4.0);
  }
}
