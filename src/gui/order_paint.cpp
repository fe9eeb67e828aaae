#include "gui/order_paint.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

#include "gui/state_style.hpp"
#include "gui/text.hpp"
#include "views/time_scale.hpp"

namespace loiter::gui {
namespace {

using views::OrderLine;
using views::OrderLink;

void draw_link(ImDrawList& list, const OrderPaint& paint, const OrderLink& link) {
  const Look& look = paint.frame.look;
  const Metrics& m = look.metrics;
  const bool selected = link.future == paint.frame.selection.future;
  const Colour ink = look.theme.state(link.held || !link.known ? StateLook::Waiting : link.look).ink;
  const float thickness = selected ? m.line(3) : m.line(1.5F);
  ImVec2 from{link.x0 + paint.origin.x, link.y0 + paint.origin.y};
  ImVec2 to{link.x1 + paint.origin.x, link.y1 + paint.origin.y};
  if (from.y == to.y) make_sharp(from, to, thickness);
  const auto points = order_curve(from, to);
  if (link.held) {
    dashed_path(list, points.data(), points.size(), ink, thickness, {m.px(5), m.px(4)});
  } else {
    list.AddPolyline(points.data(), static_cast<int>(points.size()), ink, ImDrawFlags_None, thickness);
  }
}

// Where a column has nothing yet.
void draw_open_circle(ImDrawList& list, const Look& look, ImVec2 centre) {
  const float radius = look.metrics.px(6);
  list.AddCircleFilled(centre, radius, look.theme.panel);
  constexpr int dashes = 8;
  for (int i = 0; i < dashes; ++i) {
    const float angle = static_cast<float>(i) * 6.2831853F / dashes;
    list.PathArcTo(centre, radius, angle, angle + 0.45F, 3);
    list.PathStroke(look.theme.control_line, ImDrawFlags_None, look.metrics.hairline);
  }
}

// On its way to be finished: a short dashed line that leads nowhere yet.
void draw_stub(ImDrawList& list, const OrderPaint& paint, const OrderLine& line) {
  const Metrics& m = paint.frame.look.metrics;
  const float y = line.y + paint.origin.y;
  const float x = paint.columns.submitted + paint.origin.x + m.px(6);
  const Colour ink = paint.frame.look.theme.state(line.row.look).ink;
  dashed_line(list, {x, y}, {x + m.px(38), y}, ink, m.strong_line, {m.px(3), m.px(3)});
}

void draw_start(ImDrawList& list, const Look& look, ImVec2 centre) {
  list.AddCircleFilled(centre, look.metrics.px(6), look.theme.panel);
  list.AddCircle(centre, look.metrics.line(4.5F), look.theme.state(StateLook::Pending).ink, 0, look.metrics.line(1.5F));
}

void draw_finished(ImDrawList& list, const Look& look, ImVec2 centre, StateLook state, std::string_view number) {
  const float wide = text_width(look, {Face::MonoBold, look.metrics.type.tiny, 0}, number);
  const float half = std::max(look.metrics.px(8), std::ceil(wide * 0.5F) + look.metrics.px(3));
  const float radius = look.metrics.px(8);
  const StateColours& colours = look.theme.state(state);
  const Box box = Box::around(centre, half * 2, radius * 2);
  fill_box(list, box.inset(-look.metrics.px(2)), look.theme.panel, radius + look.metrics.px(2));
  const bool solid = state == StateLook::Returned;
  fill_box(list, box, solid ? colours.ink : colours.tint, radius);
  if (!solid) outline_box(list, box, colours.ink, radius, look.metrics.state_line);
  const TextStyle style{Face::MonoBold, look.metrics.type.tiny, solid ? colours.on : colours.ink};
  draw_text(list, look, style, centre.x, centre.y, number, Align::Centre);
}

void draw_mapped(ImDrawList& list, const OrderPaint& paint, const OrderLine& line) {
  const Look& look = paint.frame.look;
  const ImVec2 at{paint.columns.mapped + paint.origin.x, line.y + paint.origin.y};
  if (line.row.mapped) {
    diamond_filled(list, at, look.metrics.px(8), look.theme.panel);
    diamond_filled(list, at, look.metrics.px(6), look.theme.state(line.row.look).ink);
  } else if (line.row.of_call) {
    const bool held = line.row.held_by.has_value();
    const Colour ink = held ? look.theme.state(StateLook::Waiting).ink : look.theme.control_line;
    diamond_hollow(list, at, look.metrics.px(6), ink, look.theme.panel, look.metrics.line(1.5F));
  }
}

}  // namespace

std::array<ImVec2, 25> order_curve(ImVec2 from, ImVec2 to) {
  std::array<ImVec2, 25> points;
  const float bend = (to.x - from.x) * 0.5F;
  for (std::size_t i = 0; i < points.size(); ++i) {
    const float s = static_cast<float>(i) / static_cast<float>(points.size() - 1);
    const float r = 1.0F - s;
    const float a = r * r * r;
    const float b = 3 * r * r * s;
    const float c = 3 * r * s * s;
    const float d = s * s * s;
    points[i] = {a * from.x + b * (from.x + bend) + c * (to.x - bend) + d * to.x, (a + b) * from.y + (c + d) * to.y};
  }
  return points;
}

void draw_order_headings(ImDrawList& list, const Frame& frame, const trace::Run& run,
                         const views::OrderColumns& columns, const Box& box, const std::vector<views::Tick>& ticks) {
  const Look& look = frame.look;
  const Metrics& m = look.metrics;
  const float y = box.centre_y();
  draw_text(list, look, note_text(look), box.x0 + columns.submitted + m.px(4), y, "submitted", Align::Right);
  draw_text(list, look, note_text(look), box.x0 + columns.finished, y, "finished", Align::Centre);
  const bool is_map = views::is_map_run(run);
  const auto half_of = [&](std::string_view words) { return text_width(look, note_text(look), words) * 0.5F; };
  const bool has_room =
      half_of("finished") + half_of("map would deliver") + m.gap8 <= columns.mapped - columns.finished;
  const std::string_view would = is_map ? "map delivers" : has_room ? "map would deliver" : "map would";
  draw_text(list, look, note_text(look), box.x0 + columns.mapped, y, would, Align::Centre);
  if (columns.time_width <= 0) return;
  const TextStyle style{Face::Mono, m.type.tiny, look.theme.text2};
  const float first = box.x0 + columns.time;
  for (const views::Tick& tick : ticks) {
    const float x = std::round(first + tick.x);
    const float half = text_width(look, style, tick.label) * 0.5F;
    const bool beside_heading = x - half < box.x0 + columns.mapped + half_of(would) + m.gap4;
    if (tick.x < 0 || x + half > box.x1 || beside_heading) continue;
    draw_text(list, look, style, x, y, tick.label, Align::Centre);
  }
}

void paint_order_grid(ImDrawList& list, const OrderPaint& paint, const Box& lines,
                      const std::vector<views::Tick>& ticks) {
  if (paint.columns.time_width <= 0) return;
  const Look& look = paint.frame.look;
  for (const views::Tick& tick : ticks) {
    if (tick.x < 0 || tick.x > paint.columns.time_width) continue;
    vertical_line(list, std::round(lines.x0 + paint.columns.time + tick.x), lines.y0, lines.y1, look.theme.grid,
                  look.metrics.hairline);
  }
}

void paint_order_curves(ImDrawList& list, const OrderPaint& paint) {
  const FutureId selected = paint.frame.selection.future;
  for (const bool on_top : {false, true}) {
    for (const OrderLink& link : paint.layout.links) {
      if ((link.future == selected && selected != no_future) == on_top) draw_link(list, paint, link);
    }
  }
  for (const OrderLine& line : paint.layout.seen) {
    if (!line.row.over) draw_stub(list, paint, line);
    draw_start(list, paint.frame.look, {paint.columns.submitted + paint.origin.x, line.y + paint.origin.y});
    draw_mapped(list, paint, line);
  }
  for (const float y : paint.layout.open_places) {
    draw_open_circle(list, paint.frame.look, {paint.columns.finished + paint.origin.x, y + paint.origin.y});
  }
  for (const views::OrderMark& mark : paint.layout.finished) {
    draw_finished(list, paint.frame.look, {paint.columns.finished + paint.origin.x, mark.y + paint.origin.y}, mark.look,
                  std::to_string(mark.future.value));
  }
}

void paint_order_bar(ImDrawList& list, const OrderPaint& paint, const OrderLine& line) {
  const Look& look = paint.frame.look;
  const Metrics& m = look.metrics;
  const views::OrderRow& row = line.row;
  const views::TimeScale scale(paint.axis.visible, paint.columns.time_width);
  const float left = paint.origin.x + paint.columns.time;
  const float y = line.y + paint.origin.y;
  const auto x_of = [&](Instant t) { return std::round(left + scale.x(t)); };
  const float half = m.px(7);
  const Instant now = paint.frame.playhead;
  const float queued_until = x_of(row.began.value_or(row.over.value_or(now)));
  if (queued_until - x_of(row.submitted) > m.px(3)) {
    dashed_line(list, {x_of(row.submitted), y}, {queued_until - m.px(2), y}, look.theme.control_line, m.hairline,
                {m.px(3), m.px(4)});
  }
  if (row.began) {
    const float x0 = x_of(*row.began);
    const float x1 = x_of(row.over.value_or(now));
    if (x1 - x0 < m.px(3)) {
      draw_instant(list, look, row.look, {x0 + m.px(1), y}, m.px(16));
    } else {
      draw_task_bar(
          list, look,
          {.box = {x0, y - half, x1, y + half}, .state = row.look, .corners = row.over ? Corners::All : Corners::Left});
    }
  }
  if (!row.held_by || !row.over) return;
  const float over = x_of(*row.over);
  const float until = x_of(row.mapped.value_or(now));
  if (until - over <= m.px(3)) return;
  draw_wait_bar(list, look,
                {.box = {over, y - half, until, y + half}, .corners = row.mapped ? Corners::Right : Corners::None});
}

void paint_order_deliveries(ImDrawList& list, const OrderPaint& paint, const OrderLine& line) {
  const Look& look = paint.frame.look;
  const Metrics& m = look.metrics;
  const views::OrderRow& row = line.row;
  if (!row.over || row.look != StateLook::Returned || !row.of_call) return;
  const views::TimeScale scale(paint.axis.visible, paint.columns.time_width);
  const auto x_of = [&](Instant t) { return std::round(paint.origin.x + paint.columns.time + scale.x(t)); };
  const float y = line.y + paint.origin.y;
  const float over = x_of(*row.over);
  const Colour ink = look.theme.state(row.look).ink;
  if (row.mapped) {
    diamond_filled(list, {x_of(*row.mapped), y}, m.px(8), look.theme.panel);
    diamond_filled(list, {x_of(*row.mapped), y}, m.px(6), ink);
  }
  if (row.mapped && std::abs(x_of(*row.mapped) - over) < m.px(4)) {
    diamond_hollow(list, {over, y}, m.px(4), look.theme.panel, ink, m.line(1.5F));  // both at once
  } else {
    diamond_hollow(list, {over, y}, m.px(5), look.theme.text, look.theme.panel, m.line(1.5F));
  }
}

void paint_order_playhead(ImDrawList& list, const OrderPaint& paint, const Box& lines) {
  if (paint.columns.time_width <= 0) return;
  const views::TimeScale scale(paint.axis.visible, paint.columns.time_width);
  const float x = std::round(scale.x(paint.frame.playhead));
  if (x < 0 || x > paint.columns.time_width) return;
  const Metrics& m = paint.frame.look.metrics;
  vertical_line(list, lines.x0 + paint.columns.time + x - std::floor(m.strong_line * 0.5F), lines.y0, lines.y1,
                paint.frame.look.theme.text, m.strong_line);
}

}  // namespace loiter::gui
