// Runs the real program as another process would.
#pragma once

#include <chrono>
#include <string>
#include <vector>

namespace loiter::app::testing {

struct Finished {
  int status = -1;  // exit status, or 128 + the signal that ended it
  std::string out;
  std::string err;
  std::chrono::milliseconds took{};
};

// With these arguments; sends `signal` (0: none) once `after` has passed.
Finished run_loiter(const std::vector<std::string>& arguments, int signal = 0,
                    std::chrono::milliseconds after = std::chrono::milliseconds(0));

}  // namespace loiter::app::testing
