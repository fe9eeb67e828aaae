#include "runtime/runtime.hpp"

#include <algorithm>
#include <utility>

namespace loiter::runtime {

Runtime::Runtime(Observer& observer, GilOptions gil) : m_observer(observer), m_gil_options(gil) {
  if (!has_gil()) return;
  m_gil = std::make_unique<Gil>(*this, gil.interval);
  m_attention.store(gil_is_held);
}

// A worker process has an interpreter of its own, and so has a worker thread where each is to have one.
void Runtime::assign_gil(Participant& participant) {
  if (!has_gil()) return;
  const LaneKind kind = participant.spec().kind;
  if (kind == LaneKind::Process || (kind == LaneKind::Thread && m_gil_options.kind == GilKind::PerInterpreter)) {
    participant.own_gil = std::make_unique<Gil>(*this, m_gil_options.interval);
    participant.gil = participant.own_gil.get();
  } else {
    participant.gil = m_gil.get();
  }
}

void Runtime::attend() {
  if (is_controlled()) obey_control();
  Participant& me = current();
  if (me.gil != nullptr) me.gil->checkpoint(me);
}

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

Runtime::OutsideGil::OutsideGil(Runtime& runtime)
    : m_runtime(runtime), m_was_outside(std::exchange(current().is_outside_gil, true)) {
  drop_gil(current());
}

Runtime::OutsideGil::~OutsideGil() {
  Participant& me = current();
  me.is_outside_gil = m_was_outside;
  if (!m_runtime.is_stopping()) take_gil_for_cleanup(me);
}

Runtime::IoWait::IoWait(Runtime& runtime) : m_runtime(runtime) {
  m_runtime.m_observer.wait_began(current(), {.on = WaitOn::Io}, std::nullopt);
  m_outside.emplace(runtime);
}

Runtime::IoWait::~IoWait() {
  m_runtime.m_observer.wait_ended(current(), WaitOn::Io, m_runtime.is_stopping() ? WaitEnd::Aborted : WaitEnd::Ready);
  m_outside.reset();
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
  if (d <= Duration::zero()) {  // gives the GIL away like any other sleep, and may get it back at once
    Participant& me = current();
    drop_gil(me);
    return take_gil(me);
  }
  const Instant until = instant_after(now(), d);
  while (now() < until) park({.on = WaitOn::Sleep}, until);
}

}  // namespace loiter::runtime
