// The whole window, headless: used by label, at several sizes and scales.
#include "gui/workbench.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "gui/bench.hpp"
#include "gui/shortcuts.hpp"

using namespace loiter;
using namespace loiter::gui;
using namespace loiter::gui::testing;
using namespace std::chrono_literals;

TEST_CASE("Run runs loiter, and every panel shows it") {
  Bench bench;
  bench.run_to_end();
  CHECK(bench.driver.shows("5 finished"));
  CHECK(bench.driver.shows("result 4: 40"));
  CHECK(bench.driver.shows("loiter(4)"));
  CHECK(bench.driver.shows("SIMULATED"));
  CHECK(bench.driver.shows("5.00"));
}

TEST_CASE("changing the mode and pressing Run again is one click each") {
  Bench bench;
  bench.run_to_end();
  bench.driver.click("Mode/Sequential");
  bench.driver.click("Run");
  while (bench.lab.is_going()) bench.driver.frames(1);
  CHECK(bench.lab.run_shown().header().mode == trace::Mode::Sequential);
  CHECK(bench.lab.now() == Instant{10s});
}

TEST_CASE("Run while a run is going begins anew when the setup was changed, and goes on when it is held") {
  Bench bench;
  bench.lab.set_speed(0.1);
  bench.driver.click("Run");
  const auto first = bench.lab.generation();
  bench.driver.click("Pause");
  CHECK(bench.lab.is_paused());
  bench.driver.click("Run");
  CHECK_FALSE(bench.lab.is_paused());
  CHECK(bench.lab.generation() == first);
  bench.driver.click("Collect/as_completed");
  bench.driver.click("Pause");
  bench.driver.click("Run");
  CHECK(bench.lab.generation() > first);
  CHECK(bench.lab.run_shown().header().collect == trace::Collect::AsCompleted);
}

TEST_CASE("a run in processes shows a lane for each worker and one for the manager") {
  Bench bench;
  bench.lab.set_instant(true);
  bench.driver.click("Mode/Processes");
  CHECK(bench.lab.choices().mode == trace::Mode::Processes);
  bench.driver.click("Run");
  while (bench.lab.is_going()) bench.lab.update();
  bench.driver.wait(0.1);
  CHECK(bench.driver.shows("Process-1"));
  CHECK(bench.driver.shows("manager-0"));
}

TEST_CASE("a worker process is killed by its button, or with Delete on its name, and the pool breaks") {
  const bool by_key = GENERATE(false, true);
  Bench bench;
  bench.lab.set_speed(0.1);
  bench.driver.click("Mode/Processes");
  bench.driver.click("Run");
  while (bench.lab.run_shown().lanes().size() < 3) bench.driver.frames(1);
  bench.driver.frames(2);
  if (by_key) {
    bench.driver.focus("Timeline/Process-1");
    bench.driver.key(ImGuiKey_Delete);
  } else {
    bench.driver.click("Timeline/Kill Process-1");
  }
  bench.lab.set_instant(true);
  while (bench.lab.is_going()) bench.driver.frames(1);
  REQUIRE(bench.lab.run_shown().ended()->how == trace::RunEnd::Raised);
  CHECK(bench.lab.run_shown().ended()->type == "BrokenProcessPool");
  bench.driver.frames(2);
  CHECK_FALSE(bench.driver.shows("Kill"));  // a run that is over has nobody to kill
}

TEST_CASE("the keys of the window do what the list of keys says") {
  Bench bench;
  bench.lab.set_instant(true);
  bench.driver.key(ImGuiKey_1);
  CHECK(bench.lab.choices().mode == trace::Mode::Sequential);
  bench.driver.key(ImGuiKey_2);
  CHECK(bench.lab.choices().mode == trace::Mode::Threads);
  bench.driver.key(ImGuiKey_M);
  CHECK(bench.lab.choices().collect == trace::Collect::AsCompleted);
  bench.driver.key(ImGuiKey_I);
  CHECK_FALSE(bench.lab.is_instant());
  bench.driver.key(ImGuiKey_S);
  CHECK(bench.lab.is_paused());
  bench.driver.key(ImGuiKey_Space);
  CHECK_FALSE(bench.lab.is_paused());
  bench.driver.key(ImGuiKey_X);
  while (bench.lab.is_going()) bench.driver.frames(1);
  CHECK(bench.lab.run_shown().ended()->how == trace::RunEnd::Stopped);
  bench.driver.key(ImGuiKey_I);
  bench.driver.key(ImGuiKey_R);
  while (bench.lab.is_going()) bench.driver.frames(1);
  bench.driver.key(ImGuiKey_Home);
  CHECK(bench.lab.playhead() == Instant{});
  bench.driver.key(ImGuiKey_End);
  CHECK(bench.lab.is_following());
  bench.driver.key(ImGuiKey_D);
  CHECK(bench.view.theme == ThemeChoice::Dark);
  bench.driver.chord(ImGuiMod_Ctrl | ImGuiKey_Equal);
  CHECK(bench.view.scale > 1.05F);
  bench.driver.chord(ImGuiMod_Ctrl | ImGuiKey_0);
  CHECK(bench.view.scale == 1.0F);
}

TEST_CASE("F1 shows every key, and the next key closes the list and does nothing else") {
  Bench bench;
  bench.driver.key(ImGuiKey_F1);
  bench.driver.frames(3);
  for (const Shortcut& shortcut : all_shortcuts()) {
    INFO(shortcut.what);
    CHECK(bench.driver.shows(shortcut.what));
  }
  bench.driver.key(ImGuiKey_Space);
  bench.driver.frames(2);
  CHECK_FALSE(bench.view.show_keys);
  CHECK_FALSE(bench.lab.has_run());
}

TEST_CASE("a future selected in one panel is selected in all") {
  Bench bench;
  bench.run_to_end();
  bench.driver.click("Futures/loiter(3)");
  CHECK(bench.view.selection.future == FutureId{4});
  bench.driver.key(ImGuiKey_Escape);
  CHECK(bench.view.selection.future == no_future);
}

TEST_CASE("a double click on a panel's title fills the window with it, and Escape brings the others back") {
  Bench bench;
  bench.run_to_end();
  bench.driver.double_click("Transcript/title");
  bench.driver.frames(3);
  CHECK(bench.view.layout.full_screen == views::PanelName::Transcript);
  CHECK_FALSE(bench.driver.has("Timeline/title"));
  bench.driver.key(ImGuiKey_Escape);
  bench.driver.frames(3);
  CHECK(bench.driver.has("Timeline/title"));
}

TEST_CASE("splitters move what is beside them") {
  Bench bench;
  const float before = bench.driver.find("Timeline/title").box.x0;
  bench.driver.drag("Code splitter", {60, 0});
  CHECK(bench.driver.find("Timeline/title").box.x0 > before + 40);
}

TEST_CASE("everything can be reached at every size and scale, empty and full") {
  const auto size = GENERATE(ImVec2{1280, 800}, ImVec2{1024, 640}, ImVec2{640, 480}, ImVec2{2560, 1600});
  const float scale = GENERATE(1.0F, 2.0F);
  const auto theme = GENERATE(ThemeChoice::Light, ThemeChoice::Dark);
  Bench bench({.size = size, .scale = scale, .theme = theme});
  for (const char* label : {"Run", "Pause", "Step", "Stop", "Restart", "Compare", "Theme", "Keys"}) {
    INFO(label);
    const Widget& widget = bench.driver.find(label);
    CHECK(widget.box.x1 <= size.x);
    CHECK(widget.visible.width() >= widget.box.width() - 1);
  }
  bench.run_to_end();
  CHECK(bench.driver.shows("SIMULATED"));
  CHECK(bench.driver.shows("5.00"));
}

TEST_CASE("in a narrow window the setup is one button that says it all and opens the controls") {
  Bench bench({.size = {640, 480}});
  CHECK(bench.driver.shows("loiter, 3 threads, map, simulated"));
  bench.driver.click("loiter, 3 threads, map, simulated");
  bench.driver.frames(3);
  bench.driver.click("Mode/Sequential");
  CHECK(bench.lab.choices().mode == trace::Mode::Sequential);
}
