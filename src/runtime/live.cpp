#include "runtime/live.hpp"

#include <algorithm>
#include <cmath>
#include <ctime>
#include <utility>

#include "base/assert.hpp"
#include "runtime/live_member.hpp"

namespace loiter::runtime {
namespace {

// Threads that have ended keep their stacks until they are joined: so many may wait for it.
constexpr std::size_t most_ended_threads = 64;

Duration thread_cpu_time() {
  timespec t{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
  return std::chrono::seconds(t.tv_sec) + std::chrono::nanoseconds(t.tv_nsec);
}

}  // namespace

Live::Live(Observer& observer, GilOptions gil) : Runtime(observer, gil) {
  // With one core, or one lock, looking again only keeps the other thread from running.
  m_spins = std::thread::hardware_concurrency() > 1 && !gil.has_lock();
  nanoseconds_per_tick();  // is measured once per program: not in the middle of a run
}

Live::~Live() {
  stop();
  {
    Lock lock(m_mutex);
    while (m_alive > 0) m_control.wait(m_mutex);
  }
  join_ended_threads();
}

void Live::start(std::function<void()> main_body) {
  Lock lock(m_mutex);
  LOITER_ASSERT(m_phase == Phase::Waiting, "a runtime runs once");
  add_member({.name = "main", .kind = LaneKind::Main}, std::move(main_body), nullptr);
  m_phase = Phase::Running;
  restart_clock();
}

LaneId Live::spawn(LaneSpec spec, std::function<void()> body) {
  checkpoint();
  auto& me = static_cast<Member&>(current());
  bool many_ended = false;
  Member* child = nullptr;
  {
    Lock lock(m_mutex);
    child = &add_member(std::move(spec), std::move(body), &me);
    many_ended = m_ended_threads.size() > most_ended_threads;
  }
  if (many_ended) join_ended_threads();
  if (has_gil()) wait_for_begin(me, *child);
  return child->id();
}

// As CPython's Thread.start() does: the child is to have the lock first, else it would ask for it after an interval.
void Live::wait_for_begin(Member& me, const Member& child) {
  drop_gil(me);
  bool was_woken = false;
  while (!child.has_begun.load() && block(me, std::nullopt, true) == WaitEnd::Ready) was_woken = true;
  if (was_woken) me.permit.store(true);  // it may have been for something else: whoever waits for that looks again
  take_gil_for_cleanup(me);
}

void Live::begin_under_gil(Member& me) {
  take_gil(me);
  me.has_begun.store(true);
  if (me.parent != nullptr) unpark(*me.parent);
}

Live::Member& Live::add_member(LaneSpec spec, std::function<void()> body, Member* parent) {
  const LaneId id{static_cast<std::uint32_t>(m_members.size())};
  Member& member = *m_members.emplace_back(std::make_unique<Member>(id, std::move(spec)));
  member.parent = parent;
  assign_gil(member);
  try {
    member.thread =
        std::thread([this, &member, body = std::move(body)]() mutable { run_body(member, std::move(body)); });
  } catch (...) {  // the system has no thread left: the caller gets std::system_error, as Python's gets RuntimeError
    m_members.pop_back();
    throw;
  }
  ++m_alive;
  ++m_awake;
  return member;
}

void Live::run_body(Member& me, std::function<void()> body) {
  set_current(&me);
  {
    Lock lock(m_mutex);
    hold(me);  // its beginning is an event like any other: the first of a run that starts paused
  }
  m_observer.participant_began(me);
  std::exception_ptr error;
  try {
    if (has_gil()) begin_under_gil(me);
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

void Live::end_member(Member& me, std::exception_ptr error) {
  Lock lock(m_mutex);
  if (me.id() == main_lane) m_main_error = std::move(error);
  me.ended = true;
  m_ended_threads.push_back(std::move(me.thread));
  for (Member* joiner : me.joiners) {
    joiner->permit.store(true);
    count_awake(*joiner);
    joiner->wake.notify_all();
  }
  one_less_awake();
  if (--m_alive > 0) return;
  m_phase = Phase::Ended;
  restart_clock();
  m_control.notify_all();
}

void Live::join_ended_threads() {
  std::vector<std::thread> ended;
  {
    Lock lock(m_mutex);
    ended.swap(m_ended_threads);
  }
  for (std::thread& thread : ended) thread.join();
}

Wake Live::park(const Reason& reason, Deadline deadline) {
  auto& me = static_cast<Member&>(current());
  checkpoint();
  if (me.permit.exchange(false)) return Wake::Ready;
  if (deadline && now() >= *deadline) return Wake::Timeout;
  if (reason.is_told) m_observer.wait_began(me, reason, deadline);
  drop_gil(me);
  const WaitEnd end = block(me, deadline, true);
  if (reason.is_told) m_observer.wait_ended(me, reason.on, end);
  if (end == WaitEnd::Aborted) throw Aborted{};
  take_gil(me);
  checkpoint();
  return end == WaitEnd::Timeout ? Wake::Timeout : Wake::Ready;
}

WaitEnd Live::wait_untold(Participant& me, Deadline deadline) {
  return block(static_cast<Member&>(me), deadline, true);
}

WaitEnd Live::block(Member& me, Deadline deadline, bool stop_ends_it) {
  Lock lock(m_mutex);
  me.deadline = deadline;
  me.parked.store(true);  // before the permit is read: unpark() sets the permit before it reads this
  // Looks first, and then counts as parked: else the clock could jump over what a woken one is about to do.
  std::optional<WaitEnd> end = end_of_wait(me, stop_ends_it);
  if (!end) {
    one_less_awake();
    do {
      wait_for_news(me);
      end = end_of_wait(me, stop_ends_it);
    } while (!end);
    count_awake(me);
    me.counted = false;
  }
  me.parked.store(false);
  me.deadline.reset();
  return *end;
}

std::optional<WaitEnd> Live::end_of_wait(Member& me, bool stop_ends_it) {
  if (stop_ends_it && is_stopping()) return WaitEnd::Aborted;
  if (me.permit.exchange(false)) return WaitEnd::Ready;
  if (me.deadline && now() >= *me.deadline) return WaitEnd::Timeout;
  return std::nullopt;
}

void Live::wait_for_news(Member& me) {
  const ClockPiece& clock = m_clock.latest();
  if (me.deadline && clock.rate > 0) {
    me.wake.wait_until(m_mutex, real_time_of(*me.deadline, clock));
  } else {
    me.wake.wait(m_mutex);
  }
}

void Live::unpark(LaneId lane) {
  Member* member = nullptr;
  {
    Lock lock(m_mutex);
    LOITER_ASSERT(lane.value < m_members.size(), "a lane of this run is woken");
    member = m_members[lane.value].get();
    if (member->ended) return;
  }
  unpark(*member);  // it lives as long as the runtime
}

void Live::unpark(Participant& participant) {
  auto& member = static_cast<Member&>(participant);
  if (member.permit.exchange(true)) return;
  if (!member.parked.load()) return;  // it will see the permit before it waits
  {
    Lock lock(m_mutex);
    if (!member.parked.load()) return;
    count_awake(member);
  }
  member.wake.notify_one();  // with the lock free, for it is the first thing the member takes
}

// From here on a parked member counts as awake: its waker does this, so that no jump of the clock comes between.
void Live::count_awake(Member& member) {
  if (!member.parked.load() || member.counted) return;
  member.counted = true;
  ++m_awake;
}

void Live::one_less_awake() {
  --m_awake;
  jump_if_all_parked();
}

void Live::join(LaneId lane) {
  auto& me = static_cast<Member&>(current());
  while (!wait_for_end(me, lane)) park({.on = WaitOn::Join, .joins = lane});
}

void Live::join_for_cleanup(LaneId lane) noexcept {
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

// True if it has ended already; else its end will unpark `me`.
bool Live::wait_for_end(Member& me, LaneId lane) {
  Lock lock(m_mutex);
  Member* target = lane.value < m_members.size() ? m_members[lane.value].get() : nullptr;
  LOITER_ASSERT(target != nullptr && target != &me, "join takes another lane of this run");
  if (target->ended) return true;
  if (std::find(target->joiners.begin(), target->joiners.end(), &me) == target->joiners.end()) {
    target->joiners.push_back(&me);
  }
  return false;
}

// Rounds of some 20 us of work: short enough to stop at once, long enough that the clock calls cost nothing.
void Live::compute(Duration d) {
  const Instant since = now();
  double done = 0;
  const Duration cpu_at_first = thread_cpu_time();
  Duration cpu_before = cpu_at_first;
  while (done < static_cast<double>(d.count())) {
    checkpoint();
    volatile std::uint64_t sink = 1;
    for (int i = 0; i < 10'000; ++i) sink = sink * 6364136223846793005ULL + 1442695040888963407ULL;
    const Duration cpu = thread_cpu_time();
    const double rate = m_clock.latest().rate;
    done += static_cast<double>((cpu - cpu_before).count()) * (rate > 0 ? rate : 1.0);
    cpu_before = cpu;
  }
  computed(since, cpu_before - cpu_at_first);
}

Duration Live::cpu_time() { return thread_cpu_time(); }

void Live::obey_control() {
  if (is_stopping()) throw Aborted{};
  auto& me = static_cast<Member&>(current());
  {
    Lock lock(m_mutex);
    if (!is_held()) return;
  }
  m_observer.wait_began(me, {.on = WaitOn::Pause}, std::nullopt);
  {
    Lock lock(m_mutex);
    hold(me);
  }
  m_observer.wait_ended(me, WaitOn::Pause, is_stopping() ? WaitEnd::Aborted : WaitEnd::Ready);
  if (is_stopping()) throw Aborted{};
}

// The last event of a step is the last in the run until it goes on, as far as this participant goes.
void Live::event_happened() {
  if (!is_participant()) return;
  Lock lock(m_mutex);
  if (m_steps > 0 && --m_steps == 0) apply_control();
  hold(static_cast<Member&>(current()));
}

void Live::hold(Member& me) {
  while (is_held()) me.wake.wait(m_mutex);
}

}  // namespace loiter::runtime
