// Shortcuts: the keys of the whole window, and the list that F1 shows.
//
// Shape    Keys act only while no widget has the keyboard (press.hpp), those with Ctrl and the F keys always.
// Threads  GUI thread.
#pragma once

#include <span>
#include <string_view>

#include "gui/frame.hpp"
#include "gui/lab_state.hpp"
#include "gui/lesson_state.hpp"
#include "gui/look.hpp"

namespace loiter::gui {

struct WorkbenchView;

struct Shortcut {
  std::string_view keys;
  std::string_view what;
};
std::span<const Shortcut> all_shortcuts();

void act_on_keys(WorkbenchView& view, LabState& lab, LessonState& lessons, Frame& frame);

// Keys that Dear ImGui would use to bring up its ring: while no ring is shown they are the lab's, claimed anew in each
// frame. The owner is of the current context.
ImGuiID lab_key_owner();
void claim_lab_keys(ImGuiID owner);
bool pressed_for_lab(ImGuiKey key, ImGuiID owner, bool repeat = false);
// F, plus, minus, the arrows, Home and End.
void act_on_timeline_keys(WorkbenchView& view, LabState& lab, Frame& frame, ImGuiID owner);

// A plate over the window with every key; any key or click closes it. True: the tour is wanted.
bool draw_keys(bool& open, const Look& look);

}  // namespace loiter::gui
