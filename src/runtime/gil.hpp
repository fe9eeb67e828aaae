// Gil: a model of CPython's global interpreter lock, on whichever runtime: the same algorithm in real and in virtual time.
//
//   free --take--> held --drop--> free
//                   '- a waiter's interval is over: it requests a drop; the holder's next checkpoint drops, waits until
//                      somebody else has taken it, and waits in line itself
//
// Shape    A participant holds it whenever it is not waiting for something; every wait of the runtime lets it go first
//          and takes it again after. The interval belongs to the waiter, so a slice lasts about one interval however
//          many wait; there is no order among them, and none goes first because it has only slept.
// Units    Lab time.
// Errors   Aborted from take() and checkpoint() once the run is being stopped; from then on nobody holds it.
// Threads  Members are called by the participant they are about. No lock is held while it waits or wakes another.
// Source   CPython 3.11 Python/ceval_gil.c; SEMANTICS, The GIL.
#pragma once

#include <atomic>
#include <cstdint>
#include <vector>

#include "base/duration.hpp"
#include "base/mutex.hpp"
#include "runtime/wait.hpp"

namespace loiter::runtime {

class Participant;
class Runtime;

// Which interpreter's locks the threads of a run obey.
enum class GilKind : std::uint8_t {
  None,            // threads of C++: no such lock
  Cpython,         // one lock for all threads of a process
  PerInterpreter,  // one lock for each worker thread, as if each ran an interpreter of its own
  FreeThreaded,    // Python built without the lock
};

struct GilOptions {
  static constexpr Duration usual_interval = std::chrono::milliseconds(5);
  GilKind kind = GilKind::None;
  Duration interval = usual_interval;  // how long a waiter waits before it requests a drop
  bool has_lock() const { return kind == GilKind::Cpython || kind == GilKind::PerInterpreter; }
  bool operator==(const GilOptions&) const = default;
};

enum class GilChange : std::uint8_t { Requested, Taken, Dropped };

class Gil {
 public:
  Gil(Runtime& runtime, Duration interval) : m_runtime(runtime), m_interval(interval) {}
  Gil(const Gil&) = delete;
  Gil& operator=(const Gil&) = delete;

  // Waits until `me` holds it.
  void take(Participant& me);
  // The same where nothing may be thrown; in a run that is being stopped it is not taken.
  void take_for_cleanup(Participant& me) noexcept;
  // Nothing if `me` does not hold it.
  void drop(Participant& me);
  // `me` holds it: lets it go if another has requested it, and is back once it has it again.
  void checkpoint(Participant& me);

  // The holder has been asked, and has not yet let go.
  bool is_requested() const { return m_is_requested.load(std::memory_order_relaxed); }

 private:
  bool take_or_line_up(Participant& me);
  template <class Wait>
  void tell_wait(Participant& me, Wait wait);
  void wait_in_line(Participant& me);
  void wait_for_switch(Participant& me);
  void request_drop(Participant& me, std::uint64_t switches_seen);
  std::uint64_t switches() const;
  void leave(Participant& me);

  Runtime& m_runtime;
  const Duration m_interval;
  mutable Mutex m_mutex;
  std::atomic<Participant*> m_holder{nullptr};  // changed under m_mutex
  std::atomic<bool> m_is_requested{false};      // changed under m_mutex
  Participant* m_last_holder LOITER_GUARDED_BY(m_mutex) = nullptr;
  std::uint64_t m_switches LOITER_GUARDED_BY(m_mutex) = 0;         // how often it went to another than its last holder
  std::vector<Participant*> m_waiting LOITER_GUARDED_BY(m_mutex);  // for it, the first to be woken at the front
  std::vector<Participant*> m_switching
      LOITER_GUARDED_BY(m_mutex);   // dropped it on request: until another has taken it
  std::uint64_t m_checkpoints = 0;  // by whoever holds it and under no other lock: ThreadSanitizer sees it if two do
};

}  // namespace loiter::runtime
