#include "gui/time_axis.hpp"

#include <cmath>

#include "views/timeline.hpp"

namespace loiter::gui {
namespace {

// Free room at the ends of a range that is fitted, in units: the first and the last mark stand clear of the edges.
constexpr float margin_left = 12;
constexpr float margin_right = 18;
// A run that is followed is moved on when its playhead comes as near to the right edge as this share of the width.
constexpr float follow_edge = 0.92F;
constexpr float follow_place = 0.70F;
constexpr float tick_distance = 64;

double nanoseconds(Instant t) { return static_cast<double>(t.time_since_epoch().count()); }
Instant instant(double count) { return Instant{Duration{std::llround(count)}}; }

void go_to(TimeAxis& axis, views::TimeRange range, const Look& look, bool glide) {
  if (glide && axis.placed) {
    axis.from.go(nanoseconds(range.from), look);
    axis.to.go(nanoseconds(range.to), look);
  } else {
    axis.from.jump(nanoseconds(range.from));
    axis.to.jump(nanoseconds(range.to));
  }
  axis.placed = true;
}

// Where the glides will have gone.
views::TimeRange target_of(const TimeAxis& axis) { return {instant(axis.from.to), instant(axis.to.to)}; }

}  // namespace

void update_axis(TimeAxis& axis, const AxisUpdate& update, Frame& frame) {
  const Look& look = frame.look;
  const bool resized = axis.width != update.width;
  axis.width = update.width;
  if (axis.fitted || !axis.placed) {
    const Metrics& m = look.metrics;
    const auto fit = views::with_margins(update.whole, axis.width, m.px(margin_left), m.px(margin_right));
    if (!axis.placed || fit != target_of(axis)) go_to(axis, fit, look, !resized);
  } else if (update.following) {
    const views::TimeRange target = target_of(axis);
    const float x = views::TimeScale(target, axis.width).x(update.playhead);
    if (x > axis.width * follow_edge && x < axis.width * 2) {
      go_to(axis, views::moved(target, axis.width, x - axis.width * follow_place), look, true);
    }
  }
  axis.visible = {instant(axis.from.value(look)), instant(axis.to.value(look))};
  frame.moving = frame.moving || axis.from.moving() || axis.to.moving();
}

void reset_axis(TimeAxis& axis) {
  axis.fitted = true;
  axis.placed = false;
}

void fit_axis(TimeAxis& axis) { axis.fitted = true; }

void zoom_axis_at(TimeAxis& axis, const Look& look, float x, double factor) {
  axis.fitted = false;
  go_to(axis, views::zoomed(target_of(axis), axis.width, x, factor), look, true);
}

void zoom_axis(TimeAxis& axis, const Look& look, Instant playhead, double factor) {
  const float x = views::TimeScale(axis.visible, axis.width).x(playhead);
  const bool seen = x >= 0 && x <= axis.width;
  zoom_axis_at(axis, look, seen ? x : axis.width * 0.5F, factor);
}

void move_axis(TimeAxis& axis, const Look& look, float by_pixels, bool glide) {
  axis.fitted = false;
  go_to(axis, views::moved(target_of(axis), axis.width, by_pixels), look, glide);
}

Instant stepped(const TimeAxis& axis, const Look& look, Duration unit, Instant playhead, int direction) {
  const float spacing = look.metrics.px(tick_distance);
  const auto ticks = views::ruler_ticks(axis.visible, axis.width, spacing, views::RulerMeasure::Seconds, unit);
  const Duration step = ticks.size() > 1 ? (ticks[1].t - ticks[0].t) / 5 : std::chrono::milliseconds(100);
  return playhead + step * direction;
}

std::vector<views::Tick> ticks_of(const TimeAxis& axis, const Look& look, Duration unit) {
  return views::ruler_ticks(axis.visible, axis.width, look.metrics.px(tick_distance), axis.measure, unit);
}

}  // namespace loiter::gui
