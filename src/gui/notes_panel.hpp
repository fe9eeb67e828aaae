// The teacher's notes, in a window of their own that the class does not see: what is on the wall, what comes next, the
// notes, the counts of hands, and what the run said while that is hidden.
//
// Shape    draw_notes() fills the display of the current ImGui context; NotesView is what it remembers.
// Threads  GUI thread; never blocks.
#pragma once

#include <string>

#include "gui/lab_state.hpp"
#include "gui/lesson_state.hpp"
#include "gui/look.hpp"
#include "gui/presentation.hpp"
#include "gui/prose.hpp"

namespace loiter::gui {

struct NotesView {
  ProseView prose;
  std::string shown;  // the lesson and its page: another one begins at the top
};

void draw_notes(NotesView& view, const LessonState& lessons, const LabState& lab, const PresentationView& wall,
                const Look& look);

// What a page is about, in a line: a question, the heading of what is read.
[[nodiscard]] std::string page_title(const lessons::Reading& reading, std::size_t page);

}  // namespace loiter::gui
