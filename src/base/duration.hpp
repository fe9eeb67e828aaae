// Lab time: the clock of a run, which can be held, slowed and simulated.
//
// Shape    Duration is a signed count of nanoseconds; Instant is a point of lab time, zero when the run began.
// Units    Nanoseconds of lab time. Real time (std::chrono::steady_clock) is another type, so the two never mix.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

namespace loiter {

using Duration = std::chrono::duration<std::int64_t, std::nano>;

// Never asked for the time: the time of a run comes from its Runtime.
struct LabClock {
  using duration = Duration;
  using rep = duration::rep;
  using period = duration::period;
  using time_point = std::chrono::time_point<LabClock, Duration>;
  static constexpr bool is_steady = true;
};

using Instant = LabClock::time_point;

// None means: wait for ever.
using Timeout = std::optional<Duration>;
using Deadline = std::optional<Instant>;

constexpr double to_seconds(Duration d) { return std::chrono::duration<double>(d).count(); }
constexpr double to_seconds(Instant t) { return to_seconds(t.time_since_epoch()); }

// That much later; for ever if that is beyond the range, so that a deadline is never in the past by overflow.
constexpr Instant instant_after(Instant from, Duration d) {
  const std::int64_t since_began = from.time_since_epoch().count();
  if (d.count() > 0 && since_began > Duration::max().count() - d.count()) return Instant::max();
  if (d.count() < 0 && since_began < Duration::min().count() - d.count()) return Instant::min();
  return from + d;
}

// Where every run is over: after 285 years. So far from the end of the range that times near it can still be added up.
constexpr Instant end_of_time{std::chrono::seconds(9'000'000'000)};

// Rounds to the nearest nanosecond; what does not fit becomes the nearest end of the range, and no number 0.
constexpr Duration from_seconds(double seconds) {
  constexpr double limit = to_seconds(end_of_time);
  if (seconds != seconds) return Duration::zero();
  if (seconds > limit) seconds = limit;
  if (seconds < -limit) seconds = -limit;
  return Duration{static_cast<std::int64_t>(seconds * 1e9 + (seconds < 0 ? -0.5 : 0.5))};
}

}  // namespace loiter
