#include "runtime/gil.hpp"

#include <algorithm>
#include <utility>

#include "base/assert.hpp"
#include "runtime/runtime.hpp"

namespace loiter::runtime {

void Gil::take(Participant& me) {
  if (!take_or_line_up(me)) {
    tell_wait(me, [&] { wait_in_line(me); });
  }
  m_runtime.m_observer.gil_changed(me, GilChange::Taken);
}

void Gil::take_for_cleanup(Participant& me) noexcept {
  if (m_runtime.is_stopping()) return;
  try {
    take(me);
  } catch (const Aborted&) {  // stopped meanwhile: its next wait or checkpoint throws
  }
}

// The others learn of it after the stream has: nobody is seen to take what was not yet dropped.
void Gil::drop(Participant& me) {
  if (m_holder.load(std::memory_order_relaxed) != &me) return;
  m_runtime.m_observer.gil_changed(me, GilChange::Dropped);
  Participant* next = nullptr;
  {
    Lock lock(m_mutex);
    m_holder.store(nullptr, std::memory_order_relaxed);
    if (!m_waiting.empty()) next = m_waiting.front();
  }
  if (next != nullptr) m_runtime.unpark(*next);
}

void Gil::checkpoint(Participant& me) {
  if (me.is_outside_gil) return;
  LOITER_ASSERT(m_holder.load(std::memory_order_relaxed) == &me, "only the holder of the GIL runs");
  ++m_checkpoints;
  if (!is_requested()) return;
  // The wait is told first: whoever is woken by the drop may get the core at once.
  tell_wait(me, [&] {
    drop(me);
    wait_for_switch(me);
    if (!take_or_line_up(me)) wait_in_line(me);
  });
  m_runtime.m_observer.gil_changed(me, GilChange::Taken);
}

// One wait in the timeline, however often it looks again.
template <class Wait>
void Gil::tell_wait(Participant& me, Wait wait) {
  m_runtime.m_observer.wait_began(me, {.on = WaitOn::Gil}, std::nullopt);
  try {
    wait();
  } catch (const Aborted&) {
    leave(me);
    m_runtime.m_observer.wait_ended(me, WaitOn::Gil, WaitEnd::Aborted);
    throw;
  }
  m_runtime.m_observer.wait_ended(me, WaitOn::Gil, WaitEnd::Ready);
}

// False: another has it, and `me` is woken when it is free.
bool Gil::take_or_line_up(Participant& me) {
  std::vector<Participant*> switched;
  {
    Lock lock(m_mutex);
    if (m_holder.load(std::memory_order_relaxed) != nullptr) {
      if (std::ranges::find(m_waiting, &me) == m_waiting.end()) m_waiting.push_back(&me);
      return false;
    }
    m_holder.store(&me, std::memory_order_relaxed);
    m_is_requested.store(false, std::memory_order_relaxed);
    std::erase(m_waiting, &me);
    if (std::exchange(m_last_holder, &me) != &me) ++m_switches;
    switched.swap(m_switching);
  }
  for (Participant* participant : switched) m_runtime.unpark(*participant);
  return true;
}

void Gil::wait_in_line(Participant& me) {
  bool was_woken = false;
  do {
    const std::uint64_t seen = switches();
    const WaitEnd end = m_runtime.wait_untold(me, instant_after(m_runtime.now(), m_interval));
    if (end == WaitEnd::Aborted) throw Aborted{};
    was_woken = was_woken || end == WaitEnd::Ready;
    if (end == WaitEnd::Timeout) request_drop(me, seen);
  } while (!take_or_line_up(me));
  // The wake-up may have been for something else that it waits for: it will look.
  if (was_woken) m_runtime.unpark(me);
}

// Else the holder could take it back before the waiter is awake.
void Gil::wait_for_switch(Participant& me) {
  bool was_woken = false;
  for (;;) {
    {
      Lock lock(m_mutex);
      if (m_last_holder != &me || m_waiting.empty()) break;
      if (std::ranges::find(m_switching, &me) == m_switching.end()) m_switching.push_back(&me);
    }
    if (m_runtime.wait_untold(me, std::nullopt) == WaitEnd::Aborted) throw Aborted{};
    was_woken = true;
  }
  if (was_woken) m_runtime.unpark(me);
}

// Only if it is still held and nobody else has had it since: a slice is the waiter's interval, not shorter.
void Gil::request_drop(Participant& me, std::uint64_t switches_seen) {
  Participant* holder = nullptr;
  {
    Lock lock(m_mutex);
    holder = m_holder.load(std::memory_order_relaxed);
    if (holder == nullptr || m_switches != switches_seen || is_requested()) return;
    m_is_requested.store(true, std::memory_order_relaxed);
  }
  m_runtime.m_observer.gil_changed(me, GilChange::Requested);
  // Virtual cores have no instructions between which one could look: who computes is told.
  if (m_runtime.is_simulated()) m_runtime.unpark(*holder);
}

std::uint64_t Gil::switches() const {
  Lock lock(m_mutex);
  return m_switches;
}

void Gil::leave(Participant& me) {
  Lock lock(m_mutex);
  std::erase(m_waiting, &me);
  std::erase(m_switching, &me);
}

}  // namespace loiter::runtime
