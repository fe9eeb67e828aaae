// IdleWorkers: where the workers of a pool wait for tasks, woken one at a time and only when somebody must be.
//
//   nothing to take --> one of them searches (looks again, live runs only) --> sleeps in the idle list --wake_one--> out
//
// Shape    The list is first in, first out. While a worker searches, adding a task wakes nobody: the searcher takes it,
//          and whoever takes a task with more behind it wakes the next.
// Threads  wait_for_task() and task_taken() by workers, the rest by any participant. No wake-up is lost: a sleeper is on
//          the list before it looks for the last time, and a task is in the queue before the list is looked at.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <deque>

#include "base/look_again.hpp"
#include "base/mutex.hpp"
#include "runtime/runtime.hpp"

namespace loiter::futures {

class IdleWorkers {
 public:
  explicit IdleWorkers(runtime::Runtime& runtime) : m_runtime(runtime) {}

  void task_added() {
    if (m_searching.load(std::memory_order_seq_cst)) return;
    wake_one();
  }

  template <class HasMore>
  void task_taken(HasMore has_more) {
    if (m_sleeping.load(std::memory_order_seq_cst) > 0 && has_more()) task_added();
  }

  void wake_one() {
    if (m_sleeping.load(std::memory_order_seq_cst) == 0) return;
    runtime::Participant* worker = nullptr;
    {
      SpinGuard guard(m_lock);
      if (m_idle.empty()) return;
      worker = m_idle.front();
      m_idle.pop_front();
      m_sleeping.fetch_sub(1, std::memory_order_relaxed);
    }
    m_runtime.unpark(*worker);
  }

  // Returns when there may be something to do; the caller looks.
  template <class SomethingToDo>
  void wait_for_task(SomethingToDo something_to_do) {
    m_runtime.checkpoint();
    if (m_runtime.spins() && search(something_to_do)) return;
    runtime::Participant& me = runtime::Runtime::current();
    {
      SpinGuard guard(m_lock);
      m_idle.push_back(&me);
      m_sleeping.fetch_add(1, std::memory_order_seq_cst);
    }
    const Leave leave{*this, me};
    if (!something_to_do()) m_runtime.park({.on = runtime::WaitOn::Queue});
  }

 private:
  // Off the list, also when a stop throws out of the park.
  struct Leave {
    IdleWorkers& all;
    runtime::Participant& me;
    ~Leave() {
      SpinGuard guard(all.m_lock);
      const auto it = std::find(all.m_idle.begin(), all.m_idle.end(), &me);
      if (it == all.m_idle.end()) return;
      all.m_idle.erase(it);
      all.m_sleeping.fetch_sub(1, std::memory_order_relaxed);
    }
  };

  // One worker at a time looks again for a while: a wake-up costs more than the search.
  template <class SomethingToDo>
  bool search(SomethingToDo something_to_do) {
    if (m_searching.exchange(true, std::memory_order_seq_cst)) return false;
    const bool found = look_again(search_nanoseconds, something_to_do);
    m_searching.store(false, std::memory_order_seq_cst);
    return found;
  }

  // Longer: fewer wake-ups when tasks come in quick succession; shorter: less of a core spent on looking.
  static constexpr std::int64_t search_nanoseconds = 20'000;

  runtime::Runtime& m_runtime;
  std::atomic<bool> m_searching{false};
  std::atomic<int> m_sleeping{0};
  SpinLock m_lock;
  std::deque<runtime::Participant*> m_idle LOITER_GUARDED_BY(m_lock);
};

}  // namespace loiter::futures
