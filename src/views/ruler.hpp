// The ruler: where the ticks of a time axis stand and what they say.
//
// Shape    Steps are 1, 2 or 5 times a power of ten of what the labels count: seconds (or ms, us, ns when the picture is
//          that short) or the run's units. Whole numbers carry the measure each ("2 s"); fractions carry it once, at the
//          first tick ("0.0 s", "0.2", "0.4").
// Units    x in pixels from the left edge of the time area.
#pragma once

#include <string>
#include <vector>

#include "views/time_scale.hpp"

namespace loiter::views {

enum class RulerMeasure { Seconds, Units };

struct Tick {
  Instant t;
  float x = 0.0F;
  std::string label;
};

// Ticks in the range, at least `min_spacing` pixels apart. No tick before time zero.
std::vector<Tick> ruler_ticks(TimeRange range, float width, float min_spacing, RulerMeasure measure, Duration unit);

// The playhead's box: enough digits to tell neighbouring pixels apart, two at least: "3.40".
std::string playhead_text(Instant playhead, double nanoseconds_per_pixel);

// A round time at or after t, for a growing picture: its end jumps now and then instead of creeping.
Instant round_up(Instant t);

}  // namespace loiter::views
