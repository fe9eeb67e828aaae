#include <algorithm>
#include <cmath>

#include <imgui_internal.h>

#include "gui/paint.hpp"
#include "gui/press.hpp"
#include "gui/widgets.hpp"

namespace loiter::gui {
namespace {

// Arrow keys, while the splitter has the ring. Eight units at a time are fine enough to place and quick to cross.
float key_distance(const Look& look, const Press& press, bool upright) {
  if (!press.focused) return 0.0F;
  const ImGuiKey back = upright ? ImGuiKey_LeftArrow : ImGuiKey_UpArrow;
  const ImGuiKey forth = upright ? ImGuiKey_RightArrow : ImGuiKey_DownArrow;
  ImGui::SetKeyOwner(back, press.id);
  ImGui::SetKeyOwner(forth, press.id);
  float distance = 0.0F;
  if (ImGui::IsKeyPressed(forth, ImGuiInputFlags_Repeat, press.id)) distance += look.metrics.gap8;
  if (ImGui::IsKeyPressed(back, ImGuiInputFlags_Repeat, press.id)) distance -= look.metrics.gap8;
  return distance;
}

}  // namespace

bool splitter(const Look& look, const char* label, const Box& line, float& position, float least, float most) {
  const bool upright = line.height() > line.width();
  const float reach = look.metrics.px(3);  // a line of one pixel cannot be hit
  const Box area = upright ? line.inset(-reach, 0.0F) : line.inset(0.0F, -reach);
  const float before = position;
  const Press press = press_area(label, label, area, {.on_click = true});
  if (press.hovered || press.held) {
    ImGui::SetMouseCursor(upright ? ImGuiMouseCursor_ResizeEW : ImGuiMouseCursor_ResizeNS);
  }
  if (press.held && ImGui::IsMouseDown(ImGuiMouseButton_Left)) {
    // From where it was taken hold of, so that it does not jump to the pointer.
    const ImVec2 mouse = ImGui::GetIO().MousePos;
    const ImVec2 hold = ImGui::GetCurrentContext()->ActiveIdClickOffset;
    position += upright ? mouse.x - hold.x - area.x0 : mouse.y - hold.y - area.y0;
  }
  position = std::clamp(std::round(position + key_distance(look, press, upright)), least, std::max(least, most));
  const bool lit = press.hovered || press.held || press.focused;
  fill_box(*ImGui::GetWindowDrawList(), line, lit ? look.theme.control_line : look.theme.splitter);
  focus_ring(look, press, look.metrics.wait_radius);
  return position != before;
}

}  // namespace loiter::gui
