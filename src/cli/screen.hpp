// Screen: what a terminal can show, as its size and its environment tell.
//
// Shape    A plain value. screen_of() is a pure function of what the system says.
// Source   no-color.org; LC_ALL, LC_CTYPE, LANG in POSIX order; TERM and COLORTERM as terminals set them.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

namespace loiter::cli {

enum class Colours : std::uint8_t { None, Sixteen, Many, All };

struct Screen {
  bool is_terminal = false;
  bool can_redraw = false;  // a terminal on which the cursor moves
  int columns = 80;
  int rows = 24;
  bool utf8 = false;
  Colours colours = Colours::None;
  friend bool operator==(const Screen&, const Screen&) = default;
};

// The value of an environment variable; empty if it has none.
using Environment = std::function<std::string(const char* name)>;

// `columns` and `rows` as the system knows them, 0 if it does not.
Screen screen_of(bool is_terminal, int columns, int rows, const Environment& environment);

}  // namespace loiter::cli
