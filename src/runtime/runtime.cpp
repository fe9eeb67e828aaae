#include "runtime/runtime.hpp"

#include <algorithm>
#include <utility>

namespace loiter::runtime {

Runtime::StopHook::StopHook(Runtime& runtime, std::function<void()> wake)
    : m_runtime(runtime), m_wake(std::move(wake)) {
  Lock lock(m_runtime.m_hooks_mutex);
  m_runtime.m_hooks.push_back(this);
  if (m_runtime.is_stopping()) m_wake();
}

Runtime::StopHook::~StopHook() {
  Lock lock(m_runtime.m_hooks_mutex);
  std::erase(m_runtime.m_hooks, this);
}

Runtime::IoWait::IoWait(Runtime& runtime) : m_runtime(runtime) {
  m_runtime.m_observer.wait_began(current(), {.on = WaitOn::Io}, std::nullopt);
}

Runtime::IoWait::~IoWait() {
  m_runtime.m_observer.wait_ended(current(), WaitOn::Io, m_runtime.is_stopping() ? WaitEnd::Aborted : WaitEnd::Ready);
}

void Runtime::call_stop_hooks() {
  Lock lock(m_hooks_mutex);
  for (const StopHook* hook : m_hooks) hook->m_wake();
}

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
