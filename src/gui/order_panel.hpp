// The panel Order: how futures were submitted, how they finished and how map() hands them over, over views/order.
//
// Curves that cross are the lesson. Beside them are the bars: a hollow diamond is where as_completed() hands the result
// over, a filled one where map() does; in between lies what was finished, but held back.
//
//   label a test finds              what it is
//   "Order/loiter(4)"               a line that is seen: Enter or a click selects its future
//
// Shape    draw_order() draws into the rest of the current window; OrderView is what it remembers.
// Threads  GUI thread; never blocks.
#pragma once

#include "gui/frame.hpp"
#include "gui/time_axis.hpp"
#include "trace/run.hpp"
#include "views/future_times.hpp"
#include "views/order_layout.hpp"

namespace loiter::gui {

struct OrderView {
  // Caches.
  TimeAxis axis;
  views::OrderIndex index;
  views::OrderLayout layout;
  views::OrderSums sums;
  std::uint32_t seen_moves = 0;  // of the selection
  std::uint64_t run_number = 0;
  std::uint64_t events = 0;  // that the sums know of
  Instant t{};
};

bool draw_order(OrderView& view, const trace::Run& run, const views::FutureTimes& times, Frame& frame);

}  // namespace loiter::gui
