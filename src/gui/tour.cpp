#include "gui/tour.hpp"

#include <imgui.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <utility>
#include <variant>

#include "gui/press.hpp"
#include "gui/tour_card.hpp"
#include "gui/tour_steps.hpp"
#include "gui/workbench.hpp"

namespace loiter::gui {
namespace {

using views::PanelName;

constexpr const char* tour_experiment = "loiter";
// Lab seconds a second: five seconds of loiter are then ten, in which one can look at more than one panel.
constexpr double tour_speed = 0.5;

// Panels that can be hidden: those that the tour has shown are hidden again.
constexpr std::array hideable{PanelName::Code,    PanelName::Stage, PanelName::Order,
                              PanelName::Futures, PanelName::Waits, PanelName::Transcript};

TourView::Tabs tabs_of(const WorkbenchView& view) { return {view.tab, view.left, view.centre_tab}; }

// A lesson has its own lab, and its reader is to guess before it is run.
void choose_loiter(TourView& tour, LabState& lab) {
  if (lab.is_fixed() || lab.is_going() || lab.choices().experiment == tour_experiment) return;
  lab.choose_experiment(tour_experiment);
  tour.before.chose_loiter = true;
}

void slow_down(TourView& tour, LabState& lab) {
  if (lab.is_fixed() || lab.is_going()) return;
  lab.set_speed(tour_speed);
  tour.before.set_speed = true;
}

// What there is to speak of: a run that goes, or one of loiter's that is over.
bool has_run_to_show(const LabState& lab) {
  if (lab.shows_comparison() || lab.sweep() != nullptr) return false;
  return lab.is_going() || (lab.has_run() && lab.run_shown().header().title == tour_experiment);
}

void show_instant(TourView& tour, LabState& lab, int percent) {
  if (percent < 0 || lab.is_going()) return;
  lab.move_playhead(Instant{} + (lab.latest() - Instant{}) * percent / 100);
  tour.before.moved_playhead = true;
}

void enter_step(WorkbenchView& view, LabState& lab, std::size_t number) {
  TourView& tour = view.tour;
  tour.step = std::min(number, tour_steps().size() - 1);
  const TourStep& step = tour_steps()[tour.step];
  view.lit.reset();
  if (const auto* panel = std::get_if<PanelName>(&step.target)) {
    light_up(view, *panel);
    view.tab = *panel;
  }
  tour.tabs = tabs_of(view);
  if (step.needs_run && !lab.is_fixed() && !has_run_to_show(lab)) {
    choose_loiter(tour, lab);
    slow_down(tour, lab);
    lab.run();
  }
  show_instant(tour, lab, step.instant);
}

void put_back_lab(const TourView::Before& before, LabState& lab) {
  if (before.moved_playhead) lab.follow();
  if (lab.is_fixed()) return;  // by a lesson that was opened meanwhile
  if (before.set_speed && lab.speed() == tour_speed && !lab.is_instant()) {
    lab.set_speed(before.speed);
    lab.set_instant(before.instant);
  }
  if (before.chose_loiter && lab.choices().experiment == tour_experiment) {
    if (before.file) {
      lab.open_scenario(*before.file, before.choices);
    } else {
      lab.set_choices(before.choices);
    }
  }
}

void put_back_panels(WorkbenchView& view) {
  const TourView::Before& before = view.tour.before;
  views::LayoutChoices was = before.layout;
  for (const PanelName panel : hideable) {
    if (*views::hidden_choice(was, panel)) *views::hidden_choice(view.layout, panel) = true;
  }
  // The last step shows the lessons, and there they stay.
  const bool is_last = view.tour.step + 1 == tour_steps().size();
  if (is_last || tabs_of(view) != view.tour.tabs) return;
  view.tab = before.tabs.tab;
  view.left = before.tabs.left;
  view.centre_tab = before.tabs.centre;
}

void act(WorkbenchView& view, LabState& lab, TourPress press) {
  const std::size_t step = view.tour.step;
  switch (press) {
    case TourPress::None:
      return;
    case TourPress::Back:
      if (step > 0) enter_step(view, lab, step - 1);
      return;
    case TourPress::Next:
      if (step + 1 == tour_steps().size()) return end_tour(view, lab);
      return enter_step(view, lab, step + 1);
    case TourPress::Skip:
      return end_tour(view, lab);
  }
}

}  // namespace

void start_tour(WorkbenchView& view, LabState& lab, std::size_t step) {
  if (view.tour.open) end_tour(view, lab);
  view.tour.open = true;
  view.tour.before = {.choices = lab.choices(),
                      .file = lab.file(),
                      .speed = lab.speed(),
                      .instant = lab.is_instant(),
                      .layout = view.layout,
                      .tabs = tabs_of(view)};
  choose_loiter(view.tour, lab);
  slow_down(view.tour, lab);
  enter_step(view, lab, step);
}

void end_tour(WorkbenchView& view, LabState& lab) {
  if (!view.tour.open) return;
  view.tour.open = false;
  view.tour.was_seen = true;
  view.lit.reset();
  put_back_lab(view.tour.before, lab);
  put_back_panels(view);
}

bool act_on_tour_keys(WorkbenchView& view, LabState& lab) {
  if (!view.tour.open) return false;
  // What the key was pressed for may be gone by now: a list that it has closed, the ring that it has put away.
  const bool are_taken = keyboard_is_taken();
  if (std::exchange(view.tour.keys_taken, are_taken) || are_taken) return false;
  const auto pressed = [](ImGuiKey key) { return ImGui::IsKeyPressed(key, false); };
  TourPress press = TourPress::None;
  if (pressed(ImGuiKey_Enter) || pressed(ImGuiKey_KeypadEnter)) press = TourPress::Next;
  if (pressed(ImGuiKey_Backspace)) press = TourPress::Back;
  if (pressed(ImGuiKey_Escape)) press = TourPress::Skip;
  act(view, lab, press);
  return press != TourPress::None;
}

void draw_tour(WorkbenchView& view, LabState& lab, const Look& look) {
  if (view.tour.open) act(view, lab, draw_tour_card(view, look));
}

}  // namespace loiter::gui
