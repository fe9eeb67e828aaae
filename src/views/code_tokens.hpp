// Tokens of a line of code: keywords, strings and comments, as much as weight and grey need to show.
//
// Shape    Line after line; what is still open at a line's end (a triple quote, a block comment) is kept in the state.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "views/code_view.hpp"

namespace loiter::views {

struct TokenState {
  std::string open_string;  // what ends it; empty when nothing is open
};

std::vector<Token> tokens_of(std::string_view line, Language language, TokenState& state);

}  // namespace loiter::views
