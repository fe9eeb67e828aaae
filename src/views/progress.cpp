#include "views/progress.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace loiter::views {

double Progress::share() const {
  return total <= 0 ? 0.0 : std::clamp(static_cast<double>(done) / static_cast<double>(total), 0.0, 1.0);
}

Progress progress_of(std::int64_t done, std::int64_t total, Duration elapsed) {
  Progress progress{.done = done, .total = total, .elapsed = elapsed, .rate = {}, .remaining = {}};
  const double seconds = to_seconds(elapsed);
  if (done <= 0 || seconds <= 0) return progress;
  progress.rate = static_cast<double>(done) / seconds;
  const auto left = static_cast<double>(std::max<std::int64_t>(total - done, 0));
  progress.remaining = std::chrono::duration_cast<Duration>(std::chrono::duration<double>(left / *progress.rate));
  return progress;
}

std::optional<Progress> progress_at(std::span<const trace::ProgressMark> marks, Instant t) {
  const auto after = std::ranges::upper_bound(marks, t, {}, &trace::ProgressMark::t);
  if (after == marks.begin()) return std::nullopt;
  const trace::ProgressMark& latest = *std::prev(after);
  // The rate is that of what is done: it changes when something more is, and not while people look at it.
  Progress progress = progress_of(latest.done, latest.total, latest.t - marks.front().t);
  if (!progress.is_complete()) progress.elapsed = t - marks.front().t;
  return progress;
}

std::string rate_text(const Progress& progress) {
  if (!progress.rate) return "";
  if (*progress.rate < 1.0) return fmt::format("{:.1f} s each", 1.0 / *progress.rate);
  return fmt::format("{:.1f}/s", *progress.rate);
}

}  // namespace loiter::views
