#include "cli/in_place.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "cli/display_width.hpp"

namespace loiter::cli {
namespace {

constexpr const char* clear_to_right = "\033[K";
constexpr const char* clear_below = "\033[J";
// Should the window be narrower than it said, a row is cut off instead of folded, and the rows stay countable.
constexpr const char* no_folding = "\033[?7l";
constexpr const char* folding = "\033[?7h";

std::string up(int rows) { return rows > 0 ? fmt::format("\033[{}A", rows) : std::string{}; }
std::string down(int rows) { return rows > 0 ? fmt::format("\033[{}B", rows) : std::string{}; }

// A line of the program, folded by the terminal if it is long. One that fills its last row to the edge leaves nothing
// of the old row to clear, and clearing there would take its last character away.
std::string printed_line(const std::string& line, int columns) {
  const int wide = display_width(one_line(line));
  return line + (wide > 0 && wide % columns == 0 ? "" : clear_to_right) + "\r\n";
}

}  // namespace

std::string InPlace::to_top(int columns) const {
  int rows = 0;
  for (const Row& row : m_rows) rows += std::max(1, (row.columns + columns - 1) / columns);
  return "\r" + up(rows);
}

std::string InPlace::all_rows(const std::vector<Row>& rows) const {
  std::string bytes = no_folding;
  for (const Row& row : rows) bytes += row.bytes + clear_to_right + "\r\n";
  return bytes + folding + clear_below;
}

std::string InPlace::show(const std::vector<std::string>& printed, const std::vector<TextLine>& picture,
                          const Screen& screen) {
  std::vector<Row> rows;
  for (const TextLine& line : picture) rows.push_back({encode(line, screen.colours), line.width()});
  const bool same_window = m_screen == screen;
  std::string bytes;
  if (!printed.empty() || !same_window || rows.size() != m_rows.size()) {
    bytes = to_top(screen.columns);
    if (!same_window) bytes += clear_below;
    for (const std::string& line : printed) bytes += printed_line(line, screen.columns);
    bytes += all_rows(rows);
  } else {
    for (std::size_t i = 0; i < rows.size(); ++i) {
      if (rows[i].bytes == m_rows[i].bytes) continue;
      const int distance = static_cast<int>(rows.size() - i);
      bytes += up(distance) + no_folding + rows[i].bytes + clear_to_right + folding + "\r" + down(distance);
    }
  }
  m_rows = std::move(rows);
  m_screen = screen;
  return bytes;
}

std::string InPlace::finish() {
  m_rows.clear();
  return "\033[?25h";
}

}  // namespace loiter::cli
