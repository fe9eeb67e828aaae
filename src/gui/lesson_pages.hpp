// The pages of a lesson: what stands between the panel's head and its foot.
//
// Shape    Drawn at the ImGui cursor as items, `width` wide.
// Threads  GUI thread.
#pragma once

#include "gui/lesson_panel.hpp"

namespace loiter::gui {

void draw_lesson_page(LessonView& view, const LessonState& lessons, const LabState& lab, float width, Frame& frame);

// What a run said to each question of the page's lab, under the words of the question.
void draw_marks(const LessonState& lessons, float width, const Look& look);

// What became of beliefs, those of `ids` only; each with the sentence that answers it while it is open.
void draw_beliefs(const lessons::Progress& progress, const std::vector<std::string>& ids, float width,
                  const Look& look);

}  // namespace loiter::gui
