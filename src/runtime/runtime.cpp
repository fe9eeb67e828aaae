#include "runtime/runtime.hpp"

#include <algorithm>

#include "base/assert.hpp"

namespace loiter::runtime {
namespace {
thread_local Participant* t_current = nullptr;
}

Participant& Runtime::current() {
  LOITER_ASSERT(t_current != nullptr, "only a participant of a run may wait or spawn; the window's threads never do");
  return *t_current;
}

bool Runtime::is_participant() { return t_current != nullptr; }

void Runtime::set_current(Participant* participant) { t_current = participant; }

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
