// Box: a rectangle on the screen, by its edges.
//
// Shape    A value of four floats; x1 and y1 are the first pixel that is outside.
// Units    Pixels of the display, whole numbers wherever an edge is to look crisp.
#pragma once

#include <imgui.h>

#include <algorithm>

namespace loiter::gui {

struct Box {
  float x0 = 0.0F;
  float y0 = 0.0F;
  float x1 = 0.0F;
  float y1 = 0.0F;

  [[nodiscard]] static constexpr Box at(float x, float y, float width, float height) {
    return {x, y, x + width, y + height};
  }
  [[nodiscard]] static constexpr Box around(ImVec2 centre, float width, float height) {
    return at(centre.x - width * 0.5F, centre.y - height * 0.5F, width, height);
  }

  [[nodiscard]] constexpr float width() const { return x1 - x0; }
  [[nodiscard]] constexpr float height() const { return y1 - y0; }
  [[nodiscard]] constexpr float centre_x() const { return (x0 + x1) * 0.5F; }
  [[nodiscard]] constexpr float centre_y() const { return (y0 + y1) * 0.5F; }
  [[nodiscard]] ImVec2 centre() const { return {centre_x(), centre_y()}; }
  [[nodiscard]] ImVec2 min() const { return {x0, y0}; }
  [[nodiscard]] ImVec2 max() const { return {x1, y1}; }
  [[nodiscard]] constexpr bool empty() const { return x1 <= x0 || y1 <= y0; }

  // Smaller on every side by `by`; larger when it is negative.
  [[nodiscard]] constexpr Box inset(float by) const { return {x0 + by, y0 + by, x1 - by, y1 - by}; }
  [[nodiscard]] constexpr Box inset(float across, float down) const {
    return {x0 + across, y0 + down, x1 - across, y1 - down};
  }
  [[nodiscard]] constexpr Box moved(float dx, float dy) const { return {x0 + dx, y0 + dy, x1 + dx, y1 + dy}; }
  [[nodiscard]] constexpr Box common(const Box& other) const {
    return {std::max(x0, other.x0), std::max(y0, other.y0), std::min(x1, other.x1), std::min(y1, other.y1)};
  }
  [[nodiscard]] constexpr bool contains(ImVec2 point) const {
    return point.x >= x0 && point.x < x1 && point.y >= y0 && point.y < y1;
  }
};

}  // namespace loiter::gui
