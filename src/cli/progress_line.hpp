// ProgressLine: a bar as tqdm draws it, on standard error, for a program that says how far it has come.
//
//    35%|█████▎         | 7/20 [00:00<00:01, 12.34it/s]
//
// Shape    progress_line() is a pure function. ProgressBar keeps the bar at the cursor while the transcript goes on above
//          it; a finished bar stays where it is.
// Units    Lab time; the whole line is `columns` wide.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "cli/terminal.hpp"
#include "trace/event.hpp"
#include "views/progress.hpp"

namespace loiter::cli {

std::string progress_line(const views::Progress& progress, int columns, bool utf8);

class ProgressBar {
 public:
  explicit ProgressBar(Terminal& terminal) : m_terminal(terminal), m_is_shown(terminal.error_screen().can_redraw) {}

  // What the program says: a mark for Progressed without a future.
  // True: the work is complete, and the bar should be drawn before anything else is written.
  bool count(const trace::Event& event);
  // Takes the bar off the screen, so that something can be written where it stood.
  void clear();
  // Draws it if it has changed. Not in the middle of a line of the transcript.
  void draw(Instant now);

 private:
  void finish();

  Terminal& m_terminal;
  const bool m_is_shown;
  std::vector<trace::ProgressMark> m_marks;
  std::string m_drawn;  // what stands on the screen
};

}  // namespace loiter::cli
