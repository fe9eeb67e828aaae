// GuessMarks: what somebody expected of a run, to be laid over what happened.
//
// Shape    A plain value, made once when a lesson's questions are marked; empty when nothing is to be shown.
// Units    Lab time; places count from 1.
// Threads  Any.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/duration.hpp"
#include "base/ids.hpp"

namespace loiter::views {

// A bar that was sketched for a future.
struct GuessedBar {
  FutureId future;
  Instant from{};
  Instant until{};
  bool right = false;
  friend bool operator==(const GuessedBar&, const GuessedBar&) = default;
};

// A place that a future was given in an order, and the one it had; none: it did not come to it.
struct GuessedPlace {
  FutureId future;
  std::size_t guessed = 0;
  std::optional<std::size_t> real;
  friend bool operator==(const GuessedPlace&, const GuessedPlace&) = default;
};

// Where a guess first differs from the run.
struct GuessDifference {
  FutureId future = no_future;
  std::optional<Instant> at;
  std::string sentence;
  friend bool operator==(const GuessDifference&, const GuessDifference&) = default;
};

struct GuessMarks {
  enum class Column : std::uint8_t { Submitted, Began, Finished, Delivered };
  std::vector<GuessedBar> bars;
  std::vector<GuessedPlace> places;
  Column column = Column::Finished;  // which order `places` is about
  std::optional<GuessDifference> difference;
  [[nodiscard]] bool empty() const { return bars.empty() && places.empty() && !difference; }
  friend bool operator==(const GuessMarks&, const GuessMarks&) = default;
};

}  // namespace loiter::views
