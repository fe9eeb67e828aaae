#include "cli/display_width.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>

#include "base/text.hpp"

namespace loiter::cli {
namespace {

struct Range {
  std::uint32_t first, last;
};

constexpr std::array<Range, 13> without_width{{{0x0300, 0x036F},
                                               {0x0483, 0x0489},
                                               {0x0591, 0x05BD},
                                               {0x064B, 0x065F},
                                               {0x0E34, 0x0E3A},
                                               {0x1AB0, 0x1AFF},
                                               {0x1DC0, 0x1DFF},
                                               {0x200B, 0x200F},
                                               {0x2028, 0x202E},
                                               {0x2060, 0x2064},
                                               {0x20D0, 0x20FF},
                                               {0xFE00, 0xFE0F},
                                               {0xFE20, 0xFE2F}}};
constexpr std::array<Range, 16> twice_as_wide{{{0x1100, 0x115F},
                                               {0x231A, 0x231B},
                                               {0x23E9, 0x23EC},
                                               {0x2E80, 0x303E},
                                               {0x3041, 0x33FF},
                                               {0x3400, 0x4DBF},
                                               {0x4E00, 0x9FFF},
                                               {0xA000, 0xA4CF},
                                               {0xAC00, 0xD7A3},
                                               {0xF900, 0xFAFF},
                                               {0xFE30, 0xFE6F},
                                               {0xFF00, 0xFF60},
                                               {0xFFE0, 0xFFE6},
                                               {0x1F300, 0x1F64F},
                                               {0x1F680, 0x1FAFF},
                                               {0x20000, 0x3FFFD}}};

template <std::size_t n>
bool is_in(const std::array<Range, n>& ranges, std::uint32_t c) {
  return std::ranges::any_of(ranges, [c](const Range& range) { return c >= range.first && c <= range.last; });
}

std::uint32_t code_point(std::string_view character) {
  const auto byte = [&](std::size_t i) { return static_cast<std::uint32_t>(static_cast<unsigned char>(character[i])); };
  switch (character.size()) {
    case 2:
      return (byte(0) & 0x1FU) << 6U | (byte(1) & 0x3FU);
    case 3:
      return (byte(0) & 0x0FU) << 12U | (byte(1) & 0x3FU) << 6U | (byte(2) & 0x3FU);
    case 4:
      return (byte(0) & 0x07U) << 18U | (byte(1) & 0x3FU) << 12U | (byte(2) & 0x3FU) << 6U | (byte(3) & 0x3FU);
    default:
      return byte(0);
  }
}

std::size_t length_of(unsigned char first) { return first < 0xC0 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4; }

}  // namespace

Glyph first_glyph(std::string_view text) {
  const std::size_t length = length_of(static_cast<unsigned char>(text.front()));
  const std::string_view character = text.substr(0, length);
  if (length == 1 || character.size() < length || !is_utf8(character)) return {text.substr(0, 1), 1};
  const std::uint32_t c = code_point(character);
  return {character, is_in(without_width, c) ? 0 : is_in(twice_as_wide, c) ? 2 : 1};
}

int display_width(std::string_view text) {
  int columns = 0;
  while (!text.empty()) {
    const Glyph glyph = first_glyph(text);
    columns += glyph.columns;
    text.remove_prefix(glyph.text.size());
  }
  return columns;
}

std::string cut_to_width(std::string_view text, int columns, bool utf8) {
  if (display_width(text) <= columns) return std::string(text);
  const std::string_view rest = utf8 ? "\u2026" : "...";
  const int room = columns - display_width(rest);
  if (room < 0) return std::string(static_cast<std::size_t>(std::max(columns, 0)), '.');
  std::size_t bytes = 0;
  for (int taken = 0;;) {
    const Glyph glyph = first_glyph(text.substr(bytes));
    if (taken + glyph.columns > room) break;
    taken += glyph.columns;
    bytes += glyph.text.size();
  }
  return std::string(text.substr(0, bytes)) + std::string(rest);
}

std::string one_line(std::string_view text, int tab) {
  std::string line;
  int columns = 0;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\t'), text.size());
    const std::string part = printable(text.substr(0, end), std::numeric_limits<std::size_t>::max() / 2);
    line += part;
    columns += display_width(part);
    text.remove_prefix(end);
    if (text.empty()) break;
    const int spaces = tab - columns % tab;
    line.append(static_cast<std::size_t>(spaces), ' ');
    columns += spaces;
    text.remove_prefix(1);
  }
  return line;
}

}  // namespace loiter::cli
