// One lane of the timeline: its bars, waits, marks and notes. timeline.hpp says what they are.
#pragma once

#include "views/timeline.hpp"

namespace loiter::views {

// Adds what is seen of the lane in `box` to the layout.
void lay_out_lane(const trace::Run& run, const LaneIndex& index, const TimelineQuery& query,
                  const TextWidth& text_width, const LaneBox& box, TimelineLayout& out);

}  // namespace loiter::views
