// The sentences of the status line, the clock beside the run label, and the rests of empty panels.
//
// Shape    Pure functions. Phase is how the lab stands as the reader sees it; the window derives it from the engine.
#pragma once

#include <optional>
#include <string>

#include "trace/run.hpp"

namespace loiter::views {

enum class Phase {
  Ready,  // set up, nothing has run
  Running,
  Paused,
  Stuck,    // a deadlock is proven and the run still stands there
  Ended,    // for how, the run's RunEnded is asked
  Looking,  // the playhead was moved away from now: the panels show the past
};

// "Paused at 3.40 s. Press Space to go on, S for one step."
std::string status_text(const trace::Run& run, Phase phase, Instant t);

// One or two words before the run label: "Paused", "Running", "Stuck".
std::string phase_word(const trace::Run& run, Phase phase);

// The big clock: "3.40", and beside it "s of 5.00 s" when the end is known, else "s".
struct ClockText {
  std::string now;
  std::string rest;
};
ClockText clock_text(Instant now, std::optional<Instant> end);

// "1 unit = 1 s", "1 unit = 250 ms".
std::string unit_text(Duration unit);

// "Press Run (Space) to start loiter."
std::string press_run_text(const trace::Run& run);

}  // namespace loiter::views
