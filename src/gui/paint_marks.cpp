#include "gui/paint.hpp"
#include "gui/text.hpp"

#include <algorithm>
#include <cmath>

namespace loiter::gui {
namespace {

ImVec2 unit_of(ImVec2 direction) {
  const float length = std::hypot(direction.x, direction.y);
  return length > 0.0F ? ImVec2{direction.x / length, direction.y / length} : ImVec2{1.0F, 0.0F};
}

void diamond_path(ImDrawList& list, ImVec2 centre, float half) {
  list.PathLineTo({centre.x, centre.y - half});
  list.PathLineTo({centre.x + half, centre.y});
  list.PathLineTo({centre.x, centre.y + half});
  list.PathLineTo({centre.x - half, centre.y});
}

}  // namespace

void arrow_head(ImDrawList& list, ImVec2 tip, ImVec2 direction, float length, Colour colour) {
  const ImVec2 unit = unit_of(direction);
  const float half = length * 0.5F;
  const ImVec2 back{tip.x - unit.x * length, tip.y - unit.y * length};
  list.AddTriangleFilled(tip, {back.x - unit.y * half, back.y + unit.x * half},
                         {back.x + unit.y * half, back.y - unit.x * half}, colour);
}

void arrow(ImDrawList& list, ImVec2 from, ImVec2 to, Colour colour, float thickness, float head_length) {
  const ImVec2 unit = unit_of({to.x - from.x, to.y - from.y});
  make_sharp(from, to, thickness);
  list.PathLineTo(from);
  list.PathLineTo({to.x - unit.x * head_length * 0.8F, to.y - unit.y * head_length * 0.8F});
  list.PathStroke(colour, ImDrawFlags_None, thickness);
  arrow_head(list, to, unit, head_length, colour);
}

void diamond_filled(ImDrawList& list, ImVec2 centre, float half, Colour colour) {
  diamond_path(list, centre, half);
  list.PathFillConvex(colour);
}

void diamond_hollow(ImDrawList& list, ImVec2 centre, float half, Colour line, Colour ground, float thickness) {
  diamond_path(list, centre, half);
  list.PathFillConvex(ground);
  diamond_path(list, centre, half - thickness * 0.5F);
  list.PathStroke(line, ImDrawFlags_Closed, thickness);
}

float chevrons(ImDrawList& list, const Look& look, float x, float centre_y, float height, Colour colour) {
  const float half = std::round(height * 0.5F);
  const float step = look.metrics.px(7);
  const float thickness = look.metrics.strong_line;
  for (float left : {x, x + step}) {
    list.PathLineTo({left, centre_y - half});
    list.PathLineTo({left + half, centre_y});
    list.PathLineTo({left, centre_y + half});
    list.PathStroke(colour, ImDrawFlags_None, thickness);
  }
  return step + half + thickness;
}

void strike(ImDrawList& list, const Box& box, Colour colour, float thickness) {
  horizontal_line(list, box.x0, box.x1, std::round(box.centre_y() - thickness * 0.5F), colour, thickness);
}

Box draw_playhead(ImDrawList& list, const Look& look, const Playhead& playhead) {
  const Metrics& metrics = look.metrics;
  const TextStyle style{Face::MonoBold, metrics.type.small, look.theme.on_text};
  const float width = std::ceil(text_width(look, style, playhead.time)) + 2.0F * metrics.px(5);
  const float height = metrics.px(17);
  const float pointer = metrics.px(5);
  const float x = std::round(playhead.x);
  const float leftmost =
      std::max(playhead.within_x0, std::min(x - std::round(width * 0.5F), playhead.within_x1 - width));
  const Box head = Box::at(std::round(leftmost), std::round(playhead.top_y), width, height);
  const float line = metrics.strong_line;
  vertical_line(list, x - std::floor(line * 0.5F), head.y1, playhead.bottom_y, look.theme.text, line);
  fill_box(list, head, look.theme.text, metrics.px(3));
  list.AddTriangleFilled({x - pointer, head.y1 - 1.0F}, {x + pointer, head.y1 - 1.0F}, {x, head.y1 + pointer - 1.0F},
                         look.theme.text);
  draw_text(list, look, style, head.centre_x(), head.centre_y(), playhead.time, Align::Centre);
  return head;
}

void draw_lane_tag(ImDrawList& list, const Look& look, const Box& box, std::size_t lane, std::string_view letter) {
  const float share = box.height() / look.metrics.lane_tag;
  fill_box(list, box, look.theme.lane_tag(lane), look.metrics.lane_tag_radius);
  const TextStyle style{Face::MonoBold, std::round(look.metrics.type.tiny * share), look.theme.panel};
  draw_text(list, look, style, box.centre_x(), box.centre_y(), letter, Align::Centre);
}

void selection_frame(ImDrawList& list, const Look& look, const Box& bar, float bar_radius) {
  const float gap = look.metrics.selection_gap;
  outline_box(list, bar.inset(-gap), look.theme.selection_line, bar_radius + gap, look.metrics.strong_line);
}

void selection_row(ImDrawList& list, const Look& look, const Box& row) {
  fill_box(list, row, look.theme.selection_wash);
  fill_box(list, {row.x0, row.y0, row.x0 + look.metrics.px(3), row.y1}, look.theme.selection_line);
}

}  // namespace loiter::gui
