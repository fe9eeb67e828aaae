// The sketch board: bars that a learner puts on an empty timeline, where they expect the tasks to run.
//
//             0 s      1 s      2 s
//   slow      [- slow - - - -]  0.00 s - 1.75 s     drag its middle to move it, an end to change when it begins or ends
//   quick #1  [- quick - -] ?                       ?: nobody has touched it yet
//
// Bars snap to a step; with Alt or Shift held they do not. By keyboard: Tab to a bar, Left and Right move it, with Shift
// they change its end. A bar that reaches the end of the range makes that grow.
//
//   label a test finds      what it is
//   "Sketch/quick #1"       a bar
//
// Shape    Draws into the box it is given; `bars` is the caller's, one for each label. SketchView is what is held.
// Units    Seconds of lab time. `scale_up` makes everything larger, for the wall.
// Errors   Bars that are more or fewer than the labels are put back to the left end.
// Threads  GUI thread, inside a window.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "gui/box.hpp"
#include "gui/frame.hpp"
#include "views/sketch_layout.hpp"

namespace loiter::gui {

using views::SketchBar;

struct SketchBoard {
  std::vector<std::string> labels;
  double range_seconds = 5.0;
  double step_seconds = 0.0;  // 0: a nice part of the range
  bool enabled = true;
};

struct SketchView {
  bool moving = false;  // the range glides: another frame is needed at once

  // Nothing to set from outside.
  struct Drag {
    std::size_t item = 0;
    views::SketchGrip grip = views::SketchGrip::Middle;
    SketchBar start;
  };
  std::optional<Drag> drag;
  double asked_range = 0.0;   // what the board had when the range was last set
  Glide range;                // in seconds; it may have grown
  std::vector<bool> touched;  // of each label
};

// Returns whether a bar has changed, or was touched for the first time and left where it is: so it is meant.
bool draw_sketch_board(SketchView& view, const SketchBoard& board, std::vector<SketchBar>& bars, const Look& look,
                       const Box& box, float scale_up = 1.0F);
// How high the box should be for every bar to have its usual room.
[[nodiscard]] float sketch_board_height(const SketchBoard& board, const Look& look, float width, float scale_up = 1.0F);

}  // namespace loiter::gui
