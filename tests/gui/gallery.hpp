// Gallery: sheets that show everything the lower half of the screen's code can draw, for pictures and for tests.
//
// Shape    Each function draws one sheet into the current window, from its top left corner.
#pragma once

#include "gui/look.hpp"

namespace loiter::gui::testing {

void draw_states_sheet(const Look& look);          // 450 x 360 units: every state with its bar
void draw_top_bar_sheet(const Look& look);         // 1280 x 92 units: setup row and transport row
void draw_widgets_sheet(const Look& look);         // 720 x 420 units: every other widget and every condition
void draw_widgets_in_use_sheet(const Look& look);  // 480 x 240 units: a few of each, to be used
void draw_marks_sheet(const Look& look);           // 720 x 420 units: what timelines and graphs are made of

}  // namespace loiter::gui::testing
