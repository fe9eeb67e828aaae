// Sweep: how long the same work takes in every mode at several values of one parameter: the lines of a chart.
//
// Shape    Pure functions of plain values. Every point has the same runs in the same order; the last may have fewer, if it
//          was stopped.
// Units    Lab time. Places are from 0, the left edge of the axis, to 1.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "views/comparison.hpp"

namespace loiter::views {

struct SweptPoint {
  std::string value;  // as it was typed
  std::vector<ComparedTime> runs;
};

// One mode over all points.
struct SweptLine {
  struct Run {
    Duration time{};
    ComparisonFigures figures;
    friend bool operator==(const Run&, const Run&) = default;
  };
  std::vector<std::optional<Run>> points;  // none: it did not run there, or not to its end
  friend bool operator==(const SweptLine&, const SweptLine&) = default;
};

struct SweepChart {
  std::vector<double> places;  // of the points: by their values if these are numbers or times, else evenly
  std::vector<SweptLine> lines;
  Duration longest{};  // of all runs that ended well
};

SweepChart sweep_chart(std::span<const SweptPoint> points);

}  // namespace loiter::views
