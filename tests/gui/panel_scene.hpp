// A scene for tests of the panels: a run made by hand, what the window would remember, and one panel or all of them.
//
//   Scene scene(samples::loiter_run(), 3.4);
//   Driver lab{scene.draw(&Scene::timeline), {.size = {711, 206}}};
//   lab.click("Timeline/loiter(4)");
//   CHECK(scene.selection.future == FutureId{5});
//
// Shape    Each panel function draws into the current window; draw() makes it a Driver's draw function. What a panel
//          asks for (a playhead, now) is done by the scene as the window would do it.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <utility>

#include "gui/code_panel.hpp"
#include "gui/driver.hpp"
#include "gui/frame.hpp"
#include "gui/futures_panel.hpp"
#include "gui/legend_panel.hpp"
#include "gui/order_panel.hpp"
#include "gui/stage_panel.hpp"
#include "gui/status_line.hpp"
#include "gui/timeline_panel.hpp"
#include "gui/transcript_panel.hpp"
#include "gui/waits_panel.hpp"
#include "views/sample_runs.hpp"
#include "views/status_text.hpp"

namespace loiter::gui::testing {

class Scene {
 public:
  explicit Scene(trace::Run shown, double seconds = 0) : run(std::move(shown)), playhead(samples::at_seconds(seconds)) {
    code_view.python = views::parse_listing(samples::loiter_listing(), views::Language::Python);
    code_view.cpp = views::parse_listing(samples::loiter_listing_cpp(), views::Language::Cpp);
  }

  using PanelFunction = void (Scene::*)(Frame&);
  // One panel that fills the display.
  Driver::Draw draw(PanelFunction panel) {
    return in_window(
        [this, panel](const Look& look) { with_frame(look, [&](Frame& frame) { (this->*panel)(frame); }); }, 0.0F);
  }
  // The panels in the places they have in the design's picture of 1280 x 800.
  Driver::Draw draw_all() {
    return [this](const Look& look) { with_frame(look, [&](Frame& frame) { all_panels(frame); }); };
  }

  void timeline(Frame& frame) { title_pressed = draw_timeline(timeline_view, run, frame); }
  void futures(Frame& frame) { title_pressed = draw_futures(futures_view, run, frame); }
  void transcript(Frame& frame) { title_pressed = draw_transcript(transcript_view, run, frame); }
  void code(Frame& frame) { title_pressed = draw_code(code_view, run, frame); }
  void order(Frame& frame) { title_pressed = draw_order(order_view, run, times, frame); }
  void stage(Frame& frame) { title_pressed = draw_stage(stage_view, run, times, frame); }
  void waits(Frame& frame) { title_pressed = draw_waits(waits_view, run, times, frame); }
  void legend(Frame& frame) { title_pressed = draw_legend(frame); }
  void status(Frame& frame) {
    const std::string sentence = views::status_text(run, phase, playhead);
    constexpr KeyHint keys[] = {{"Space", "run"}, {"S", "step"}, {"R", "restart"}, {"X", "stop"}, {"F1", "all keys"}};
    draw_status_line(frame, sentence, keys);
  }

  trace::Run run;
  Instant playhead;
  bool following = true;
  std::uint64_t run_number = 1;
  views::Phase phase = views::Phase::Paused;
  Selection selection;
  views::LaneTags tags;
  TimelineView timeline_view;
  FuturesView futures_view;
  TranscriptView transcript_view;
  CodeView code_view;
  views::FutureTimes times;
  OrderView order_view;
  StageView stage_view;
  WaitsView waits_view;
  bool title_pressed = false;
  std::optional<views::GuessMarks> guess;  // laid over the run
  bool asked_for_now = false;
  bool moving = false;

 private:
  template <class Draw>
  void with_frame(const Look& look, Draw&& draw_panels) {
    tags.update(run);
    times.update(run);
    Frame frame{.look = look,
                .selection = selection,
                .tags = tags,
                .playhead = playhead,
                .following = following,
                .run_number = run_number};
    if (guess) frame.guess = &*guess;
    draw_panels(frame);
    if (frame.wanted_playhead) {
      playhead = *frame.wanted_playhead;
      following = false;
    }
    asked_for_now = asked_for_now || frame.wants_now;
    moving = frame.moving;
  }

  void in_box(const Look& look, const char* name, const Box& units, Frame& frame, PanelFunction panel) {
    const Metrics& m = look.metrics;
    ImGui::SetNextWindowPos({m.px(units.x0), m.px(units.y0)});
    ImGui::SetNextWindowSize({m.px(units.width()), m.px(units.height())});
    ImGui::Begin(name, nullptr, ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove);
    (this->*panel)(frame);
    ImGui::End();
  }
  void all_panels(Frame& frame) {
    const Look& look = frame.look;
    ImDrawList& list = *ImGui::GetBackgroundDrawList();
    const ImVec2 size = ImGui::GetIO().DisplaySize;
    list.AddRectFilled({0, look.metrics.px(92)}, size, look.theme.splitter);
    in_box(look, "code", {0, 92, 306, 634}, frame, &Scene::code);
    in_box(look, "stage", {307, 92, 1018, 250}, frame, &Scene::stage);
    in_box(look, "timeline", {307, 251, 1018, 457}, frame, &Scene::timeline);
    in_box(look, "order", {307, 458, 1018, 634}, frame, &Scene::order);
    in_box(look, "waits", {1019, 291, 1280, 634}, frame, &Scene::waits);
    in_box(look, "futures", {1019, 92, 1280, 290}, frame, &Scene::futures);
    in_box(look, "transcript", {0, 635, 620, 772}, frame, &Scene::transcript);
    in_box(look, "legend", {1019, 635, 1280, 772}, frame, &Scene::legend);
    in_box(look, "status", {0, 773, 1280, 800}, frame, &Scene::status);
  }
};

}  // namespace loiter::gui::testing
