// The timeline above its lanes: subtitle, Fit button, ruler and playhead.
#include <imgui_internal.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <span>
#include <string>
#include <string_view>

#include "gui/paint.hpp"
#include "gui/state_style.hpp"
#include "gui/timeline_parts.hpp"
#include "gui/widget_core.hpp"
#include "gui/widgets.hpp"
#include "views/status_text.hpp"

namespace loiter::gui::timeline {
namespace {

float end_of_title(const AxisPanel& p) {
  const float name = p.frame.titled ? text_width(p.look, strong_text(p.look), p.name) : p.frame.tabs_width;
  const float end = p.areas.all.x0 + p.look.metrics.margin + name;
  if (p.frame.compared_mode.empty()) return end;
  return end + p.look.metrics.px(15) + text_width(p.look, quiet_text(p.look), p.frame.compared_mode);
}

enum class Swatch { Outline, Hatch, Solid };
struct KeyEntry {
  Swatch swatch;
  StateLook state;
  std::string_view words;
};

float key_width(const AxisPanel& p, std::span<const KeyEntry> entries) {
  const Metrics& m = p.look.metrics;
  float width = -m.gap16;
  for (const KeyEntry& entry : entries)
    width += m.px(18) + m.gap8 + std::ceil(text_width(p.look, note_text(p.look), entry.words)) + m.gap16;
  return width;
}

// "[] connect  // wait for the answer  [] receive": what the parts of a bar mean. Returns where it ends; x if it has no
// room.
float draw_key(AxisPanel& p, std::span<const KeyEntry> entries, float x, float right) {
  const Metrics& m = p.look.metrics;
  const float swatch = m.px(18);
  if (x + key_width(p, entries) > right) return x;
  const float y = p.areas.title.centre_y();
  for (const KeyEntry& entry : entries) {
    const Box box = Box::around({x + swatch * 0.5F, y}, swatch, m.px(14));
    if (entry.swatch == Swatch::Outline) draw_tint_bar(*p.list, p.look, box, entry.state);
    if (entry.swatch == Swatch::Hatch)
      draw_wait_bar(*p.list, p.look, {.box = Box::around(box.centre(), swatch, m.wait_height)});
    if (entry.swatch == Swatch::Solid) fill_box(*p.list, box, p.look.theme.state(entry.state).ink, m.lane_tag_radius);
    x = draw_text(*p.list, p.look, note_text(p.look), x + swatch + m.gap8, y, entry.words) + m.gap16;
  }
  return x;
}

constexpr std::array<KeyEntry, 3> download_key{{{Swatch::Outline, StateLook::Returned, "connect"},
                                                {Swatch::Hatch, StateLook::Waiting, "wait for the answer"},
                                                {Swatch::Solid, StateLook::Returned, "receive"}}};
constexpr std::array<KeyEntry, 3> gil_key{{{Swatch::Solid, StateLook::Running, "holds the GIL"},
                                           {Swatch::Hatch, StateLook::Waiting, "wants it"},
                                           {Swatch::Outline, StateLook::Running, "has let it go"}}};
constexpr std::array<KeyEntry, 1> core_key{{{Swatch::Hatch, StateLook::Waiting, "waits for a core"}}};

std::span<const KeyEntry> key_of(const AxisPanel& p) {
  if (p.gil) return gil_key;
  if (p.cores) return core_key;
  return {};
}

void draw_subtitle(AxisPanel& p, float right) {
  const Metrics& m = p.look.metrics;
  const std::string words = views::unit_text(p.unit);
  const bool units = p.axis.measure == views::RulerMeasure::Units;
  const float x = std::round(std::max(p.areas.time_x + m.px(4), end_of_title(p) + m.gap16));
  if (p.transfers) {
    draw_key(p, download_key, std::ceil(end_of_title(p) + m.gap24), right);
    return;
  }
  const float width = std::ceil(text_width(p.look, note_text(p.look), words));
  if (x + width > right) return;
  const std::span<const KeyEntry> key = key_of(p);
  if (!key.empty() && x + width + m.gap4 + m.gap16 + key_width(p, key) > right && x + key_width(p, key) <= right) {
    draw_key(p, key, x, right);  // what the marks mean goes before what a unit is
    return;
  }
  const Box box = Box::at(x - m.gap4, p.areas.title.centre_y() - m.px(9), width + m.gap8, m.px(18));
  const Press press = press_area("##unit", p.label("unit"), box, {});
  if (press.pressed) p.axis.measure = units ? views::RulerMeasure::Seconds : views::RulerMeasure::Units;
  if (press.hovered) fill_box(*p.list, box, p.look.theme.control_hover, m.lane_tag_radius);
  focus_ring(p.look, press, m.lane_tag_radius);
  TextStyle style = note_text(p.look);
  if (units) style.colour = p.look.theme.text;
  draw_text(*p.list, p.look, style, x, box.centre_y(), words);
  const float after_key = draw_key(p, key, box.x1 + m.gap16, right);
  if (const float note = after_key == box.x1 + m.gap16 ? box.x1 + m.gap12 : after_key;
      note + text_width(p.look, note_text(p.look), p.note) <= right) {
    draw_text(*p.list, p.look, note_text(p.look), note, box.centre_y(), p.note);
  }
  tip_for_last_item(p.look, units ? "The ruler counts units. Press to count seconds."
                                  : "The ruler counts seconds. Press to count units.");
}

// From the right edge of the title. Gives where the first of them begins.
float draw_buttons(AxisPanel& p) {
  const Metrics& m = p.look.metrics;
  const float width = m.px(38);
  float x = p.areas.all.x1 - m.px(28) - width;
  ImGui::SetCursorScreenPos({x, p.areas.title.y0 + m.gap4});
  const ButtonOptions options{.small = true, .width = width, .tip = "Shows the whole run (F)."};
  if (button(p.look, "Fit", options)) fit_axis(p.axis);
  if (p.frame.compared_mode.empty()) return x;
  constexpr const char* back = "Back to the comparison";
  const float padding = 2 * m.px(10);
  const float words = padding + m.icon + m.gap_in_group + std::ceil(text_width(p.look, base_text(p.look), back));
  const bool compact = x - words < end_of_title(p) + m.gap16;
  x -= m.gap8 + (compact ? padding + m.icon : words);
  ImGui::SetCursorScreenPos({x, p.areas.title.y0 + m.gap4});
  const ButtonOptions with_icon{.icon = Glyph::ChevronLeft,
                                .compact = compact,
                                .small = true,
                                .width = compact ? 0.0F : words,
                                .tip = "Shows the runs of all modes again (Esc)."};
  if (button(p.look, back, with_icon)) p.frame.wants_comparison = true;
  if (p.just_opened) take_keyboard_ring();
  return x;
}

void playhead_keys(AxisPanel& p, const Press& press) {
  if (ImGui::GetCurrentContext()->NavId != press.id) return;
  const auto step = [&](int direction) {
    const Instant t = stepped(p.axis, p.look, p.unit, p.playhead, direction);
    p.frame.wanted_playhead = std::clamp(t, Instant{}, p.latest);
  };
  if (own_key_pressed(press.id, ImGuiKey_LeftArrow)) step(-1);
  if (own_key_pressed(press.id, ImGuiKey_RightArrow)) step(1);
  if (own_key_pressed(press.id, ImGuiKey_Home, false)) p.frame.wanted_playhead = Instant{};
  if (own_key_pressed(press.id, ImGuiKey_End, false)) p.frame.wants_now = true;
  if (own_key_pressed(press.id, ImGuiKey_Equal) || own_key_pressed(press.id, ImGuiKey_KeypadAdd)) {
    zoom_axis(p.axis, p.look, p.playhead, zoom_per_notch);
  }
  if (own_key_pressed(press.id, ImGuiKey_Minus) || own_key_pressed(press.id, ImGuiKey_KeypadSubtract)) {
    zoom_axis(p.axis, p.look, p.playhead, 1 / zoom_per_notch);
  }
}

void draw_ruler(AxisPanel& p, const std::vector<views::Tick>& ticks) {
  const Metrics& m = p.look.metrics;
  const Box area{p.areas.time_x, p.areas.ruler.y0, p.areas.all.x1, p.areas.ruler.y1};
  const Press press = press_area("##playhead", p.label("playhead"), area, {.on_click = true});
  if (press.held) {
    move_playhead_to(p, ImGui::GetIO().MousePos.x);
    ImGui::SetMouseCursor(ImGuiMouseCursor_ResizeEW);
  }
  playhead_keys(p, press);
  focus_ring(p.look, press, m.lane_tag_radius);
  horizontal_line(*p.list, p.areas.all.x0, p.areas.all.x1, p.areas.ruler.y1, p.look.theme.hairline, m.hairline);
  const TextStyle style{Face::Mono, m.type.tiny, p.look.theme.text2};
  const float playhead = p.playhead_x() + p.areas.time_x;
  for (const views::Tick& tick : ticks) {
    const float x = std::round(tick.x + p.areas.time_x);
    if (x < area.x0 || x > area.x1) continue;
    vertical_line(*p.list, x, p.areas.ruler.y1 - m.px(5), p.areas.ruler.y1, p.look.theme.control_line, m.hairline);
    const float half = std::ceil(text_width(p.look, style, tick.label) * 0.5F);
    const bool under_playhead = std::abs(x - playhead) < half + m.px(22);
    const bool under_mark = x + half > p.on_ruler.x0 && x - half < p.on_ruler.x1;
    if (under_playhead || under_mark || x + half > area.x1) continue;
    draw_text(*p.list, p.look, style, x, p.areas.ruler.y0 + m.px(7), tick.label, Align::Centre);
  }
}

}  // namespace

void draw_above_lanes(AxisPanel& p, const std::vector<views::Tick>& ticks) {
  if (!p.frame.wall) {
    const float right = draw_buttons(p);
    draw_subtitle(p, right - p.look.metrics.gap12);
  }
  draw_ruler(p, ticks);
}

void draw_playhead_on(AxisPanel& p, float bottom_y) {
  const Metrics& m = p.look.metrics;
  const float x = p.playhead_x();
  if (x < 0 || x > p.time_width()) return;
  const double per_pixel = views::TimeScale(p.axis.visible, p.axis.width).nanoseconds_per_pixel();
  const std::string time = views::playhead_text(p.playhead, per_pixel);
  draw_playhead(*p.list, p.look,
                {.x = x + p.areas.time_x,
                 .top_y = p.areas.ruler.y0 - m.px(2),
                 .bottom_y = bottom_y,
                 .within_x0 = p.areas.all.x0,
                 .within_x1 = p.areas.all.x1,
                 .time = time});
}

}  // namespace loiter::gui::timeline
