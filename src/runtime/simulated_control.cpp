// The control side of a simulated run: pause, step, pace, stop, and the clock shown.
#include <algorithm>

#include "base/assert.hpp"
#include "runtime/simulated.hpp"
#include "runtime/simulated_member.hpp"

namespace loiter::runtime {

void Simulated::set_pace(Pace pace) {
  LOITER_ASSERT(pace.rate > 0, "a pace is more than 0; pause() holds the clock");
  Lock lock(m_mutex);
  anchor(shown_now_locked());
  m_pace = pace;
  m_control.notify_all();
}

void Simulated::pause() {
  Lock lock(m_mutex);
  anchor(shown_now_locked());
  m_paused = true;
  m_steps = 0;
  m_attention.store(true);
  m_control.notify_all();
}

void Simulated::resume() {
  Lock lock(m_mutex);
  if (m_paused) anchor(m_anchor_lab);
  m_paused = false;
  m_attention.store(is_stopping());
  m_control.notify_all();
}

void Simulated::step() {
  Lock lock(m_mutex);
  if (!m_paused) return;
  ++m_steps;
  m_control.notify_all();
}

void Simulated::stop() {
  Lock lock(m_mutex);
  m_stopping.store(true);
  m_attention.store(true);
  m_control.notify_all();
}

bool Simulated::is_paused() const {
  Lock lock(m_mutex);
  return m_paused;
}

Phase Simulated::phase() const {
  Lock lock(m_mutex);
  return m_phase;
}

Phase Simulated::wait(std::chrono::nanoseconds at_most) {
  const auto until = std::chrono::steady_clock::now() + at_most;
  Lock lock(m_mutex);
  while (m_phase == Phase::Running && std::chrono::steady_clock::now() < until) m_control.wait_until(m_mutex, until);
  return m_phase;
}

std::exception_ptr Simulated::main_error() const {
  Lock lock(m_mutex);
  return m_main_error;
}

Instant Simulated::shown_now() const {
  Lock lock(m_mutex);
  return shown_now_locked();
}

// Between two instants of a paced run the clock shown moves on, but never past the next one.
Instant Simulated::shown_now_locked() const {
  if (m_paused) return std::max(m_anchor_lab, now());
  if (m_pace.is_instant() || m_timers.empty() || m_phase != Phase::Running) return std::max(m_anchor_lab, now());
  const double real = static_cast<double>((std::chrono::steady_clock::now() - m_anchor_real).count());
  const double ahead = std::min(real * m_pace.rate, 9e18);
  const Instant moved = m_anchor_lab + Duration{static_cast<std::int64_t>(ahead)};
  return std::clamp(moved, now(), std::max(now(), m_timers.begin()->at));
}

void Simulated::anchor(Instant shown) {
  m_anchor_lab = shown;
  m_anchor_real = std::chrono::steady_clock::now();
}

}  // namespace loiter::runtime
