// RunTally: the few facts of a run that its end is told with; a whole fold of a long run would be too much for these.
//
// Shape    A plain value that counts events as they come.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "trace/event.hpp"

namespace loiter::cli {

struct RunTally {
  std::size_t futures = 0;   // submitted
  std::size_t finished = 0;  // returned, raised or cancelled
  std::string chain;         // of the latest deadlock
  std::optional<trace::RunEnded> ended;
  Instant last{};

  void count(const trace::Event& event);
};

}  // namespace loiter::cli
