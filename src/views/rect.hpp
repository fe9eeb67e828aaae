// Rect: where something stands in a panel, by its edges.
//
// Units    Pixels from the panel's own top left corner.
#pragma once

namespace loiter::views {

struct Rect {
  float x0 = 0.0F;
  float y0 = 0.0F;
  float x1 = 0.0F;
  float y1 = 0.0F;
  [[nodiscard]] constexpr float width() const { return x1 - x0; }
  [[nodiscard]] constexpr float height() const { return y1 - y0; }
  [[nodiscard]] constexpr float centre_y() const { return (y0 + y1) * 0.5F; }
  [[nodiscard]] constexpr bool contains(float x, float y) const { return x >= x0 && x < x1 && y >= y0 && y < y1; }
  friend constexpr bool operator==(const Rect&, const Rect&) = default;
};

}  // namespace loiter::views
