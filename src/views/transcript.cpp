#include "views/transcript.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "base/text.hpp"

namespace loiter::views {
namespace {

bool continues_character(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

bool is_word(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || (static_cast<unsigned char>(c) & 0x80U) != 0;
}

const std::string& text_of(const trace::Run& run, std::size_t line) { return run.lines()[line].text; }

}  // namespace

std::size_t lines_until(const trace::Run& run, Instant t) {
  const auto& lines = run.lines();
  const auto end = std::ranges::partition_point(lines, [t](const trace::Line& line) { return line.t <= t; });
  return static_cast<std::size_t>(end - lines.begin());
}

std::string shown_text(std::string_view text, std::size_t tab_stop) {
  constexpr std::size_t most = 400;
  std::string shown;
  for (std::size_t from = 0; from <= text.size() && shown.size() < most;) {
    const std::size_t tab = std::min(text.find('\t', from), text.size());
    shown += printable(text.substr(from, tab - from), most);
    if (tab < text.size()) shown.append(tab_stop - shown.size() % tab_stop, ' ');
    from = tab + 1;
  }
  return shown;
}

std::size_t tab_stop_to_fit(std::string_view text, std::size_t columns, std::size_t tab_stop) {
  if (text.find('\t') == std::string_view::npos) return tab_stop;
  while (tab_stop > 1 && shown_text(text, tab_stop).size() > columns) tab_stop /= 2;
  return tab_stop;
}

std::string line_time(const trace::Line& line) { return fmt::format("{:.2f}", to_seconds(line.t)); }

std::optional<ColumnRange> selected_columns(const TextSelection& selection, std::size_t line, std::size_t length) {
  const TextPlace first = selection.first();
  const TextPlace last = selection.last();
  if (selection.empty() || line < first.line || line > last.line) return std::nullopt;
  const bool with_end = line < last.line;
  return ColumnRange{.from = line == first.line ? std::min(first.column, length) : 0,
                     .to = with_end ? length : std::min(last.column, length),
                     .with_end = with_end};
}

TextSelection select_all(const trace::Run& run, std::size_t lines) {
  if (lines == 0) return {};
  return {{0, 0}, {lines - 1, text_of(run, lines - 1).size()}};
}

TextSelection select_line(const trace::Run& run, std::size_t line) {
  return {{line, 0}, {line, text_of(run, line).size()}};
}

TextSelection select_word(const trace::Run& run, TextPlace at) {
  const std::string& text = text_of(run, at.line);
  std::size_t from = std::min(at.column, text.size());
  std::size_t to = from;
  while (from > 0 && is_word(text[from - 1])) --from;
  while (to < text.size() && is_word(text[to])) ++to;
  if (from == to && to < text.size()) ++to;
  return {{at.line, from}, {at.line, to}};
}

std::string copied_text(const trace::Run& run, const TextSelection& selection) {
  std::string copied;
  const std::size_t count = run.lines().size();
  for (std::size_t line = selection.first().line; line <= selection.last().line && line < count; ++line) {
    const std::string& text = text_of(run, line);
    const auto columns = selected_columns(selection, line, text.size());
    if (!columns) continue;
    copied.append(text, columns->from, columns->to - columns->from);
    if (columns->with_end && !run.lines()[line].goes_on) copied += '\n';
  }
  return copied;
}

TextPlace next_place(const trace::Run& run, TextPlace at, std::size_t lines) {
  if (at.line >= lines) return at;
  const std::string& text = text_of(run, at.line);
  if (at.column >= text.size()) return at.line + 1 < lines ? TextPlace{at.line + 1, 0} : at;
  ++at.column;
  while (at.column < text.size() && continues_character(text[at.column])) ++at.column;
  return at;
}

TextPlace previous_place(const trace::Run& run, TextPlace at) {
  if (at.column == 0) return at.line > 0 ? TextPlace{at.line - 1, text_of(run, at.line - 1).size()} : at;
  --at.column;
  while (at.column > 0 && continues_character(text_of(run, at.line)[at.column])) --at.column;
  return at;
}

}  // namespace loiter::views
