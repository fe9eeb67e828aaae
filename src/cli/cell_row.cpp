#include "cli/cell_row.hpp"

#include <algorithm>

#include "cli/display_width.hpp"

namespace loiter::cli {

void CellRow::put(int column, std::string_view glyph, Ink ink) {
  if (!is_inside(column) || glyph.empty()) return;
  // Half of a wide character that is overwritten does not stay alone.
  if (cell(column).text.empty() && column > 0) cell(column - 1).text = " ";
  if (is_inside(column + 1) && cell(column + 1).text.empty()) cell(column + 1).text = " ";
  cell(column) = {std::string(glyph), ink};
}

void CellRow::fill(int from, int to, std::string_view glyph, Ink ink) {
  for (int column = std::max(from, 0); column < std::min(to, columns()); ++column) put(column, glyph, ink);
}

void CellRow::write(int from, int to, std::string_view words) {
  int column = from;
  const int end = std::min(to, columns());
  while (!words.empty()) {
    const Glyph glyph = first_glyph(words);
    words.remove_prefix(glyph.text.size());
    if (glyph.columns == 0) {
      if (column > from && is_inside(column - 1)) cell(column - 1).text += glyph.text;
      continue;
    }
    if (column + glyph.columns > end) return;
    if (is_inside(column)) {
      const Ink ink = cell(column).ink.solid ? cell(column).ink : Ink{};
      put(column, glyph.text, ink);
      if (glyph.columns == 2) {
        put(column + 1, " ", ink);
        cell(column + 1).text.clear();
      }
    }
    column += glyph.columns;
  }
}

void CellRow::append_to(TextLine& line) const {
  std::size_t end = m_cells.size();  // no spaces at the end of a line
  while (end > 0 && m_cells[end - 1].text == " " && !m_cells[end - 1].ink.solid) --end;
  for (std::size_t i = 0; i < end; ++i) line.add(m_cells[i].text, m_cells[i].ink);
}

}  // namespace loiter::cli
