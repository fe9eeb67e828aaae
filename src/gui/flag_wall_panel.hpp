// The wall of flags: a tile for each download, with the picture that has come, its state and how long it took.
//
//   label a test finds     what it is
//   "Flags/CN"             a tile: Enter or a click selects its future
//
// Shape    draw_flag_wall() draws into the rest of the current window. Pictures are drawn square by square: they are 16 by
//          11, and look like it.
// Threads  GUI thread; never blocks.
#pragma once

#include "gui/flag_picture.hpp"
#include "gui/frame.hpp"
#include "trace/run.hpp"

namespace loiter::gui {

bool draw_flag_wall(const trace::Run& run, const FlagPictures& pictures, Frame& frame);

// How much of a region of that size the wall should have; 0: there is no room for it beside a timeline.
float flag_wall_height(const trace::Run& run, const Look& look, float width, float height);

}  // namespace loiter::gui
