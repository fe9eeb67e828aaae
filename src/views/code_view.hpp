// The code panel's text: a listing with its sites, and where each lane is in it at an instant.
//
// A listing is plain source text. A line may end with a marker, "  #@ site.name" in Python or "  //@ site.name" in C++:
// it is taken off, and a lane that reaches that site stands on that line. A line may carry several markers.
//
// Shape    Listing is a value made once; where_lanes_are() asks a run.
// Units    Token positions are bytes of a line.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "trace/run.hpp"
#include "views/words.hpp"

namespace loiter::views {

enum class Language { Python, Cpp };

enum class TokenKind { Plain, Keyword, String, Comment };

struct Token {
  std::size_t from = 0;
  std::size_t to = 0;
  TokenKind kind = TokenKind::Plain;
  friend bool operator==(const Token&, const Token&) = default;
};

struct CodeLine {
  std::string text;           // without markers
  std::vector<Token> tokens;  // cover the text without a gap
};

struct Listing {
  Language language = Language::Python;
  std::vector<CodeLine> lines;
  std::unordered_map<std::string, std::size_t> sites;  // name to line
};

Listing parse_listing(std::string_view text, Language language);
// The text without markers, for copying.
std::string listing_text(const Listing& listing);

// A lane in the listing at an instant.
struct LanePlace {
  LaneId lane;
  std::optional<std::size_t> line;  // none: it has reached no site of this listing, or has ended
  FutureId future;                  // the task it executes
  Doing doing;
};
// Lanes that are there at t, main first, in order of appearance. Managers and servers run no listed code.
std::vector<LanePlace> where_lanes_are(const trace::Run& run, const Listing& listing, Instant t);

// The first line to show of a listing of which so many lines fit: the first of `lines` is seen, and as many of the others
// as fit beside it, in their order. It stays where it is now when that shows them as well.
std::size_t first_line_in_sight(const std::vector<std::size_t>& lines, std::size_t now, std::size_t fit);

// Places in few lines: idle lanes share one.
struct PlaceGroup {
  std::vector<LaneId> lanes;
  std::string text;
  std::optional<StateLook> look;
  bool idle = false;
};
std::vector<PlaceGroup> brief_places(const std::vector<LanePlace>& places);

}  // namespace loiter::views
