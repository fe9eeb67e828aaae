// Glyphs: the signs of the states and the icons of the controls, drawn as vectors.
//
// Shape    One function. Every glyph is designed on a grid of 16 by 16 and drawn around its optical middle.
// Units    `size` is the side of that grid in pixels; a glyph's ink takes about 12 of the 16.
#pragma once

#include "gui/theme.hpp"

#include <imgui.h>

namespace loiter::gui {

enum class Glyph {
  // States.
  HollowCircle,
  Triangle,
  Check,
  Cross,
  StruckCircle,
  Hourglass,
  TriangleOutline,
  Lock,
  // Icons.
  Play,
  Pause,
  Step,
  Stop,
  Restart,
  Compare,  // bars of several lengths from one line on
  Minus,
  Plus,
  ChevronDown,
  ChevronUp,
  ChevronRight,
  ChevronLeft,
  HalfCircle,  // light and dark theme
  Question,
  Close,
};

void draw_glyph(ImDrawList& list, Glyph glyph, ImVec2 centre, float size, Colour colour);

}  // namespace loiter::gui
