#include "runtime/live.hpp"

#include <algorithm>
#include <cmath>
#include <ctime>

#include "base/assert.hpp"

namespace loiter::runtime {

struct Live::Member final : Participant {
  using Participant::Participant;

  std::atomic<bool> permit{false};  // an unpark that no park has used up
  std::atomic<bool> parked{false};
  CondVar wake;
  // Below: under m_mutex.
  Deadline deadline;
  bool counted = false;  // parked, but its waker counts it as awake already
  bool ended = false;
  std::vector<Member*> joiners;
  std::thread thread;
};

namespace {

std::chrono::steady_clock::time_point real_time_of(Instant lab, const ClockPiece& clock, Ticks now) {
  // An hour at most: a longer sleep looks again, and no sum overflows.
  const double ahead = static_cast<double>((lab - clock.at(now)).count()) / clock.rate;
  const auto real = std::chrono::nanoseconds{static_cast<std::int64_t>(std::clamp(std::ceil(ahead), 0.0, 3.6e12))};
  return std::chrono::steady_clock::now() + real;
}

std::chrono::nanoseconds thread_cpu_time() {
  timespec t{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
  return std::chrono::seconds(t.tv_sec) + std::chrono::nanoseconds(t.tv_nsec);
}

}  // namespace

Live::Live(Observer& observer) : Runtime(observer) {
  // With one core, looking again only keeps the other thread from running.
  m_spins = std::thread::hardware_concurrency() > 1;
}

Live::~Live() {
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

void Live::start(std::function<void()> main_body) {
  Lock lock(m_mutex);
  LOITER_ASSERT(m_phase == Phase::Waiting, "a runtime runs once");
  m_phase = Phase::Running;
  restart_clock();
  add_member({.name = "main", .kind = LaneKind::Main}, std::move(main_body));
}

LaneId Live::spawn(LaneSpec spec, std::function<void()> body) {
  checkpoint();
  Lock lock(m_mutex);
  return add_member(std::move(spec), std::move(body)).id();
}

Live::Member& Live::add_member(LaneSpec spec, std::function<void()> body) {
  const LaneId id{static_cast<std::uint32_t>(m_members.size())};
  Member& member = *m_members.emplace_back(std::make_unique<Member>(id, std::move(spec)));
  try {
    member.thread = std::thread([this, &member, body = std::move(body)] { run_body(member, body); });
  } catch (...) {  // the system has no thread left: the caller gets std::system_error, as Python's gets RuntimeError
    m_members.pop_back();
    throw;
  }
  ++m_alive;
  ++m_awake;
  return member;
}

void Live::run_body(Member& me, const std::function<void()>& body) {
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
    joiner->permit.store(true);
    count_awake(*joiner);
    joiner->wake.notify_all();
  }
  one_less_awake();
  if (--m_alive == 0) m_phase = Phase::Ended;
  m_control.notify_all();
}

Wake Live::park(const Reason& reason, Deadline deadline) {
  Member& me = static_cast<Member&>(current());
  checkpoint();
  if (me.permit.exchange(false)) return Wake::Ready;
  if (deadline && now() >= *deadline) return Wake::Timeout;
  m_observer.wait_began(me, reason, deadline);
  const WaitEnd end = block(me, deadline, true);
  m_observer.wait_ended(me, reason.on, end);
  if (end == WaitEnd::Aborted) throw Aborted{};
  checkpoint();
  return end == WaitEnd::Timeout ? Wake::Timeout : Wake::Ready;
}

WaitEnd Live::block(Member& me, Deadline deadline, bool stop_ends_it) {
  Lock lock(m_mutex);
  me.deadline = deadline;
  me.parked.store(true);  // before the permit is read: unpark() sets the permit before it reads this
  one_less_awake();
  WaitEnd end = WaitEnd::Ready;
  for (;;) {
    if (me.permit.exchange(false)) break;
    if (stop_ends_it && is_stopping()) {
      end = WaitEnd::Aborted;
      break;
    }
    const Ticks ticks = read_ticks();
    const ClockPiece& clock = m_clock.latest();
    if (deadline && clock.at(ticks) >= *deadline) {
      end = WaitEnd::Timeout;
      break;
    }
    if (deadline && clock.rate > 0) {
      me.wake.wait_until(m_mutex, real_time_of(*deadline, clock, ticks));
    } else {
      me.wake.wait(m_mutex);
    }
  }
  count_awake(me);
  me.counted = false;
  me.parked.store(false);
  me.deadline.reset();
  return end;
}

void Live::unpark(Participant& participant) {
  auto& member = static_cast<Member&>(participant);
  if (member.permit.exchange(true)) return;
  if (!member.parked.load()) return;  // it will see the permit before it waits
  Lock lock(m_mutex);
  if (!member.parked.load()) return;
  count_awake(member);
  member.wake.notify_one();
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

// Instant pace: with everybody parked nothing happens before the earliest deadline, so it is now.
void Live::jump_if_all_parked() {
  if (m_awake > 0 || m_paused || !(m_pace.is_instant() || m_stepping)) return;
  Deadline earliest;
  for (const auto& member : m_members) {
    if (member->parked.load() && member->deadline && (!earliest || *member->deadline < *earliest)) {
      earliest = member->deadline;
    }
  }
  if (!earliest) return;
  const Ticks ticks = read_ticks();
  m_clock.add({ticks, std::max(m_clock.at(ticks), *earliest), 1.0});
  for (auto& member : m_members) {
    if (!member->deadline || *member->deadline > *earliest) continue;
    count_awake(*member);
    member->wake.notify_one();
  }
}

void Live::join(LaneId lane) {
  Member& me = static_cast<Member&>(current());
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
  Member& me = static_cast<Member&>(current());
  while (!wait_for_end(me, lane)) block(me, std::nullopt, false);
}

// True if it has ended already; else its end will unpark `me`.
bool Live::wait_for_end(Member& me, LaneId lane) {
  Lock lock(m_mutex);
  Member* target = find(lane);
  LOITER_ASSERT(target != nullptr && target != &me, "join takes another lane of this run");
  if (target->ended) return true;
  if (std::find(target->joiners.begin(), target->joiners.end(), &me) == target->joiners.end()) {
    target->joiners.push_back(&me);
  }
  return false;
}

Live::Member* Live::find(LaneId lane) { return lane.value < m_members.size() ? m_members[lane.value].get() : nullptr; }

// Rounds of some 20 us of work: short enough to stop at once, long enough that the clock calls cost nothing.
void Live::compute(Duration d) {
  double done = 0;
  auto cpu_before = thread_cpu_time();
  while (done < static_cast<double>(d.count())) {
    checkpoint();
    volatile std::uint64_t sink = 1;
    for (int i = 0; i < 10'000; ++i) sink = sink * 6364136223846793005ULL + 1442695040888963407ULL;
    const auto cpu = thread_cpu_time();
    const double rate = m_clock.latest().rate;
    done += static_cast<double>((cpu - cpu_before).count()) * (rate > 0 ? rate : 1.0);
    cpu_before = cpu;
  }
}

void Live::attend() {
  if (is_stopping()) throw Aborted{};
  auto& me = static_cast<Member&>(current());
  {
    Lock lock(m_mutex);
    if (!m_paused) return;
  }
  m_observer.wait_began(me, {.on = WaitOn::Pause}, std::nullopt);
  {
    Lock lock(m_mutex);
    while (m_paused && !is_stopping()) me.wake.wait(m_mutex);
  }
  m_observer.wait_ended(me, WaitOn::Pause, is_stopping() ? WaitEnd::Aborted : WaitEnd::Ready);
  if (is_stopping()) throw Aborted{};
}

void Live::event_happened() {
  Lock lock(m_mutex);
  if (!m_stepping) return;
  m_stepping = false;
  m_paused = true;
  restart_clock();
  set_attention();
}

void Live::restart_clock() {
  const Ticks ticks = read_ticks();
  const double rate = m_paused ? 0.0 : (m_stepping || m_pace.is_instant()) ? 1.0 : m_pace.rate;
  m_clock.add({ticks, m_clock.at(ticks), rate});
}

void Live::wake_everybody() {
  for (auto& member : m_members) member->wake.notify_all();
  m_control.notify_all();
}

void Live::set_attention() { m_attention.store(m_paused || m_stepping || is_stopping()); }

void Live::set_pace(Pace pace) {
  LOITER_ASSERT(pace.rate > 0, "a pace is more than 0; pause() holds the clock");
  Lock lock(m_mutex);
  m_pace = pace;
  if (m_phase == Phase::Waiting) return;  // the clock starts with the run
  restart_clock();
  jump_if_all_parked();
  wake_everybody();
}

void Live::pause() {
  Lock lock(m_mutex);
  m_paused = true;
  m_stepping = false;
  if (m_phase != Phase::Waiting) restart_clock();
  set_attention();
  wake_everybody();
}

void Live::resume() {
  Lock lock(m_mutex);
  m_paused = false;
  m_stepping = false;
  if (m_phase != Phase::Waiting) restart_clock();
  set_attention();
  jump_if_all_parked();
  wake_everybody();
}

void Live::step() {
  Lock lock(m_mutex);
  if (!m_paused) return;
  m_paused = false;
  m_stepping = true;
  if (m_phase != Phase::Waiting) restart_clock();
  set_attention();
  jump_if_all_parked();
  wake_everybody();
}

void Live::stop() {
  Lock lock(m_mutex);
  m_stopping.store(true);
  set_attention();
  wake_everybody();
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
  const auto until = std::chrono::steady_clock::now() + at_most;
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
