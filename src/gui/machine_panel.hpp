// The machine panel: which lock threads run under, on which machine; and below it what the run on the screen made of it.
//
//   label a test finds            what it is
//   "Machine/GIL (CPython)"       a position of the switch; each says in a sentence what it stands for
//   "Machine/interval", "/cores"  the sliders of the two dials
//
// Shape    Switch and dials show what the next run will have and ask for it in Frame::wanted_gil and its neighbours.
//          Counters and table are those of the run on the screen, at the playhead.
// Threads  GUI thread; never blocks.
#pragma once

#include "gui/frame.hpp"
#include "gui/lab_state.hpp"
#include "views/machine.hpp"

namespace loiter::gui {

void draw_machine(const LabState& lab, const views::MachineTimes& times, Frame& frame);

}  // namespace loiter::gui
