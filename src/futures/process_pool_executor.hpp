// ProcessPoolExecutor: runs calls in worker processes, through a manager that feeds them.
//
//   submit --> work ids --manager--> call queue (workers + 1) --> worker --> results --manager--> future
//
// Shape    A future says RUNNING from the call queue on. The manager fills the queue when a submit, a result or a
//          shutdown wakes it, never because a worker took something. Workers are started on demand, as CPython's spawn
//          method does: none while one is idle. They are the lanes Process-1, Process-2, ...; the manager is manager-0.
//          Only calls of a RemoteFunction cross; any other future fails with PicklingError, and the pool lives on.
// Errors   ValueError for bad options. A worker that dies breaks the pool: every unfinished future, and every later
//          submit, gets BrokenProcessPool. std::system_error from submit() if no worker can be started.
// Threads  As Executor. Results are set, and callbacks called, by the manager. The destructor waits for manager and
//          workers, also while the run is being stopped.
// Source   CPython 3.11 Lib/concurrent/futures/process.py; SEMANTICS P02 to P20.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>

#include "futures/executor.hpp"

namespace loiter::futures {

class ProcessPool;

struct ProcessPoolOptions {
  std::optional<int> max_workers = std::nullopt;  // default: the number of cores
  std::string initializer = {};  // an encoded call (encode_call), run by each worker before its first task
  std::optional<int> max_tasks_per_child = std::nullopt;  // after so many a worker is replaced by a new one
};

// The call of a remote function with these arguments as bytes, for an initializer.
template <class Function, class... Bound>
std::string encode_call(Context& context, const RemoteCallable<Function, Bound...>& callable) {
  return remote_call(context, callable).encode();
}

class ProcessPoolExecutor final : public Executor {
 public:
  explicit ProcessPoolExecutor(Context& context, ProcessPoolOptions options = {});
  ~ProcessPoolExecutor() override;

  // CPython forgets its manager in the first call, so a later one does not wait.
  void shutdown(ShutdownOptions options = {}) override;

  int max_workers() const;
  std::size_t process_count() const;  // those that live
  ExecutorId id() const;

 private:
  const char* map_generator() const override { return "_chain_from_iterable_of_lists"; }
  bool maps_in_chunks() const override { return true; }
  void submit_task(const StateRef& task, const CallLabel& label) override;

  std::shared_ptr<ProcessPool> m_pool;  // shared with manager and workers, which may outlive this handle
};

}  // namespace loiter::futures
