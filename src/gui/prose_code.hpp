// A listing in the text of a lesson: on a ground of its own, its long lines broken with an indent.
//
// Shape    Drawn at the ImGui cursor as an item. With a twin in C++ it stands under two tabs, or both side by side where there
//          is room for them.
// Units    Pixels.
// Threads  GUI thread.
#pragma once

#include <string_view>

#include "gui/look.hpp"

namespace loiter::gui {

struct ProseStyle;

struct CodePlace {
  float x0 = 0.0F;
  float width = 0.0F;
};

// `language`: 0 the first listing, 1 its twin; changed by the tabs.
void draw_prose_code(std::string_view code, std::string_view twin, bool is_cpp, int& language, const CodePlace& place,
                     const ProseStyle& style, const Look& look);

}  // namespace loiter::gui
