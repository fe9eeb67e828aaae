#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "gui/panel_scene.hpp"

using namespace loiter;
using namespace loiter::gui;
using namespace loiter::gui::testing;

TEST_CASE("the legend names all states", "[legend_panel]") {
  const float scale = GENERATE(1.0F, 2.0F);
  Scene scene(samples::loiter_run(), 3.4);
  Driver lab{scene.draw(&Scene::legend), {.size = {262 * scale, 138 * scale}, .scale = scale}};
  CHECK(lab.shows("States"));
  for (const char* words :
       {"pending", "running", "returned", "raised", "cancelled", "waiting", "in call queue", "stuck"}) {
    INFO(words);
    CHECK(lab.shows(words));
  }
}

TEST_CASE("a low legend has no title, a very low one is a row with the names on hover", "[legend_panel]") {
  Scene scene(samples::loiter_run(), 3.4);
  Driver lab{scene.draw(&Scene::legend), {.size = {298, 90}}};
  CHECK_FALSE(lab.shows("States"));
  CHECK(lab.shows("stuck"));

  Driver low{[&](const Look& look) {
               ImGui::SetNextWindowPos({0, 200});
               ImGui::SetNextWindowSize({300, 24});
               ImGui::Begin("low", nullptr, ImGuiWindowFlags_NoDecoration);
               Frame frame{.look = look, .selection = scene.selection, .tags = scene.tags};
               draw_legend(frame);
               ImGui::End();
             },
             {.size = {400, 224}}};
  CHECK_FALSE(low.shows("stuck"));
  low.hover("States/stuck");
  low.wait(1.0);
  CHECK(low.shows("stuck: Proven never to go on"));
}

TEST_CASE("the status line gives up keys before it cuts its sentence", "[status_line]") {
  Scene scene(samples::loiter_run(), 3.4);
  Driver lab{scene.draw(&Scene::status), {.size = {1280, 28}}};
  CHECK(lab.shows("Paused at 3.40 s. Press Space to go on, S for one step."));
  CHECK(lab.shows("F1 all keys"));
  lab.set_size({520, 28});
  CHECK(lab.shows("Paused at 3.40 s. Press Space to go on, S for one step."));
  CHECK(lab.shows("Space run"));
  CHECK_FALSE(lab.shows("all keys"));
  lab.set_size({200, 28});
  CHECK(lab.shows("Paused at 3.40 s."));
  CHECK_FALSE(lab.shows("Press"));
  CHECK_FALSE(lab.shows("\xE2\x80\xA6"));
  lab.set_size({110, 28});
  CHECK(lab.shows("Paused at \xE2\x80\xA6"));
  lab.hover("Status/sentence");
  lab.wait(1.0);
  CHECK(ImGui::GetDrawData()->TotalVtxCount > 0);
}
