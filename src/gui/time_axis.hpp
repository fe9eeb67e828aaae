// TimeAxis: the range of time that a picture shows: fitted, zoomed, moved. The strips of a comparison share one.
//
// Shape    A plain value per picture; update_axis() once a frame, the rest is what pointer and keys do.
// Units    Pixels from the left of the time area.
// Threads  GUI thread.
#pragma once

#include <vector>

#include "gui/frame.hpp"
#include "views/ruler.hpp"
#include "views/time_scale.hpp"

namespace loiter::gui {

// How far the wheel and a key zoom by one notch.
inline constexpr double zoom_per_notch = 0.8;

struct TimeAxis {
  bool fitted = true;  // shows the whole run, and goes on doing so while it grows
  views::RulerMeasure measure = views::RulerMeasure::Seconds;

  // Nothing to set from outside.
  views::TimeRange visible;  // of this frame
  float width = 0.0F;        // of the time area
  Glide from;                // of the visible range, in nanoseconds
  Glide to;
  bool placed = false;  // from and to mean something
};

// What an axis is updated for.
struct AxisUpdate {
  views::TimeRange whole;  // what it shows when it is fitted
  float width = 0.0F;
  Instant playhead;
  bool following = false;  // the picture goes along when the playhead comes near its right edge
};
void update_axis(TimeAxis& axis, const AxisUpdate& update, Frame& frame);
// Another run: fitted, at once.
void reset_axis(TimeAxis& axis);

void fit_axis(TimeAxis& axis);
// So that the instant at x stays there.
void zoom_axis_at(TimeAxis& axis, const Look& look, float x, double factor);
// At the playhead if it is seen; under 1 is nearer.
void zoom_axis(TimeAxis& axis, const Look& look, Instant playhead, double factor);
// By so many pixels, to the right of the run if they are more than 0.
void move_axis(TimeAxis& axis, const Look& look, float by_pixels, bool glide);

// Where the playhead goes with an arrow key, left (-1) or right (+1): by a fifth of the distance between two ticks.
[[nodiscard]] Instant stepped(const TimeAxis& axis, const Look& look, Duration unit, Instant playhead, int direction);
[[nodiscard]] std::vector<views::Tick> ticks_of(const TimeAxis& axis, const Look& look, Duration unit);

}  // namespace loiter::gui
