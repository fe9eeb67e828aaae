// Draws an order that views/order_layout has laid out: curves, bars, headings. No input, no state.
//
// Units    The layout's pixels are moved by `origin`: the top left corner of the lines.
#pragma once

#include <array>
#include <vector>

#include "gui/frame.hpp"
#include "gui/paint.hpp"
#include "gui/time_axis.hpp"
#include "trace/run.hpp"
#include "views/order_layout.hpp"

namespace loiter::gui {

struct OrderPaint {
  const Frame& frame;
  const views::OrderLayout& layout;
  const views::OrderColumns& columns;
  const TimeAxis& axis;
  ImVec2 origin;
};

// The points of a curve that leaves and arrives level.
[[nodiscard]] std::array<ImVec2, 25> order_curve(ImVec2 from, ImVec2 to);

void draw_order_headings(ImDrawList& list, const Frame& frame, const trace::Run& run,
                         const views::OrderColumns& columns, const Box& box, const std::vector<views::Tick>& ticks);
void paint_order_grid(ImDrawList& list, const OrderPaint& paint, const Box& lines,
                      const std::vector<views::Tick>& ticks);
void paint_order_curves(ImDrawList& list, const OrderPaint& paint);
void paint_order_bar(ImDrawList& list, const OrderPaint& paint, const views::OrderLine& line);
// The diamonds of both consumers; on top of the playhead, which often stands where map() delivers.
void paint_order_deliveries(ImDrawList& list, const OrderPaint& paint, const views::OrderLine& line);
void paint_order_playhead(ImDrawList& list, const OrderPaint& paint, const Box& lines);

}  // namespace loiter::gui
