#include "views/sketch_layout.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "views/ruler.hpp"
#include "views/time_scale.hpp"

namespace loiter::views {
namespace {

// How finely a range is divided, at most: more steps are easier to place wrongly than fewer.
constexpr double most_steps = 40;

// So that 0.3 is 0.3 and not three times 0.1.
double snapped(double seconds, double step) {
  if (step <= 0) return seconds;
  return step < 1 ? std::round(seconds / step) / std::round(1 / step) : std::round(seconds / step) * step;
}

double nice_at_least(double least, const std::array<double, 4>& factors) {
  const double power = std::pow(10.0, std::floor(std::log10(least)));
  for (const double factor : factors) {
    if (factor * power >= least * (1 - 1e-9)) return factor * power;
  }
  return 10 * power;
}

}  // namespace

double sketch_step(double range_seconds) {
  return nice_at_least(std::max(range_seconds, 1e-9) / most_steps, {1.0, 2.5, 5.0, 10.0});
}

SketchBar first_bar(double range_seconds, double step_seconds) {
  const double fifth = nice_at_least(std::max(range_seconds, 1e-9) / 5 * 0.7, {1.0, 2.0, 5.0, 10.0});
  return {0, std::min(range_seconds, std::max(fifth, step_seconds))};
}

SketchBar dragged_bar(SketchBar start, SketchGrip grip, double by_seconds, double step, double range_seconds) {
  SketchBar bar = start;
  switch (grip) {
    case SketchGrip::From:
      bar.from = std::clamp(snapped(start.from + by_seconds, step), 0.0, start.to);
      break;
    case SketchGrip::To:
      bar.to = std::clamp(snapped(start.to + by_seconds, step), start.from, std::max(start.from, range_seconds));
      break;
    case SketchGrip::Middle: {
      const double length = start.to - start.from;
      bar.from = std::clamp(snapped(start.from + by_seconds, step), 0.0, std::max(0.0, range_seconds - length));
      bar.to = bar.from + length;
      if (step > 0 && std::abs(snapped(bar.to, step) - bar.to) < step * 1e-6) bar.to = snapped(bar.to, step);
      break;
    }
  }
  return bar;
}

SketchBar stepped_bar(SketchBar bar, SketchGrip grip, int direction, double step) {
  constexpr double no_end = 1e12;
  return dragged_bar(bar, grip, direction * step, step, no_end);
}

double grown_range(double range_seconds, std::span<const SketchBar> bars) {
  double last = 0;
  for (const SketchBar& bar : bars) last = std::max(last, bar.to);
  if (last < range_seconds * (1 - 1e-9)) return range_seconds;
  return to_seconds(round_up(Instant{from_seconds(last * 1.2)}).time_since_epoch());
}

std::vector<SketchRow> lay_out_sketch(std::span<const SketchBar> bars, double range_seconds,
                                      const SketchMeasures& measures) {
  const TimeScale scale({Instant{}, Instant{from_seconds(range_seconds)}}, measures.width);
  std::vector<SketchRow> rows;
  for (std::size_t i = 0; i < bars.size(); ++i) {
    SketchRow out;
    const float top = measures.row_height * static_cast<float>(i);
    out.row = {0, top, measures.width, top + measures.row_height};
    const float above = std::floor((measures.row_height - measures.bar_height) * 0.5F);
    const float x0 = std::round(scale.x(Instant{from_seconds(bars[i].from)}));
    const float x1 = std::round(scale.x(Instant{from_seconds(bars[i].to)}));
    out.upright = x1 - x0 < measures.least_width;
    out.bar = {x0, top + above, out.upright ? x0 + measures.least_width : x1, top + above + measures.bar_height};
    out.grab = {out.bar.x0 - measures.reach, out.bar.y0, out.bar.x1 + measures.reach, out.bar.y1};
    rows.push_back(out);
  }
  return rows;
}

SketchGrip grip_at(const SketchRow& row, float x, float reach) {
  const float inside = std::min(reach, row.bar.width() / 4);
  if (x < row.bar.x0 + inside) return SketchGrip::From;
  if (x >= row.bar.x1 - inside) return SketchGrip::To;
  return SketchGrip::Middle;
}

std::optional<float> words_beside(const Rect& bar, float words_width, float gap, float width) {
  if (bar.x1 + gap + words_width <= width) return bar.x1 + gap;
  if (bar.x0 - gap - words_width >= 0) return bar.x0 - gap - words_width;
  return std::nullopt;
}

}  // namespace loiter::views
