// The futures panel: a sortable table, one line a future, over views/futures_table.
//
// A click selects, Up and Down go from line to line, a click on a heading sorts. Hovering tells everything that is
// known, with Python's own repr.
//
//   label a test finds              what it is
//   "Futures/loiter(4)"             a line that is seen
//   "Futures/state"                 a heading ("number", "label", "state", "on", "began", "took", "result")
//
// Shape    draw_futures() draws into the rest of the current window; FuturesView is what it remembers.
// Threads  GUI thread; never blocks.
#pragma once

#include "gui/frame.hpp"
#include "trace/run.hpp"
#include "views/futures_table.hpp"

namespace loiter::gui {

struct FuturesView {
  views::FuturesColumn column = views::FuturesColumn::Id;
  bool descending = false;

  // Caches.
  views::FuturesOrder order;
  views::FuturesCount count;
  std::uint64_t run_number = 0;
  std::uint64_t events = 0;
  Instant t{};
  double counted = -1.0;  // ImGui's time
  double cost = 0.0;      // seconds that the last sort took
  views::FuturesColumn shown_column = views::FuturesColumn::Id;
  bool shown_descending = false;
};

bool draw_futures(FuturesView& view, const trace::Run& run, Frame& frame);

}  // namespace loiter::gui
