// The control side of a simulated run: pause, step, pace, stop, and the clock: how it moves and what it shows.
#include <algorithm>

#include "base/assert.hpp"
#include "runtime/simulated.hpp"
#include "runtime/simulated_member.hpp"

namespace loiter::runtime {
namespace {

// How far a paced run hurries to make up for the real time that its participants took to run. More: better kept time
// over many instants; less: a smaller jump of the clock shown after a slow one.
constexpr auto most_behind = std::chrono::milliseconds(20);

// The longest real wait for one instant, so that no sum overflows: a year.
constexpr double longest_wait = 3.2e16;

}  // namespace

// Nobody can run at this instant. The observer may record what it found, and so must not be called under the lock.
void Simulated::tell_settled() {
  const bool quiescent = m_timers.empty();
  m_mutex.unlock();
  m_observer.settled(quiescent);
  m_mutex.lock();
  m_anchor_real = std::max(m_anchor_real, std::chrono::steady_clock::now() - most_behind);
  m_is_settled = true;
}

// To the next deadline: at once, or in a paced run after the real time that the eye is given.
void Simulated::move_clock() {
  const bool is_last = m_options.limit && m_timers.begin()->at > *m_options.limit;
  const Instant next = is_last ? *m_options.limit : m_timers.begin()->at;
  auto due = m_anchor_real;
  if (!m_pace.is_instant() && m_steps == 0) {
    const double ahead = static_cast<double>((next - m_anchor_lab).count()) / m_pace.rate;
    due += std::chrono::nanoseconds{static_cast<std::int64_t>(std::clamp(ahead, 0.0, longest_wait))};
    if (std::chrono::steady_clock::now() < due) {
      m_driver.wait_until(m_mutex, due);
      return;  // and look again: the pace, a pause or a stop may have come
    }
  }
  m_now.store(next.time_since_epoch().count(), std::memory_order_relaxed);
  anchor(next, due);
  if (is_last) {
    m_reached_limit.store(true, std::memory_order_release);
    m_stopping.store(true);
    set_controlled(true);
    return;
  }
  while (!m_timers.empty() && m_timers.begin()->at <= next) make_runnable(*m_timers.begin()->member, WaitEnd::Timeout);
}

// Before somebody from outside steps in between two instants: it is as late as the clock says.
void Simulated::catch_up_with_shown() {
  if (!is_between_instants()) return;
  const Instant shown = shown_now_locked();
  m_now.store(shown.time_since_epoch().count(), std::memory_order_relaxed);
  anchor(shown, std::chrono::steady_clock::now());
}

void Simulated::set_phase(Phase phase) {
  if (m_phase == phase) return;
  m_phase = phase;
  m_control.notify_all();
}

void Simulated::set_pace(Pace pace) {
  LOITER_ASSERT(pace.rate > 0, "a pace is more than 0; pause() holds the clock");
  Lock lock(m_mutex);
  anchor_now();
  m_pace = pace;
  m_driver.notify_all();
}

void Simulated::pause() {
  Lock lock(m_mutex);
  anchor_now();
  m_paused = true;
  m_steps = 0;
  set_controlled(true);
  m_driver.notify_all();
}

void Simulated::resume() {
  Lock lock(m_mutex);
  anchor_now();
  m_paused = false;
  m_steps = 0;
  set_controlled(is_stopping());
  m_driver.notify_all();
}

void Simulated::step() {
  Lock lock(m_mutex);
  if (!m_paused) return;
  ++m_steps;
  m_driver.notify_all();
}

void Simulated::stop() {
  {
    Lock lock(m_mutex);
    catch_up_with_shown();
    m_stopping.store(true);
    set_controlled(true);
    if (m_phase == Phase::Quiescent) set_phase(Phase::Running);  // at once: whoever waits for the end waits for it
    m_driver.notify_all();
  }
  call_stop_hooks();
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
  const auto until = real_time_after(at_most);
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

// Between two instants of a paced run the clock shown moves on, but never past the next one. While somebody runs it
// stands still: a deadline armed now may come before the next one known.
Instant Simulated::shown_now_locked() const {
  const Instant held = std::max(m_anchor_lab, now());
  if (m_paused || m_pace.is_instant() || !is_between_instants()) return held;
  const double real = static_cast<double>((std::chrono::steady_clock::now() - m_anchor_real).count());
  const double ahead = std::clamp(real * m_pace.rate, 0.0, 9e18);
  const Instant moved = instant_after(m_anchor_lab, Duration{static_cast<std::int64_t>(ahead)});
  return std::clamp(moved, held, std::max(held, m_timers.begin()->at));
}

// The clock shown moves from there, since then.
void Simulated::anchor(Instant shown, std::chrono::steady_clock::time_point since) {
  m_anchor_lab = shown;
  m_anchor_real = since;
}

void Simulated::anchor_now() { anchor(shown_now_locked(), std::chrono::steady_clock::now()); }

}  // namespace loiter::runtime
