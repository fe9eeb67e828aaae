#include "gui/presentation_wall.hpp"

#include <algorithm>

namespace loiter::gui {

Wall make_wall(ImVec2 display, ThemeChoice theme, const Look& window) {
  constexpr float panels_up = 2.0F;  // their smallest letters are 12 of the window's units
  constexpr float largest = 16.0F;
  const float scale = std::clamp(std::min(display.x / 1024.0F, display.y / 768.0F), 0.5F, largest / panels_up);
  Wall wall{.scale = scale, .look = window};
  wall.look.theme = theme_of(theme);
  wall.look.metrics = Metrics(scale * panels_up, largest);
  TypeSizes& type = wall.look.metrics.type;
  type.tiny = std::max(type.tiny, wall.u(wall_text));
  type.small = std::max(type.small, wall.u(wall_text));
  return wall;
}

}  // namespace loiter::gui
