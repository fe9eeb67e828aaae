// TextLine: a line for a terminal in pieces of one ink each, before anybody knows which colours the terminal has.
//
// Shape    A plain value; encode() turns it into bytes, plain() into the text alone. Inks are the states of
//          views::StateLook and three for the frame around them. Colour never says anything that the text does not.
// Units    Columns of a terminal.
// Source   Okabe and Ito's palette, safe for colour-blind readers.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "cli/screen.hpp"
#include "views/state_look.hpp"

namespace loiter::cli {

enum class Paint : std::uint8_t {
  Plain,
  Quiet,   // frame, ruler, what is known to come
  Strong,  // headings
  Pending,
  Running,
  Returned,
  Raised,
  Cancelled,
  Waiting,
  CallQueue,
  Stuck,
};

struct Ink {
  Paint paint = Paint::Plain;
  bool solid = false;  // the colour is behind the text: a bar
  friend bool operator==(const Ink&, const Ink&) = default;
};

Paint paint_of(views::StateLook look);

struct Piece {
  std::string text;
  Ink ink;
  friend bool operator==(const Piece&, const Piece&) = default;
};

struct TextLine {
  std::vector<Piece> pieces;

  TextLine() = default;
  explicit TextLine(std::string text, Ink ink = {}) { add(std::move(text), ink); }

  void add(std::string_view text, Ink ink = {});
  // Spaces up to that column, one at least if anything is there.
  void pad_to(int column);
  int width() const;
  std::string plain() const;
  friend bool operator==(const TextLine&, const TextLine&) = default;
};

// The line cut to so many columns.
TextLine cut(const TextLine& line, int columns, bool utf8);

// As a terminal takes it, without a line end; ends in the terminal's own colours.
std::string encode(const TextLine& line, Colours colours);

}  // namespace loiter::cli
