// The comparison in the whole window, headless.
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "gui/bench.hpp"

using namespace loiter;
using namespace loiter::gui;
using namespace loiter::gui::testing;
using namespace std::chrono_literals;

namespace {

// By the button, or by its key.
void compare(Bench& bench, bool by_key = false) {
  if (!by_key) {
    bench.press_and_wait("Compare");
    return;
  }
  bench.lab.set_instant(true);
  bench.driver.key(ImGuiKey_C);
  while (bench.lab.is_going()) bench.driver.frames(1);
  bench.driver.frames(3);
}

}  // namespace

TEST_CASE("Compare runs all modes and lays them over one axis, with their figures") {
  Bench bench;
  compare(bench, GENERATE(false, true));
  for (const char* words : {"Comparison", "Sequential", "10.00 s", "speed-up 2.00", "efficiency 0.67", "SIMULATED",
                            "Compared", "loiter with map, tasks=5", "threads 5.00 s (2.00 times as fast)"}) {
    INFO(words);
    CHECK(bench.driver.shows(words));
  }
  CHECK(bench.driver.has("Threads/ThreadPoolExecutor-0_0"));
  CHECK(bench.driver.has("Processes/manager-0"));
  CHECK(bench.lab.choices().mode == trace::Mode::Threads);
}

TEST_CASE("while a comparison goes, the run whose turn it is is in the other panels") {
  Bench bench;
  bench.lab.set_speed(0.1);
  bench.driver.click("Compare");
  bench.driver.frames(3);
  CHECK(bench.driver.shows("runs now"));
  CHECK(bench.driver.shows("runs next"));
  CHECK(bench.driver.shows("runs after that"));
  CHECK(bench.driver.shows("Now sequential, 1 of 3. Running."));
  CHECK(bench.driver.shows("SequentialExecutor"));  // its code
  bench.driver.key(ImGuiKey_Space);
  CHECK(bench.lab.is_paused());
  bench.driver.key(ImGuiKey_X);
  while (bench.lab.is_going()) bench.driver.frames(1);
  bench.driver.frames(3);
  CHECK(bench.driver.shows("stopped"));
  CHECK(bench.driver.shows("not run"));
  CHECK(bench.driver.shows("sequential stopped, threads not run, processes not run."));
}

TEST_CASE("a heading puts its run into every panel, and Escape or the button brings the comparison back") {
  const bool by_key = GENERATE(false, true);
  Bench bench;
  compare(bench);
  bench.driver.click("Comparison/Threads");
  bench.driver.frames(3);
  CHECK_FALSE(bench.driver.has("Comparison/Threads"));
  CHECK(bench.driver.shows("Threads: finished at 5.00 s. Press Esc to return to the comparison."));
  CHECK(bench.driver.has("Timeline/ThreadPoolExecutor-0_0"));
  CHECK(bench.driver.shows("5.00"));
  CHECK(bench.driver.shows("ThreadPoolExecutor"));
  if (by_key) {
    bench.driver.key(ImGuiKey_Escape);
  } else {
    bench.driver.click("Back to the comparison");
  }
  bench.driver.frames(3);
  CHECK(bench.driver.has("Comparison/Threads"));
  CHECK(bench.driver.shows("in the other panels"));
}

TEST_CASE("a compared run is opened and left by the keyboard alone, which stays where it was") {
  Bench bench;
  compare(bench);
  bench.driver.focus("Comparison/Processes");
  bench.driver.key(ImGuiKey_Enter);
  bench.driver.frames(3);
  CHECK(bench.driver.has_ring("Back to the comparison"));
  CHECK(bench.driver.has("Timeline/manager-0"));
  SECTION("Enter on the button") { bench.driver.key(ImGuiKey_Enter); }
  SECTION("Escape") { bench.driver.key(ImGuiKey_Escape); }
  bench.driver.frames(3);
  CHECK(bench.lab.shows_comparison());
}

TEST_CASE("a selection stays through a comparison and its runs, and goes with it") {
  Bench bench;
  compare(bench);
  bench.driver.click("Threads/loiter(3)");
  CHECK(bench.view.selection.future == FutureId{4});
  bench.driver.click("Comparison/Sequential");
  bench.driver.frames(3);
  CHECK(bench.view.selection.future == FutureId{4});
  bench.run_to_end();
  CHECK(bench.view.selection.future == no_future);
  CHECK_FALSE(bench.driver.has("Back to the comparison"));
}

TEST_CASE("the playhead's keys move it in the comparison, F fits it") {
  Bench bench;
  compare(bench);
  bench.driver.key(ImGuiKey_LeftArrow);
  CHECK(bench.lab.phase() == views::Phase::Looking);
  CHECK(bench.lab.clock() < Instant{10s});
  CHECK(bench.lab.clock() > Instant{9s});
  bench.driver.key(ImGuiKey_Home);
  CHECK(bench.lab.clock() == Instant{});
  bench.driver.key(ImGuiKey_End);
  CHECK(bench.lab.clock() == Instant{10s});
  const auto whole = bench.view.comparison.axis.visible;
  bench.driver.key(ImGuiKey_Equal);
  bench.driver.wait(0.3);
  CHECK(bench.view.comparison.axis.visible.length() < whole.length());
  bench.driver.key(ImGuiKey_F);
  bench.driver.wait(0.3);
  CHECK(bench.view.comparison.axis.visible == whole);
}

TEST_CASE("a double click on the comparison's title fills the window with it, and Escape brings the others back") {
  Bench bench;
  compare(bench);
  bench.driver.double_click("Comparison/title");
  bench.driver.frames(3);
  CHECK_FALSE(bench.driver.has("Futures/title"));
  bench.driver.key(ImGuiKey_Escape);
  bench.driver.frames(3);
  CHECK(bench.driver.has("Futures/title"));
  CHECK(bench.driver.has("Comparison/title"));
}

TEST_CASE("the controls of the run stand beside each other and the clock, at every width") {
  const float width = GENERATE(480.0F, 640.0F, 900.0F, 1024.0F, 1180.0F, 1280.0F, 1440.0F);
  const float scale = GENERATE(1.0F, 2.0F);
  Bench bench({.size = {width * scale, 640 * scale}, .scale = scale});
  compare(bench);
  const Box row = bench.driver.find("Run").box;
  float end = 0;
  for (const char* label : {"Run", "Pause", "Step", "Stop", "Restart", "Compare", "Speed", "Instant"}) {
    if (!bench.driver.has(label)) continue;  // folded into the setup
    INFO(label);
    const Box box = bench.driver.find(label).box;
    CHECK(box.x0 >= end);
    end = box.x1;
  }
  for (const DrawnText& text : bench.driver.texts()) {
    if (text.ink.y0 < row.y0 || text.ink.y1 > row.y1) continue;
    INFO(text.text);
    CHECK(text.ink.x1 <= width * scale);
    const bool of_clock = text.text == "SIMULATED" || text.text == "10.00" || text.text.starts_with("s ");
    if (of_clock) CHECK(text.ink.x0 >= end);
  }
  CHECK(bench.driver.shows("SIMULATED"));
  CHECK(bench.driver.shows("10.00"));
}
