// The transcript: what the program has printed up to an instant, and which part of it is selected.
//
// Shape    Lines are those of Run::lines(), in order of time; a selection is two places in them.
// Units    Columns are bytes of a line's text, at character borders.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "trace/run.hpp"

namespace loiter::views {

// How many lines had been printed at t.
std::size_t lines_until(const trace::Run& run, Instant t);

// What a terminal would show of printed text, or of its beginning: tabs go to every eighth column (or another), other
// control characters become \xNN. At most some hundreds of bytes: no panel is wider.
inline constexpr std::size_t usual_tab_stop = 8;
std::string shown_text(std::string_view text, std::size_t tab_stop = usual_tab_stop);

// `tab_stop`, halved until the text has at most so many columns, or 1.
std::size_t tab_stop_to_fit(std::string_view text, std::size_t columns, std::size_t tab_stop);

// "1.00"
std::string line_time(const trace::Line& line);

struct TextPlace {
  std::size_t line = 0;
  std::size_t column = 0;
  friend auto operator<=>(const TextPlace&, const TextPlace&) = default;
};

struct TextSelection {
  TextPlace anchor;  // where it began
  TextPlace head;    // where it has been moved to
  [[nodiscard]] bool empty() const { return anchor == head; }
  [[nodiscard]] TextPlace first() const { return anchor < head ? anchor : head; }
  [[nodiscard]] TextPlace last() const { return anchor < head ? head : anchor; }
};

// The selected columns of one line.
struct ColumnRange {
  std::size_t from = 0;
  std::size_t to = 0;
  bool with_end = false;  // its line end is selected too
};
std::optional<ColumnRange> selected_columns(const TextSelection& selection, std::size_t line, std::size_t length);

TextSelection select_all(const trace::Run& run, std::size_t lines);
TextSelection select_word(const trace::Run& run, TextPlace at);
TextSelection select_line(const trace::Run& run, std::size_t line);

// Exactly what was printed: no times, no tags; lines end with a line feed, the last one only if its end is selected, and
// none that goes on.
std::string copied_text(const trace::Run& run, const TextSelection& selection);

// One character on or back, over line ends.
TextPlace next_place(const trace::Run& run, TextPlace at, std::size_t lines);
TextPlace previous_place(const trace::Run& run, TextPlace at);

}  // namespace loiter::views
