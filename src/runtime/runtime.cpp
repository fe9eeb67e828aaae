#include "runtime/runtime.hpp"

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

void Runtime::sleep_for(Duration d) {
  checkpoint();
  if (d <= Duration::zero()) return;
  const Instant until = now() + d;
  while (now() < until) park({.on = WaitOn::Sleep}, until);
}

}  // namespace loiter::runtime
