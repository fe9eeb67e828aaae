// The picture of a run in a terminal: setup and clock, ruler, a row for each lane, the futures, and while it runs one
// sentence about the calling program.
//
// Shape    Pure functions: rows of at most columns - 1 columns (the last one stays free, so that no terminal wraps) and
//          at most `rows` of them. What goes first where there is little room: the rule above, parameters, lanes.
// Units    Lab time.
#pragma once

#include <string>
#include <vector>

#include "cli/screen.hpp"
#include "cli/text_line.hpp"
#include "trace/run.hpp"

namespace loiter::cli {

struct PictureQuery {
  Instant now;
  Screen screen;
  int rows = 23;          // at most
  bool has_rule = false;  // a line above, apart from what was printed before
  std::string pace;       // "2x", "instant"; empty at the usual one
};

std::vector<TextLine> run_picture(const trace::Run& run, const PictureQuery& query);

// "loiter: threads, 3 workers, map, tasks=5, unit=1s"
std::string setup_text(const trace::Header& header);
// Which lock Python's threads obey in it: "gil cpython (interval 5ms)".
std::string gil_text(const trace::Header& header);

// One sign for each look, with its word: "○ pending  ► running  ✓ returned ...".
TextLine legend_row(bool utf8);

}  // namespace loiter::cli
