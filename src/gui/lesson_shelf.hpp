// The shelf in the Lesson panel: all lessons with how far they were read, and what became of the reader's beliefs.
//
// Shape    Draws into the box; see lesson_panel.hpp for the labels.
// Threads  GUI thread.
#pragma once

#include "gui/lesson_panel.hpp"

namespace loiter::gui {

void draw_shelf(LessonView& view, const LessonState& lessons, const Box& box, Frame& frame);

}  // namespace loiter::gui
