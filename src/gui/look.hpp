// Look: what every drawing function needs to know about the screen, in one value.
//
// Shape    Theme, lengths, fonts and whether things may move. Make a new one when the theme or the scale changes, and
//          give it to apply_to_imgui(look) between two frames.
// Threads  GUI thread only, like everything in gui.
#pragma once

#include "gui/fonts.hpp"
#include "gui/theme.hpp"

namespace loiter::gui {

struct Look {
  Theme theme;
  Metrics metrics;
  Fonts fonts;
  bool motion = true;  // off: nothing is animated
};

[[nodiscard]] inline Look make_look(ThemeChoice choice, float scale, Fonts fonts) {
  return Look{theme_of(choice), Metrics{scale}, std::move(fonts), true};
}

// Sets style and default font of the current ImGui context.
inline void apply_to_imgui(const Look& look) {
  apply_to_imgui(look.theme, look.metrics, ImGui::GetStyle());
  ImGui::GetIO().FontDefault = look.fonts.face(Face::Sans);
}

}  // namespace loiter::gui
