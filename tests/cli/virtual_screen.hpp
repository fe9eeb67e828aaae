// VirtualScreen: the part of a terminal that the live picture uses, for looking at what a person would see.
//
// Shape    A grid of characters, a cursor, scrolling, and the few control sequences of cli/in_place.cpp; any other
//          fails the test. Colours are left out.
#pragma once

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "cli/display_width.hpp"

namespace loiter::cli {

class VirtualScreen {
 public:
  VirtualScreen(int columns, int rows) : m_columns(columns), m_rows(rows), m_grid(static_cast<std::size_t>(rows)) {}

  std::vector<std::string> scrolled_away;
  bool cursor_is_shown = true;
  std::size_t characters = 0;  // put on the screen so far

  void take(std::string_view bytes) {
    while (!bytes.empty()) {
      if (bytes.front() == '\033') {
        bytes.remove_prefix(control(bytes));
        continue;
      }
      const Glyph glyph = first_glyph(bytes);
      put(glyph);
      bytes.remove_prefix(glyph.text.size());
    }
  }

  // As seen, without spaces at the ends of lines and empty lines at the end.
  std::string text() const {
    std::string all;
    for (const Row& row : m_grid) {
      std::string line;
      for (const std::string& cell : row) line += cell;
      line.erase(line.find_last_not_of(' ') + 1);
      all += line + "\n";
    }
    while (all.ends_with("\n\n")) all.pop_back();
    return all;
  }

  // A window as those terminals change it that cut rows off, and do not fold them.
  void resize(int columns, int rows) {
    m_columns = columns;
    for (Row& row : m_grid) row.resize(std::min(row.size(), static_cast<std::size_t>(columns)));
    while (m_cursor_row >= rows) scroll();
    m_grid.resize(static_cast<std::size_t>(rows));
    m_rows = rows;
    m_cursor_column = std::min(m_cursor_column, columns - 1);
  }

 private:
  using Row = std::vector<std::string>;

  Row& row() { return m_grid[static_cast<std::size_t>(m_cursor_row)]; }

  void scroll() {
    std::string line;
    for (const std::string& cell : m_grid.front()) line += cell;
    scrolled_away.push_back(line);
    m_grid.erase(m_grid.begin());
    m_grid.emplace_back();
    --m_cursor_row;
  }

  void new_line() {
    if (++m_cursor_row == m_rows) scroll();
  }

  void put(const Glyph& glyph) {
    if (glyph.text == "\n") return new_line();
    if (glyph.text == "\r") {
      m_cursor_column = 0;
      return;
    }
    REQUIRE(static_cast<unsigned char>(glyph.text.front()) >= 0x20);
    ++characters;
    if (m_cursor_column + glyph.columns > m_columns) {
      if (!m_folds) return;
      m_cursor_column = 0;
      new_line();
    }
    const auto column = static_cast<std::size_t>(m_cursor_column);
    if (row().size() < column + 1) row().resize(column + 1, " ");
    row()[column] = glyph.text;
    if (glyph.columns == 2) {
      row().resize(std::max(row().size(), column + 2), " ");
      row()[column + 1].clear();
    }
    m_cursor_column += glyph.columns;
  }

  // The length of the sequence.
  std::size_t control(std::string_view bytes) {
    const std::size_t end = bytes.find_first_of("ABHJKhlm");
    REQUIRE(end != std::string_view::npos);
    const std::string_view sequence = bytes.substr(1, end);
    const int count = sequence.size() > 2 ? std::atoi(std::string(sequence.substr(1)).c_str()) : 1;
    switch (sequence.back()) {
      case 'A':
        m_cursor_row = std::max(0, m_cursor_row - count);
        break;
      case 'B':
        m_cursor_row = std::min(m_rows - 1, m_cursor_row + count);
        break;
      case 'H':
        m_cursor_row = m_cursor_column = 0;
        break;
      case 'J':
        clear_to_right();
        for (int i = m_cursor_row + 1; i < m_rows; ++i) m_grid[static_cast<std::size_t>(i)].clear();
        break;
      case 'K':
        clear_to_right();
        break;
      case 'm':
        break;
      default:
        mode(sequence);
    }
    return end + 1;
  }

  void clear_to_right() {
    // On the last column with a character just put there, terminals differ: nothing may depend on it.
    REQUIRE(m_cursor_column < m_columns);
    row().resize(std::min(row().size(), static_cast<std::size_t>(m_cursor_column)));
  }

  void mode(std::string_view sequence) {
    if (sequence == "[?7l" || sequence == "[?7h") {
      m_folds = sequence.back() == 'h';
    } else {
      REQUIRE((sequence == "[?25l" || sequence == "[?25h"));
      cursor_is_shown = sequence.back() == 'h';
    }
  }

  int m_columns;
  int m_rows;
  std::vector<Row> m_grid;
  int m_cursor_row = 0;
  int m_cursor_column = 0;
  bool m_folds = true;
};

}  // namespace loiter::cli
