#include "cli/in_place.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "cli/display_width.hpp"

namespace loiter::cli {
namespace {

constexpr std::size_t remembered_lines = 200;  // more than a window shows

constexpr const char* clear_to_right = "\033[K";
constexpr const char* clear_below = "\033[J";
constexpr const char* top_left = "\033[H";
// Should the window be narrower than it said, a row is cut off instead of folded, and the rows stay countable.
constexpr const char* no_folding = "\033[?7l";
constexpr const char* folding = "\033[?7h";

std::string up(std::size_t rows) { return rows > 0 ? fmt::format("\033[{}A", rows) : std::string{}; }
std::string down(std::size_t rows) { return rows > 0 ? fmt::format("\033[{}B", rows) : std::string{}; }

std::size_t rows_of(const std::string& line, int columns) {
  const int wide = display_width(line);
  return static_cast<std::size_t>(std::max(1, (wide + columns - 1) / columns));
}

// A line of the program, folded by the terminal if it is long. One that fills its last row to the edge leaves nothing
// of the old row to clear, and clearing there would take its last character away.
std::string printed_line(const std::string& line, int columns) {
  const int wide = display_width(line);
  return line + (wide > 0 && wide % columns == 0 ? "" : clear_to_right) + "\r\n";
}

std::string all_rows(const std::vector<std::string>& rows) {
  std::string bytes = no_folding;
  for (const std::string& row : rows) bytes += row + clear_to_right + "\r\n";
  return bytes + folding + clear_below;
}

}  // namespace

// Only the rows that differ.
std::string InPlace::rewrite(const std::vector<std::string>& rows) const {
  std::string bytes;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (rows[i] == m_rows[i]) continue;
    const std::size_t distance = rows.size() - i;
    bytes += up(distance) + no_folding + rows[i] + clear_to_right + folding + "\r" + down(distance);
  }
  return bytes;
}

// What is left of the screen scrolls out of sight; then as many of the last lines as stand above a picture of so many rows.
std::string InPlace::start_over(std::size_t rows, const Screen& screen) const {
  const auto window = static_cast<std::size_t>(screen.rows);
  std::string bytes = "\r" + up(m_rows.size()) + clear_below + down(window) + std::string(window, '\n') + top_left;
  std::size_t free = window > rows ? window - rows - 1 : 0;
  auto first = m_printed.end();
  while (first != m_printed.begin() && rows_of(*std::prev(first), screen.columns) <= free) {
    --first;
    free -= rows_of(*first, screen.columns);
  }
  for (; first != m_printed.end(); ++first) bytes += printed_line(*first, screen.columns);
  return bytes;
}

std::string InPlace::show(const std::vector<std::string>& printed, const std::vector<TextLine>& picture,
                          const Screen& screen) {
  std::vector<std::string> rows;
  for (const TextLine& line : picture) rows.push_back(encode(line, screen.colours));
  m_printed.insert(m_printed.end(), printed.begin(), printed.end());
  while (m_printed.size() > remembered_lines) m_printed.pop_front();

  std::string bytes;
  if (!m_rows.empty() && screen.columns < m_screen.columns) {
    bytes = start_over(rows.size(), screen) + all_rows(rows);
  } else if (!printed.empty() || rows.size() != m_rows.size() || screen != m_screen) {
    bytes = "\r" + up(m_rows.size()) + (screen == m_screen ? "" : clear_below);
    for (const std::string& line : printed) bytes += printed_line(line, screen.columns);
    bytes += all_rows(rows);
  } else {
    bytes = rewrite(rows);
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
