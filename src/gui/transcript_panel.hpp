// The transcript panel: what the program has printed until the playhead, over views/transcript.
//
// Text is selected with the mouse (double click: a word, triple click: a line), with Shift and the arrows, or whole by
// Ctrl+A; Ctrl+C copies exactly what was printed. It follows its end until it is scrolled up. A click on a line's tag
// selects the future whose task printed it.
//
//   label a test finds      what it is
//   "Transcript/lines"      the text
//
// Shape    draw_transcript() draws into the rest of the current window; TranscriptView is what it remembers.
// Threads  GUI thread; never blocks.
#pragma once

#include "gui/frame.hpp"
#include "trace/run.hpp"
#include "views/transcript.hpp"

namespace loiter::gui {

struct TranscriptView {
  bool follow = true;  // keeps the last line in sight

  views::TextSelection selection;
  std::uint64_t run_number = 0;
  bool selecting = false;
  float who_from = 0.0F;                         // where the column begins that says who printed a line
  std::size_t tab_stop = views::usual_tab_stop;  // narrower once a line did not fit
  float last_scroll = 0.0F;
};

bool draw_transcript(TranscriptView& view, const trace::Run& run, Frame& frame);

}  // namespace loiter::gui
