#include "views/ruler.hpp"

#include <fmt/format.h>

#include <array>
#include <cmath>

namespace loiter::views {
namespace {

// The smallest of 1, 2, 5 times a power of ten that is not under `least`.
double nice_step(double least) {
  const double power = std::pow(10.0, std::floor(std::log10(least)));
  for (const double factor : {1.0, 2.0, 5.0}) {
    if (factor * power >= least * (1 - 1e-9)) return factor * power;
  }
  return 10.0 * power;
}

struct Measure {
  double nanoseconds;
  const char* name;
};

Measure measure_for(double step_nanoseconds, RulerMeasure wanted, Duration unit) {
  if (wanted == RulerMeasure::Units && unit.count() > 0) return {static_cast<double>(unit.count()), "u"};
  static constexpr std::array<Measure, 4> measures{{{1e9, "s"}, {1e6, "ms"}, {1e3, "us"}, {1.0, "ns"}}};
  for (const Measure& measure : measures) {
    // Down to hundredths of a second it stays seconds: what people read on the clock.
    const double finest = measure.nanoseconds == 1e9 ? 1e7 : measure.nanoseconds;
    if (step_nanoseconds >= finest * 0.99) return measure;
  }
  return measures.back();
}

}  // namespace

std::vector<Tick> ruler_ticks(TimeRange range, float width, float min_spacing, RulerMeasure measure, Duration unit) {
  std::vector<Tick> ticks;
  if (range.length().count() <= 0 || width < 1.0F) return ticks;
  const TimeScale scale(range, width);
  const double least = std::max(1.0, scale.nanoseconds_per_pixel() * std::max(8.0, static_cast<double>(min_spacing)));
  const Measure in = measure_for(nice_step(least), measure, unit);
  const double step = nice_step(least / in.nanoseconds);
  const int digits = step >= 1 ? 0 : static_cast<int>(std::ceil(-std::log10(step) - 1e-9));
  const auto from = static_cast<double>(range.from.time_since_epoch().count());
  const auto to = static_cast<double>(range.to.time_since_epoch().count());
  const double first = std::max(0.0, std::ceil(from / in.nanoseconds / step - 1e-9));
  for (double k = first; k * step * in.nanoseconds <= to + 0.5 && ticks.size() < 1000; k += 1) {
    const Instant t{Duration{std::llround(k * step * in.nanoseconds)}};
    const bool named = digits == 0 || ticks.empty();
    ticks.push_back(
        {t, scale.x(t), fmt::format("{:.{}f}{}{}", k * step, digits, named ? " " : "", named ? in.name : "")});
  }
  return ticks;
}

std::string playhead_text(Instant playhead, double nanoseconds_per_pixel) {
  const double per_pixel = std::max(1.0, nanoseconds_per_pixel) * 1e-9;
  const int digits = std::clamp(static_cast<int>(std::ceil(-std::log10(per_pixel * 5))), 2, 9);
  return fmt::format("{:.{}f}", to_seconds(playhead), digits);
}

Instant round_up(Instant t) {
  const auto count = static_cast<double>(t.time_since_epoch().count());
  if (count <= 1) return Instant{Duration{1}};
  const double power = std::pow(10.0, std::floor(std::log10(count)));
  for (const double factor : {1.0, 1.2, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0}) {
    if (factor * power >= count) return Instant{Duration{std::llround(factor * power)}};
  }
  return Instant{Duration{std::llround(10.0 * power)}};
}

}  // namespace loiter::views
