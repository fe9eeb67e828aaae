// The panels Order and Stage, headless: by label, in every mode, empty and full, at every size.
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include <chrono>

#include "gui/bench.hpp"
#include "gui/panel_scene.hpp"

using namespace loiter;
using namespace loiter::gui;
using namespace loiter::gui::testing;

TEST_CASE("a future chosen in the order, on the stage or among the waits is chosen everywhere", "[order][stage]") {
  Bench bench;
  bench.run_to_end();
  bench.lab.move_playhead(Instant{from_seconds(3.4)});
  bench.driver.frames(3);
  bench.driver.click("Order/loiter(3)");
  CHECK(bench.view.selection.future == FutureId{4});
  bench.driver.click("Stage/loiter(1)");
  CHECK(bench.view.selection.future == FutureId{2});
  bench.driver.click("Stage/main");
  CHECK(bench.view.selection.future == FutureId{5});
  bench.driver.focus("Order/loiter(0)");
  bench.driver.key(ImGuiKey_Enter);
  CHECK(bench.view.selection.future == FutureId{1});
}

TEST_CASE("panels say what to press before anything has run", "[order][stage]") {
  Scene scene(trace::Run(samples::loiter_header()));
  const auto panel = GENERATE(&Scene::order, &Scene::stage, &Scene::waits);
  Driver driver{scene.draw(panel), {.size = {700, 200}}};
  CHECK(driver.shows("Press Run (Space) to start loiter."));
}

TEST_CASE("the order says who is slow, and what it cost", "[order]") {
  Bench bench;
  bench.lab.choose_experiment("futures");
  bench.lab.set_clock(trace::Clock::Simulated);
  bench.run_to_end();
  CHECK(bench.driver.shows("map would have held back"));
  bench.view.layout.full_screen = views::PanelName::Order;
  bench.driver.frames(3);
  CHECK(bench.driver.shows("as_completed delivers here: at once, in the order of finishing"));
  CHECK(bench.driver.shows("map would deliver here: in the order of the call"));
  CHECK(bench.driver.shows("in all"));
}

TEST_CASE("the stage stands in every mode", "[stage]") {
  const auto mode = GENERATE(trace::Mode::Sequential, trace::Mode::Threads, trace::Mode::Processes);
  Bench bench;
  bench.lab.set_mode(mode);
  bench.run_to_end();
  bench.lab.move_playhead(Instant{from_seconds(1.5)});
  bench.driver.frames(3);
  CHECK(bench.driver.shows("Calling program"));
  CHECK(bench.driver.shows(mode == trace::Mode::Sequential ? "no queue" : "Queue"));
  CHECK(bench.driver.shows("Call queue") == (mode == trace::Mode::Processes));
}

TEST_CASE("an empty seat too narrow for its words has none", "[stage]") {
  Bench bench;
  bench.lab.set_workers(5);
  bench.lab.set_parameter("tasks", "2");
  bench.run_to_end();
  bench.lab.move_playhead(Instant{from_seconds(0.5)});
  bench.driver.frames(3);
  CHECK(bench.driver.shows("loiter(1)"));
  CHECK_FALSE(bench.driver.shows("not s"));
}

TEST_CASE("tokens glide while the run goes, and stand still when motion is off", "[stage]") {
  const bool motion = GENERATE(true, false);
  Scene scene(samples::loiter_run(), 0.9);
  Driver driver{[&](const Look& look) {
                  Look own = look;
                  own.motion = motion;
                  scene.draw (&Scene::stage)(own);
                },
                {.size = {711, 158}}};
  driver.wait(1.0);
  CHECK_FALSE(scene.moving);
  scene.playhead = samples::at_seconds(1);  // loiter(1) goes to the shelf, loiter(4) to a worker
  driver.frames(2);
  CHECK(scene.moving == motion);
  driver.wait(1.0);
  CHECK_FALSE(scene.moving);
  scene.playhead = samples::at_seconds(0.5);
  driver.frames(2);
  CHECK_FALSE(scene.moving);  // back in time nothing glides
}

TEST_CASE("the stage folds to its sentence and opens again", "[stage]") {
  Bench bench;
  bench.run_to_end();
  CHECK(bench.driver.shows("Calling program"));
  bench.driver.click("Stage/fold");
  bench.driver.frames(3);
  CHECK_FALSE(bench.driver.shows("Calling program"));
  CHECK(bench.driver.shows("It has all 5 results."));
  bench.driver.click("Stage/fold");
  bench.driver.frames(3);
  CHECK(bench.driver.shows("Calling program"));
}

TEST_CASE("panels are hidden and shown by their keys, fill the window by a double click and are moved",
          "[order][stage]") {
  Bench bench;
  bench.run_to_end();
  bench.driver.key(ImGuiKey_F3);
  bench.driver.frames(3);
  CHECK_FALSE(bench.driver.has("Stage/title"));
  bench.driver.key(ImGuiKey_F3);
  bench.driver.frames(3);
  CHECK(bench.driver.has("Stage/title"));
  for (const char* title : {"Stage/title", "Order/title", "Waits/title"}) {
    bench.driver.double_click(title);
    bench.driver.frames(3);
    CHECK(bench.view.layout.full_screen);
    bench.driver.key(ImGuiKey_Escape);
    bench.driver.frames(3);
  }
  const float before = bench.driver.find("Order/title").box.y0;
  bench.driver.drag("Order splitter", {0, -20});
  bench.driver.frames(2);
  CHECK(bench.driver.find("Order/title").box.y0 < before - 10);
}

TEST_CASE("where there is no room for the order it is a tab of the timeline", "[order]") {
  Bench bench({.size = {1280, 440}});
  bench.run_to_end();
  REQUIRE(bench.driver.has("Centre/Order"));
  bench.driver.click("Centre/Order");
  bench.driver.frames(3);
  CHECK(bench.driver.has("Order/loiter(0)"));
  bench.driver.click("Centre/Timeline");
  bench.driver.frames(3);
  CHECK(bench.driver.has("Fit"));
}

TEST_CASE("in one column stage, order and waits are tabs", "[order][stage]") {
  Bench bench({.size = {640, 480}});
  bench.run_to_end();
  for (const char* tab : {"Tabs/Order", "Tabs/Stage", "Tabs/Waits"}) {
    bench.driver.click(tab);
    bench.driver.frames(3);
  }
  CHECK(bench.driver.shows("Nothing is stuck."));
}

TEST_CASE("a hundred thousand futures are drawn in a few milliseconds", "[order][stage]") {
  Scene scene(samples::long_run(100'000), 0);
  scene.playhead = scene.run.last();
  const auto panel = GENERATE(&Scene::order, &Scene::stage, &Scene::waits);
  Driver driver{scene.draw(panel), {.size = {711, 300}}};
  driver.frames(2);
  const auto began = std::chrono::steady_clock::now();
  constexpr int frames = 10;
  for (int i = 0; i < frames; ++i) {
    scene.playhead -= std::chrono::milliseconds(1);  // so that nothing is known from the frame before
    driver.frames(1);
  }
  const auto took = std::chrono::steady_clock::now() - began;
  CHECK(took / frames < std::chrono::milliseconds(100));  // a debug build on a busy machine; it takes a few
}
