#include "cli/screen.hpp"

#include <algorithm>
#include <cctype>

#include "base/text.hpp"

namespace loiter::cli {
namespace {

// A text as wide as memory helps nobody; a terminal of one column still shows something.
constexpr int most_cells = 1000;

bool speaks_utf8(const Environment& environment) {
  for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
    std::string locale = environment(name);
    if (locale.empty()) continue;
    std::ranges::transform(locale, locale.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return locale.find("utf-8") != std::string::npos || locale.find("utf8") != std::string::npos;
  }
  return false;
}

Colours colours_of(const Environment& environment) {
  if (!environment("NO_COLOR").empty()) return Colours::None;
  const std::string depth = environment("COLORTERM");
  if (depth == "truecolor" || depth == "24bit") return Colours::All;
  const std::string term = environment("TERM");
  if (term.find("direct") != std::string::npos) return Colours::All;
  return term.find("256") != std::string::npos ? Colours::Many : Colours::Sixteen;
}

int size_of(int known, const std::string& variable, int usual) {
  if (known <= 0)
    known = static_cast<int>(std::clamp<std::int64_t>(parse_integer(variable).value_or(0), 0, most_cells));
  return known <= 0 ? usual : std::min(known, most_cells);
}

}  // namespace

Screen screen_of(bool is_terminal, int columns, int rows, const Environment& environment) {
  const std::string term = environment("TERM");
  Screen screen;
  screen.is_terminal = is_terminal;
  screen.can_redraw = is_terminal && !term.empty() && term != "dumb";
  screen.columns = size_of(columns, environment("COLUMNS"), screen.columns);
  screen.rows = size_of(rows, environment("LINES"), screen.rows);
  screen.utf8 = speaks_utf8(environment);
  screen.colours = screen.can_redraw ? colours_of(environment) : Colours::None;
  return screen;
}

}  // namespace loiter::cli
