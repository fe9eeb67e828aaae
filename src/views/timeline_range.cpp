// Which range of time the timeline shows: the whole run, zoomed, moved.
#include <algorithm>
#include <cmath>

#include "views/ruler.hpp"
#include "views/timeline.hpp"

namespace loiter::views {
namespace {

Instant instant(double nanoseconds) {
  constexpr double limit = 9.0e18;
  return Instant{Duration{std::llround(std::clamp(nanoseconds, -limit, limit))}};
}
double nanoseconds(Instant t) { return static_cast<double>(t.time_since_epoch().count()); }

// The latest instant that a sleeping lane is known to wake at.
Instant last_known(const trace::Run& run) {
  Instant last = run.last();
  for (const trace::Lane& lane : run.lanes()) {
    if (lane.waits.empty() || lane.waits.back().ended || lane.ended) continue;
    const trace::WaitBegan& what = lane.waits.back().what;
    if (what.on == runtime::WaitOn::Sleep && what.deadline) last = std::max(last, *what.deadline);
  }
  return last;
}

}  // namespace

TimeRange whole_range(const trace::Run& run, Instant playhead, std::optional<Instant> expected) {
  const Instant least{std::max(Duration{1000}, run.header().unit)};
  // Waits that never end need room beyond the instant in which they became so.
  if (trace::stuck_at(run, playhead) != nullptr) {
    const Instant last = std::max(run.last(), playhead);
    return {Instant{}, round_up(last + std::max(least.time_since_epoch() / 2, last.time_since_epoch() / 4))};
  }
  if (run.ended()) return {Instant{}, std::max(run.last(), std::min(least, Instant{std::chrono::milliseconds(1)}))};
  const Instant known = std::max(last_known(run), expected.value_or(Instant{}));
  // What is known is the end of the picture; beyond it the end jumps from one round time to the next.
  const Instant end = playhead > known || known == run.last() ? round_up(std::max(playhead, known)) : known;
  return {Instant{}, std::max(end, least)};
}

TimeRange with_margins(TimeRange inner, float width, float left, float right) {
  const double room = std::max(1.0, static_cast<double>(width - left - right));
  const double per_pixel = static_cast<double>(inner.length().count()) / room;
  return {instant(nanoseconds(inner.from) - per_pixel * static_cast<double>(left)),
          instant(nanoseconds(inner.to) + per_pixel * static_cast<double>(right))};
}

TimeRange zoomed(TimeRange range, float width, float x, double factor) {
  constexpr double longest = 3.2e18;  // a hundred years
  const double shortest = std::max(1.0, static_cast<double>(width));
  const auto length = static_cast<double>(range.length().count());
  const double wanted = std::clamp(length * factor, shortest, longest);
  const double share = static_cast<double>(x) / std::max(1.0, static_cast<double>(width));
  const double fixed = nanoseconds(range.from) + length * share;
  return {instant(fixed - wanted * share), instant(fixed + wanted * (1 - share))};
}

TimeRange moved(TimeRange range, float width, float by_pixels) {
  const double by = static_cast<double>(range.length().count()) * static_cast<double>(by_pixels) /
                    std::max(1.0, static_cast<double>(width));
  return {instant(nanoseconds(range.from) + by), instant(nanoseconds(range.to) + by)};
}

}  // namespace loiter::views
