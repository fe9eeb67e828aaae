// Draws a timeline that views/timeline has laid out: every mark in its colour and pattern. No input, no state.
//
// Shape    One lane at a time is asked for, so that main can be drawn on top of what is scrolled below it.
// Units    The layout's pixels are moved by `origin`: the top left corner of the lanes' time area.
#pragma once

#include "gui/frame.hpp"
#include "trace/run.hpp"
#include "views/timeline.hpp"

namespace loiter::gui {

enum class LanesPart { Main, Others };

struct TimelinePaint {
  const Frame& frame;
  const views::TimelineLayout& layout;
  ImVec2 origin;
  double seconds_stuck = 0.0;  // since the deadlock was proven: for the pulse
};

void paint_lanes(ImDrawList& list, const TimelinePaint& paint, LanesPart part);
// From a wait to the bars it waits for.
void paint_wait_arrows(ImDrawList& list, const TimelinePaint& paint, const trace::Run& run, const views::WaitBox& wait);

}  // namespace loiter::gui
