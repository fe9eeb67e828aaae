// How many columns of a terminal a text takes: Chinese, Japanese, Korean and most pictures take two, combining marks none.
//
// Shape    Pure functions of UTF-8 text. What is not UTF-8 takes a column a byte. Lines only: no control characters.
// Source   Unicode's East Asian Width (W and F), as terminals have it.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace loiter::cli {

struct Glyph {
  std::string_view text;  // its bytes
  int columns = 1;
};
// The character that begins a text, which is not empty.
Glyph first_glyph(std::string_view text);

int display_width(std::string_view text);

// As much of the text as fits, "..." or "…" at its end if something is missing.
std::string cut_to_width(std::string_view text, int columns, bool utf8);

// Tabs become spaces up to the next multiple of `tab`; other control characters become visible (base/text.hpp).
std::string one_line(std::string_view text, int tab = 8);

}  // namespace loiter::cli
