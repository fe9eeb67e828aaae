#include "views/sweep_layout.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace loiter::views {
namespace {

// 1, 2 or 5 times a power of ten: a few of them reach over the longest time.
double nice_step(double longest, double most_steps) {
  double step = std::pow(10.0, std::floor(std::log10(longest / most_steps)));
  for (const double factor : {1.0, 2.0, 5.0, 10.0}) {
    if (longest / (step * factor) <= most_steps) return step * factor;
  }
  return step * 10.0;
}

std::vector<ChartTick> time_ticks(double top, double step, float height) {
  std::vector<ChartTick> ticks;
  const double in_seconds = step >= 0.01 ? 1.0 : 1e3;
  const char* unit = step >= 0.01 ? " s" : " ms";
  for (int i = 0; static_cast<double>(i) * step <= top * (1 + 1e-9); ++i) {
    const double t = static_cast<double>(i) * step;
    const float y = height - static_cast<float>(t / top) * height;
    ticks.push_back({y, fmt::format("{:.6g}{}", t * in_seconds, unit)});
  }
  return ticks;
}

enum class Faster { First, Neither, Second, Unknown };

Faster compare(const SweepChart& chart, std::size_t point, std::size_t first, std::size_t second) {
  if (first >= chart.lines.size() || second >= chart.lines.size()) return Faster::Unknown;
  const auto& a = chart.lines[first].points[point];
  const auto& b = chart.lines[second].points[point];
  if (!a || !b) return Faster::Unknown;
  constexpr double clearly = 0.95;
  const double one = to_seconds(a->time);
  const double other = to_seconds(b->time);
  if (other < clearly * one) return Faster::Second;
  return one < clearly * other ? Faster::First : Faster::Neither;
}

}  // namespace

SweepLayout lay_out_sweep(const SweepChart& chart, const std::vector<SweptPoint>& points, float width, float height,
                          float label_width, float label_height) {
  SweepLayout layout;
  float label_end = -1e9F;
  for (std::size_t i = 0; i < points.size(); ++i) {
    const float x = std::round(static_cast<float>(chart.places[i]) * width);
    const bool has_room = x - label_width * 0.5F >= label_end;
    if (has_room) label_end = x + label_width * 0.5F;
    layout.values.push_back({x, has_room ? points[i].value : std::string{}});
  }
  layout.lines.resize(chart.lines.size());
  const double longest = to_seconds(chart.longest);
  if (longest <= 0) return layout;
  const double step = nice_step(longest, std::clamp(std::floor(static_cast<double>(height / label_height)), 1.0, 5.0));
  const double top = std::ceil(longest / step - 1e-9) * step;
  layout.times = time_ticks(top, step, height);
  for (std::size_t line = 0; line < chart.lines.size(); ++line) {
    for (std::size_t i = 0; i < chart.lines[line].points.size(); ++i) {
      const auto& run = chart.lines[line].points[i];
      if (!run) continue;
      const auto y = height - static_cast<float>(to_seconds(run->time) / top) * height;
      layout.lines[line].push_back({i, layout.values[i].at, std::round(y)});
    }
  }
  return layout;
}

std::optional<ChartHit> hit_sweep(const SweepLayout& layout, float x, float y, float reach) {
  std::optional<ChartHit> hit;
  float nearest = reach * reach;
  for (std::size_t line = 0; line < layout.lines.size(); ++line) {
    for (const ChartPoint& point : layout.lines[line]) {
      const float distance = (point.x - x) * (point.x - x) + (point.y - y) * (point.y - y);
      if (distance > nearest) continue;
      nearest = distance;
      hit = ChartHit{line, point.point};
    }
  }
  return hit;
}

std::string crossing_sentence(const SweepChart& chart, const std::vector<SweptPoint>& points,
                              const std::string& parameter) {
  constexpr std::size_t threads = 1;
  constexpr std::size_t processes = 2;
  std::optional<std::size_t> from;
  bool was_otherwise = false;
  for (std::size_t i = 0; i < points.size(); ++i) {
    const Faster faster = compare(chart, i, threads, processes);
    if (faster == Faster::Unknown) continue;
    if (faster == Faster::Second) {
      if (!from) from = i;
    } else {
      was_otherwise = true;
      from.reset();
    }
  }
  if (!from) return {};
  if (!was_otherwise) return "Processes are faster than threads throughout.";
  return fmt::format("From {} {} on processes are faster than threads.", parameter, points[*from].value);
}

}  // namespace loiter::views
