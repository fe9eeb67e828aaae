#include "runtime/simulated.hpp"

#include <algorithm>
#include <utility>

#include "base/assert.hpp"
#include "runtime/simulated_member.hpp"

namespace loiter::runtime {
namespace {

// Threads that have ended keep their stacks until they are joined: so many may wait for it.
constexpr std::size_t most_ended_threads = 64;

// How often the baton may be kept where another order is possible, as by a worker that always finds a task: one that
// submits itself would keep main from its shutdown for ever. Fewer: more switches in pools with many short tasks.
constexpr int most_kept = 10'000;

}  // namespace

Simulated::Simulated(Observer& observer, SimulatedOptions options)
    : Runtime(observer, options.gil), m_options(options), m_random(options.seed), m_free_cores(options.cores) {
  LOITER_ASSERT(options.cores > 0, "somebody must be able to compute");
  m_interleaves = true;
}

Simulated::~Simulated() {
  stop();
  {
    Lock lock(m_mutex);
    while (m_alive > 0) m_control.wait(m_mutex);
  }
  join_ended_threads();
}

void Simulated::start(std::function<void()> main_body) {
  Lock lock(m_mutex);
  LOITER_ASSERT(m_phase == Phase::Waiting, "a runtime runs once");
  m_current = &add_member({.name = "main", .kind = LaneKind::Main}, std::move(main_body));
  m_current->turn.give();
  m_phase = Phase::Running;
  anchor_now();
}

LaneId Simulated::spawn(LaneSpec spec, std::function<void()> body) {
  checkpoint();
  auto& me = static_cast<Member&>(current());
  bool many_ended = false;
  LaneId id;
  drop_gil(me);  // it waits until the child has begun
  {
    Lock lock(m_mutex);
    Member& child = add_member(std::move(spec), std::move(body));
    id = child.id();
    if (m_options.random) {
      m_runnable.push_back(&child);
      m_runnable.push_back(&me);
      pass_baton();
    } else {
      m_runnable.push_back(&me);
      m_current = &child;
    }
    wait_for_turn(me);
    many_ended = m_ended_threads.size() > most_ended_threads;
  }
  if (many_ended) join_ended_threads();
  take_gil_for_cleanup(me);
  return id;
}

Simulated::Member& Simulated::add_member(LaneSpec spec, std::function<void()> body) {
  const LaneId id{static_cast<std::uint32_t>(m_members.size())};
  Member& member = *m_members.emplace_back(std::make_unique<Member>(id, std::move(spec)));
  assign_gil(member);
  try {
    member.thread =
        std::thread([this, &member, body = std::move(body)]() mutable { run_body(member, std::move(body)); });
  } catch (...) {  // the system has no thread left: the caller gets std::system_error
    m_members.pop_back();
    throw;
  }
  ++m_alive;
  return member;
}

void Simulated::run_body(Member& me, std::function<void()> body) {
  set_current(&me);
  me.turn.take();
  {
    Lock lock(m_mutex);
    hold();  // its beginning is an event like any other: the first of a run that starts paused
  }
  m_observer.participant_began(me);
  std::exception_ptr error;
  try {
    take_gil(me);
    checkpoint();
    body();
  } catch (const Aborted&) {
  } catch (...) {
    error = std::current_exception();
  }
  body = nullptr;  // what it holds may wait in its destructor, and so must go while the participant lives
  drop_gil(me);
  m_observer.participant_ended(me, error);
  end_member(me, std::move(error));
}

void Simulated::end_member(Member& me, std::exception_ptr error) {
  Lock lock(m_mutex);
  if (me.id() == main_lane) m_main_error = std::move(error);
  me.ended = true;
  m_ended_threads.push_back(std::move(me.thread));
  for (Member* joiner : me.joiners) {
    if (joiner->parked) {
      make_runnable(*joiner, WaitEnd::Ready);
    } else {
      joiner->permit = true;
    }
  }
  if (m_alive > 1) {
    --m_alive;
    pass_baton();
    Member* const next = m_current;
    lock.unlock();
    next->turn.give();
    return;
  }
  m_current = nullptr;
  tell_settled();
  m_alive = 0;
  set_phase(Phase::Ended);
}

void Simulated::join_ended_threads() {
  std::vector<std::thread> ended;
  {
    Lock lock(m_mutex);
    ended.swap(m_ended_threads);
  }
  for (std::thread& thread : ended) thread.join();
}

Wake Simulated::park(const Reason& reason, Deadline deadline) {
  auto& me = static_cast<Member&>(current());
  checkpoint();
  {
    Lock lock(m_mutex);
    if (std::exchange(me.permit, false)) return Wake::Ready;
  }
  if (deadline && now() >= *deadline) return Wake::Timeout;
  if (reason.is_told) m_observer.wait_began(me, reason, deadline);
  drop_gil(me);
  const WaitEnd end = block(me, deadline, true);
  if (reason.is_told) m_observer.wait_ended(me, reason.on, end);
  if (end == WaitEnd::Aborted) throw Aborted{};
  take_gil(me);
  return end == WaitEnd::Timeout ? Wake::Timeout : Wake::Ready;
}

WaitEnd Simulated::wait_untold(Participant& me, Deadline deadline) {
  return block(static_cast<Member&>(me), deadline, true);
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

void Simulated::unpark(LaneId lane) {
  Member* member = nullptr;
  {
    Lock lock(m_mutex);
    LOITER_ASSERT(lane.value < m_members.size(), "a lane of this run is woken");
    member = m_members[lane.value].get();
    if (member->ended) return;
  }
  unpark(*member);  // it lives as long as the runtime
}

void Simulated::unpark(Participant& participant) {
  auto& member = static_cast<Member&>(participant);
  Lock lock(m_mutex);
  if (!member.parked) {
    member.permit = true;
    return;
  }
  catch_up_with_shown();
  make_runnable(member, WaitEnd::Ready);
  if (m_phase == Phase::Quiescent) set_phase(Phase::Running);
  if (m_current == nullptr) m_driver.notify_one();
}

void Simulated::make_runnable(Member& member, WaitEnd end) {
  member.parked = false;
  member.end = end;
  if (member.timer) m_timers.erase(*std::exchange(member.timer, std::nullopt));
  m_runnable.push_back(&member);
}

// Lets go of the lock before the baton is seen by the next, and has it again when the baton is back.
void Simulated::wait_for_turn(Member& me) {
  Member* const next = m_current;
  if (next == &me) return;
  m_mutex.unlock();
  next->turn.give();
  me.turn.take();
  m_mutex.lock();
}

// The caller gives the baton away; it goes to somebody who can run, once somebody can and the run is not held.
void Simulated::pass_baton() {
  m_current = nullptr;
  for (;;) {
    if (is_stopping()) abort_parked();
    if (m_runnable.empty() && m_timers.empty() && m_is_settled) {
      set_phase(Phase::Quiescent);
      m_driver.wait(m_mutex);
    } else if (is_held()) {
      m_driver.wait(m_mutex);
    } else if (!m_runnable.empty()) {
      return pass_to_runnable();
    } else if (!m_is_settled) {
      tell_settled();
    } else {
      move_clock();
    }
  }
}

void Simulated::pass_to_runnable() {
  const std::size_t chosen = m_options.random ? static_cast<std::size_t>(m_random() % m_runnable.size()) : 0;
  const auto it = m_runnable.begin() + static_cast<std::ptrdiff_t>(chosen);
  Member& next = **it;
  m_runnable.erase(it);
  m_is_settled = false;
  set_phase(Phase::Running);
  m_kept = 0;
  m_current = &next;
}

void Simulated::abort_parked() {
  for (auto& member : m_members) {
    if (member->parked && member->stop_ends_wait) make_runnable(*member, WaitEnd::Aborted);
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
  if (!is_participant()) return;
  if (!m_options.random && ++m_kept < most_kept) return;
  m_kept = 0;
  auto& me = static_cast<Member&>(current());
  {
    Lock lock(m_mutex);
    if (is_stopping() || (m_options.random && m_random() % 2 == 0)) return;
  }
  drop_gil(me);
  {
    Lock lock(m_mutex);
    m_runnable.push_back(&me);
    pass_baton();
    wait_for_turn(me);
  }
  take_gil_for_cleanup(me);
}

void Simulated::obey_control() {
  if (is_stopping()) throw Aborted{};
  auto& me = static_cast<Member&>(current());
  {
    Lock lock(m_mutex);
    hold();
    LOITER_ASSERT(m_current == &me, "only the holder of the baton runs");
  }
  if (is_stopping()) throw Aborted{};
}

void Simulated::event_is_due() {
  if (!is_participant()) return;
  Lock lock(m_mutex);
  hold();
}

void Simulated::event_happened() {
  if (!is_participant()) return;
  Lock lock(m_mutex);
  if (m_steps > 0) --m_steps;
  hold();
}

void Simulated::hold() {
  while (is_held()) m_driver.wait(m_mutex);
}

}  // namespace loiter::runtime
