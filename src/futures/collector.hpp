// FinishedCollector: gathers futures as they finish, for one participant that waits for some of them.
//
//   install on each future --future_done, in finishing order--> finished list --take_finished()--> the waiter
//
// Owner    wait() and as_completed(); it takes itself off every future when it goes.
// Threads  future_done() from any thread, under that future's lock; the rest by one participant at a time.
// Source   CPython 3.11 _base.py, _Waiter and its kin. Unlike CPython it visits the futures one after the other instead
//          of locking them all at once: a future that finishes meanwhile is either seen as finished or reports to the
//          collector, never both and never neither, so the result is the same.
#pragma once

#include <cstdint>
#include <deque>
#include <vector>

#include "base/mutex.hpp"
#include "futures/future.hpp"

namespace loiter::futures {

class FinishedCollector final : public Collector {
 public:
  // When the waiter is woken: by each future, or by the last one (or, if asked for, by the first that raised).
  enum class WakeOn : std::uint8_t { Each, All, FirstException };

  FinishedCollector(std::vector<AnyFuture> futures, WakeOn wake_on);
  ~FinishedCollector();
  FinishedCollector(const FinishedCollector&) = delete;
  FinishedCollector& operator=(const FinishedCollector&) = delete;

  // Those that finished since the last call, in finishing order; the first call begins with those that were finished
  // when the collector was made, in order of submission.
  std::vector<AnyFuture> take_finished();
  bool is_ready() const;  // what it wakes for has happened since the last take_finished()
  // Parks until ready; false: the deadline came first.
  bool wait(Deadline deadline, runtime::WaitOn on);

 private:
  struct Unfinished {
    std::vector<FutureId> named;
    std::uint32_t more = 0;
  };
  Unfinished unfinished();
  runtime::Participant* future_done(SharedState& future, bool raised) override;

  const WakeOn m_wake_on;
  std::vector<AnyFuture> m_futures;
  // Those that may be unfinished, linked in order of submission: m_after[0] is the first, m_after[i + 1] the one after
  // i. The finished are taken out as they are met, so that naming the rest costs nothing for them twice.
  std::vector<std::uint32_t> m_after;
  std::deque<CollectorWatcher> m_watchers;  // one for each future
  mutable SpinLock m_lock;
  runtime::Participant* m_waiter LOITER_GUARDED_BY(m_lock);
  std::vector<AnyFuture> m_finished LOITER_GUARDED_BY(m_lock);
  std::size_t m_pending LOITER_GUARDED_BY(m_lock) = 0;
  bool m_ready LOITER_GUARDED_BY(m_lock) = false;
};

// Each future once, in order of submission.
std::vector<AnyFuture> unique_futures(std::vector<AnyFuture> futures);

// Done in the eyes of wait() and as_completed(): finished, or cancelled and popped by a worker.
bool is_notified(const AnyFuture& future);

}  // namespace loiter::futures
