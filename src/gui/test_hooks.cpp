#include "gui/test_hooks.hpp"

#include <imgui_internal.h>

namespace loiter::gui {
namespace {

Box box_of(const ImRect& rect) { return {rect.Min.x, rect.Min.y, rect.Max.x, rect.Max.y}; }

// "Run##3" is "Run"; a label that is all id, "##canvas", is "canvas".
std::string_view shown_label(std::string_view label) {
  const std::size_t mark = label.find("##");
  return mark == 0 ? label.substr(2) : label.substr(0, mark);
}

void tell(ImGuiContext& context, ImGuiID id, std::string_view label) {
  auto* listener = static_cast<WidgetListener*>(context.TestEngine);
  const ImGuiWindow* window = context.CurrentWindow;
  if (listener == nullptr || window == nullptr || context.LastItemData.ID != id) {
    return;
  }
  const Box box = box_of(context.LastItemData.Rect);
  listener->on_widget({
      .id = id,
      .window_id = window->ID,
      .window = shown_label(window->Name),
      .label = shown_label(label),
      .box = box,
      .visible = box.common(box_of(window->ClipRect)),
      .enabled = (context.LastItemData.ItemFlags & ImGuiItemFlags_Disabled) == 0,
  });
}

}  // namespace

void listen_to_widgets(ImGuiContext& context, WidgetListener* listener) {
  context.TestEngine = listener;
  context.TestEngineHookItems = listener != nullptr;
}

void report_widget(std::string_view label) {
  ImGuiContext& context = *ImGui::GetCurrentContext();
  if (context.TestEngineHookItems) {
    tell(context, context.LastItemData.ID, label);
  }
}

}  // namespace loiter::gui

#ifdef IMGUI_ENABLE_TEST_ENGINE

void ImGuiTestEngineHook_ItemAdd(ImGuiContext* /*ctx*/, ImGuiID /*id*/, const ImRect& /*bb*/,
                                 const ImGuiLastItemData* /*item_data*/) {}

void ImGuiTestEngineHook_ItemInfo(ImGuiContext* ctx, ImGuiID id, const char* label, ImGuiItemStatusFlags /*flags*/) {
  if (label != nullptr) loiter::gui::tell(*ctx, id, label);
}

void ImGuiTestEngineHook_Log(ImGuiContext* /*ctx*/, const char* /*fmt*/, ...) {}

const char* ImGuiTestEngine_FindItemDebugLabel(ImGuiContext* /*ctx*/, ImGuiID /*id*/) { return nullptr; }

#endif
