#include "gui/text.hpp"

#include <imgui_internal.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace loiter::gui {
namespace {

constexpr float no_limit = std::numeric_limits<float>::max();

float shifted(float x, float width, Align align) {
  switch (align) {
    case Align::Left:
      return x;
    case Align::Centre:
      return x - width * 0.5F;
    case Align::Right:
      return x - width;
  }
  return x;
}

constexpr float half_capital = 0.365F;  // of an em: Inter 0.364, JetBrains Mono 0.365, DejaVu Sans 0.365

// The built-in font has no ellipsis of its own.
std::string_view ellipsis_of(const Look& look, const TextStyle& style) {
  return look.fonts.face(style.face)->IsGlyphInFont(0x2026) ? "\xE2\x80\xA6" : "...";
}

// From the top of the line box to the baseline.
float ascent_of(const Look& look, const TextStyle& style) {
  return look.fonts.face(style.face)->GetFontBaked(style.size)->Ascent;
}

// How many bytes of `text` fit into `width`, and at least one letter.
std::size_t letters_that_fit(const Look& look, const TextStyle& style, std::string_view text, float width) {
  const char* const end = text.data() + text.size();
  const char* cut = text.data();
  look.fonts.face(style.face)->CalcTextSizeA(style.size, width, 0.0F, text.data(), end, &cut);
  if (cut == text.data() && cut < end) {
    unsigned int letter = 0;
    cut += ImTextCharFromUtf8(&letter, cut, end);
  }
  return static_cast<std::size_t>(cut - text.data());
}

// Lines break at spaces only, because "5.00 s" must not break after the point; a word wider than the line is cut.
std::size_t first_line_length(const Look& look, const TextStyle& style, std::string_view text, float width) {
  std::size_t fits = 0;
  std::size_t word_end = 0;
  while (word_end < text.size()) {
    word_end = std::min(text.find(' ', word_end + 1), text.size());
    if (text_width(look, style, text.substr(0, word_end)) > width) {
      return fits > 0 ? fits : letters_that_fit(look, style, text.substr(0, word_end), width);
    }
    fits = word_end;
  }
  return fits;
}

}  // namespace

TextStyle base_text(const Look& look) { return {Face::Sans, look.metrics.type.base, look.theme.text}; }
TextStyle strong_text(const Look& look) { return {Face::SansBold, look.metrics.type.base, look.theme.text}; }
TextStyle quiet_text(const Look& look) { return {Face::Sans, look.metrics.type.base, look.theme.text2}; }
TextStyle small_text(const Look& look) { return {Face::Sans, look.metrics.type.small, look.theme.text}; }
TextStyle note_text(const Look& look) { return {Face::Sans, look.metrics.type.small, look.theme.text2}; }
TextStyle code_text(const Look& look) { return {Face::Mono, look.metrics.type.small, look.theme.text}; }

float text_width(const Look& look, const TextStyle& style, std::string_view text) {
  if (text.empty()) {
    return 0.0F;
  }
  return look.fonts.face(style.face)
      ->CalcTextSizeA(style.size, no_limit, 0.0F, text.data(), text.data() + text.size())
      .x;
}

float steady_width(const Look& look, float size, std::string_view text) {
  const float regular = text_width(look, {Face::Sans, size, 0}, text);
  const float strong = text_width(look, {Face::SansBold, size, 0}, text);
  return std::ceil(std::max(regular, strong - look.metrics.gap4));
}

std::string fitted(const Look& look, const TextStyle& style, std::string_view text, float width) {
  if (text_width(look, style, text) <= width) {
    return std::string{text};
  }
  const std::string_view ellipsis = ellipsis_of(look, style);
  const float room = width - text_width(look, style, ellipsis);
  if (room <= 0.0F || text.empty()) {
    return {};
  }
  std::size_t length = letters_that_fit(look, style, text, room);
  while (length > 0 && text[length - 1] == ' ') {
    --length;
  }
  std::string cut = std::string{text.substr(0, length)} + std::string{ellipsis};
  return text_width(look, style, cut) <= width ? cut : std::string{};
}

std::string fitted_words(const Look& look, const TextStyle& style, std::string_view text, float width) {
  if (text_width(look, style, text) <= width) return std::string{text};
  const std::string_view ellipsis = ellipsis_of(look, style);
  for (std::size_t end = text.rfind(' '); end != std::string_view::npos && end > 0; end = text.rfind(' ', end - 1)) {
    std::string cut = std::string{text.substr(0, end)} + " " + std::string{ellipsis};
    if (text_width(look, style, cut) <= width) return cut;
  }
  return fitted(look, style, text, width);
}

float baseline_of(const TextStyle& style, float centre_y) { return std::round(centre_y + style.size * half_capital); }

float draw_text(ImDrawList& list, const Look& look, const TextStyle& style, float x, float centre_y,
                std::string_view text, Align align) {
  return draw_text_on_baseline(list, look, style, x, baseline_of(style, centre_y), text, align);
}

float draw_text_on_baseline(ImDrawList& list, const Look& look, const TextStyle& style, float x, float baseline_y,
                            std::string_view text, Align align) {
  const float width = text_width(look, style, text);
  const ImVec2 at{std::round(shifted(x, width, align)), std::round(baseline_y) - ascent_of(look, style)};
  list.AddText(look.fonts.face(style.face), style.size, at, style.colour, text.data(), text.data() + text.size());
  return at.x + width;
}

bool draw_text_in(ImDrawList& list, const Look& look, const TextStyle& style, const Box& box, std::string_view text,
                  Align align) {
  const std::string shown = fitted(look, style, text, box.width());
  const float x = align == Align::Left ? box.x0 : align == Align::Right ? box.x1 : box.centre_x();
  draw_text(list, look, style, x, box.centre_y(), shown, align);
  return shown == text;
}

float draw_runs(ImDrawList& list, const Look& look, float x, float centre_y, std::initializer_list<TextRun> runs) {
  for (const TextRun& run : runs) {
    x = draw_text(list, look, run.style, x, centre_y, run.text);
  }
  return x;
}

std::vector<std::string_view> wrapped(const Look& look, const TextStyle& style, std::string_view text, float width) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t hard_end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, first_line_length(look, style, text.substr(0, hard_end), width));
    lines.push_back(line);
    text.remove_prefix(line.size());
    while (!text.empty() && text.front() == ' ') {
      text.remove_prefix(1);
    }
    if (!text.empty() && text.front() == '\n') {
      text.remove_prefix(1);
    }
  }
  return lines;
}

void text(const Look& look, const TextStyle& style, std::string_view words) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  draw_text_on_baseline(*ImGui::GetWindowDrawList(), look, style, at.x, at.y + ascent_of(look, style), words);
  ImGui::Dummy({std::ceil(text_width(look, style, words)), style.size});
}

void paragraph(const Look& look, const TextStyle& style, std::string_view words, float width, float leading) {
  const float step = std::round(leading > 0.0F ? leading : style.size * 1.5F);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  float centre_y = at.y + step * 0.5F;
  for (const std::string_view line : wrapped(look, style, words, width)) {
    draw_text(*ImGui::GetWindowDrawList(), look, style, at.x, centre_y, line);
    centre_y += step;
  }
  ImGui::Dummy({width, centre_y - step * 0.5F - at.y});
}

}  // namespace loiter::gui
