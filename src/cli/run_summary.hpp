// RunSummary: what became of a run, in numbers and in one sentence.
//
// Shape    Pure functions of a folded run.
// Units    Lab time. Work is the time that the calls took together, without what they spent waiting for each other; what
//          they would take one after the other, if the machine has room for all of them at once.
#pragma once

#include <cstddef>
#include <string>

#include "trace/run.hpp"

namespace loiter::cli {

struct RunSummary {
  Duration time{};
  Duration work{};
  std::size_t futures = 0;
  std::size_t finished = 0;  // returned, raised or cancelled
};

RunSummary summary_of(const trace::Run& run, Instant now);

// "Finished after 5.00 s. Work 10.00 s: speed-up 2.00, efficiency 0.67." The run has ended.
std::string summary_text(const trace::Run& run);

// "Stopped at 3.40 s: 3 of 5 futures had finished." Empty if the run finished or raised.
std::string early_end_text(const trace::RunEnded& ended, Instant at, std::size_t futures, std::size_t finished);

// What Python prints last when its program dies: "ValueError: boom".
std::string raised_text(const trace::RunEnded& ended);

}  // namespace loiter::cli
