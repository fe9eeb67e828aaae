#include "gui/widget_core.hpp"

#include <cmath>

namespace loiter::gui {

void control_ground(ImDrawList& list, const Look& look, const Press& press, float radius) {
  const Theme& theme = look.theme;
  const Colour ground = !press.enabled  ? theme.chrome
                        : press.held    ? theme.control_active
                        : press.hovered ? theme.control_hover
                                        : theme.control;
  fill_box(list, press.box, ground, radius);
  outline_box(list, press.box, press.enabled ? theme.control_line : theme.splitter, radius, look.metrics.hairline);
}

std::string_view shown_part(std::string_view label) { return label.substr(0, label.find("##")); }

Box next_box(float width, float height) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  return Box::at(std::round(at.x), std::round(at.y), width, height);
}

}  // namespace loiter::gui
