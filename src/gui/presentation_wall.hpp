// Wall: lengths and looks of the presentation, from the size of the window.
//
//   const Wall wall = make_wall(display, ThemeChoice::Light, look);
//   const WallStyle style(wall);           // Dear ImGui's own style, until the end of the scope
//
// Shape    A value, made anew for each frame. `look` is what panels are drawn with: twice as large as in a window of this
//          size, so that their smallest letters are 24 units.
// Units    1 unit is 1 pixel at 1024 by 768.
// Threads  GUI thread.
#pragma once

#include <cmath>

#include "gui/look.hpp"
#include "gui/text.hpp"

namespace loiter::gui {

struct Wall {
  float scale = 1.0F;
  Look look;
  [[nodiscard]] float u(float units) const { return std::round(units * scale); }
  [[nodiscard]] TextStyle text(float units) const { return {Face::Sans, u(units), look.theme.text}; }
  [[nodiscard]] TextStyle quiet(float units) const { return {Face::Sans, u(units), look.theme.text2}; }
  [[nodiscard]] TextStyle strong(float units) const { return {Face::SansBold, u(units), look.theme.text}; }
  [[nodiscard]] TextStyle code(float units) const { return {Face::Mono, u(units), look.theme.text}; }
  [[nodiscard]] TextStyle number(float units) const { return {Face::MonoBold, u(units), look.theme.text}; }
};

Wall make_wall(ImVec2 display, ThemeChoice theme, const Look& window);

class WallStyle {
 public:
  explicit WallStyle(const Wall& wall) : m_before(ImGui::GetStyle()) { apply_to_imgui(wall.look); }
  ~WallStyle() { ImGui::GetStyle() = m_before; }
  WallStyle(const WallStyle&) = delete;
  WallStyle& operator=(const WallStyle&) = delete;

 private:
  ImGuiStyle m_before;
};

// The lowest letters of the wall, and its margin at both sides.
inline constexpr float wall_text = 24.0F;
inline constexpr float wall_margin = 56.0F;

}  // namespace loiter::gui
