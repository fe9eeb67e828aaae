// Context: what every future and executor of one run shares: its runtime, its observer, and the numbering.
//
// Owner    Whoever sets up the run; it outlives every future and executor made with it.
// Threads  Every member is safe from any thread.
#pragma once

#include <atomic>
#include <cstdint>
#include <string>

#include "base/duration.hpp"
#include "base/ids.hpp"
#include "futures/observer.hpp"
#include "runtime/runtime.hpp"

namespace loiter::futures {

class Context {
 public:
  Context(runtime::Runtime& runtime, Observer& observer) : m_runtime(runtime), m_observer(observer) {}
  Context(const Context&) = delete;
  Context& operator=(const Context&) = delete;

  runtime::Runtime& runtime() const { return m_runtime; }
  Observer& observer() const { return m_observer; }

  // When a wait that begins now is over; one beyond the end of time ends there.
  Deadline deadline_in(Timeout timeout) const;

  FutureId next_future() { return {m_futures.fetch_add(1, std::memory_order_relaxed) + 1}; }
  ExecutorId next_executor() { return {m_executors.fetch_add(1, std::memory_order_relaxed)}; }
  // Counts the thread pools without a name of their own: ThreadPoolExecutor-0, -1, ...
  std::uint32_t next_pool_number() { return m_pools.fetch_add(1, std::memory_order_relaxed); }

  // What stands for Python's id() of an object: the real address, or in a simulated run one that repeats.
  std::uint64_t address(const void* object, FutureId id) const;
  // As repr() shows it, "0x7f3a00000040".
  std::string address_text(const void* object, FutureId id) const;

 private:
  runtime::Runtime& m_runtime;
  Observer& m_observer;
  std::atomic<std::uint32_t> m_futures{0};
  std::atomic<std::uint32_t> m_executors{0};
  std::atomic<std::uint32_t> m_pools{0};
};

}  // namespace loiter::futures
