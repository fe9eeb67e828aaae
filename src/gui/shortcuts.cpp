#include "gui/shortcuts.hpp"

#include <imgui_internal.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "gui/box.hpp"
#include "gui/paint.hpp"
#include "gui/press.hpp"
#include "gui/text.hpp"
#include "gui/top_bar.hpp"
#include "gui/tour.hpp"
#include "gui/widgets.hpp"
#include "gui/workbench.hpp"

namespace loiter::gui {
namespace {

constexpr std::array shortcuts{
    Shortcut{"Space", "run, hold, go on"},
    Shortcut{"S", "one step: to the next event"},
    Shortcut{"R", "restart"},
    Shortcut{"C", "compare: in every mode, one after the other"},
    Shortcut{"V", "vary a parameter: a chart of every mode over it"},
    Shortcut{"X", "stop the run"},
    Shortcut{"Left, Right", "move the playhead"},
    Shortcut{"Home, End", "playhead to the start; back to now"},
    Shortcut{"F", "fit the whole run into the timeline"},
    Shortcut{"+, -", "zoom the timeline"},
    Shortcut{"1, 2, 3", "sequential, threads, processes"},
    Shortcut{"M", "map or as_completed"},
    Shortcut{"G", "the next lock for threads: none, the GIL, ..."},
    Shortcut{"L", "the lessons, or the code again"},
    Shortcut{"Enter, Backspace", "in a lesson: go on or run, go back"},
    Shortcut{"1 to 9", "in a lesson's question: choose an option"},
    Shortcut{"N", "in a lesson: the teacher's notes, in a window"},
    Shortcut{"F11", "presentation: for the wall, one thing at a time"},
    Shortcut{"I", "instant, or at the chosen speed"},
    Shortcut{"F2, F3, F4", "hide or show code, stage, order"},
    Shortcut{"F5, F6, F7", "hide or show futures, waits, transcript"},
    Shortcut{"D", "light or dark"},
    Shortcut{"Ctrl +, Ctrl -", "everything larger, smaller"},
    Shortcut{"Ctrl 0", "everything at its first size"},
    Shortcut{"Ctrl A, Ctrl C", "select and copy in the transcript"},
    Shortcut{"Tab, arrows", "from control to control; Space or Enter presses"},
    Shortcut{"Esc", "leave full screen, a compared run, a selection"},
    Shortcut{"F1", "these keys"},
    Shortcut{"F8", "the tour: what each panel is"},
};

bool pressed(ImGuiKey key, bool repeat = false) { return ImGui::IsKeyPressed(key, repeat); }

// Keys that Dear ImGui would use to bring up its ring. While no ring is shown they are the lab's, unless a panel that
// was clicked has claimed one for itself in this frame.
constexpr std::array claimed_keys{ImGuiKey_Space, ImGuiKey_LeftArrow, ImGuiKey_RightArrow,
                                  ImGuiKey_Home,  ImGuiKey_End,       ImGuiKey_Escape};

void act_on_scale(WorkbenchView& view) {
  constexpr float step = 0.1F;
  if (pressed(ImGuiKey_Equal, true) || pressed(ImGuiKey_KeypadAdd, true)) view.scale += step;
  if (pressed(ImGuiKey_Minus, true) || pressed(ImGuiKey_KeypadSubtract, true)) view.scale -= step;
  if (pressed(ImGuiKey_0) || pressed(ImGuiKey_Keypad0)) view.scale = 1.0F;
  view.scale = std::clamp(view.scale, 1.0F, 2.5F);
}

void act_on_run_keys(LabState& lab, ImGuiID owner) {
  if (pressed_for_lab(ImGuiKey_Space, owner)) lab.run_or_pause();
  if (pressed(ImGuiKey_S, true)) lab.step();
  if (pressed(ImGuiKey_R)) lab.run();
  if (pressed(ImGuiKey_C)) lab.compare();
  if (pressed(ImGuiKey_V)) lab.draw_chart();
  if (pressed(ImGuiKey_X)) lab.stop();
  if (pressed(ImGuiKey_I)) lab.set_instant(!lab.is_instant());
}

void act_on_setup_keys(LabState& lab, bool digits_are_taken) {
  constexpr std::array modes{trace::Mode::Sequential, trace::Mode::Threads, trace::Mode::Processes};
  for (int i = 0; i < 3 && !digits_are_taken; ++i) {
    if (pressed(static_cast<ImGuiKey>(ImGuiKey_1 + i)) || pressed(static_cast<ImGuiKey>(ImGuiKey_Keypad1 + i)))
      lab.set_mode(modes[static_cast<std::size_t>(i)]);
  }
  if (pressed(ImGuiKey_G)) lab.set_next_gil();
  if (pressed(ImGuiKey_M)) {
    const bool map = lab.choices().collect.value_or(trace::Collect::Map) == trace::Collect::Map;
    lab.set_collect(map ? trace::Collect::AsCompleted : trace::Collect::Map);
  }
}

void act_on_panel_keys(WorkbenchView& view) {
  using views::PanelName;
  constexpr std::array<std::pair<ImGuiKey, PanelName>, 6> keys{{{ImGuiKey_F2, PanelName::Code},
                                                                {ImGuiKey_F3, PanelName::Stage},
                                                                {ImGuiKey_F4, PanelName::Order},
                                                                {ImGuiKey_F5, PanelName::Futures},
                                                                {ImGuiKey_F6, PanelName::Waits},
                                                                {ImGuiKey_F7, PanelName::Transcript}}};
  for (const auto& [key, panel] : keys) {
    bool* hidden = views::hidden_choice(view.layout, panel);
    if (hidden != nullptr && pressed(key)) *hidden = !*hidden;
  }
}

}  // namespace

ImGuiID lab_key_owner() { return ImGui::GetID("shortcuts of the lab"); }

void claim_lab_keys(ImGuiID owner) {
  for (const ImGuiKey key : claimed_keys) {
    const ImGuiID now = ImGui::GetKeyOwner(key);
    if (now == ImGuiKeyOwner_NoOwner || now == owner) ImGui::SetKeyOwner(key, owner);
  }
}

bool pressed_for_lab(ImGuiKey key, ImGuiID owner, bool repeat) {
  return ImGui::IsKeyPressed(key, repeat ? ImGuiInputFlags_Repeat : ImGuiInputFlags_None, owner);
}

void act_on_timeline_keys(WorkbenchView& view, LabState& lab, Frame& frame, ImGuiID owner) {
  const Look& look = frame.look;
  TimeAxis& axis = lab.shows_comparison() ? view.comparison.axis : view.timeline.axis;
  const auto step = [&](int direction) {
    frame.wanted_playhead = stepped(axis, look, lab.run_shown().header().unit, lab.clock(), direction);
  };
  if (pressed(ImGuiKey_F)) fit_axis(axis);
  if (pressed(ImGuiKey_Equal, true) || pressed(ImGuiKey_KeypadAdd, true))
    zoom_axis(axis, look, lab.clock(), zoom_per_notch);
  if (pressed(ImGuiKey_Minus, true) || pressed(ImGuiKey_KeypadSubtract, true))
    zoom_axis(axis, look, lab.clock(), 1 / zoom_per_notch);
  if (pressed_for_lab(ImGuiKey_LeftArrow, owner, true)) step(-1);
  if (pressed_for_lab(ImGuiKey_RightArrow, owner, true)) step(1);
  if (pressed_for_lab(ImGuiKey_Home, owner)) frame.wanted_playhead = Instant{};
  if (pressed_for_lab(ImGuiKey_End, owner)) frame.wants_now = true;
}

namespace {

// In the upper right corner of the list; by its key too, for there the ring does not come.
bool draw_tour_button(const Look& look, const Box& plate) {
  const ButtonOptions options{.small = true, .tip = "What each panel is, in five minutes (F8)"};
  const float x = plate.x1 - look.metrics.gap24 - button_width(look, "Take the tour", options);
  ImGui::SetCursorScreenPos({std::round(x), std::round(plate.y0 + look.metrics.px(28.0F - 11.0F))});
  return button(look, "Take the tour", options) || pressed(ImGuiKey_F8);
}

}  // namespace

std::span<const Shortcut> all_shortcuts() { return shortcuts; }

void act_on_keys(WorkbenchView& view, LabState& lab, LessonState& lessons, Frame& frame) {
  if (view.show_keys) return;  // the next key closes the list, and does nothing else
  if (pressed(ImGuiKey_F1)) view.show_keys = true;
  if (pressed(ImGuiKey_F8)) start_tour(view, lab);
  if (pressed(ImGuiKey_F11)) return set_presentation(view.presentation, lessons, true);
  act_on_panel_keys(view);
  if (ImGui::GetIO().KeyCtrl) {
    act_on_scale(view);
    return;
  }
  if (act_on_tour_keys(view, lab)) return;
  // With the ring too: it may well stand on what has just opened the run.
  const bool leaves_run = !frame.compared_mode.empty() && !view.layout.full_screen && !keyboard_is_held();
  if (leaves_run && pressed(ImGuiKey_Escape)) {
    frame.wants_comparison = true;
    return;
  }
  if (keyboard_is_taken() || ImGui::GetIO().KeyAlt) return;
  const ImGuiID owner = lab_key_owner();
  act_on_run_keys(lab, owner);
  if (pressed(ImGuiKey_L)) toggle_lesson(view);
  if (pressed(ImGuiKey_N) && lessons.is_open()) view.presentation.wants_notes = !view.presentation.wants_notes;
  // While a question is open, digits choose its options.
  const bool digits_choose = is_lesson_shown(view) && !view.tour.open && act_on_lesson_keys(view.lesson, lessons, lab);
  act_on_setup_keys(lab, digits_choose);
  act_on_timeline_keys(view, lab, frame, owner);
  if (pressed(ImGuiKey_D)) view.theme = view.theme == ThemeChoice::Dark ? ThemeChoice::Light : ThemeChoice::Dark;
  if (pressed_for_lab(ImGuiKey_Escape, owner)) {
    if (view.layout.full_screen) {
      view.layout.full_screen.reset();
    } else {
      view.selection.future = no_future;
    }
  }
  claim_lab_keys(owner);  // for the next frame: Dear ImGui looks at its keys before anything is drawn
}

bool draw_keys(bool& open, const Look& look) {
  if (!open) return false;
  const ImVec2 display = ImGui::GetIO().DisplaySize;
  const float row = look.metrics.px(24.0F);
  const auto count = static_cast<float>(shortcuts.size());
  const bool two_columns = row * count + look.metrics.px(80.0F) > display.y;
  const float rows = two_columns ? std::ceil(count / 2.0F) : count;
  const float width = std::min(look.metrics.px(two_columns ? 960.0F : 500.0F), display.x - look.metrics.gap16);
  const float height = std::min(rows * row + look.metrics.px(64.0F), display.y - look.metrics.gap16);
  const bool is_narrow = two_columns && width < look.metrics.px(800.0F);
  ImGui::SetNextWindowPos({(display.x - width) * 0.5F, (display.y - height) * 0.5F});
  ImGui::SetNextWindowSize({width, height});
  ImGui::SetNextWindowFocus();
  ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, look.metrics.hairline);
  ImGui::Begin("All keys", nullptr, ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoNav);
  const ImVec2 corner = ImGui::GetWindowPos();
  ImDrawList& list = *ImGui::GetWindowDrawList();
  draw_text(list, look, strong_text(look), corner.x + look.metrics.gap24, corner.y + look.metrics.px(28.0F),
            "All keys");
  for (std::size_t i = 0; i < shortcuts.size(); ++i) {
    const float column = two_columns && static_cast<float>(i) >= rows ? 1.0F : 0.0F;
    const float x = std::round(corner.x + look.metrics.gap24 + column * width * 0.5F);
    const float y = std::round(corner.y + look.metrics.px(58.0F) + (static_cast<float>(i) - column * rows) * row);
    TextStyle keys = code_text(look);
    TextStyle what = base_text(look);
    if (is_narrow) keys.size = what.size = look.metrics.type.tiny;
    draw_text(list, look, keys, x, y, shortcuts[i].keys);
    const float what_x = x + look.metrics.px(is_narrow ? 116.0F : 128.0F);
    const float end = corner.x + (column + 1) * width * (two_columns ? 0.5F : 1.0F) - look.metrics.gap8;
    draw_text_in(list, look, what, {what_x, y - row * 0.5F, end, y + row * 0.5F}, shortcuts[i].what);
  }
  const bool wants_tour = draw_tour_button(look, {corner.x, corner.y, corner.x + width, corner.y + height});
  const bool on_button = ImGui::IsItemHovered();
  ImGui::End();
  ImGui::PopStyleVar();
  const bool any_key = ImGui::IsKeyPressed(ImGuiKey_Escape, false) || ImGui::IsKeyPressed(ImGuiKey_F1, false) ||
                       ImGui::IsKeyPressed(ImGuiKey_Space, false) || ImGui::IsKeyPressed(ImGuiKey_Enter, false);
  const bool just_opened = ImGui::IsWindowAppearing();
  const bool clicked = ImGui::IsMouseClicked(ImGuiMouseButton_Left) && !on_button;
  if (wants_tour || (!just_opened && (any_key || clicked))) open = false;
  return wants_tour;
}

}  // namespace loiter::gui
