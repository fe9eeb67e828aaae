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
      first = turned_round(m_inbox.exchange(nullptr, std::memory_order_acq_rel));
      if (first == nullptr) return {};
    }
    m_front.store(first->queue_link, std::memory_order_seq_cst);
    first->queue_link = nullptr;
    return StateRef::adopt(first);
  }

  // That one, from wherever it is in the queue; none if it is not there.
  StateRef take_out(FutureId id) {
    SpinGuard guard(m_lock);
    SharedState* tasks = m_front.load(std::memory_order_relaxed);
    SharedState** end = &tasks;
    while (*end != nullptr) end = &(*end)->queue_link;
    *end = turned_round(m_inbox.exchange(nullptr, std::memory_order_acq_rel));
    SharedState** link = &tasks;
    while (*link != nullptr && (*link)->id() != id) link = &(*link)->queue_link;
    SharedState* const found = *link;
    if (found != nullptr) *link = std::exchange(found->queue_link, nullptr);
    m_front.store(tasks, std::memory_order_seq_cst);
    return StateRef::adopt(found);
  }

  bool is_empty() const {
    return m_front.load(std::memory_order_seq_cst) == nullptr && m_inbox.load(std::memory_order_seq_cst) == nullptr;
  }

 private:
  // The newest first becomes the oldest first.
  static SharedState* turned_round(SharedState* batch) {
    SharedState* first = nullptr;
    while (batch != nullptr) {
      SharedState* const older = batch->queue_link;
      batch->queue_link = first;
      first = batch;
      batch = older;
    }
    return first;
  }

  alignas(64) std::atomic<SharedState*> m_inbox{nullptr};
  alignas(64) SpinLock m_lock;                 // taking
  std::atomic<SharedState*> m_front{nullptr};  // written under m_lock
};

}  // namespace loiter::futures
