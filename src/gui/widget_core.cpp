#include "gui/widget_core.hpp"

#include <imgui_internal.h>

#include "gui/test_hooks.hpp"
#include "gui/widgets.hpp"

namespace loiter::gui {

Press press_area(const char* label, std::string_view reported, const Box& box, const PressOptions& options) {
  ImGuiWindow* window = ImGui::GetCurrentWindow();
  Press press{.box = box, .id = window->GetID(label), .enabled = options.enabled};
  if (window->SkipItems) return press;

  ImGui::BeginDisabled(!options.enabled);
  window->DC.CursorPos = box.min();
  const ImRect rect{box.min(), box.max()};
  ImGui::ItemSize(rect.GetSize());
  ImGui::PushItemFlag(ImGuiItemFlags_ButtonRepeat, options.repeat);
  press.seen = ImGui::ItemAdd(rect, press.id);
  if (press.seen && !options.inert) {
    ImGuiButtonFlags flags = ImGuiButtonFlags_None;
    if (options.on_click) flags |= ImGuiButtonFlags_PressedOnClick;
    if (options.double_clicks) flags |= ImGuiButtonFlags_PressedOnDoubleClick;
    press.pressed = ImGui::ButtonBehavior(rect, press.id, &press.hovered, &press.held, flags);
    const ImGuiContext& context = *ImGui::GetCurrentContext();
    press.focused = context.NavId == press.id && context.NavCursorVisible;
  }
  // Also when it is clipped: a test then hears where it would be, and that nothing of it is visible.
  report_widget(reported);
  ImGui::PopItemFlag();
  ImGui::EndDisabled();
  return press;
}

void focus_ring(const Look& look, const Press& press, float radius) {
  if (!press.focused) return;
  const float gap = look.metrics.px(2);
  const float line = look.metrics.strong_line;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  // The ring may stand on top of a neighbour: the pale line inside keeps it apart from a dark control.
  outline_box(list, press.box.inset(-gap), look.theme.panel, radius + gap, gap);
  outline_box(list, press.box.inset(-gap - line), look.theme.text, radius + gap + line, line);
}

void control_ground(ImDrawList& list, const Look& look, const Press& press, float radius, Corners corners) {
  const Theme& theme = look.theme;
  const Colour ground = !press.enabled  ? theme.chrome
                        : press.held    ? theme.control_active
                        : press.hovered ? theme.control_hover
                                        : theme.control;
  fill_box(list, press.box, ground, radius, corners);
  outline_box(list, press.box, press.enabled ? theme.control_line : theme.splitter, radius, look.metrics.hairline,
              corners);
}

std::string_view shown_part(std::string_view label) { return label.substr(0, label.find("##")); }

Box next_box(float width, float height) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  return Box::at(std::round(at.x), std::round(at.y), width, height);
}

void tip_for_last_item(const Look& look, std::string_view tip) {
  if (!tip.empty() && ImGui::IsItemHovered(ImGuiHoveredFlags_ForTooltip | ImGuiHoveredFlags_AllowWhenDisabled)) {
    tooltip(look, tip);
  }
}

}  // namespace loiter::gui
