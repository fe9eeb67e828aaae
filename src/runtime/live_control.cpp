// The control side of a live run: pause, step, pace, stop, and what they make of the clock.
#include <algorithm>

#include "base/assert.hpp"
#include "runtime/live.hpp"
#include "runtime/live_member.hpp"

namespace loiter::runtime {

// After anything has changed that the clock or a wait depends on.
void Live::apply_control() {
  set_controlled(m_paused || is_stopping());
  restart_clock();
  jump_if_all_parked();
  for (auto& member : m_members) member->wake.notify_all();
  m_control.notify_all();
}

void Live::restart_clock() {
  if (m_phase != Phase::Running || is_frozen()) {
    change_clock(0.0);
  } else {
    change_clock(jumps() ? 1.0 : m_pace.rate);
  }
}

void Live::change_clock(double rate, Instant at_least) {
  m_clock.change(rate, at_least);
  m_outside.notify_all();
}

// With everybody parked nothing happens before the earliest deadline: where waiting for it is no use, it is now.
void Live::jump_if_all_parked() {
  if (m_awake > 0 || is_frozen() || !jumps() || is_stopping()) return;
  Deadline earliest;
  for (const auto& member : m_members) {
    if (!member->parked.load()) continue;
    if (member->permit.load()) return;  // a thread outside the run is waking it at this moment
    if (member->deadline && (!earliest || *member->deadline < *earliest)) earliest = member->deadline;
  }
  if (!earliest) return;
  earliest = std::min(*earliest, end_of_time);  // whoever waits beyond it waits for the end of the run
  change_clock(1.0, *earliest);
  for (auto& member : m_members) {
    if (!member->deadline || *member->deadline > *earliest) continue;
    count_awake(*member);
    member->wake.notify_one();
  }
}

void Live::set_pace(Pace pace) {
  LOITER_ASSERT(pace.rate > 0, "a pace is more than 0; pause() holds the clock");
  Lock lock(m_mutex);
  m_pace = pace;
  apply_control();
}

void Live::pause() {
  Lock lock(m_mutex);
  m_paused = true;
  m_steps = 0;
  apply_control();
}

void Live::resume() {
  Lock lock(m_mutex);
  m_paused = false;
  m_steps = 0;
  apply_control();
}

void Live::step() {
  Lock lock(m_mutex);
  if (!m_paused) return;
  ++m_steps;
  apply_control();
}

void Live::stop() {
  {
    Lock lock(m_mutex);
    m_stopping.store(true);
    apply_control();
  }
  call_stop_hooks();
}

bool Live::wait_outside(Instant until, const std::stop_token& stop) {
  const std::stop_callback wake(stop, [this] {
    { const Lock lock(m_mutex); }  // it either waits already, or will see that it is to stop
    m_outside.notify_all();
  });
  Lock lock(m_mutex);
  while (!is_stopping() && m_phase != Phase::Ended && !stop.stop_requested()) {
    if (now() >= until) return true;
    const ClockPiece& clock = m_clock.latest();
    if (clock.rate > 0) {
      m_outside.wait_until(m_mutex, real_time_of(until, clock));
    } else {
      m_outside.wait(m_mutex);
    }
  }
  return false;
}

bool Live::is_paused() const {
  Lock lock(m_mutex);
  return m_paused;
}

Phase Live::phase() const {
  Lock lock(m_mutex);
  return m_phase;
}

Phase Live::wait(std::chrono::nanoseconds at_most) {
  const auto until = real_time_after(at_most);
  Lock lock(m_mutex);
  while (m_phase == Phase::Running && std::chrono::steady_clock::now() < until) m_control.wait_until(m_mutex, until);
  return m_phase;
}

std::exception_ptr Live::main_error() const {
  Lock lock(m_mutex);
  return m_main_error;
}

std::vector<ClockPiece> Live::clock_pieces() const {
  Lock lock(m_mutex);
  return m_clock.copy_pieces();
}

}  // namespace loiter::runtime
