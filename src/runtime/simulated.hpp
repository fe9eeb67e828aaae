// Simulated: the runtime with a virtual clock, where exactly one participant runs at a time: the one with the baton.
//
//   runnable --takes the baton--> running --parks--> parked --unpark / deadline--> runnable
//
// Shape    The same program with the same seed gives the same events. The clock moves only when nobody can run, and
//          then to the next deadline; all whose deadline it is become runnable at once, in the order in which they were
//          armed. A spawned participant runs before its parent goes on. Nobody keeps the baton for ever: after very many
//          places where another order is possible it goes round once. Nobody runnable and no deadline: quiescent,
//          known exactly. Whoever gives the baton away while nobody can take it stays to drive the run.
// Units    Lab time. The default pace is instant; a paced run waits in real time before the clock moves, and what the
//          outside does meanwhile happens at the time shown.
// Threads  As runtime.hpp says. Each participant has a real thread; all but one of them wait for their turn.
#pragma once

#include <deque>
#include <memory>
#include <random>
#include <set>
#include <thread>
#include <vector>

#include "base/mutex.hpp"
#include "runtime/runtime.hpp"

namespace loiter::runtime {

struct SimulatedOptions {
  bool random = false;  // who runs next: false: first in, first out; true: drawn from the seed
  std::uint64_t seed = 0;
  static constexpr int usual_cores = 4;
  int cores = usual_cores;        // how many participants may compute() at one time
  Deadline limit = std::nullopt;  // where the run stops by itself: exactly then, however fast it is
  GilOptions gil = {};
};

class Simulated final : public Runtime {
 public:
  explicit Simulated(Observer& observer, SimulatedOptions options = {});
  ~Simulated() override;

  LaneId spawn(LaneSpec spec, std::function<void()> body) override;
  Wake park(const Reason& reason, Deadline deadline = std::nullopt) override;
  void join(LaneId lane) override;
  void join_for_cleanup(LaneId lane) noexcept override;
  void compute(Duration d) override;
  Duration cpu_time() override;

  Instant now() const override { return Instant{Duration{m_now.load(std::memory_order_relaxed)}}; }
  bool is_simulated() const override { return true; }
  void unpark(Participant& participant) override;
  void unpark(LaneId lane) override;

  void start(std::function<void()> main_body) override;
  void set_pace(Pace pace) override;
  void pause() override;
  void resume() override;
  void step() override;
  void stop() override;
  bool is_paused() const override;
  Phase phase() const override;
  Phase wait(std::chrono::nanoseconds at_most) override;
  Instant shown_now() const override;
  std::exception_ptr main_error() const override;

  // Stopped by the limit of its options.
  bool reached_limit() const { return m_reached_limit.load(std::memory_order_acquire); }

 private:
  struct Member;
  struct Timer {
    Instant at;
    std::uint64_t armed;  // counts up: ties go to the first armed
    Member* member;
    friend auto operator<=>(const Timer&, const Timer&) = default;
  };

  void obey_control() override;
  void event_is_due() override;
  void event_happened() override;
  void switch_at_random() override;
  WaitEnd wait_untold(Participant& me, Deadline deadline) override;

  Member& add_member(LaneSpec spec, std::function<void()> body) LOITER_REQUIRES(m_mutex);
  void run_body(Member& me, std::function<void()> body);
  void end_member(Member& me, std::exception_ptr error);
  WaitEnd block(Member& me, Deadline deadline, bool stop_ends_it);
  void make_runnable(Member& member, WaitEnd end) LOITER_REQUIRES(m_mutex);
  void pass_baton() LOITER_REQUIRES(m_mutex);
  void pass_to_runnable() LOITER_REQUIRES(m_mutex);
  void move_clock() LOITER_REQUIRES(m_mutex);
  void tell_settled() LOITER_REQUIRES(m_mutex) LOITER_UNCHECKED;
  void set_phase(Phase phase) LOITER_REQUIRES(m_mutex);
  void abort_parked() LOITER_REQUIRES(m_mutex);
  void wait_for_turn(Member& me) LOITER_REQUIRES(m_mutex);
  void catch_up_with_shown() LOITER_REQUIRES(m_mutex);
  void anchor(Instant shown, std::chrono::steady_clock::time_point since) LOITER_REQUIRES(m_mutex);
  void anchor_now() LOITER_REQUIRES(m_mutex);
  Instant shown_now_locked() const LOITER_REQUIRES(m_mutex);
  // True while time is all that the run waits for.
  bool is_between_instants() const LOITER_REQUIRES(m_mutex) {
    return m_current == nullptr && m_runnable.empty() && m_is_settled && !m_timers.empty();
  }
  bool is_held() const LOITER_REQUIRES(m_mutex) { return m_paused && m_steps == 0 && !is_stopping(); }
  void hold() LOITER_REQUIRES(m_mutex);
  bool wait_for_end(Member& me, LaneId lane);
  void take_core(Member& me);
  bool wait_for_core(Member& me);
  void give_core(Member& me);
  void join_ended_threads();

  const SimulatedOptions m_options;
  std::atomic<std::int64_t> m_now{0};
  std::atomic<bool> m_reached_limit{false};
  mutable Mutex m_mutex;
  CondVar m_driver;   // what the holder of the baton, or who drives the run, rests for: control, unpark() from outside
  CondVar m_control;  // what controlling threads wait for: the phase
  std::vector<std::unique_ptr<Member>> m_members LOITER_GUARDED_BY(m_mutex);
  std::vector<std::thread> m_ended_threads LOITER_GUARDED_BY(m_mutex);  // of members that have ended: to be joined
  std::deque<Member*> m_runnable LOITER_GUARDED_BY(m_mutex);
  std::set<Timer> m_timers LOITER_GUARDED_BY(m_mutex);
  Member* m_current LOITER_GUARDED_BY(m_mutex) = nullptr;  // holds the baton; null: nobody, the run is driven
  int m_kept = 0;  // times the holder of the baton could have given it away, and kept it; only the holder counts
  std::mt19937_64 m_random LOITER_GUARDED_BY(m_mutex);
  std::uint64_t m_armed LOITER_GUARDED_BY(m_mutex) = 0;
  std::size_t m_alive LOITER_GUARDED_BY(m_mutex) = 0;
  bool m_is_settled LOITER_GUARDED_BY(m_mutex) = false;  // told, and nobody has run since
  Pace m_pace LOITER_GUARDED_BY(m_mutex) = Pace::instant();
  bool m_paused LOITER_GUARDED_BY(m_mutex) = false;
  int m_steps LOITER_GUARDED_BY(m_mutex) = 0;         // events that may still happen while paused
  Instant m_anchor_lab LOITER_GUARDED_BY(m_mutex){};  // the clock shown moves from here ...
  std::chrono::steady_clock::time_point m_anchor_real LOITER_GUARDED_BY(m_mutex){};  // ... since then
  Phase m_phase LOITER_GUARDED_BY(m_mutex) = Phase::Waiting;
  std::exception_ptr m_main_error LOITER_GUARDED_BY(m_mutex);
  int m_free_cores LOITER_GUARDED_BY(m_mutex) = 0;
  std::deque<Member*> m_core_queue LOITER_GUARDED_BY(m_mutex);
  std::vector<Member*> m_core_holders LOITER_GUARDED_BY(m_mutex);
};

}  // namespace loiter::runtime
