// The panels Waits and The proof, in the whole window, on deadlocks of real programs.
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "gui/bench.hpp"
#include "gui/deadlocks.hpp"

using namespace loiter;
using namespace loiter::gui;
using namespace loiter::gui::testing;

TEST_CASE("while nothing is stuck, Waits says who waits for whom and who wakes by itself", "[waits]") {
  Bench bench;
  bench.lab.set_speed(0.1);
  bench.run_to_end();
  bench.lab.move_playhead(Instant{from_seconds(3.4)});
  bench.driver.frames(3);
  CHECK(bench.driver.shows("who waits for whom"));
  CHECK(bench.driver.shows("waits for the result of"));
  CHECK(bench.driver.shows("runs on"));
  CHECK(bench.driver.shows("Nothing is stuck."));
  CHECK(bench.driver.shows("wakes by itself at 5.00 s, and main after it."));
  bench.driver.click("Waits/loiter(4)");
  CHECK(bench.view.selection.future == FutureId{5});
}

TEST_CASE("a deadlock takes the place of the stage, as a circle, with its proof at the right", "[waits]") {
  Bench bench({}, wait_forever);
  run_until_stuck(bench);
  CHECK_FALSE(bench.driver.has("Stage/title"));
  CHECK(bench.driver.shows("the circle that cannot be broken from inside"));
  CHECK(bench.driver.shows("waits in the queue for"));
  CHECK(bench.driver.shows("is busy with"));
  CHECK(bench.driver.shows("the only worker of the pool"));
  CHECK(bench.driver.shows("the only worker is ThreadPoolExecutor-0_0"));
  CHECK(bench.driver.has("The proof/title"));
  CHECK(bench.driver.shows("ThreadPoolExecutor-0_0 runs future 1 and waits for future 2."));
  CHECK(bench.driver.shows("Future 2 is first in the queue. It needs an idle worker."));
  CHECK(bench.driver.shows("The pool has 1 of 1 workers. It may not start another."));
  CHECK(bench.driver.shows("No lane sleeps, computes or waits with a deadline."));
  CHECK(bench.driver.shows("So nothing can ever wake them."));
  bench.driver.click("Waits/zip");
  CHECK(bench.view.selection.future == FutureId{2});
  bench.lab.stop();
}

TEST_CASE("before it formed, the deadlock is not shown", "[waits]") {
  Bench bench({}, partial_deadlock);
  run_until_stuck(bench);
  REQUIRE(bench.driver.has("The proof/title"));
  bench.lab.move_playhead(Instant{from_seconds(0.5)});
  bench.driver.frames(3);
  CHECK_FALSE(bench.driver.has("The proof/title"));
  CHECK(bench.driver.has("Stage/title"));
  bench.lab.stop();
}

TEST_CASE("a line says on hover what it is, whatever room its words have", "[waits]") {
  Bench bench({}, wait_forever);
  run_until_stuck(bench);
  bench.driver.wait(0.5);
  const Box from = bench.driver.find("Waits/main").box;
  const Box to = bench.driver.find("Waits/wait_forever").box;
  bench.driver.hover(ImVec2{(from.x1 + to.x0) * 0.5F, from.centre_y() + 4});
  CHECK(bench.driver.shows("main waits for the result of wait_forever (future 1)."));
  bench.driver.hover(ImVec2{from.centre_x(), from.y1 + 60});
  CHECK_FALSE(bench.driver.shows("main waits for the result of wait_forever (future 1)."));
  bench.lab.stop();
}

TEST_CASE("deadlocks of every shape can be seen at every size and scale", "[waits]") {
  const auto program = GENERATE(wait_forever, wait_for_each_other, nested_chain, wait_for_itself, partial_deadlock);
  const auto size = GENERATE(ImVec2{1280, 800}, ImVec2{1024, 640}, ImVec2{640, 480});
  const float scale = GENERATE(1.0F, 2.0F);
  Bench bench({.size = size, .scale = scale}, program);
  bench.view.scale = scale;
  run_until_stuck(bench);
  bench.driver.wait(0.5);
  CHECK(bench.driver.shows("Stuck"));
  bench.view.layout.full_screen = views::PanelName::Waits;
  bench.driver.frames(3);
  CHECK(bench.driver.has("Waits/title"));
  bench.lab.stop();
}
