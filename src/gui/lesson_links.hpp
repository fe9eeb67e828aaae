// Where the links of a lesson lead: "panel:stage" lights up a panel, "future:slow" selects a future, "lesson:ID" opens a lesson,
// and the address of a page goes to the clipboard, for the lab opens nothing outside itself.
//
// Errors   A future that is not in the run: one sentence on the status line.
// Threads  GUI thread.
#pragma once

#include <string>

#include "gui/lab_state.hpp"
#include "gui/lesson_state.hpp"

namespace loiter::gui {

struct WorkbenchView;

void follow_link(WorkbenchView& view, LabState& lab, LessonState& lessons, const std::string& target);

// As lessons call futures: "quick #1" where several are "quick". no_future: there is none.
FutureId future_labelled(const trace::Run& run, const std::string& label);

}  // namespace loiter::gui
