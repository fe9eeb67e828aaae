// Comparison: the same work in several modes, as a table for people and as JSON.
//
// Shape    Plain values and pure functions. The first row is the sequential run; the others are measured against it
//          (views/comparison.hpp).
// Units    Lab time.
#pragma once

#include <string>
#include <vector>

#include "trace/event.hpp"
#include "trace/header.hpp"

namespace loiter::cli {

struct ComparisonRow {
  trace::Header header;
  Duration time{};
  trace::RunEnded ended;
};

// A row that did not finish has no speed-up, and none has one if the first did not.
std::string comparison_table(const std::vector<ComparisonRow>& rows);
std::string comparison_json(const std::vector<ComparisonRow>& rows);  // one line

}  // namespace loiter::cli
