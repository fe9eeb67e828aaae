// Where the lines of the panel Order stand, and which curves cross it. Only what is seen is laid out.
//
// Shape    lay_out_order() fills an OrderLayout that is used again from frame to frame.
// Units    Pixels from the top left corner of the lines, below their headings; y is what is seen, scrolling is taken off.
#pragma once

#include <cstddef>
#include <vector>

#include "views/order.hpp"

namespace loiter::views {

struct OrderColumns {
  float number = 0.0F;  // left edge
  float label = 0.0F;   // left edge
  float label_end = 0.0F;
  float chip_width = 0.0F;  // of what stands behind the label, with a gap before it
  float submitted = 0.0F;   // middles
  float finished = 0.0F;
  float mapped = 0.0F;
  float time = 0.0F;        // left edge of the bars
  float time_width = 0.0F;  // 0: there is no room for them
};
// For a panel of that width, numbers and labels that wide, and a margin at both sides. `chip_width` is kept free behind
// the labels, gap and all.
OrderColumns order_columns(float width, float scale, float number_width, float label_width, float chip_width = 0.0F);

// From 24 units to 37, as the room allows.
float order_line_height(std::size_t lines, float room, float scale);

struct OrderQuery {
  Instant playhead;
  float height = 0.0F;
  float scroll = 0.0F;
  float line_height = 24.0F;
  OrderColumns columns;
};
// The middle of the line at this place, from 0. Far outside of the picture it is cut off.
float order_line_middle(const OrderQuery& query, std::size_t place);

struct OrderLink {
  FutureId future;
  StateLook look = StateLook::Returned;
  float x0 = 0.0F;
  float y0 = 0.0F;
  float x1 = 0.0F;
  float y1 = 0.0F;
  bool held = false;  // from finished to delivered, and held back in between
  bool known = true;  // false: not handed over yet
};

struct OrderMark {
  FutureId future;
  StateLook look = StateLook::Returned;
  float y = 0.0F;
};

struct OrderLine {
  OrderRow row;
  float y = 0.0F;  // its middle
};

struct OrderLayout {
  std::size_t lines = 0;  // in all
  std::vector<OrderLine> seen;
  std::vector<OrderLink> links;
  std::vector<OrderMark> finished;  // circles in the middle column
  std::vector<float> open_places;   // places there that nobody has taken yet
  void clear();
};

void lay_out_order(const trace::Run& run, const FutureTimes& times, const OrderIndex& index, const OrderQuery& query,
                   OrderLayout& out);

}  // namespace loiter::views
