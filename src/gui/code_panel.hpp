// The code panel: the experiment in Python and in C++, with a marker for each lane on its current line, and below it
// what each lane is doing there; over views/code_view.
//
//   label a test finds        what it is
//   "Code/Python", "Code/C++" which language is shown; "Code/Both" when there is room for two columns
//   "Code/place main"         a line of "Where each lane is now"; pressing it selects the lane's future
//
// Shape    draw_code() draws into the rest of the current window. A frame without titles has the strip drawn by the
//          window (a tab row, say), which puts draw_languages() into it.
// Threads  GUI thread; never blocks.
#pragma once

#include <cstdint>
#include <vector>

#include "gui/frame.hpp"
#include "gui/text.hpp"
#include "trace/run.hpp"
#include "views/code_view.hpp"

namespace loiter::gui {

// What was brought into sight last, of one listing. Until it changes the reader may scroll as he likes.
struct CodeFocus {
  std::vector<std::size_t> lines;
  std::size_t fit = 0;  // lines of the panel
  friend bool operator==(const CodeFocus&, const CodeFocus&) = default;
};

struct CodeView {
  views::Listing python;
  views::Listing cpp;  // without lines: only Python is there
  int shown = 0;       // 0 Python, 1 C++, 2 both

  std::uint32_t seen_moves = 0;  // of the selection
  CodeFocus python_focus;
  CodeFocus cpp_focus;
};

// How a listing is written, here and in the text of a lesson.
[[nodiscard]] TextStyle token_style(const Look& look, float size, views::TokenKind kind);

// Python and C++ side by side need so many units.
inline constexpr float both_from_width = 640;

bool draw_code(CodeView& view, const trace::Run& run, Frame& frame);

// The choice of language, ending at x1, in a strip as high as a panel's title.
void draw_languages(CodeView& view, const Look& look, float x1, float y0, bool both_fit = false);

}  // namespace loiter::gui
