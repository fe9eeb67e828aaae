// Prose: the text of a lesson as blocks, read from CommonMark.
//
// Shape    A flat list of blocks in order of reading; lists and quotes are told by depth. Text has spans of one look each.
// Errors   None: every text is CommonMark. Raw HTML is text.
// Threads  Any.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace loiter::lessons {

struct Span {
  std::string text;  // of a picture: what it shows, in words
  bool strong = false;
  bool emphasis = false;
  bool code = false;
  bool picture = false;
  std::string to = {};     // where a link leads (links.hpp), or the picture's file
  std::uint32_t line = 0;  // on which it begins
  bool operator==(const Span&) const = default;
};

struct Block {
  enum class Kind : std::uint8_t { Paragraph, Heading, Item, Code, Rule };
  Kind kind = Kind::Paragraph;
  std::uint32_t level = 0;   // of a heading, 1 to 6
  std::uint32_t depth = 0;   // how many lists and quotes it is in
  std::uint32_t number = 0;  // of an item of a numbered list, from its first number on; 0: a bullet
  std::vector<Span> spans = {};
  std::string language = {};  // of code: "python"
  std::string code = {};
  bool operator==(const Block&) const = default;
};

using Blocks = std::vector<Block>;

// `first_line` is that of the file on which the text begins.
Blocks read_prose(std::string_view text, std::uint32_t first_line = 1);

}  // namespace loiter::lessons
