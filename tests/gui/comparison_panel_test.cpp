#include "gui/comparison_panel.hpp"

#include <catch2/catch_approx.hpp>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "gui/driver.hpp"
#include "views/sample_runs.hpp"

using namespace loiter;
using namespace loiter::gui;
using namespace loiter::gui::testing;
using Catch::Approx;
using views::ComparedStage;

namespace {

trace::Header header_of(trace::Mode mode) {
  trace::Header header = samples::loiter_header();
  header.mode = mode;
  if (mode == trace::Mode::Sequential) header.workers = 1;
  return header;
}

// loiter(1) to loiter(4), one after the other: 10 s.
trace::Run sequential_run() {
  samples::RunBuilder b(header_of(trace::Mode::Sequential));
  b.at(0).main_begins();
  double t = 0;
  for (std::uint32_t n = 1; n <= 4; ++n) {
    b.at(t).submit(n + 1, "loiter(" + std::to_string(n) + ")").task_begins(n + 1);
    t += n;
    b.at(t).task_returns(n + 1, std::to_string(n * 10));
  }
  return b.event(trace::RunEnded{}).take();
}

struct ComparisonScene {
  ComparisonScene() { comparison.latest = comparison.clock = samples::at_seconds(10); }

  // Sequential and threads are over after 10 s and 5 s, processes wait.
  Comparison now() {
    Comparison shown = comparison;
    shown.number = 1;
    const views::ComparisonFigures ones{1.0, 1.0};
    shown.runs.push_back({sequential, ComparedStage::Over, sequential.last(), ones, {}, 1});
    const auto threads_now = stage == ComparedStage::Over ? threads.last() : samples::at_seconds(3.4);
    shown.runs.push_back({threads, stage, threads_now, {2.0, 2.0 / 3}, {}, 2});
    shown.runs.push_back({processes, ComparedStage::Next, {}, {}, {}, 3});
    return shown;
  }
  Driver::Draw draw() {
    return in_window(
        [this](const Look& look) {
          Frame frame{.look = look, .selection = selection, .tags = tags, .following = comparison.following};
          draw_comparison(view, now(), frame);
          if (frame.wanted_playhead) {
            comparison.clock = *frame.wanted_playhead;
            comparison.following = false;
          }
          if (frame.wanted_run) opened = frame.wanted_run;
          moving = frame.moving;
        },
        0.0F);
  }
  float x_of(double seconds) const {
    return views::TimeScale(view.axis.visible, view.axis.width).x(samples::at_seconds(seconds));
  }

  trace::Run sequential = sequential_run();
  trace::Run threads = samples::loiter_run(true);
  trace::Run processes{header_of(trace::Mode::Processes)};
  ComparedStage stage = ComparedStage::Over;  // of the threads
  Comparison comparison;
  ComparisonView view;
  Selection selection;
  views::LaneTags tags;
  std::optional<std::size_t> opened;
  bool moving = false;
};

constexpr ImVec2 normal{711, 544};

}  // namespace

TEST_CASE("a comparison shows the figures of each mode, and which runs next", "[comparison_panel]") {
  const float scale = GENERATE(1.0F, 2.0F);
  const ThemeChoice theme = GENERATE(ThemeChoice::Light, ThemeChoice::Dark);
  ComparisonScene scene;
  Driver lab{scene.draw(), {.size = {normal.x * scale, normal.y * scale}, .scale = scale, .theme = theme}};
  for (const char* words : {"Comparison", "Sequential", "1 worker", "10.00 s", "speed-up 1.00", "Threads", "3 workers",
                            "5.00 s", "speed-up 2.00", "efficiency 0.67", "Processes", "runs next", "over at 5.00 s",
                            "ThreadPoolExecutor-0_1", "loiter(3)", "8 s"}) {
    INFO(words);
    CHECK(lab.shows(words));
  }
}

TEST_CASE("all strips of a comparison share one axis of time", "[comparison_panel]") {
  ComparisonScene scene;
  Driver lab{scene.draw(), {.size = normal}};
  lab.wait(0.3);
  const auto& sequential = scene.view.strips[0].lanes.layout.bars;
  const auto& threads = scene.view.strips[1].lanes.layout.bars;
  REQUIRE_FALSE(sequential.empty());
  REQUIRE_FALSE(threads.empty());
  CHECK(sequential.back().box.x1 == Approx(scene.x_of(10)).margin(2));
  // loiter(4) of the threads, from 1 s to 5 s, is as long as loiter(4) of the sequential run, from 6 s to 10 s.
  const auto bar = [](const auto& bars) { return *std::ranges::find(bars, FutureId{5}, &views::Bar::future); };
  CHECK(bar(threads).box.width() == Approx(bar(sequential).box.width()).margin(2));
  CHECK(bar(threads).box.x1 == Approx(scene.x_of(5)).margin(2));
}

TEST_CASE("the wheel over one strip zooms all, and Fit shows all of them again", "[comparison_panel]") {
  ComparisonScene scene;
  Driver lab{scene.draw(), {.size = normal}};
  lab.wait(0.3);
  const double whole = to_seconds(scene.view.axis.visible.length());
  lab.hover("Threads/lanes");
  lab.wheel(lab.find("Threads/lanes").box.centre(), 3);
  lab.wait(0.3);
  CHECK(to_seconds(scene.view.axis.visible.length()) == Approx(whole * 0.512));
  CHECK(scene.view.strips[0].lanes.query.visible == scene.view.strips[1].lanes.query.visible);
  lab.click("Fit");
  lab.wait(0.3);
  CHECK(to_seconds(scene.view.axis.visible.length()) == Approx(whole));
}

TEST_CASE("the playhead of a comparison shows how far each run had come by then", "[comparison_panel]") {
  ComparisonScene scene;
  Driver lab{scene.draw(), {.size = normal}};
  lab.wait(0.3);
  const Box ruler = lab.find("Comparison/playhead").box;
  lab.click(ImVec2{ruler.x0 + scene.x_of(7), ruler.centre_y()});
  CHECK(to_seconds(scene.comparison.clock) == Approx(7).margin(0.05));
  lab.frames(2);
  CHECK(to_seconds(scene.view.strips[0].lanes.query.playhead) == Approx(7).margin(0.05));
  CHECK(scene.view.strips[1].lanes.query.playhead == samples::at_seconds(5));  // was over
  CHECK(lab.shows("over at 5.00 s"));
  // Its line is grabbed in any strip, also in one that was over.
  const float y = lab.find("Threads/lanes").box.centre_y();
  const auto x = [&](double seconds) { return ruler.x0 + scene.x_of(seconds); };
  lab.drag(ImVec2{x(to_seconds(scene.comparison.clock)), y}, ImVec2{x(2), y});
  CHECK(to_seconds(scene.comparison.clock) == Approx(2).margin(0.05));
  lab.frames(2);
  CHECK_FALSE(lab.shows("over at"));
}

TEST_CASE("with the keyboard on the ruler of a comparison the arrows move the playhead", "[comparison_panel]") {
  ComparisonScene scene;
  Driver lab{scene.draw(), {.size = normal}};
  lab.focus("Comparison/playhead");
  lab.key(ImGuiKey_LeftArrow);
  CHECK(scene.comparison.clock < samples::at_seconds(10));
  lab.key(ImGuiKey_Home);
  CHECK(scene.comparison.clock == Instant{});
}

TEST_CASE("a future selected in one strip is lit in all", "[comparison_panel]") {
  ComparisonScene scene;
  Driver lab{scene.draw(), {.size = normal}};
  lab.click("Threads/loiter(3)");
  lab.frames(2);
  CHECK(scene.selection.future == FutureId{4});
  CHECK(scene.view.strips[0].lanes.layout.selected.size() == 1);
  CHECK(scene.view.strips[1].lanes.layout.selected.size() == 1);
}

TEST_CASE("a heading opens its run, by mouse and by keyboard, once that has begun", "[comparison_panel]") {
  ComparisonScene scene;
  Driver lab{scene.draw(), {.size = normal}};
  lab.click("Comparison/Threads");
  CHECK(scene.opened == 1);
  lab.focus("Comparison/Sequential");
  lab.key(ImGuiKey_Enter);
  CHECK(scene.opened == 0);
  lab.click(lab.find("Comparison/Processes").box.centre());
  CHECK(scene.opened == 0);
}

TEST_CASE("a run that goes counts, and its time is where the others stand whole", "[comparison_panel]") {
  ComparisonScene scene;
  scene.stage = ComparedStage::Now;
  scene.threads = samples::loiter_run();
  scene.comparison.clock = samples::at_seconds(3.4);
  Driver lab{scene.draw(), {.size = normal}};
  CHECK(lab.shows("runs now"));
  CHECK(lab.shows("3.40 s"));
  CHECK(scene.view.strips[1].lanes.layout.wake_ups.size() == 1);
  CHECK(scene.view.strips[0].lanes.query.playhead == samples::at_seconds(10));
  CHECK(scene.view.strips[1].lanes.query.playhead == samples::at_seconds(3.4));
}

TEST_CASE("more lanes than there is room for: every heading stays in sight, and a strip scrolls",
          "[comparison_panel]") {
  ComparisonScene scene;
  scene.threads = samples::long_run(400, 24);
  Driver lab{scene.draw(), {.size = normal}};
  for (const char* label : {"Comparison/Sequential", "Comparison/Threads", "Comparison/Processes"}) {
    INFO(label);
    CHECK(lab.find(label).visible.height() == lab.find(label).box.height());
    CHECK(lab.find(label).box.y1 <= normal.y);
  }
  CHECK_FALSE(lab.shows("ThreadPoolExecutor-0_20"));
  const ImVec2 lanes = lab.find("Threads/lanes").visible.centre();
  ImGui::GetIO().AddKeyEvent(ImGuiMod_Shift, true);
  for (int i = 0; i < 30; ++i) lab.wheel(lanes, -1);
  ImGui::GetIO().AddKeyEvent(ImGuiMod_Shift, false);
  lab.frames(2);
  CHECK(lab.shows("ThreadPoolExecutor-0_20"));
  CHECK(lab.find("Comparison/Threads").visible.height() > 20);
}

TEST_CASE("no text of a comparison is cut in half at its edges", "[comparison_panel]") {
  const float width = GENERATE(480.0F, 624.0F, 711.0F, 1500.0F);
  const float height = GENERATE(180.0F, 416.0F, 544.0F);
  ComparisonScene scene;
  Driver lab{scene.draw(), {.size = {width, height}}};
  lab.wait(0.3);
  for (const DrawnText& text : lab.texts()) {
    INFO(text.text);
    CHECK(text.ink.x0 >= 0);
    CHECK(text.ink.x1 <= width);
  }
  CHECK(lab.shows("speed-up 2.00"));
}

TEST_CASE("lanes become denser before a comparison scrolls", "[comparison_panel]") {
  ComparisonScene scene;
  Driver lab{scene.draw(), {.size = {726, 416}}};
  const float dense = scene.view.strips[1].lanes.query.measures.lane_height;
  CHECK(dense < 38);
  CHECK(lab.find("Threads/ThreadPoolExecutor-0_2").visible.height() >= dense - 1);
  CHECK(lab.find("Comparison/Processes").box.y1 + 5 * dense <= 416);
  lab.set_size(normal);
  CHECK(scene.view.strips[1].lanes.query.measures.lane_height == 38);
}
