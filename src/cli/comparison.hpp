// Comparison: the same work in several modes, as a table for people and as JSON.
//
// Shape    Plain values and pure functions. The first row is the sequential run; the others are measured against it, and
//          rows of another program against its own sequential run (views/comparison.hpp).
// Units    Lab time.
#pragma once

#include <string>
#include <vector>

#include "trace/event.hpp"
#include "trace/header.hpp"
#include "trace/json_text.hpp"
#include "views/comparison.hpp"

namespace loiter::cli {

struct ComparisonRow {
  trace::Header header;
  Duration time{};
  trace::RunEnded ended;
  std::string program = {};  // what did the work, if it was not the lab: "CPython 3.11.2"
};
std::string name_of(const ComparisonRow& row);  // "threads", "CPython 3.11.2 threads"

// What was done, above the table: the mode is in the rows.
std::string comparison_head(const trace::Header& header, const std::string& more = "");

// A row that did not finish has no speed-up, and none has one if the first did not.
std::string comparison_table(const std::vector<ComparisonRow>& rows);
std::string comparison_json(const std::vector<ComparisonRow>& rows);  // one line

// The parts of that line.
void add_comparison_head(trace::JsonObject& object, const trace::Header& header);
void add_comparison_rows(trace::JsonObject& object, const std::vector<ComparisonRow>& rows);

std::vector<views::ComparedTime> compared_times(const std::vector<ComparisonRow>& rows);

}  // namespace loiter::cli
