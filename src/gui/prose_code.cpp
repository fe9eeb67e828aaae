#include "gui/prose_code.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <vector>

#include "gui/code_panel.hpp"
#include "gui/paint.hpp"
#include "gui/prose.hpp"
#include "gui/text.hpp"
#include "gui/widgets.hpp"
#include "views/code_view.hpp"

namespace loiter::gui {
namespace {

// A line of the screen: bytes of a line of code, behind an indent.
struct Row {
  std::size_t line = 0;
  std::size_t from = 0;
  std::size_t to = 0;
  std::size_t indent = 0;  // letters
};

// Long lines are broken behind a blank, and go on four letters further in.
std::vector<Row> rows_of(const views::Listing& listing, std::size_t letters) {
  std::vector<Row> rows;
  for (std::size_t i = 0; i < listing.lines.size(); ++i) {
    const std::string& text = listing.lines[i].text;
    const std::size_t margin = std::min(text.find_first_not_of(' '), text.size());
    std::size_t from = 0;
    std::size_t indent = 0;
    while (text.size() - from + indent > letters && letters > indent + 8) {
      const std::size_t room = letters - indent;
      const std::size_t blank = text.rfind(' ', from + room);
      const bool breaks_well = blank != std::string::npos && blank > from + (from == 0 ? margin : 0) + 4;
      const std::size_t end = breaks_well ? blank + 1 : from + room;
      rows.push_back({i, from, end, indent});
      from = end;
      indent = margin + 4;
    }
    rows.push_back({i, from, text.size(), indent});
  }
  return rows;
}

float letter_width(const Look& look, float size) { return text_width(look, {Face::Mono, size, 0}, "0"); }

void draw_row(const Look& look, const views::Listing& listing, const Row& row, float size, float x, float y) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const views::CodeLine& line = listing.lines[row.line];
  const float letter = letter_width(look, size);
  for (const views::Token& token : line.tokens) {
    const std::size_t from = std::max(token.from, row.from);
    const std::size_t to = std::min(token.to, row.to);
    if (from >= to) continue;
    const float at = x + letter * static_cast<float>(row.indent + from - row.from);
    draw_text(list, look, token_style(look, size, token.kind), at, y,
              std::string_view(line.text).substr(from, to - from));
  }
}

// At x, y; gives where it ends.
float draw_listing(const views::Listing& listing, float x, float y, float width, const ProseStyle& style,
                   const Look& look) {
  const auto letters = static_cast<std::size_t>(std::max(12.0F, width / letter_width(look, style.code)));
  for (const Row& row : rows_of(listing, letters)) {
    draw_row(look, listing, row, style.code, x, y + style.code_line * 0.5F);
    y += style.code_line;
  }
  return y;
}

float height_of(const views::Listing& listing, float width, const ProseStyle& style, const Look& look) {
  const auto letters = static_cast<std::size_t>(std::max(12.0F, width / letter_width(look, style.code)));
  return style.code_line * static_cast<float>(rows_of(listing, letters).size());
}

std::string_view without_end(std::string_view code) {
  while (code.ends_with('\n')) code.remove_suffix(1);
  return code;
}

}  // namespace

void draw_prose_code(std::string_view code, std::string_view twin, bool is_cpp, int& language, const CodePlace& place,
                     const ProseStyle& style, const Look& look) {
  constexpr float side_by_side_letters = 104;
  const Metrics& m = look.metrics;
  const float pad = std::round(style.code * 0.8F);
  const bool beside = !twin.empty() && place.width >= side_by_side_letters * letter_width(look, style.code);
  const bool tabs = !twin.empty() && !beside;
  const bool shows_twin = tabs && language == 1;
  const auto listing = views::parse_listing(without_end(shows_twin ? twin : code),
                                            is_cpp || shows_twin ? views::Language::Cpp : views::Language::Python);
  const views::Listing other =
      beside ? views::parse_listing(without_end(twin), views::Language::Cpp) : views::Listing{};
  const float width = beside ? std::floor(place.width * 0.5F) - 1.5F * pad : place.width - 2 * pad;
  const float top = ImGui::GetCursorScreenPos().y;
  const float head = tabs ? m.px(24) : pad * 0.7F;
  const float height = std::max(height_of(listing, width, style, look), height_of(other, width, style, look));
  const Box box{place.x0, top, place.x0 + place.width, std::round(top + head + height + pad * 0.7F)};
  ImDrawList& list = *ImGui::GetWindowDrawList();
  fill_box(list, box, look.theme.sunk, m.control_radius);
  outline_box(list, box, look.theme.hairline, m.control_radius, m.hairline);
  if (tabs) {
    constexpr std::array<std::string_view, 2> names{"Python", "C++"};
    const TabOptions options{.small = true, .underlined = false};
    ImGui::PushID(code.data());
    ImGui::SetCursorScreenPos({box.x1 - pad - tab_row_width(look, names, options), top - m.px(2)});
    tab_row(look, "Listing", names, language, options);
    ImGui::PopID();
  }
  draw_listing(listing, box.x0 + pad, top + head, width, style, look);
  if (beside) draw_listing(other, std::round(box.centre_x() + pad * 0.5F), top + head, width, style, look);
  ImGui::SetCursorScreenPos({place.x0, box.y0});
  ImGui::Dummy({box.width(), box.height()});
  ImGui::SetCursorScreenPos({place.x0, box.y1});
}

}  // namespace loiter::gui
