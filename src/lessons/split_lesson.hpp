// split_lesson: the text of a lesson cut into front matter, prose and blocks, by lines.
//
// Shape    Pieces in order, with the line of the file on which each one's text begins. A block is a fence of CommonMark
//          whose first word is one of a lesson's: lab, predict, explain, try, note. All other fences are prose.
// Errors   Mistake: no front matter, a block that has no end, a word that is nearly one of these.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/toml_table.hpp"

namespace loiter::lessons {

struct Piece {
  std::string word;        // "front", "prose", or the block's
  std::uint32_t line = 0;  // of the text's first line; the fence stands on the one before
  std::string text;
};

struct Pieces {
  std::vector<Piece> pieces;  // the front matter first, if there is any
  std::vector<scenarios::Mistake> mistakes;
};

Pieces split_lesson(std::string_view text);

}  // namespace loiter::lessons
