// CellRow: one row of a terminal, cell by cell, for drawing bars and then words over them.
//
// Shape    A plain value of fixed width. What falls outside is dropped.
// Units    Columns from 0.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cli/text_line.hpp"

namespace loiter::cli {

class CellRow {
 public:
  explicit CellRow(int columns) : m_cells(static_cast<std::size_t>(columns > 0 ? columns : 0)) {}

  int columns() const { return static_cast<int>(m_cells.size()); }
  void put(int column, std::string_view glyph, Ink ink);
  void fill(int from, int to, std::string_view glyph, Ink ink);
  // Words from that column on, up to `to`; on a bar they take its colour, elsewhere they are plain.
  void write(int from, int to, std::string_view words);

  void append_to(TextLine& line) const;

 private:
  struct Cell {
    std::string text = " ";  // empty: the cell before it is two columns wide
    Ink ink;
  };
  bool is_inside(int column) const { return column >= 0 && column < columns(); }
  Cell& cell(int column) { return m_cells[static_cast<std::size_t>(column)]; }
  const Cell& cell(int column) const { return m_cells[static_cast<std::size_t>(column)]; }

  std::vector<Cell> m_cells;
};

}  // namespace loiter::cli
