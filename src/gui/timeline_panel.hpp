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
//
// Shape    draw_timeline() draws into the rest of the current window; TimelineView is what it remembers.
// Threads  GUI thread; never blocks.
#pragma once

#include <optional>

#include "gui/box.hpp"
#include "gui/frame.hpp"
#include "trace/run.hpp"
#include "views/ruler.hpp"
#include "views/timeline.hpp"

namespace loiter::gui {

struct TimelineView {
  bool fitted = true;  // shows the whole run, and goes on doing so while it grows
  views::RulerMeasure measure = views::RulerMeasure::Seconds;

  // Caches and glides; nothing to set from outside.
  views::TimelineIndex index;
  views::TimelineLayout layout;
  views::TimelineQuery query;
  std::uint64_t run_number = 0;
  Glide from;  // of the visible range, in nanoseconds
  Glide to;
  bool placed = false;  // from and to mean something
  bool dragging_playhead = false;
};

bool draw_timeline(TimelineView& view, const trace::Run& run, Frame& frame);

// For the window's own keys.
void fit_timeline(TimelineView& view);
void zoom_timeline(TimelineView& view, const Frame& frame, double factor);  // at the playhead; under 1 is nearer
// Left (-1) or right (+1): by a fifth of the distance between two ticks.
void step_playhead(const TimelineView& view, const trace::Run& run, Frame& frame, int direction);

}  // namespace loiter::gui
