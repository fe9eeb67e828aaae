// TaskQueue: the first-in, first-out queue of a pool: one side adds under its own lock, workers take.
//
//   push --> inbox (a stack, lock-free) --a worker that finds the front empty takes it whole and turns it round--> front
//
// Shape    Strictly in order. Linked through the tasks themselves: no allocation. Holds one reference to each task.
// Threads  push() by one participant at a time (the pool's submit lock); the rest by any. While another one turns the
//          inbox round, take() and is_empty() may find nothing though there is something: that one looks again after
//          it has taken (IdleWorkers::task_taken). Whoever must know takes with take_for_sure().
#pragma once

#include <atomic>

#include "base/mutex.hpp"
#include "futures/shared_state.hpp"

namespace loiter::futures {

class TaskQueue {
 public:
  TaskQueue() = default;
  TaskQueue(const TaskQueue&) = delete;
  TaskQueue& operator=(const TaskQueue&) = delete;
  ~TaskQueue() {
    while (take_for_sure()) {
    }
  }

  void push(StateRef task) {
    SharedState* const state = task.release();
    state->queue_link = m_inbox.load(std::memory_order_relaxed);
    // Sequentially consistent: a worker that is about to sleep says so before it looks here for the last time.
    while (!m_inbox.compare_exchange_weak(state->queue_link, state, std::memory_order_seq_cst,
                                          std::memory_order_relaxed)) {
    }
  }

  // The oldest task, or none.
  StateRef take() { return is_empty() ? StateRef() : take_for_sure(); }

  StateRef take_for_sure() {
    SpinGuard guard(m_lock);
    SharedState* first = m_front.load(std::memory_order_relaxed);
    if (first == nullptr) {
      SharedState* batch = m_inbox.exchange(nullptr, std::memory_order_acq_rel);
      while (batch != nullptr) {
        SharedState* const older = batch->queue_link;
        batch->queue_link = first;
        first = batch;
        batch = older;
      }
      if (first == nullptr) return {};
    }
    m_front.store(first->queue_link, std::memory_order_seq_cst);
    first->queue_link = nullptr;
    return StateRef::adopt(first);
  }

  bool is_empty() const {
    return m_front.load(std::memory_order_seq_cst) == nullptr && m_inbox.load(std::memory_order_seq_cst) == nullptr;
  }

 private:
  alignas(64) std::atomic<SharedState*> m_inbox{nullptr};
  alignas(64) SpinLock m_lock;                 // taking
  std::atomic<SharedState*> m_front{nullptr};  // written under m_lock
};

}  // namespace loiter::futures
