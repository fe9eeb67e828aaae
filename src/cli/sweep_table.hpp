// SweepTable: the comparison at several values of one parameter, as a table for people and as JSON.
//
// Shape    Pure functions. Every point has its runs in the same order, the lab's first; the last may have fewer.
// Units    Lab time.
#pragma once

#include <string>
#include <vector>

#include "cli/comparison.hpp"

namespace loiter::cli {

struct SweptRows {
  std::string value;
  std::vector<ComparisonRow> rows;  // at least one
};

// A row for each value, a column for each mode. The lab's speed-ups stand beside its times, unless another program's times
// need the room.
std::string sweep_table(const std::string& parameter, const std::vector<SweptRows>& points);
std::string sweep_json(const std::string& parameter, const std::vector<SweptRows>& points);  // one line

}  // namespace loiter::cli
