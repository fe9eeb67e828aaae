// Scheduled kills: worker processes that die at a given moment of a run, for --kill-worker and for tests.
//
// Shape    A lane of its own sleeps until then, so that a simulated run repeats exactly. It ends with the program.
// Units    Lab time since the run began.
// Errors   A worker that does not exist at that moment is told in the transcript, as Python's logging would.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "base/duration.hpp"
#include "experiments/lab.hpp"

namespace loiter::engine {

struct ScheduledKill {
  std::uint32_t process = 1;  // Process-1, Process-2, ...
  Duration at{};
};

using Program = std::function<void(experiments::Lab&)>;

// The same program, with the kills beside it.
Program with_kills(Program program, std::vector<ScheduledKill> kills);

}  // namespace loiter::engine
