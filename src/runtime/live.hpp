// Live: the runtime on real threads that truly run in parallel; lab time is the monotonic clock times a rate.
//
//   running --park--> parked --unpark / deadline / stop--> running
//
// Shape    Slow paths (a park that really waits, its wake-up, control) share one mutex; a participant that need not
//          wait never takes it. Instant pace: the clock runs at 1x while anybody runs and jumps to the next deadline
//          when all are parked. A step does the same, until the next event; what truly runs in parallel at that
//          moment may add an event of its own.
// Units    Lab time; real time in ticks and steady_clock.
// Threads  As runtime.hpp says.
#pragma once

#include <map>
#include <memory>
#include <stop_token>
#include <thread>
#include <vector>

#include "base/mutex.hpp"
#include "runtime/clock_map.hpp"
#include "runtime/runtime.hpp"

namespace loiter::runtime {

class Live final : public Runtime {
 public:
  explicit Live(Observer& observer, GilOptions gil = {});
  ~Live() override;

  LaneId spawn(LaneSpec spec, std::function<void()> body) override;
  Wake park(const Reason& reason, Deadline deadline = std::nullopt) override;
  void join(LaneId lane) override;
  void join_for_cleanup(LaneId lane) noexcept override;
  void compute(Duration d) override;
  Duration cpu_time() override;

  Instant now() const override { return m_clock.now(); }
  bool is_simulated() const override { return false; }
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
  Instant shown_now() const override { return now(); }
  std::exception_ptr main_error() const override;

  // For threads outside of the run that serve it, such as a file server: waits until that lab time; false if the run
  // ends, or they are to stop, before. No clock jumps to such a time.
  bool wait_outside(Instant until, const std::stop_token& stop);

  // The pieces of the lab clock so far: for turning recorded ticks into lab time.
  std::vector<ClockPiece> clock_pieces() const;

 private:
  struct Member;

  void obey_control() override;
  void event_is_due() override {}
  void event_happened() override;
  void switch_at_random() override {}
  WaitEnd wait_untold(Participant& me, Deadline deadline) override;

  Member& add_member(LaneSpec spec, std::function<void()> body, Member* parent) LOITER_REQUIRES(m_mutex);
  void run_body(Member& me, std::function<void()> body);
  void end_member(Member& me, std::exception_ptr error);
  WaitEnd block(Member& me, Deadline deadline, bool stop_ends_it);
  std::optional<WaitEnd> end_of_wait(Member& me, bool stop_ends_it) LOITER_REQUIRES(m_mutex);
  void wait_for_news(Member& me) LOITER_REQUIRES(m_mutex);
  void wait_for_begin(Member& me, const Member& child);
  void begin_under_gil(Member& me);
  void hold(Member& me) LOITER_REQUIRES(m_mutex);
  void count_awake(Member& member) LOITER_REQUIRES(m_mutex);
  void one_less_awake() LOITER_REQUIRES(m_mutex);
  void jump_if_all_parked() LOITER_REQUIRES(m_mutex);
  void restart_clock() LOITER_REQUIRES(m_mutex);
  void change_clock(double rate, Instant at_least = {}) LOITER_REQUIRES(m_mutex);
  void apply_control() LOITER_REQUIRES(m_mutex);
  bool is_frozen() const LOITER_REQUIRES(m_mutex) { return m_paused && m_steps == 0; }
  bool is_held() const LOITER_REQUIRES(m_mutex) { return is_frozen() && !is_stopping(); }
  bool jumps() const LOITER_REQUIRES(m_mutex) { return m_pace.is_instant() || m_steps > 0; }
  bool wait_for_end(Member& me, LaneId lane);
  void join_ended_threads();

  ClockMap m_clock;  // change() and copy_pieces() under m_mutex
  mutable Mutex m_mutex;
  CondVar m_control;  // phase changes
  CondVar m_outside;  // changes of the clock, and the end, for those in wait_outside()
  std::vector<std::unique_ptr<Member>> m_members LOITER_GUARDED_BY(m_mutex);
  std::vector<std::thread> m_ended_threads LOITER_GUARDED_BY(m_mutex);  // of members that have ended: to be joined
  std::size_t m_alive LOITER_GUARDED_BY(m_mutex) = 0;
  std::size_t m_awake LOITER_GUARDED_BY(m_mutex) = 0;  // alive and not parked
  Pace m_pace LOITER_GUARDED_BY(m_mutex);
  bool m_paused LOITER_GUARDED_BY(m_mutex) = false;
  int m_steps LOITER_GUARDED_BY(m_mutex) = 0;  // events that may still happen while paused
  Phase m_phase LOITER_GUARDED_BY(m_mutex) = Phase::Waiting;
  std::exception_ptr m_main_error LOITER_GUARDED_BY(m_mutex);
};

}  // namespace loiter::runtime
