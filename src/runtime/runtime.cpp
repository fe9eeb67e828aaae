#include "runtime/runtime.hpp"

#include <algorithm>

namespace loiter::runtime {
std::chrono::steady_clock::time_point Runtime::real_time_after(std::chrono::nanoseconds real) {
  return std::chrono::steady_clock::now() +
         std::clamp<std::chrono::nanoseconds>(real, {}, std::chrono::hours(24 * 365));
}

void Runtime::sleep_for(Duration d) {
  checkpoint();
  if (d <= Duration::zero()) return;
  const Instant until = instant_after(now(), d);
  while (now() < until) park({.on = WaitOn::Sleep}, until);
}

}  // namespace loiter::runtime
