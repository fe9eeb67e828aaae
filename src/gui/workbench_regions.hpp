// The regions of the workbench: which panel stands where, under which tabs.
//
// Shape    Free functions over what the window has; the layout says where.
// Threads  GUI thread.
#pragma once

#include <string>
#include <string_view>

#include "gui/box.hpp"
#include "gui/comparison_panel.hpp"
#include "gui/frame.hpp"
#include "gui/lab_state.hpp"
#include "gui/lesson_state.hpp"
#include "gui/workbench.hpp"
#include "views/window_layout.hpp"

namespace loiter::gui {

// A region of the layout in pixels of the screen.
Box on_display(const views::Rect& rect, float scale);

// The runs of the lab's comparison as its panel takes them.
Comparison comparison_of(const LabState& lab);

// Calls draw() in a child region; the panel is clipped to it.
template <class Draw>
void in_region(std::string_view name, const Box& box, Draw draw) {
  if (box.empty()) return;
  ImGui::SetCursorScreenPos(box.min());
  const std::string id(name);
  ImGui::BeginChild(id.c_str(), {box.width(), box.height()}, ImGuiChildFlags_NavFlattened,
                    ImGuiWindowFlags_NoScrollbar | ImGuiWindowFlags_NoScrollWithMouse);
  draw();
  ImGui::EndChild();
}

void draw_regions(const views::WindowLayout& layout, WorkbenchView& view, const LabState& lab,
                  const LessonState& lessons, Frame& frame);

}  // namespace loiter::gui
