#include "gui/machine_panel.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <span>
#include <string>

#include "gui/machine_table.hpp"
#include "gui/paint.hpp"
#include "gui/panel.hpp"
#include "gui/text.hpp"
#include "gui/widgets.hpp"

namespace loiter::gui {
namespace {

using engine::GilKind;

constexpr std::array positions{GilKind::None, GilKind::Cpython, GilKind::PerInterpreter, GilKind::FreeThreaded};
constexpr float position_units = 24.0F;
constexpr float dial_units = 48.0F;
constexpr float side_by_side_units = 560.0F;  // from this width on the switch stands beside the counters

// A dial stops at values that make a difference to the eye; any other can be set on the command line.
constexpr std::array interval_stops{0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0};  // milliseconds
constexpr std::array core_stops{1.0, 2.0, 3.0, 4.0, 6.0, 8.0, 12.0, 16.0, 24.0, 32.0, 48.0, 64.0};
static_assert(core_stops.back() == static_cast<double>(engine::most_cores));

std::size_t nearest(std::span<const double> stops, double value) {
  const auto closer = [value](double a, double b) { return std::abs(a - value) < std::abs(b - value); };
  return static_cast<std::size_t>(std::ranges::min_element(stops, closer) - stops.begin());
}

void draw_knob(ImDrawList& list, const Look& look, ImVec2 centre, bool on) {
  const float radius = look.metrics.px(7);
  list.AddCircleFilled(centre, radius, look.theme.control);
  list.AddCircle(centre, radius - 0.5F, on ? look.theme.text : look.theme.control_line, 0, look.metrics.line(1.5F));
  if (on) list.AddCircleFilled(centre, look.metrics.px(4), look.theme.text);
}

// One of four, each on a line of its own: their names have no room side by side.
void draw_position(const LabState& lab, GilKind kind, const Box& box, Frame& frame) {
  const Look& look = frame.look;
  const engine::GilWords words = engine::words_of(kind);
  const bool on = lab.gil() == kind;
  ImGui::PushID(static_cast<int>(kind));
  const Press press = press_area("##position", "Machine/" + std::string(words.name), box, {});
  ImGui::PopID();
  if (press.pressed && !on) frame.wanted_gil = kind;
  if (!press.seen) return;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const Metrics& m = look.metrics;
  if (press.hovered) fill_box(list, box, look.theme.control_hover, m.lane_tag_radius);
  draw_knob(list, look, {std::round(box.x0 + m.px(12)), std::round(box.centre_y())}, on);
  draw_text_in(list, look, on ? strong_text(look) : base_text(look), {box.x0 + m.px(28), box.y0, box.x1, box.y1},
               words.name);
  focus_ring(look, press, m.lane_tag_radius);
  tip_for_last_item(look, words.sentence);
}

// Returns where it ends.
float draw_switch(const LabState& lab, const Box& all, Frame& frame) {
  const Look& look = frame.look;
  const Metrics& m = look.metrics;
  const float left = all.x0 + m.margin;
  const float right = all.x1 - m.margin;
  float y = all.y0 + m.gap8;
  draw_text_in(*ImGui::GetWindowDrawList(), look, quiet_text(look), {left, y, right - m.px(60), y + m.px(22)},
               "Threads of the next run");
  if (lab.gil() != GilKind::None) {
    ImGui::SetCursorScreenPos({right - run_label_width(look, RunLabel::Model), y + m.px(1)});
    run_label(look, RunLabel::Model);
    tip_for_last_item(look, "What the run shows of Python's threads is a model of them, made by this lab.");
  }
  y += m.px(24);
  for (const GilKind kind : positions) {
    draw_position(lab, kind, {left - m.gap4, y, right, y + m.px(position_units)}, frame);
    y += m.px(position_units);
  }
  ImGui::SetCursorScreenPos({left, y + m.gap4});
  paragraph(look, note_text(look), engine::words_of(lab.gil()).sentence, right - left, m.px(16));
  return ImGui::GetItemRectMax().y + m.gap8;
}

struct Dial {
  const char* label;  // a test finds it by
  std::string_view words;
  std::string value;
  std::string tip;
  bool enabled = true;
};

// Gives the stop that was chosen, where one was.
std::optional<double> draw_dial(const Dial& dial, std::span<const double> stops, double value, const Box& box,
                                const Look& look) {
  const Metrics& m = look.metrics;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const Colour ink = dial.enabled ? look.theme.text : look.theme.text3;
  const float middle = box.y0 + m.px(10);
  const TextStyle number{Face::MonoBold, m.type.small, ink};
  draw_text(list, look, number, box.x1, middle, dial.value, Align::Right);
  const float room = box.x1 - text_width(look, number, dial.value) - m.gap4;
  draw_text_in(list, look, {Face::Sans, m.type.base, ink}, {box.x0, box.y0, room, middle * 2 - box.y0}, dial.words);
  auto place = static_cast<double>(nearest(stops, value));
  const SliderOptions options{
      .min = 0, .max = static_cast<double>(stops.size() - 1), .step = 1, .enabled = dial.enabled, .tip = dial.tip};
  ImGui::SetCursorScreenPos({box.x0, box.y0 + m.px(20)});
  if (!slider(look, dial.label, place, options, box.width())) return std::nullopt;
  const double chosen = stops[static_cast<std::size_t>(std::lround(place))];
  return chosen == value ? std::nullopt : std::optional(chosen);
}

std::string milliseconds_text(Duration d) { return fmt::format("{:g} ms", to_seconds(d) * 1e3); }

float draw_dials(const LabState& lab, const Box& all, Frame& frame) {
  const Metrics& m = frame.look.metrics;
  const float width = std::floor((all.width() - 2 * m.margin - m.gap16) * 0.5F);
  const float height = m.px(dial_units);
  const Box first = Box::at(all.x0 + m.margin, all.y0, width, height);
  const Box second = Box::at(first.x1 + m.gap16, all.y0, width, height);
  const bool locks = engine::GilOptions{.kind = lab.gil()}.has_lock();
  const Dial interval{.label = "Machine/interval",
                      .words = "Interval",
                      .value = milliseconds_text(lab.gil_interval()),
                      .tip = locks ? "How long a thread waits for the GIL before it asks the holder to let go."
                                   : "Without a lock there is nothing to take turns for.",
                      .enabled = locks};
  const double now = to_seconds(lab.gil_interval()) * 1e3;
  if (const auto chosen = draw_dial(interval, interval_stops, now, first, frame.look))
    frame.wanted_gil_interval = from_seconds(*chosen / 1e3);
  const bool simulated = lab.choices().clock == trace::Clock::Simulated;
  const Dial cores{.label = "Machine/cores",
                   .words = "Cores",
                   .value = simulated ? fmt::format("{}", lab.cores()) : "its own",
                   .tip = simulated ? "How many cores the simulated machine has: so many lanes compute at a time."
                                    : "A live run has the cores of this computer. The simulated clock has as many as "
                                      "you like.",
                   .enabled = simulated};
  if (const auto chosen = draw_dial(cores, core_stops, lab.cores(), second, frame.look))
    frame.wanted_cores = static_cast<int>(*chosen);
  return first.y1;
}

}  // namespace

void draw_machine(const LabState& lab, const views::MachineTimes& times, Frame& frame) {
  const Metrics& m = frame.look.metrics;
  const Box all = rest_of_window();
  ImGui::PushID("Machine");
  // In a low window all of it scrolls.
  ImGui::BeginChild("machine", {all.width(), all.height()}, ImGuiChildFlags_NavFlattened,
                    ImGuiWindowFlags_NoBackground);
  const Box inside = rest_of_window();
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const bool side_by_side = inside.width() >= m.px(side_by_side_units);
  const float right = side_by_side ? inside.x0 + std::floor(inside.width() * 0.5F) : inside.x1;
  float y = draw_switch(lab, {inside.x0, inside.y0, right, all.y1}, frame);
  y = draw_dials(lab, {inside.x0, y, right, all.y1}, frame);
  if (side_by_side) {
    vertical_line(list, right, inside.y0, std::max(y, all.y1), frame.look.theme.splitter, m.hairline);
    draw_machine_use(lab.run_shown(), times, {right + m.hairline, inside.y0, inside.x1, all.y1}, frame);
  } else {
    horizontal_line(list, inside.x0, inside.x1, y, frame.look.theme.splitter, m.hairline);
    draw_machine_use(lab.run_shown(), times, {inside.x0, y + m.hairline, inside.x1, all.y1}, frame);
  }
  // It scrolls as far as the longer of both goes.
  ImGui::SetCursorScreenPos({inside.x0, std::max(y, ImGui::GetCursorScreenPos().y)});
  ImGui::Dummy({1, 1});
  ImGui::EndChild();
  ImGui::PopID();
}

}  // namespace loiter::gui
