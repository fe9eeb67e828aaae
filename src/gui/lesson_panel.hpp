// The Lesson panel: the shelf with all lessons; or the lesson that is read, page by page, with Back, Next and Run.
//
//   label a test finds             what it is
//   "Lesson/map-or-as-completed"   a lesson on the shelf, by its name
//   "Lesson/page 3"                a page, in the row below the title
//   "Back" "Next" "Skip" "Run the lab"   the foot
//   "Free the settings"            of the lab, and "Fix them again"
//   "Close the lesson"             back to the shelf
//   "My beliefs"                   of the shelf: what was met, changed, is open; "Copy" and "Save as text" there
//
// Shape    draw_lesson() draws into the rest of the current window. What the reader asks for is put into LessonView::wanted
//          and done by the window after the frame, for it may change the run on the screen.
// Threads  GUI thread; never blocks.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "gui/frame.hpp"
#include "gui/lab_state.hpp"
#include "gui/lesson_question.hpp"
#include "gui/lesson_state.hpp"
#include "gui/prose.hpp"

namespace loiter::gui {

struct LessonView {
  ProseView prose;
  QuestionView question;
  bool shows_beliefs = false;
  std::string link;     // that was pressed in this frame: "panel:stage"
  std::string said;     // what came of Copy or Save
  std::string shown;    // the lesson and its page: another one begins at its top
  float height = 0.0F;  // that the page needs for all of it, with head and foot
  std::vector<std::function<void(LessonState&)>> wanted;
};

void draw_lesson(LessonView& view, const LessonState& lessons, const LabState& lab, Frame& frame);

// The page asks for a sketch, and its lab has not run: it is drawn in the place of the timeline, into the rest of the window.
bool asks_for_sketch(const LessonState& lessons);
void draw_sketch(LessonView& view, const LessonState& lessons, std::size_t step, Frame& frame);

// Keys of a lesson that is open: Enter goes on, Backspace goes back, digits choose. True: the digits are the lesson's now.
bool act_on_lesson_keys(LessonView& view, const LessonState& lessons, const LabState& lab);

// What Enter and the foot's main button do on this page.
enum class LessonStep { Next, Run, Wait, Answer };
LessonStep next_step(const LessonState& lessons, const LabState& lab);

}  // namespace loiter::gui
