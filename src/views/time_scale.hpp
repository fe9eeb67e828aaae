// TimeScale: which pixel an instant stands at, and back.
//
// Shape    A value: a range of lab time laid over a width, linearly. Instants outside the range land outside the width.
// Units    Pixels count from the left edge of the time area.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "base/duration.hpp"

namespace loiter::views {

struct TimeRange {
  Instant from{};
  Instant to{};
  [[nodiscard]] constexpr Duration length() const { return to - from; }
  friend constexpr bool operator==(const TimeRange&, const TimeRange&) = default;
};

class TimeScale {
 public:
  // A range that is empty or backwards counts as one nanosecond; a width under one pixel as one.
  TimeScale(TimeRange range, float width)
      : m_from(range.from.time_since_epoch().count()),
        m_length(static_cast<double>(std::max<std::int64_t>(1, range.length().count()))),
        m_width(std::max(1.0, static_cast<double>(width))) {}

  // Far outside the picture a position is cut off, so that no drawing sees huge numbers.
  [[nodiscard]] float x(Instant t) const {
    constexpr double far_outside = 100'000.0;
    const double position = static_cast<double>(t.time_since_epoch().count() - m_from) / nanoseconds_per_pixel();
    return static_cast<float>(std::clamp(position, -far_outside, m_width + far_outside));
  }
  [[nodiscard]] Instant at(double x) const {
    return Instant{Duration{m_from + static_cast<std::int64_t>(std::llround(x * nanoseconds_per_pixel()))}};
  }
  [[nodiscard]] double nanoseconds_per_pixel() const { return m_length / m_width; }
  [[nodiscard]] float width() const { return static_cast<float>(m_width); }

 private:
  std::int64_t m_from;
  double m_length;
  double m_width;
};

}  // namespace loiter::views
