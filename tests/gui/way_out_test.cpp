// The banner of a deadlock in the whole window, headless: what it says, what its buttons do to the run, and its lesson.
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "experiments/lab.hpp"
#include "futures/thread_pool_executor.hpp"
#include "gui/bench.hpp"

using namespace loiter;
using namespace loiter::gui;
using namespace loiter::gui::testing;
using namespace std::chrono_literals;

namespace {

// A task that waits for a task that waits for its worker.
void wait_forever(experiments::Lab& lab) {
  futures::ThreadPoolExecutor pool(lab.context(), {.max_workers = 1});
  const auto outer = pool.submit(futures::named(
      "wait_forever", [&pool] { return pool.submit(futures::named("zip", [] { return 7; })).result(); }));
  outer.result();
}

void wait_for_oneself(experiments::Lab& lab) {
  futures::ThreadPoolExecutor pool(lab.context(), {.max_workers = 1});
  futures::Future<int> own;
  own = pool.submit(futures::named("waits_for_itself", [&] {
    lab.sleep(1s);
    return own.result();
  }));
  own.result();
}

void get_stuck(Bench& bench) {
  bench.lab.set_instant(true);
  bench.driver.click("Run");
  while (!bench.driver.shows("Deadlock: nothing can move any more.")) bench.driver.frames(1);
}

}  // namespace

TEST_CASE("a deadlock has a banner with its chain and the ways out", "[way_out]") {
  Bench bench({}, wait_forever);
  get_stuck(bench);
  CHECK(bench.driver.shows("ThreadPoolExecutor-0_0 runs wait_forever, which waits for zip (future 2)"));
  for (const char* way : {"Add a worker", "Cancel the inner future", "Give the wait a timeout",
                          "Run it on the waiting thread", "Stop the run"}) {
    CHECK(bench.driver.find(way).enabled);
  }
}

TEST_CASE("every way out is taken in the run, which goes on to its end, and the banner says what it teaches",
          "[way_out]") {
  struct Expected {
    const char* button;
    const char* done;
    trace::RunEnd end;
  };
  const Expected expected =
      GENERATE(Expected{"Add a worker", "added a worker to its pool", trace::RunEnd::Finished},
               Expected{"Cancel the inner future", "cancelled zip (future 2)", trace::RunEnd::Raised},
               Expected{"Give the wait a timeout", "waits for zip (future 2) no longer", trace::RunEnd::Raised},
               Expected{"Run it on the waiting thread", "executes zip (future 2) itself", trace::RunEnd::Finished});
  Bench bench({}, wait_forever);
  get_stuck(bench);
  bench.driver.click(expected.button);
  while (bench.lab.is_going()) bench.driver.frames(1);
  bench.driver.frames(3);
  CHECK(bench.lab.run_shown().ended()->how == expected.end);
  CHECK(bench.driver.shows(expected.done));
  CHECK_FALSE(bench.driver.shows("Deadlock"));
  bench.driver.click("Close");
  CHECK_FALSE(bench.driver.shows(expected.done));
}

TEST_CASE("ways that lead nowhere cannot be pressed, and say why", "[way_out]") {
  Bench bench({}, wait_for_oneself);
  get_stuck(bench);
  CHECK_FALSE(bench.driver.find("Add a worker").enabled);
  CHECK_FALSE(bench.driver.find("Cancel the inner future").enabled);
  bench.driver.hover("Cancel the inner future");
  bench.driver.wait(1.0);
  CHECK(bench.driver.shows("future 1 is running: cancel() returns False."));
  bench.driver.click("Give the wait a timeout");
  while (bench.lab.is_going()) bench.driver.frames(1);
  CHECK(bench.lab.run_shown().ended()->type == "TimeoutError");
}

TEST_CASE("a run that is stuck is stopped from the banner, and then nothing can help it", "[way_out]") {
  Bench bench({}, wait_forever);
  get_stuck(bench);
  bench.driver.click("Stop the run");
  while (bench.lab.is_going()) bench.driver.frames(1);
  bench.lab.move_playhead(Instant{});
  bench.driver.frames(3);
  CHECK(bench.lab.run_shown().ended()->how == trace::RunEnd::Stopped);
}

TEST_CASE("the banner has room at every size and scale, and takes it from the panels", "[way_out]") {
  const float scale = GENERATE(1.0F, 2.0F);
  const ImVec2 size = GENERATE(ImVec2{1280, 800}, ImVec2{1024, 640}, ImVec2{640, 480});
  Bench bench({}, wait_forever);
  bench.view.scale = scale;
  bench.driver.set_scale(scale);
  bench.driver.set_size({size.x * scale, size.y * scale});
  get_stuck(bench);
  for (const char* way : {"Add a worker", "Run it on the waiting thread", "Stop the run"}) {
    const Widget& button = bench.driver.find(way);
    CHECK(button.visible.width() == button.box.width());
    CHECK(button.visible.height() == button.box.height());
  }
}

TEST_CASE("in a low window the banner says less, the legend makes room, and one region has all panels as tabs",
          "[way_out]") {
  Bench bench({}, wait_forever);
  bench.view.scale = 2.0F;
  bench.driver.set_scale(2.0F);
  bench.driver.set_size({1280, 800});
  get_stuck(bench);
  bench.driver.frames(3);
  CHECK_FALSE(bench.driver.has("States/stuck"));
  CHECK(bench.driver.shows("future 2 waits \xE2\x80\xA6"));
  CHECK_FALSE(bench.driver.shows("the only worker is"));
  bench.driver.hover("Way out/sentence");
  bench.driver.wait(1.0);
  CHECK(bench.driver.shows("the only worker is"));
  CHECK(bench.driver.has("Waits/wait_forever"));
  bench.driver.click("Tabs/Timeline");
  CHECK(bench.driver.shows("waits for the result of wait_forever"));
  CHECK_FALSE(bench.driver.has("Waits/wait_forever"));
  bench.driver.set_size({1800, 1600});  // the tab is none there, and the first is shown
  CHECK(bench.driver.has("States/stuck"));
  CHECK(bench.driver.has("Timeline/title"));
}
