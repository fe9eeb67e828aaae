#include "cli/text_line.hpp"

#include <array>
#include <utility>

#include "cli/display_width.hpp"

namespace loiter::cli {
namespace {

// What stands between ESC[ and m. Foregrounds are the palette's hues: glyphs and patterns, never words alone. On the
// solid hue the letters are the one of black and white that has the higher contrast (over 5:1).
struct Codes {
  const char* plain;
  const char* solid;
};
using Palette = std::array<Codes, 11>;  // by Paint

constexpr Palette all_colours{{{"", "7"},
                               {"38;2;128;136;144", "7"},
                               {"1", "7"},
                               {"38;2;128;136;144", "48;2;128;136;144;38;2;0;0;0"},
                               {"38;2;0;114;178", "48;2;0;114;178;38;2;255;255;255"},
                               {"38;2;0;158;115", "48;2;0;158;115;38;2;0;0;0"},
                               {"38;2;213;94;0", "48;2;213;94;0;38;2;0;0;0"},
                               {"38;2;204;121;167", "48;2;204;121;167;38;2;0;0;0"},
                               {"38;2;230;159;0", "48;2;230;159;0;38;2;0;0;0"},
                               {"38;2;86;180;233", "48;2;86;180;233;38;2;0;0;0"},
                               {"38;2;213;94;0", "48;2;213;94;0;38;2;0;0;0"}}};
constexpr Palette many_colours{{{"", "7"},
                                {"38;5;244", "7"},
                                {"1", "7"},
                                {"38;5;244", "48;5;244;38;5;16"},
                                {"38;5;25", "48;5;25;38;5;231"},
                                {"38;5;36", "48;5;36;38;5;16"},
                                {"38;5;166", "48;5;166;38;5;16"},
                                {"38;5;175", "48;5;175;38;5;16"},
                                {"38;5;172", "48;5;172;38;5;16"},
                                {"38;5;74", "48;5;74;38;5;16"},
                                {"38;5;166", "48;5;166;38;5;16"}}};
constexpr Palette sixteen_colours{{{"", "7"},
                                   {"2", "7"},
                                   {"1", "7"},
                                   {"2", "7"},
                                   {"34", "44;97"},
                                   {"32", "42;30"},
                                   {"31", "41;97"},
                                   {"35", "45;97"},
                                   {"33", "43;30"},
                                   {"36", "46;30"},
                                   {"31", "41;97"}}};

const char* code_of(Ink ink, Colours colours) {
  const Palette& palette = colours == Colours::All    ? all_colours
                           : colours == Colours::Many ? many_colours
                                                      : sixteen_colours;
  const Codes& codes = palette[static_cast<std::size_t>(ink.paint)];
  return ink.solid ? codes.solid : codes.plain;
}

}  // namespace

Paint paint_of(views::StateLook look) {
  switch (look) {
    case views::StateLook::Pending:
      return Paint::Pending;
    case views::StateLook::Running:
      return Paint::Running;
    case views::StateLook::Returned:
      return Paint::Returned;
    case views::StateLook::Raised:
      return Paint::Raised;
    case views::StateLook::Cancelled:
    case views::StateLook::CancelledNotified:
      return Paint::Cancelled;
    case views::StateLook::Waiting:
      return Paint::Waiting;
    case views::StateLook::CallQueue:
      return Paint::CallQueue;
    case views::StateLook::Stuck:
      return Paint::Stuck;
  }
  return Paint::Plain;
}

void TextLine::add(std::string_view text, Ink ink) {
  if (text.empty()) return;
  if (!pieces.empty() && pieces.back().ink == ink) {
    pieces.back().text += text;
  } else {
    pieces.push_back({std::string(text), ink});
  }
}

void TextLine::pad_to(int column) {
  const int have = width();
  const int spaces = column > have ? column - have : have > 0 ? 1 : 0;
  add(std::string(static_cast<std::size_t>(spaces), ' '));
}

int TextLine::width() const {
  int columns = 0;
  for (const Piece& piece : pieces) columns += display_width(piece.text);
  return columns;
}

std::string TextLine::plain() const {
  std::string text;
  for (const Piece& piece : pieces) text += piece.text;
  return text;
}

TextLine cut(const TextLine& line, int columns, bool utf8) {
  if (line.width() <= columns) return line;
  TextLine shorter;
  int left = columns;
  for (const Piece& piece : line.pieces) {
    const int wide = display_width(piece.text);
    // The piece in which the line ends says so, and so does one that ends just there with more to come.
    const bool is_last = wide >= left;
    shorter.add(is_last ? cut_to_width(piece.text + " ", left, utf8) : piece.text, piece.ink);
    left -= wide;
    if (is_last) break;
  }
  return shorter;
}

std::string encode(const TextLine& line, Colours colours) {
  if (colours == Colours::None) return line.plain();
  std::string text;
  bool is_coloured = false;
  for (const Piece& piece : line.pieces) {
    const std::string_view code = code_of(piece.ink, colours);
    if (is_coloured || !code.empty()) {
      text += "\033[0";
      if (!code.empty()) text += ';';
      text += code;
      text += 'm';
    }
    is_coloured = !code.empty();
    text += piece.text;
  }
  if (is_coloured) text += "\033[0m";
  return text;
}

}  // namespace loiter::cli
