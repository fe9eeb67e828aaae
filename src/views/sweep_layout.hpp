// The chart of a sweep as geometry and words: a line for each mode, total time over the values of a parameter.
//
// Shape    Pure functions of a SweepChart and a size. What has not been measured yet is not drawn; the axes are those of
//          all that is planned, so that nothing moves along while the chart grows, but for the times' scale.
// Units    Pixels from the top left corner of the area inside the axes.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "views/rect.hpp"
#include "views/sweep.hpp"

namespace loiter::views {

struct ChartPoint {
  std::size_t point = 0;  // which of the sweep's
  float x = 0.0F;
  float y = 0.0F;
};

struct ChartTick {
  float at = 0.0F;
  std::string label;
};

struct SweepLayout {
  std::vector<std::vector<ChartPoint>> lines;  // as in the chart; without those that did not run to their end
  std::vector<ChartTick> values;               // along the bottom; those too near to their neighbour have no label
  std::vector<ChartTick> times;                // up the left side, from zero
};

// A label is `label_width` wide and `label_height` high.
SweepLayout lay_out_sweep(const SweepChart& chart, const std::vector<SweptPoint>& points, float width, float height,
                          float label_width, float label_height);

// The point nearest to a place, within `reach`.
struct ChartHit {
  std::size_t line = 0;
  std::size_t point = 0;
};
std::optional<ChartHit> hit_sweep(const SweepLayout& layout, float x, float y, float reach);

// "From mix 0.4 on processes are faster than threads."; empty while that cannot be said. A twentieth is no difference.
std::string crossing_sentence(const SweepChart& chart, const std::vector<SweptPoint>& points,
                              const std::string& parameter);

}  // namespace loiter::views
