// Pictures of the whole window, to be looked at: LOITER_PICTURES names the folder.
#include <catch2/catch_test_macros.hpp>

#include <cstdlib>
#include <filesystem>

#include "experiments/lab.hpp"
#include "futures/errors.hpp"
#include "futures/thread_pool_executor.hpp"
#include "gui/bench.hpp"
#include "gui/deadlocks.hpp"

using namespace loiter;
using namespace loiter::gui;
using namespace loiter::gui::testing;

namespace {

struct Shot {
  const char* name;
  DriverOptions options;
  double playhead_seconds;  // under 0: nothing has run
};

// A comparison: at an instant, as it stands once all is over (under 0), or with one of its runs alone.
struct ComparisonShot {
  const char* name;
  DriverOptions options;
  double playhead_seconds = -1;
  int workers = 3;
  const char* opened = nullptr;
  engine::Program program = nullptr;
};

// One mode gets stuck, one raises, one is well.
void troubles(experiments::Lab& lab) {
  futures::ThreadPoolExecutor pool(lab.context(), {.max_workers = 1});
  const auto mode = lab.setup().mode;
  const auto outer = pool.submit(futures::named("wait_forever", [&pool, &lab, mode] {
    lab.sleep(std::chrono::seconds(1));
    if (mode == trace::Mode::Sequential) throw futures::ValueError("no such number");
    if (mode == trace::Mode::Threads) return pool.submit(futures::named("zip", [] { return 1; })).result();
    lab.sleep(std::chrono::seconds(1));
    return 10;
  }));
  outer.result();
}

void take(const ComparisonShot& shot, const std::filesystem::path& folder) {
  Bench bench(shot.options, shot.program);
  bench.lab.set_instant(true);
  bench.lab.set_workers(shot.workers);
  if (shot.workers > 3) bench.lab.set_parameter("tasks", "24");
  bench.lab.compare();
  while (bench.lab.is_going()) bench.driver.frames(1);
  bench.lab.set_instant(false);
  if (shot.playhead_seconds >= 0) bench.lab.move_playhead(Instant{from_seconds(shot.playhead_seconds)});
  bench.view.selection.choose(FutureId{5});
  bench.driver.wait(0.5);
  if (shot.opened != nullptr) bench.driver.click(shot.opened);
  bench.driver.hover(ImVec2{2, 2});
  bench.driver.wait(1.0);
  bench.driver.picture(folder / (std::string(shot.name) + ".png"));
}

void take(const Shot& shot, const std::filesystem::path& folder) {
  LabState lab;
  lab.set_clock(trace::Clock::Simulated);
  LessonState lessons{lab};
  WorkbenchView view;
  Driver driver(
      [&](const Look& look) {
        lab.update();
        draw_workbench(view, lab, lessons, look);
      },
      shot.options);
  if (shot.playhead_seconds >= 0) {
    lab.set_instant(true);
    lab.run();
    while (lab.is_going()) driver.frames(1);
    lab.set_speed(1.0);
    lab.move_playhead(Instant{from_seconds(shot.playhead_seconds)});
    view.selection.choose(FutureId{5});
  }
  driver.wait(1.0);
  driver.picture(folder / (std::string(shot.name) + ".png"));
}

}  // namespace

TEST_CASE("pictures of the window", "[.pictures]") {
  const char* folder = std::getenv("LOITER_PICTURES");  // NOLINT(concurrency-mt-unsafe): one thread
  if (folder == nullptr) SKIP("LOITER_PICTURES names no folder");
  const Shot shots[] = {
      {"window-light", {}, 3.4},
      {"window-dark", {.theme = ThemeChoice::Dark}, 3.4},
      {"window-empty", {}, -1},
      {"window-1024x640", {.size = {1024, 640}}, 3.4},
      {"window-scale2", {.size = {1280, 800}, .scale = 2.0F}, 3.4},
      {"window-scale2-large", {.size = {2560, 1600}, .scale = 2.0F, .theme = ThemeChoice::Dark}, 3.4},
      {"window-ended", {}, 5.0},
  };
  for (const Shot& shot : shots) take(shot, folder);
  const ComparisonShot comparisons[] = {
      {"comparison-light", {}},
      {"comparison-dark-looking", {.theme = ThemeChoice::Dark}, 3.4},
      {"comparison-1024x640", {.size = {1024, 640}}, 7},
      {"comparison-1440x900", {.size = {1440, 900}}, 3.4},
      {"comparison-900x640", {.size = {900, 640}}, 3.4},
      {"comparison-640x480", {.size = {640, 480}}},
      {"comparison-scale2", {.size = {1280, 800}, .scale = 2.0F}},
      {"comparison-many-lanes", {.size = {1440, 900}, .theme = ThemeChoice::Dark}, -1, 24},
      {"comparison-opened", {}, 3.4, 3, "Comparison/Threads"},
      {"comparison-opened-1024x640", {.size = {1024, 640}}, 3.4, 3, "Comparison/Processes"},
      {"comparison-troubles", {}, -1, 3, nullptr, troubles},
  };
  for (const ComparisonShot& shot : comparisons) take(shot, folder);
}

TEST_CASE("pictures of deadlocks in the window", "[.pictures]") {
  const char* folder = std::getenv("LOITER_PICTURES");  // NOLINT(concurrency-mt-unsafe): one thread
  if (folder == nullptr) SKIP("LOITER_PICTURES names no folder");
  struct StuckShot {
    const char* name;
    DriverOptions options;
    void (*program)(experiments::Lab&);
  };
  const StuckShot shots[] = {
      {"stuck-circle-light", {}, wait_forever},
      {"stuck-circle-dark", {.theme = ThemeChoice::Dark}, wait_forever},
      {"stuck-circle-1024x640", {.size = {1024, 640}}, wait_forever},
      {"stuck-circle-scale2", {.size = {1280, 800}, .scale = 2.0F}, wait_forever},
      {"stuck-each-other", {}, wait_for_each_other},
      {"stuck-chain", {}, nested_chain},
      {"stuck-itself", {}, wait_for_itself},
      {"stuck-partial", {.size = {1440, 900}}, partial_deadlock},
  };
  for (const StuckShot& shot : shots) {
    Bench bench(shot.options, shot.program);
    bench.view.scale = shot.options.scale;
    run_until_stuck(bench);
    bench.driver.wait(0.5);
    bench.driver.picture(std::filesystem::path(folder) / (std::string(shot.name) + ".png"));
    bench.lab.stop();
  }
}
