#include "gui/press.hpp"

#include <imgui_internal.h>

#include "gui/paint.hpp"
#include "gui/test_hooks.hpp"

namespace loiter::gui {
namespace {

void behave(Press& press, const ImRect& rect, const PressOptions& options) {
  ImGuiButtonFlags flags = ImGuiButtonFlags_None;
  if (options.on_click) flags |= ImGuiButtonFlags_PressedOnClick;
  press.pressed = ImGui::ButtonBehavior(rect, press.id, &press.hovered, &press.held, flags);
  const ImGuiContext& context = *ImGui::GetCurrentContext();
  press.focused = context.NavId == press.id && context.NavCursorVisible;
  const bool second = context.IO.MouseClickedLastCount[ImGuiMouseButton_Left] == 2;
  press.double_clicked = press.pressed && second && context.ActiveIdSource == ImGuiInputSource_Mouse;
  press.right_clicked =
      press.enabled && press.hovered && ImGui::IsMouseReleased(ImGuiMouseButton_Right) && ImGui::IsItemHovered();
}

}  // namespace

Press press_area(const char* label, std::string_view reported, const Box& box, const PressOptions& options) {
  ImGuiWindow* window = ImGui::GetCurrentWindow();
  Press press{.box = box, .id = window->GetID(label), .enabled = options.enabled};
  if (window->SkipItems) return press;

  ImGui::BeginDisabled(!options.enabled);
  ImGui::PushItemFlag(ImGuiItemFlags_ButtonRepeat, options.repeat);
  ImGui::PushItemFlag(ImGuiItemFlags_NoNav, !options.keyboard);
  window->DC.CursorPos = box.min();
  const ImRect rect{box.min(), box.max()};
  ImGui::ItemSize(rect.GetSize());
  press.seen = ImGui::ItemAdd(rect, press.id);
  if (press.seen && !options.inert) behave(press, rect, options);
  // Also when it is clipped: a test then hears where it would be, and that nothing of it is visible.
  report_widget(reported);
  ImGui::PopItemFlag();
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

void take_keyboard_ring() {
  if (ImGui::GetCurrentContext()->NavCursorVisible) ImGui::FocusItem();
}

void drop_keyboard_ring() { ImGui::SetNavCursorVisible(false); }

bool keyboard_is_held() {
  const ImGuiContext& context = *ImGui::GetCurrentContext();
  return context.IO.WantTextInput || !context.OpenPopupStack.empty();
}

bool keyboard_is_taken() {
  const ImGuiContext& context = *ImGui::GetCurrentContext();
  return (context.NavCursorVisible && context.NavId != 0) || keyboard_is_held();
}

}  // namespace loiter::gui
