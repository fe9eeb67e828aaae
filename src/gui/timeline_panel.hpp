// The timeline panel: lanes, bars, waits, the ruler and the playhead, over views/timeline.
//
// The wheel zooms at the pointer, dragging moves, F or the Fit button shows the whole run. The ruler and the playhead's
// line can be dragged. With the keyboard on the playhead, Left and Right move it, Home and End go to the ends, Plus and
// Minus zoom. Lanes and bars are reached by Tab and the arrows; Enter selects.
//
//   label a test finds           what it is
//   "Timeline/playhead"          the ruler, on which the playhead is moved
//   "Timeline/lanes"             all of the lanes
//   "Timeline/main"              the name of a lane
//   "Timeline/loiter(4)"         a bar that is wide enough for words
//   "Fit"                        the button
//   "Back to the comparison"     the button, while the run is one of several that are compared
//
// Shape    draw_timeline() draws into the rest of the current window; TimelineView is what it remembers.
// Threads  GUI thread; never blocks.
#pragma once

#include "gui/box.hpp"
#include "gui/frame.hpp"
#include "gui/time_axis.hpp"
#include "trace/run.hpp"
#include "views/timeline.hpp"

namespace loiter::gui {

// The lanes of one run: caches, nothing to set from outside.
struct LanesView {
  views::TimelineIndex index;
  views::TimelineLayout layout;
  views::TimelineQuery query;
  std::uint64_t run_number = 0;
  bool dragging_playhead = false;
};

struct TimelineView {
  TimeAxis axis;
  LanesView lanes;
};

bool draw_timeline(TimelineView& view, const trace::Run& run, Frame& frame);

}  // namespace loiter::gui
