// Widget core: what the widgets of widgets.hpp share. Panels have no need of it.
//
// Shape    Free functions that paint the house look or take a label apart.
// Threads  GUI thread, inside a window.
#pragma once

#include <string_view>

#include "gui/glyphs.hpp"
#include "gui/look.hpp"
#include "gui/paint.hpp"
#include "gui/press.hpp"
#include "gui/text.hpp"

namespace loiter::gui {

// Ground and outline of a plain control in its present condition.
void control_ground(ImDrawList& list, const Look& look, const Press& press, float radius);

// "Run" of "Run##3".
[[nodiscard]] std::string_view shown_part(std::string_view label);
// The box of the next item of this size: at the cursor, on whole pixels.
[[nodiscard]] Box next_box(float width, float height);

}  // namespace loiter::gui
