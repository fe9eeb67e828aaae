#include "runtime/simulated.hpp"

#include <algorithm>
#include <utility>

#include "base/assert.hpp"
#include "runtime/simulated_member.hpp"

namespace loiter::runtime {

Simulated::Simulated(Observer& observer, SimulatedOptions options)
    : Runtime(observer), m_options(options), m_random(options.seed), m_free_cores(options.cores) {
  m_interleaves = options.random;
}

Simulated::~Simulated() {
  stop();
  std::vector<std::thread> threads;
  {
    Lock lock(m_mutex);
    while (m_alive > 0) m_control.wait(m_mutex);
    for (auto& member : m_members) threads.push_back(std::move(member->thread));
  }
  for (std::thread& thread : threads) {
    if (thread.joinable()) thread.join();
  }
}

void Simulated::start(std::function<void()> main_body) {
  Lock lock(m_mutex);
  LOITER_ASSERT(m_phase == Phase::Waiting, "a runtime runs once");
  m_phase = Phase::Running;
  anchor(now());
  m_current = &add_member({.name = "main", .kind = LaneKind::Main}, std::move(main_body));
}

LaneId Simulated::spawn(LaneSpec spec, std::function<void()> body) {
  checkpoint();
  auto& me = static_cast<Member&>(current());
  Lock lock(m_mutex);
  Member& child = add_member(std::move(spec), std::move(body));
  if (m_options.random) {
    make_runnable(child);
    make_runnable(me);
    pass_baton();
  } else {
    make_runnable(me);
    m_current = &child;
  }
  wait_for_turn(me);
  return child.id();
}

Simulated::Member& Simulated::add_member(LaneSpec spec, std::function<void()> body) {
  const LaneId id{static_cast<std::uint32_t>(m_members.size())};
  Member& member = *m_members.emplace_back(std::make_unique<Member>(id, std::move(spec)));
  try {
    member.thread = std::thread([this, &member, body = std::move(body)] { run_body(member, body); });
  } catch (...) {  // the system has no thread left: the caller gets std::system_error
    m_members.pop_back();
    throw;
  }
  ++m_alive;
  return member;
}

void Simulated::run_body(Member& me, const std::function<void()>& body) {
  {
    Lock lock(m_mutex);
    wait_for_turn(me);
  }
  set_current(&me);
  m_observer.participant_began(me);
  std::exception_ptr error;
  try {
    checkpoint();
    body();
  } catch (const Aborted&) {
  } catch (...) {
    error = std::current_exception();
  }
  m_observer.participant_ended(me, error);
  set_current(nullptr);
  Lock lock(m_mutex);
  if (me.id() == main_lane) m_main_error = error;
  me.ended = true;
  for (Member* joiner : me.joiners) {
    if (joiner->parked) {
      joiner->end = WaitEnd::Ready;
      make_runnable(*joiner);
    } else {
      joiner->permit = true;
    }
  }
  if (--m_alive == 0) {
    tell_settled(true);
    m_current = nullptr;
    m_phase = Phase::Ended;
    m_control.notify_all();
  } else {
    pass_baton();
  }
}

Wake Simulated::park(const Reason& reason, Deadline deadline) {
  auto& me = static_cast<Member&>(current());
  checkpoint();
  {
    Lock lock(m_mutex);
    if (std::exchange(me.permit, false)) return Wake::Ready;
  }
  if (deadline && now() >= *deadline) return Wake::Timeout;
  m_observer.wait_began(me, reason, deadline);
  const WaitEnd end = block(me, deadline, true);
  m_observer.wait_ended(me, reason.on, end);
  if (end == WaitEnd::Aborted) throw Aborted{};
  return end == WaitEnd::Timeout ? Wake::Timeout : Wake::Ready;
}

WaitEnd Simulated::block(Member& me, Deadline deadline, bool stop_ends_it) {
  Lock lock(m_mutex);
  if (stop_ends_it && is_stopping()) return WaitEnd::Aborted;
  if (std::exchange(me.permit, false)) return WaitEnd::Ready;
  me.parked = true;
  me.stop_ends_wait = stop_ends_it;
  if (deadline) me.timer = *m_timers.insert({*deadline, m_armed++, &me}).first;
  pass_baton();
  wait_for_turn(me);
  me.permit = false;
  return me.end;
}

void Simulated::unpark(Participant& participant) {
  auto& member = static_cast<Member&>(participant);
  Lock lock(m_mutex);
  if (!member.parked) {
    member.permit = true;
    return;
  }
  member.end = WaitEnd::Ready;
  make_runnable(member);
  m_control.notify_all();  // from outside a quiescent run this is what it rests for
}

void Simulated::make_runnable(Member& member) {
  member.parked = false;
  if (member.timer) m_timers.erase(*std::exchange(member.timer, std::nullopt));
  m_runnable.push_back(&member);
}

void Simulated::wait_for_turn(Member& me) {
  if (m_current != &me && m_current != nullptr) m_current->turn.notify_one();
  while (m_current != &me) me.turn.wait(m_mutex);
  m_is_settled = false;
}

// The caller gives the baton away; it goes to somebody who can run, once somebody can and the run is not held.
void Simulated::pass_baton() {
  for (;;) {
    if (is_stopping()) abort_parked();
    if (is_held()) {
      rest();
    } else if (pass_to_runnable()) {
      return;
    } else if (!m_is_settled) {
      tell_settled(m_timers.empty());
    } else if (!m_timers.empty()) {
      move_clock();
    } else {
      m_phase = Phase::Quiescent;
      rest();
      m_phase = Phase::Running;
    }
  }
}

bool Simulated::pass_to_runnable() {
  if (m_runnable.empty()) return false;
  const std::size_t chosen = m_options.random ? static_cast<std::size_t>(m_random() % m_runnable.size()) : 0;
  const auto it = m_runnable.begin() + static_cast<std::ptrdiff_t>(chosen);
  m_current = *it;
  m_runnable.erase(it);
  m_current->turn.notify_one();
  return true;
}

// To the next deadline: at once, or in a paced run after the real time that the eye is given.
void Simulated::move_clock() {
  const Timer next = *m_timers.begin();
  if (!m_pace.is_instant() && m_steps == 0 && !is_stopping()) {
    const double ahead = static_cast<double>((next.at - m_anchor_lab).count()) / m_pace.rate;
    const auto due = m_anchor_real + std::chrono::nanoseconds{static_cast<std::int64_t>(std::min(ahead, 3.6e12))};
    if (std::chrono::steady_clock::now() < due) {
      m_control.wait_until(m_mutex, due);
      return;  // and look again: the pace, a pause or a stop may have come
    }
  }
  m_now.store(next.at.time_since_epoch().count(), std::memory_order_relaxed);
  anchor(next.at);
  next.member->end = WaitEnd::Timeout;
  make_runnable(*next.member);
}

// The observer may record what it found, and so must not be called under the lock.
void Simulated::tell_settled(bool quiescent) {
  m_is_settled = true;
  m_mutex.unlock();
  m_observer.settled(quiescent);
  m_mutex.lock();
}

void Simulated::rest() {
  m_control.notify_all();
  m_control.wait(m_mutex);
}

void Simulated::abort_parked() {
  for (auto& member : m_members) {
    if (!member->parked || !member->stop_ends_wait) continue;
    member->end = WaitEnd::Aborted;
    make_runnable(*member);
  }
}

void Simulated::join(LaneId lane) {
  auto& me = static_cast<Member&>(current());
  while (!wait_for_end(me, lane)) park({.on = WaitOn::Join, .joins = lane});
}

void Simulated::join_for_cleanup(LaneId lane) noexcept {
  try {
    if (!is_stopping()) {
      join(lane);
      return;
    }
  } catch (const Aborted&) {  // stopped meanwhile: the lane unwinds, and is waited for below
  }
  auto& me = static_cast<Member&>(current());
  while (!wait_for_end(me, lane)) block(me, std::nullopt, false);
}

// True if it has ended already; else its end will wake `me`.
bool Simulated::wait_for_end(Member& me, LaneId lane) {
  Lock lock(m_mutex);
  Member* target = lane.value < m_members.size() ? m_members[lane.value].get() : nullptr;
  LOITER_ASSERT(target != nullptr && target != &me, "join takes another lane of this run");
  if (target->ended) return true;
  if (std::find(target->joiners.begin(), target->joiners.end(), &me) == target->joiners.end()) {
    target->joiners.push_back(&me);
  }
  return false;
}

void Simulated::switch_at_random() {
  auto& me = static_cast<Member&>(current());
  Lock lock(m_mutex);
  if (m_random() % 2 == 0 || is_stopping()) return;
  make_runnable(me);
  pass_baton();
  wait_for_turn(me);
}

void Simulated::attend() {
  auto& me = static_cast<Member&>(current());
  if (is_stopping()) throw Aborted{};
  {
    Lock lock(m_mutex);
    while (is_held()) rest();
    LOITER_ASSERT(m_current == &me, "only the holder of the baton runs");
  }
  if (is_stopping()) throw Aborted{};
}

void Simulated::event_happened() {
  Lock lock(m_mutex);
  if (!m_paused) return;
  if (m_steps > 0) --m_steps;
  while (is_held()) rest();
}

}  // namespace loiter::runtime
