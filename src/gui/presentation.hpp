// Presentation: the window as a class sees it on the wall: one thing at a time, in large letters, and nothing else.
//
//   F11 --> code (1), stage (2), timeline (3) or the page of the lesson (4); Space runs; R reveals; Esc
//
// What a run says to a question stays hidden, however it went, until R reveals it. A show of hands is typed in as counts
// (H) and stands beside what happened.
//
//   label a test finds     what it is
//   "Option/1"             an option of a question
//   "Order/slow"           a card; "Sketch/slow" a bar, "Answer" the field for a number
//
// Shape    PresentationView is a part of the window's view. draw_presentation() draws a frame in place of everything else;
//          what is asked for is put into the Frame and into LessonView::wanted, as in the window.
// Units    The design is 1024 by 768 units, and as large as the window allows; no letter is under 24 of them.
// Threads  GUI thread; never blocks.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "gui/lesson_panel.hpp"
#include "gui/presentation_wall.hpp"

namespace loiter::gui {

struct WorkbenchView;

// What is on the wall: in the order of their keys.
enum class Presented : std::uint8_t { Code, Stage, Timeline, Page };

// The counts of a show of hands while they are typed.
struct HandsEntry {
  bool open = false;
  std::size_t option = 0;          // whose count takes the digits
  std::vector<std::string> typed;  // of each option
};

// A page that is higher than the wall is shown part by part.
struct SlidesView {
  std::string shown;         // the page: another one begins at its first part
  std::size_t part = 0;      // that is shown
  std::size_t count = 1;     // of them
  bool from_behind = false;  // somebody comes back: the last part first
  std::vector<float> ends;   // of its pieces, as they were drawn last
  lessons::Blocks prose;     // of the page, and the same in pieces
  std::vector<lessons::Blocks> parts;
};

struct PresentationView {
  bool open = false;
  Presented shown = Presented::Page;
  ThemeChoice theme = ThemeChoice::Light;
  bool show_keys = false;
  bool wants_notes = false;  // the window with the teacher's notes: opened, or closed again

  // Nothing to set from outside.
  std::string lesson;              // what is remembered belongs to it
  std::set<std::size_t> revealed;  // pages
  HandsEntry hands;
  SlidesView slides;
  bool had_ring = false;       // a card or a bar had the keyboard in the last frame
  bool begins_answer = false;  // the field for a number takes the keyboard in the next frame
  ImVec2 pointer{};
  double pointer_moved = -1e9;  // when, in ImGui's time
};

// Opens it, at the page of the lesson if one is open, or closes it. A class runs a lab without a guess of anybody's.
void set_presentation(PresentationView& view, LessonState& lessons, bool open);
// What the run said to the questions of this page is to be seen.
[[nodiscard]] bool is_revealed(const PresentationView& view, const LessonState& lessons);

// True while something moves.
bool draw_presentation(WorkbenchView& view, const LabState& lab, const LessonState& lessons, Frame& frame,
                       const Wall& wall);

}  // namespace loiter::gui
