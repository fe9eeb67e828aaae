// The legend of the states: two columns of glyph and name, or one row of glyphs with their names on hover.
//
//   label a test finds      what it is
//   "States/running"        one state
//
// Shape    draw_legend() draws into the rest of the current window and takes the form that fits. legend_height() says
//          how much room a form wants.
// Threads  GUI thread.
#pragma once

#include "gui/frame.hpp"

namespace loiter::gui {

enum class LegendForm { Titled, Untitled, Row };

// The largest form that fits into this height.
[[nodiscard]] LegendForm legend_form(const Look& look, float height);
[[nodiscard]] float legend_height(const Look& look, LegendForm form);

bool draw_legend(Frame& frame);

}  // namespace loiter::gui
