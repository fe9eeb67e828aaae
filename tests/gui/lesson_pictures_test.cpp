// Pictures of every page of three lessons, before their runs and after: LOITER_PICTURES=folder gui_tests "[.pictures]".
#include <fmt/format.h>
#include <catch2/catch_test_macros.hpp>

#include <cstdlib>
#include <filesystem>

#include "gui/bench.hpp"

using namespace loiter;
using namespace loiter::gui;
using namespace loiter::gui::testing;

namespace {

// A guess that is wrong wherever the first option is: its belief is then answered.
lessons::Guess some_guess(const lessons::Prediction& prediction) {
  using Kind = lessons::Prediction::Kind;
  lessons::Guess guess;
  if (prediction.kind == Kind::Choose || prediction.kind == Kind::ChooseSeveral) guess.chosen = {0};
  for (std::size_t i = 0; prediction.kind == Kind::Order && i < prediction.items.size(); ++i) guess.chosen.push_back(i);
  if (prediction.kind == Kind::Number) guess.number = 3;
  if (prediction.kind == Kind::Sketch) guess.bars.resize(prediction.items.size(), lessons::Bar{0, 1});
  return guess;
}

void take(const std::string& name, const std::filesystem::path& folder, const DriverOptions& options) {
  Bench bench(options);
  bench.lab.set_instant(true);
  bench.view.left = bench.view.tab = views::PanelName::Lesson;
  REQUIRE(bench.lessons.open(name));
  for (std::size_t page = 0; page < bench.lessons.reading().pages().size(); ++page) {
    bench.lessons.go_to(page);
    const auto kind = bench.lessons.reading().page().kind;
    if (kind == lessons::Page::Kind::Question) {
      if (page % 2 == 1) bench.lessons.guess(some_guess(*bench.lessons.reading().step()->prediction));
    }
    bench.driver.hover(ImVec2{2, 2});
    bench.driver.wait(0.5);
    const auto file = fmt::format("{}-{:02}", name, page + 1);
    bench.driver.picture(folder / (file + ".png"));
    const bool runs = kind == lessons::Page::Kind::Outcome || kind == lessons::Page::Kind::Task;
    if (!runs || bench.lessons.reading().has_run()) {
      if (kind != lessons::Page::Kind::Task) continue;
    }
    bench.lessons.run();
    for (int i = 0; i < 3000 && bench.lab.is_going() && !bench.lab.is_standstill(); ++i) bench.driver.frames(1);
    bench.driver.wait(0.5);
    bench.driver.picture(folder / (file + "-run.png"));
  }
}

}  // namespace

TEST_CASE("pictures of the pages of lessons", "[.pictures]") {
  const char* folder = std::getenv("LOITER_PICTURES");
  if (folder == nullptr) SKIP("LOITER_PICTURES names no folder");
  for (const char* name : {"map-or-as-completed", "waiting-on-yourself", "waiting-and-computing"}) {
    take(name, folder, {});
  }
}
