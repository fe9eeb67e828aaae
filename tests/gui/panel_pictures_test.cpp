// Pictures of the panels, to look at beside the design.
//
//   LOITER_PICTURES=/tmp/pictures gui_tests "[.pictures]"

#include <catch2/catch_test_macros.hpp>

#include <cstdlib>
#include <filesystem>
#include <string>

#include "gui/panel_scene.hpp"

using namespace loiter;
using namespace loiter::gui;
using namespace loiter::gui::testing;

namespace {

std::filesystem::path picture_folder() {
  const char* folder = std::getenv("LOITER_PICTURES");
  const std::filesystem::path path = folder == nullptr ? "." : folder;
  std::filesystem::create_directories(path);
  return path;
}

struct Shot {
  std::string name;
  ImVec2 units;
  float scale = 1.0F;
  ThemeChoice theme = ThemeChoice::Light;
};

void shoot(const Driver::Draw& draw, const Shot& shot) {
  Driver lab{
      draw, {.size = {shot.units.x * shot.scale, shot.units.y * shot.scale}, .scale = shot.scale, .theme = shot.theme}};
  lab.wait(0.3);
  const std::string suffix =
      std::string(shot.theme == ThemeChoice::Light ? "-light" : "-dark") + (shot.scale > 1 ? "-2x" : "");
  lab.picture(picture_folder() / (shot.name + suffix + ".png"));
  CHECK(ImGui::GetDrawData()->TotalVtxCount > 0);
}

}  // namespace

TEST_CASE("pictures of all panels together", "[.pictures]") {
  for (const ThemeChoice theme : {ThemeChoice::Light, ThemeChoice::Dark}) {
    for (const float scale : {1.0F, 2.0F}) {
      Scene scene(samples::loiter_run(), 3.4);
      scene.selection.future = FutureId{5};
      shoot(scene.draw_all(), {"all", {1280, 800}, scale, theme});
    }
  }
}

TEST_CASE("pictures of each panel, narrow, wide, empty and full", "[.pictures]") {
  for (const ThemeChoice theme : {ThemeChoice::Light, ThemeChoice::Dark}) {
    Scene scene(samples::loiter_run(), 3.4);
    scene.selection.future = FutureId{5};
    shoot(scene.draw(&Scene::timeline), {"timeline-narrow", {400, 206}, 2.0F, theme});
    shoot(scene.draw(&Scene::timeline), {"timeline-wide", {1500, 240}, 1.0F, theme});
    shoot(scene.draw(&Scene::timeline), {"timeline-low", {711, 130}, 1.0F, theme});
    shoot(scene.draw(&Scene::futures), {"futures-wide", {700, 200}, 1.0F, theme});
    shoot(scene.draw(&Scene::transcript), {"transcript-wide", {1000, 138}, 1.0F, theme});
    shoot(scene.draw(&Scene::code), {"code-low", {298, 330}, 1.0F, theme});
    scene.code_view.shown = 2;
    shoot(scene.draw(&Scene::code), {"code-both", {800, 520}, 1.0F, theme});
    shoot(scene.draw(&Scene::legend), {"legend-row", {300, 24}, 2.0F, theme});
    shoot(scene.draw(&Scene::legend), {"legend-untitled", {298, 92}, 1.0F, theme});

    Scene states(samples::states_run(), 2);
    states.futures_view.column = views::FuturesColumn::Id;
    shoot(states.draw(&Scene::futures), {"states-futures", {262, 240}, 1.0F, theme});
    shoot(states.draw(&Scene::timeline), {"states-timeline", {711, 206}, 1.0F, theme});
    Scene deadlock(samples::deadlock_run(), 0);
    deadlock.code_view.python = views::parse_listing(samples::deadlock_listing(), views::Language::Python);
    deadlock.code_view.cpp = {};
    shoot(deadlock.draw(&Scene::timeline), {"deadlock-timeline", {711, 180}, 1.0F, theme});
    shoot(deadlock.draw(&Scene::code), {"deadlock-code", {306, 500}, 1.0F, theme});
    Scene empty(trace::Run(samples::loiter_header()));
    empty.phase = views::Phase::Ready;
    shoot(empty.draw_all(), {"empty", {1280, 800}, 1.0F, theme});
    Scene many(samples::long_run(100'000), 100);
    many.playhead = many.run.last();
    shoot(many.draw_all(), {"many", {1280, 800}, 1.0F, theme});
    Scene downloads(samples::downloads_run(), 1.2);
    shoot(downloads.draw(&Scene::timeline), {"downloads-timeline", {711, 180}, 1.0F, theme});
    Scene early(samples::loiter_run(), 0.5);
    shoot(early.draw(&Scene::code), {"early-code", {306, 540}, 1.0F, theme});
  }
}

TEST_CASE("pictures of what the pointer tells", "[.pictures]") {
  for (const ThemeChoice theme : {ThemeChoice::Light, ThemeChoice::Dark}) {
    const std::string suffix = theme == ThemeChoice::Light ? "-light.png" : "-dark.png";
    Scene scene(samples::loiter_run(), 3.4);
    Driver lab{scene.draw(&Scene::timeline), {.size = {711, 320}, .theme = theme}};
    lab.wait(0.3);
    lab.hover("Timeline/loiter(3)");
    lab.wait(1.0);
    lab.picture(picture_folder() / ("tip-task" + suffix));
    lab.hover(ImVec2{525, 79});
    lab.wait(1.0);
    lab.picture(picture_folder() / ("tip-wait" + suffix));
    lab.wheel({300, 150}, 4);
    lab.wait(0.3);
    lab.picture(picture_folder() / ("zoomed" + suffix));
    lab.focus("Timeline/loiter(2)");
    lab.wait(0.2);
    lab.picture(picture_folder() / ("focus" + suffix));
  }
}
