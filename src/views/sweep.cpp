#include "views/sweep.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace loiter::views {
namespace {

std::optional<double> number_in(const std::string& value) {
  if (const auto number = parse_number(value)) return number;
  const auto time = parse_duration(value);
  return time ? std::optional(to_seconds(*time)) : std::nullopt;
}

std::vector<double> evenly(std::size_t count) {
  std::vector<double> places;
  for (std::size_t i = 0; i < count; ++i) {
    places.push_back(count > 1 ? static_cast<double>(i) / static_cast<double>(count - 1) : 0.5);
  }
  return places;
}

std::vector<double> places_of(std::span<const SweptPoint> points) {
  std::vector<double> numbers;
  for (const SweptPoint& point : points) {
    const auto number = number_in(point.value);
    if (!number) return evenly(points.size());
    numbers.push_back(*number);
  }
  if (numbers.empty()) return {};
  const auto [least, most] = std::ranges::minmax(numbers);
  if (least == most) return evenly(points.size());
  for (double& number : numbers) number = (number - least) / (most - least);
  return numbers;
}

}  // namespace

SweepChart sweep_chart(std::span<const SweptPoint> points) {
  SweepChart chart{.places = places_of(points), .lines = {}};
  std::size_t lines = 0;
  for (const SweptPoint& point : points) lines = std::max(lines, point.runs.size());
  chart.lines.resize(lines);
  for (const SweptPoint& point : points) {
    const std::vector<ComparisonFigures> figures = comparison_figures(point.runs);
    for (std::size_t i = 0; i < lines; ++i) {
      auto& run = chart.lines[i].points.emplace_back();
      if (i >= point.runs.size() || !point.runs[i].finished) continue;
      run = {.time = point.runs[i].time, .figures = figures[i]};
      chart.longest = std::max(chart.longest, point.runs[i].time);
    }
  }
  return chart;
}

}  // namespace loiter::views
