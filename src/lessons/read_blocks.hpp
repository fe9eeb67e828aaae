// read_blocks: the blocks of a lesson that are TOML, each by itself.
//
// Errors   Mistake; its line counts from the block's own first line, 0 is the fence.
#pragma once

#include <string>

#include "lessons/lesson.hpp"
#include "scenarios/toml_table.hpp"

namespace loiter::lessons {

// `file` is what a whole scenario in the block is called.
Lab read_lab(const std::string& text, const std::string& file);
Prediction read_prediction(const std::string& text);
Try read_try(const std::string& text);

// A text as a table; of no TOML a Mistake.
toml::table parse_block(const std::string& text);

// Whoever misspells a key is told that, and not that another one is missing.
void check_keys(scenarios::TableReader& table, const std::vector<std::string>& known);

}  // namespace loiter::lessons
