// The guess overlay: what a lesson's reader expected, laid over what happened, on the timeline and beside the order.
//
// Dashed is what was guessed; the frame's yellow marks the first difference, as it marks a selection. No state has a say
// in it, so no state's colour is used.
//
//   label a test finds               what it is
//   "Timeline/first difference"      the flag on the ruler: Enter or a click moves the playhead there
//
// Shape    Free functions over a panel that is laid out. Without Frame::guess they do nothing.
// Threads  GUI thread.
#pragma once

#include <string>
#include <vector>

#include "gui/order_paint.hpp"
#include "gui/press.hpp"
#include "gui/timeline_parts.hpp"
#include "views/guess_layout.hpp"

namespace loiter::gui {

// The lines about a future that a tooltip says, before the last one: Python's repr.
void add_guess_facts(const Frame& frame, FutureId future, std::vector<std::string>& facts);

// --- The timeline ---

struct TimelineGuessOverlay {
  views::TimelineGuess layout;
  Press flag;  // empty: there is none
};
// Once the lanes are laid out and before the ruler is drawn: the flag stands on it, and is hit first.
TimelineGuessOverlay begin_timeline_guess(timeline::LanesPanel& p);
void paint_guess_flag(const timeline::LanesPanel& p, const TimelineGuessOverlay& guess);
// Below every bar, so that their words stay as they are.
void paint_guess_ground(const timeline::LanesPanel& p, const TimelineGuessOverlay& guess);

// --- The order ---

// What its chips need behind the labels, in a panel of that width; 0: no places were guessed.
[[nodiscard]] float guess_chip_room(const Frame& frame, float width);
// Chips and lines; on top of the curves.
void paint_order_guess(ImDrawList& list, const OrderPaint& paint, const views::OrderGuess& guess);

}  // namespace loiter::gui
