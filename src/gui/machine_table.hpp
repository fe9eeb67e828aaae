// What a run made of its machine, at the playhead: counters, and a row for each lane with its stopwatch, its CPU time and
// how its time was spent.
//
//   label a test finds     what it is
//   "Machine/main"         the row of a lane
//
// Shape    Takes the height that it needs, from the top of `box` on, also beyond its bottom: the panel scrolls.
// Threads  GUI thread; never blocks.
#pragma once

#include "gui/box.hpp"
#include "gui/frame.hpp"
#include "views/machine.hpp"

namespace loiter::gui {

void draw_machine_use(const trace::Run& run, const views::MachineTimes& times, const Box& box, Frame& frame);

}  // namespace loiter::gui
