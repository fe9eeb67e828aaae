// Progress: how far a piece of work has come, how fast it goes, and how long the rest will take at that rate.
//
// Shape    Pure functions of what was counted and an instant.
// Units    Lab time; the rate is per second of it.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "trace/run.hpp"

namespace loiter::views {

struct Progress {
  std::int64_t done = 0;
  std::int64_t total = 0;
  Duration elapsed{};
  std::optional<double> rate;         // none before anything is done
  std::optional<Duration> remaining;  // none without a rate

  bool is_complete() const { return done >= total; }
  double share() const;  // from 0 to 1
};

// What has been done of a total in that time.
Progress progress_of(std::int64_t done, std::int64_t total, Duration elapsed);

// The clock begins with the first mark and stops with the one that completes the work. None before the first mark.
std::optional<Progress> progress_at(std::span<const trace::ProgressMark> marks, Instant t);

// "18.2/s"; slower than one in a second "2.5 s each"; "" before anything is done.
std::string rate_text(const Progress& progress);

}  // namespace loiter::views
