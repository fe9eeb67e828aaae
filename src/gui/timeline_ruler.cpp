// The timeline above its lanes: subtitle, Fit button, ruler and playhead.
#include <imgui_internal.h>

#include <algorithm>
#include <cmath>
#include <string>

#include "gui/paint.hpp"
#include "gui/timeline_parts.hpp"
#include "gui/widget_core.hpp"
#include "gui/widgets.hpp"
#include "views/status_text.hpp"

namespace loiter::gui::timeline {
namespace {

void draw_subtitle(Panel& p) {
  const Metrics& m = p.look.metrics;
  const std::string words = views::unit_text(p.run.header().unit);
  const bool units = p.view.measure == views::RulerMeasure::Units;
  const float after_title = p.areas.all.x0 + m.margin + text_width(p.look, strong_text(p.look), "Timeline") + m.gap16;
  const float x = std::round(std::max(p.areas.time_x + m.px(4), after_title));
  const float width = std::ceil(text_width(p.look, note_text(p.look), words));
  if (x + width > p.areas.all.x1 - m.px(90)) return;
  const Box box = Box::at(x - m.gap4, p.areas.title.centre_y() - m.px(9), width + m.gap8, m.px(18));
  const Press press = press_area("##unit", "Timeline/unit", box, {});
  if (press.pressed) p.view.measure = units ? views::RulerMeasure::Seconds : views::RulerMeasure::Units;
  if (press.hovered) fill_box(*p.list, box, p.look.theme.control_hover, m.lane_tag_radius);
  focus_ring(p.look, press, m.lane_tag_radius);
  TextStyle style = note_text(p.look);
  if (units) style.colour = p.look.theme.text;
  draw_text(*p.list, p.look, style, x, box.centre_y(), words);
  tip_for_last_item(p.look, units ? "The ruler counts units. Press to count seconds."
                                  : "The ruler counts seconds. Press to count units.");
}

void draw_fit_button(Panel& p) {
  const Metrics& m = p.look.metrics;
  const float width = m.px(38);
  ImGui::SetCursorScreenPos({p.areas.all.x1 - m.px(28) - width, p.areas.title.y0 + m.gap4});
  const ButtonOptions options{.small = true, .width = width, .tip = "Shows the whole run (F)."};
  if (button(p.look, "Fit", options)) fit_timeline(p.view);
}

void playhead_keys(Panel& p, const Press& press) {
  if (ImGui::GetCurrentContext()->NavId != press.id) return;
  if (own_key_pressed(press.id, ImGuiKey_LeftArrow)) step_playhead(p.view, p.run, p.frame, -1);
  if (own_key_pressed(press.id, ImGuiKey_RightArrow)) step_playhead(p.view, p.run, p.frame, 1);
  if (own_key_pressed(press.id, ImGuiKey_Home, false)) p.frame.wanted_playhead = Instant{};
  if (own_key_pressed(press.id, ImGuiKey_End, false)) p.frame.wants_now = true;
  if (own_key_pressed(press.id, ImGuiKey_Equal) || own_key_pressed(press.id, ImGuiKey_KeypadAdd)) {
    zoom_timeline(p.view, p.frame, zoom_per_notch);
  }
  if (own_key_pressed(press.id, ImGuiKey_Minus) || own_key_pressed(press.id, ImGuiKey_KeypadSubtract)) {
    zoom_timeline(p.view, p.frame, 1 / zoom_per_notch);
  }
}

void draw_ruler(Panel& p, const std::vector<views::Tick>& ticks) {
  const Metrics& m = p.look.metrics;
  const Box area{p.areas.time_x, p.areas.ruler.y0, p.areas.all.x1, p.areas.ruler.y1};
  const Press press = press_area("##playhead", "Timeline/playhead", area, {.on_click = true});
  if (press.held) {
    move_playhead_to(p, ImGui::GetIO().MousePos.x);
    ImGui::SetMouseCursor(ImGuiMouseCursor_ResizeEW);
  }
  playhead_keys(p, press);
  focus_ring(p.look, press, m.lane_tag_radius);
  horizontal_line(*p.list, p.areas.all.x0, p.areas.all.x1, p.areas.ruler.y1, p.look.theme.hairline, m.hairline);
  const TextStyle style{Face::Mono, m.type.tiny, p.look.theme.text2};
  const float playhead = p.view.layout.playhead_x + p.areas.time_x;
  for (const views::Tick& tick : ticks) {
    const float x = std::round(tick.x + p.areas.time_x);
    if (x < area.x0 || x > area.x1) continue;
    vertical_line(*p.list, x, p.areas.ruler.y1 - m.px(5), p.areas.ruler.y1, p.look.theme.control_line, m.hairline);
    const float half = std::ceil(text_width(p.look, style, tick.label) * 0.5F);
    const bool under_playhead = std::abs(x - playhead) < half + m.px(22);
    if (under_playhead || x + half > area.x1) continue;
    draw_text(*p.list, p.look, style, x, p.areas.ruler.y0 + m.px(7), tick.label, Align::Centre);
  }
}

}  // namespace

std::vector<views::Tick> ticks_of(const Panel& p) {
  return views::ruler_ticks(p.view.query.visible, p.time_width(), p.look.metrics.px(64), p.view.measure,
                            p.run.header().unit);
}

void draw_above_lanes(Panel& p, const std::vector<views::Tick>& ticks) {
  draw_subtitle(p);
  draw_fit_button(p);
  draw_ruler(p, ticks);
}

void draw_playhead_on(Panel& p) {
  const Metrics& m = p.look.metrics;
  const float x = p.view.layout.playhead_x;
  if (x < 0 || x > p.time_width()) return;
  const double per_pixel = views::TimeScale(p.view.query.visible, p.time_width()).nanoseconds_per_pixel();
  const std::string time = views::playhead_text(p.frame.playhead, per_pixel);
  draw_playhead(*p.list, p.look,
                {.x = x + p.areas.time_x,
                 .top_y = p.areas.ruler.y0 - m.px(2),
                 .bottom_y = p.areas.all.y1,
                 .within_x0 = p.areas.all.x0,
                 .within_x1 = p.areas.all.x1,
                 .time = time});
}

}  // namespace loiter::gui::timeline
