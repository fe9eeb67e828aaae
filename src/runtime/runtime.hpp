// Runtime: the one door through which everything in a run waits, so that time can be held and every wait is known.
//
//   start(main) --> participants run, spawn, park, unpark --> the last one ends
//                     |  pause / resume / step / set_pace: the clock in hand
//                     '- stop: every wait and checkpoint throws Aborted, and the run unwinds
//
// Shape    Two implementations, one contract (tests/runtime/contract_*_test.cpp): Live lets threads run truly in
//          parallel on the monotonic clock times a rate; Simulated lets one run at a time on a virtual clock.
// Units    Lab time. A pace is lab seconds per real second; instant() never waits for the eye.
// Errors   Aborted from every waiting call once the run is being stopped. What a participant's body throws goes to the
//          observer; that of the main body is kept in main_error().
// Threads  The first group of members is for participants only; the control group for the threads outside the run;
//          unpark() and the queries for both.
#pragma once

#include <atomic>
#include <chrono>
#include <exception>
#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <vector>

#include "base/assert.hpp"
#include "base/duration.hpp"
#include "base/ids.hpp"
#include "base/mutex.hpp"
#include "runtime/aborted.hpp"
#include "runtime/gil.hpp"
#include "runtime/observer.hpp"
#include "runtime/participant.hpp"
#include "runtime/wait.hpp"

namespace loiter::runtime {

struct Pace {
  double rate = 1.0;  // lab seconds per real second, more than 0
  static constexpr Pace instant() { return {std::numeric_limits<double>::infinity()}; }
  bool is_instant() const { return rate == std::numeric_limits<double>::infinity(); }
};

enum class Phase : std::uint8_t {
  Waiting,  // start() has not been called
  Running,
  Quiescent,  // Simulated: nobody can run and no deadline is left; stop() ends it, unpark() revives it
  Ended,      // every participant has ended
};

class Runtime {
 public:
  Runtime(Observer& observer, GilOptions gil);
  virtual ~Runtime() = default;  // an implementation's destructor stops the run and joins its threads
  Runtime(const Runtime&) = delete;
  Runtime& operator=(const Runtime&) = delete;

  // --- For participants ---

  // The participant that the calling thread is. It must be one.
  static Participant& current() {
    LOITER_ASSERT(s_current != nullptr, "only a participant of a run may wait or spawn; the window's threads never do");
    return *s_current;
  }
  static bool is_participant() { return s_current != nullptr; }

  // Starts a participant. On the simulated clock the child runs first, as CPython's Thread.start() waits for it.
  virtual LaneId spawn(LaneSpec spec, std::function<void()> body) = 0;

  // Waits until unparked or the deadline has come; an unpark that came before counts. May return Ready early: loop on
  // the condition. The wait is told to the observer, unless it is over before it began.
  virtual Wake park(const Reason& reason, Deadline deadline = std::nullopt) = 0;

  // Waits until that participant's body has ended.
  virtual void join(LaneId lane) = 0;
  // The same for destructors: goes on waiting while the run is being stopped, and does not throw.
  virtual void join_for_cleanup(LaneId lane) noexcept = 0;

  // Occupies a core for that long: really computes (Live), or holds one of the virtual cores (Simulated).
  virtual void compute(Duration d) = 0;

  void sleep_for(Duration d);

  // Says that it has computed since then, and how much time of a core that took; compute() says so by itself.
  void computed(Instant since, Duration cpu) { m_observer.computed(current(), since, cpu); }
  // Time of a core that the calling thread has used; on the simulated clock: that the participant has computed.
  virtual Duration cpu_time() = 0;

  // For code that computes: honours pause, stop and a request for the GIL, so hold no lock. One relaxed load when there
  // is nothing to do.
  void checkpoint() {
    if (m_attention.load(std::memory_order_relaxed) != 0) attend();
  }

  // A place where another order is possible: simulated runs may switch here, those with a random order often and the
  // others once in very many times, so hold no lock. Never throws.
  void interleave() {
    if (m_interleaves) switch_at_random();
  }

  // Whether looking again for a few microseconds before parking can pay: not when one runs at a time.
  bool spins() const { return m_spins; }

  // --- For both ---

  virtual Instant now() const = 0;
  virtual bool is_simulated() const = 0;
  virtual void unpark(Participant& participant) = 0;
  virtual void unpark(LaneId lane) = 0;  // of this run; one that has ended is left alone
  // Told by the observer before and after each event it records, but for waits on Pause: where a held run stands, and
  // what a step is counted by. On the simulated clock a participant waits in either while the run is held, so the
  // observer records under no lock; another thread passes. An event is thus seen only once a step has allowed it.
  void before_event() {
    if (is_controlled()) event_is_due();
  }
  void after_event() {
    if (is_controlled()) event_happened();
  }
  bool is_stopping() const { return m_stopping.load(std::memory_order_acquire); }

  // For a participant that waits for something outside of the run, such as another process: `wake` is called when the
  // run is stopped, at once if it is being stopped already, on the stopping thread; it must not call the runtime.
  class StopHook {
   public:
    StopHook(Runtime& runtime, std::function<void()> wake);
    ~StopHook();
    StopHook(const StopHook&) = delete;
    StopHook& operator=(const StopHook&) = delete;

   private:
    Runtime& m_runtime;
    const std::function<void()> m_wake;
    friend class Runtime;
  };

  // The calling participant is without the GIL for so long: around a call that blocks and does not park. Nothing that
  // needs the lock may be done meanwhile.
  class OutsideGil {
   public:
    explicit OutsideGil(Runtime& runtime);
    ~OutsideGil();
    OutsideGil(const OutsideGil&) = delete;
    OutsideGil& operator=(const OutsideGil&) = delete;

   private:
    Runtime& m_runtime;
    const bool m_was_outside;
  };

  // A wait of the calling participant for input or output, in which it does not park: its library waits.
  class IoWait {
   public:
    explicit IoWait(Runtime& runtime);
    ~IoWait();
    IoWait(const IoWait&) = delete;
    IoWait& operator=(const IoWait&) = delete;

   private:
    Runtime& m_runtime;
    std::optional<OutsideGil> m_outside;
  };

  // --- Control: threads outside the run ---

  virtual void start(std::function<void()> main_body) = 0;
  virtual void set_pace(Pace pace) = 0;
  virtual void pause() = 0;  // sleeps freeze, computing code stops at its next checkpoint
  virtual void resume() = 0;
  virtual void step() = 0;  // while paused: goes on to the next event, jumping over time in which nothing happens
  virtual void stop() = 0;  // returns at once; wait() tells when it is done
  virtual bool is_paused() const = 0;
  virtual Phase phase() const = 0;
  // Until the run has ended or is quiescent, at most that long in real time; gives the phase then.
  virtual Phase wait(std::chrono::nanoseconds at_most) = 0;
  // The clock as shown to people: moves evenly between the instants of a paced simulated run.
  virtual Instant shown_now() const = 0;
  // What the main body threw; nothing before it ended, or if it returned or was stopped.
  virtual std::exception_ptr main_error() const = 0;

 protected:
  // Of m_attention: the slow paths have something to do.
  static constexpr std::uint8_t controlled = 1;  // paused or stopping
  static constexpr std::uint8_t gil_is_held = 2;

  virtual void obey_control() = 0;  // waits while the run is held; Aborted once it is being stopped
  virtual void event_is_due() = 0;
  virtual void event_happened() = 0;
  virtual void switch_at_random() = 0;
  // Parks without a word to the observer, and with the GIL as it is.
  virtual WaitEnd wait_untold(Participant& me, Deadline deadline) = 0;

  // Gives a participant, before its thread starts, the lock that it must hold.
  void assign_gil(Participant& participant);
  bool has_gil() const { return m_gil_options.has_lock(); }
  static void take_gil(Participant& me) {
    if (me.gil != nullptr && !me.is_outside_gil) me.gil->take(me);
  }
  static void take_gil_for_cleanup(Participant& me) noexcept {
    if (me.gil != nullptr && !me.is_outside_gil) me.gil->take_for_cleanup(me);
  }
  static void drop_gil(Participant& me) {
    if (me.gil != nullptr) me.gil->drop(me);
  }
  void set_controlled(bool is_so) {
    const std::uint8_t rest = has_gil() ? gil_is_held : std::uint8_t{0};
    m_attention.store(is_so ? rest | controlled : rest);
  }
  void call_stop_hooks();  // by stop(), with no lock held, once is_stopping()
  static void set_current(Participant* participant) { s_current = participant; }
  // A year at most, so that no sum overflows.
  static std::chrono::steady_clock::time_point real_time_after(std::chrono::nanoseconds real);

  Observer& m_observer;
  std::atomic<std::uint8_t> m_attention{0};
  std::atomic<bool> m_stopping{false};
  bool m_interleaves = false;
  bool m_spins = false;

 private:
  friend class Gil;

  bool is_controlled() const { return (m_attention.load(std::memory_order_relaxed) & controlled) != 0; }
  void attend();

  const GilOptions m_gil_options;
  std::unique_ptr<Gil> m_gil;  // of the lab's own process; null: it has none
  Mutex m_hooks_mutex;
  std::vector<StopHook*> m_hooks LOITER_GUARDED_BY(m_hooks_mutex);
  static constinit inline thread_local Participant* s_current = nullptr;
};

}  // namespace loiter::runtime
