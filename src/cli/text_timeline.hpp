// The timeline as rows of characters: what stands where, for a run at an instant.
//
//             0 s           1           2           3           4           5
//   main      ░ loiter(1) ░░◆░ loiter(2) ◆░ loiter(3) ◆░ result of loiter(4) ░◆
//   worker 0  ✓ loiter(1) 10▌► loiter(4) ━━━━━━━━━━━━┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄
//
// A task is a bar with its name and value, a wait a hatched bar with its reason, both in words as long as there is room;
// a delivery is a diamond. Dotted is what is known to come. Nothing else after the instant is shown.
//
// Shape    Pure functions. Rows hold the lanes in order of appearance, main first.
// Units    Columns of a terminal; lab time.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "cli/text_line.hpp"
#include "trace/run.hpp"
#include "views/time_scale.hpp"

namespace loiter::cli {

struct TimelineQuery {
  views::TimeRange range;
  int columns = 60;  // of the time area
  Instant now;
  std::size_t lanes = 8;  // at most
  bool utf8 = true;
  bool colours = false;  // bars are filled with colour, else with a pattern
};

// One row a lane: the time area only.
std::vector<TextLine> lane_rows(const trace::Run& run, const TimelineQuery& query);

TextLine ruler_row(const TimelineQuery& query, Duration unit);

// What stands before the rows: "main", "worker 0", or "M", "0" where that is too wide.
// Those that are part of the program.
std::vector<const trace::Lane*> shown_lanes(const trace::Run& run);

std::vector<std::string> lane_names(const trace::Run& run, std::size_t lanes, bool brief);

}  // namespace loiter::cli
