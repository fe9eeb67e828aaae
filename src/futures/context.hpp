// Context: what every future and executor of one run shares: its runtime, its observer, and the numbering.
//
// Owner    Whoever sets up the run; it outlives every future and executor made with it.
// Threads  Every member is safe from any thread.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/duration.hpp"
#include "base/ids.hpp"
#include "base/mutex.hpp"
#include "futures/observer.hpp"
#include "runtime/runtime.hpp"

namespace loiter::futures {

class EscapablePool;

// What a lane that waits for ever is asked to do (escape.hpp).
struct EscapeRequest {
  Escape how = Escape::Cancelled;
  FutureId future;                 // that it waits for
  std::optional<ExecutorId> pool;  // in whose queue that future lies
};

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
  // Counts the worker processes: Process-1, Process-2, ...; and the managers of process pools.
  std::uint32_t next_process_number() { return m_processes.fetch_add(1, std::memory_order_relaxed) + 1; }
  std::uint32_t next_manager_number() { return m_managers.fetch_add(1, std::memory_order_relaxed); }
  // Counts the thread pools without a name of their own: ThreadPoolExecutor-0, -1, ...
  std::uint32_t next_pool_number() { return m_pools.fetch_add(1, std::memory_order_relaxed); }

  // What Host::tell() says, in this process or in a worker's. The listener is set before the run begins.
  void set_listener(std::function<void(std::string_view)> listener) { m_listener = std::move(listener); }
  void told(std::string_view message) const {
    if (m_listener) m_listener(message);
  }
  // What Host::ask() is answered with, on the lane that asks. Set while nobody asks. `is_gone` says that nobody waits for
  // the answer any more, because the worker process that asked is dead.
  using IsGone = std::function<bool()>;
  using Answerer = std::function<std::string(std::string_view question, const IsGone& is_gone)>;
  void set_answerer(Answerer answerer) { m_answerer = std::move(answerer); }
  std::string asked(std::string_view question, const IsGone& is_gone = nullptr) const {
    return m_answerer ? m_answerer(question, is_gone) : std::string();
  }
  // The program that worker processes run. Set before the run begins; empty: there is none, and no process pool.
  void set_worker_program(std::string path) { m_worker_program = std::move(path); }
  const std::string& worker_program() const { return m_worker_program; }

  // Worker processes that can be killed from outside, by the name of their lane ("Process-2"): registered by their lanes.
  class KillableWorker {
   public:
    KillableWorker(Context& context, ExecutorId pool, std::string lane_name, std::function<void()> kill);
    ~KillableWorker();
    KillableWorker(const KillableWorker&) = delete;
    KillableWorker& operator=(const KillableWorker&) = delete;

   private:
    friend class Context;
    Context& m_context;
    const ExecutorId m_pool;
    const std::string m_lane_name;
    const std::function<void()> m_kill;
  };
  bool kill_worker(std::string_view lane_name);  // false: there is none of that name, or no more
  void kill_workers_of(ExecutorId pool);

  // --- Ways out of a deadlock ---

  // Wakes the lane, which answers. A request that it has not answered yet is replaced.
  void ask_escape(LaneId lane, const EscapeRequest& request);
  bool is_asked(LaneId lane) const;                                                   // and has not answered yet
  bool has_escapes() const { return m_has_escapes.load(std::memory_order_acquire); }  // that nobody has answered yet
  std::optional<EscapeRequest> take_escape(LaneId lane);
  void register_pool(ExecutorId id, std::weak_ptr<EscapablePool> pool);
  std::shared_ptr<EscapablePool> pool(ExecutorId id) const;  // null: it is gone, or none of threads

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
  std::atomic<std::uint32_t> m_processes{0};
  std::atomic<std::uint32_t> m_managers{0};
  std::function<void(std::string_view)> m_listener;
  Answerer m_answerer;
  std::string m_worker_program;
  std::atomic<bool> m_has_escapes{false};
  mutable Mutex m_mutex;
  std::map<LaneId, EscapeRequest> m_escapes LOITER_GUARDED_BY(m_mutex);
  std::map<ExecutorId, std::weak_ptr<EscapablePool>> m_escapable LOITER_GUARDED_BY(m_mutex);
  std::vector<const KillableWorker*> m_killable LOITER_GUARDED_BY(m_mutex);
};

}  // namespace loiter::futures
