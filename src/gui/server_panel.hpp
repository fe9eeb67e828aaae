// The server panel: the dials of the run's file server, turned at once, and below them what has become of the downloads.
//
//   label a test finds     what it is
//   "Server/latency"       the slider of a dial; "Server/seed" is a stepper
//   "Usual values"         back to what the experiment has by itself
//
// Shape    A dial shows what the next run will have, and what the run that goes has now. What is turned is asked for in
//          Frame::wanted_parameters.
// Threads  GUI thread; never blocks.
#pragma once

#include "gui/frame.hpp"
#include "gui/lab_state.hpp"

namespace loiter::gui {

// Whether the experiment has a server with dials.
[[nodiscard]] bool has_server(const engine::Experiment& experiment);

void draw_server(const LabState& lab, Frame& frame);

// Where the files come from, ending at x1, in a strip as high as a panel's title.
void draw_server_address(const LabState& lab, const Look& look, float x0, float x1, float y0);

}  // namespace loiter::gui
