// The sweep's chart: the total time of every mode over the values of a parameter, growing run by run, in the place of the
// timeline; over views/sweep and views/sweep_layout.
//
//   label a test finds     what it is
//   "Chart/title"          the strip of its title
//   "Stop the chart"       while there are runs to come
//   "Close the chart"      once there are none
//
// Shape    draw_sweep() draws into the rest of the current window. Lines are told apart by mark, dashes and a name at
//          their end; colour is not needed.
// Threads  GUI thread; never blocks.
#pragma once

#include "gui/frame.hpp"
#include "gui/sweep_state.hpp"

namespace loiter::gui {

bool draw_sweep(const SweepState& sweep, Frame& frame);

// "Now threads at mix 0.3: run 11 of 33. ", and once it is over what was seen.
[[nodiscard]] std::string sweep_status(const SweepState& sweep);

}  // namespace loiter::gui
