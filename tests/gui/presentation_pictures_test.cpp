// Pictures of lessons on the wall, to be looked at: LOITER_PICTURES names the folder.
#include <fmt/format.h>
#include <catch2/catch_test_macros.hpp>

#include <cstdlib>
#include <filesystem>

#include "gui/presentation_bench.hpp"

using namespace loiter;
using namespace loiter::gui;
using namespace loiter::gui::testing;
using lessons::Page;

namespace {

// Every page before its run and, where that makes a difference, after it; the panels once for each lab.
void take(const std::string& lesson, const DriverOptions& options, const std::filesystem::path& folder,
          const std::string& name) {
  WallBench bench(lesson, options);
  bench.view.presentation.theme = options.theme;
  const std::size_t pages = bench.lessons.reading().pages().size();
  for (std::size_t i = 0; i < pages; ++i) {
    bench.go_to(i);
    const auto picture = [&](const std::string& when) {
      bench.driver.frames(3);
      bench.driver.picture(folder / fmt::format("{}-{:02}{}.png", name, i + 1, when));
    };
    picture("");
    for (std::size_t part = 1; part < bench.view.presentation.slides.count && bench.page().kind != Page::Kind::Question;
         ++part) {
      bench.view.presentation.slides.part = part;
      picture(fmt::format("-part{}", part + 1));
    }
    const bool is_first_of_lab = !bench.lessons.reading().has_run();
    bench.lessons.set_hands({7, 12, 3, 1});
    if (bench.page().kind == Page::Kind::Question && is_first_of_lab) {
      bench.run_lab();
      bench.driver.key(ImGuiKey_R);
      picture("-after");
      bench.driver.key(ImGuiKey_1);
      picture("-code");
      bench.driver.key(ImGuiKey_3);
      picture("-timeline");
      bench.lab.move_playhead(Instant(bench.lab.now().time_since_epoch() / 2));
      bench.driver.key(ImGuiKey_2);
      picture("-stage");
      bench.driver.key(ImGuiKey_3);
      picture("-timeline-half");
      bench.lab.follow();
      bench.driver.key(ImGuiKey_4);
    } else if (bench.lessons.reading().has_run() && !is_revealed(bench.view.presentation, bench.lessons)) {
      bench.driver.key(ImGuiKey_R);
      picture("-after");
      for (std::size_t part = 1; part < bench.view.presentation.slides.count; ++part) {
        bench.view.presentation.slides.part = part;
        picture(fmt::format("-after-part{}", part + 1));
      }
    }
  }
}

}  // namespace

TEST_CASE("pictures of lessons on the wall", "[.pictures]") {
  const char* folder = std::getenv("LOITER_PICTURES");
  if (folder == nullptr) SKIP("LOITER_PICTURES names no folder");
  for (const char* lesson : {"4", "10", "12"}) {
    take(lesson, {.size = {1024, 768}}, folder, fmt::format("wall-{}", lesson));
    if (std::getenv("LOITER_PICTURES_4K") != nullptr)
      take(lesson, {.size = {3840, 2160}, .theme = ThemeChoice::Dark}, folder, fmt::format("wall-4k-{}", lesson));
  }
}
