// Pictures of the whole window, to be looked at: LOITER_PICTURES names the folder.
#include <catch2/catch_test_macros.hpp>

#include <cstdlib>
#include <filesystem>

#include "gui/driver.hpp"
#include "gui/workbench.hpp"

using namespace loiter;
using namespace loiter::gui;
using namespace loiter::gui::testing;

namespace {

struct Shot {
  const char* name;
  DriverOptions options;
  double playhead_seconds;  // under 0: nothing has run
};

void take(const Shot& shot, const std::filesystem::path& folder) {
  LabState lab;
  lab.set_clock(trace::Clock::Simulated);
  WorkbenchView view;
  Driver driver(
      [&](const Look& look) {
        lab.update();
        draw_workbench(view, lab, look);
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
}
