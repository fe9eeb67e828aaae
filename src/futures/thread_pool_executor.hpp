// ThreadPoolExecutor: runs calls on threads that it starts when they are needed and keeps.
//
//   submit --> queue --> an idle worker, or a new one while there are fewer than max_workers, or whoever is done first
//
// Shape    Starts a thread only if no worker is idle. Tasks begin in the order of submission. Worker n is named
//          PREFIX_n, the prefix being ThreadPoolExecutor-0, -1, ... unless given.
// Errors   ValueError "max_workers must be greater than 0"; after a failed initializer every future, and every later
//          submit, gets BrokenThreadPool. shutdown(wait) by one of its own workers: RuntimeError "cannot join current
//          thread", and the pool is shut down all the same.
// Threads  As Executor. The destructor waits for the workers, also while the run is being stopped.
// Source   CPython 3.11 Lib/concurrent/futures/thread.py; SEMANTICS T01 to T23.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "futures/executor.hpp"

namespace loiter::futures {

struct ThreadPoolOptions {
  std::optional<int> max_workers = std::nullopt;  // default: min(32, cores + 4)
  std::string thread_name_prefix = {};
  std::function<void()> initializer = nullptr;  // called by each worker before its first task
};

class ThreadPoolExecutor final : public Executor {
 public:
  explicit ThreadPoolExecutor(Context& context, ThreadPoolOptions options = {});
  ~ThreadPoolExecutor() override;

  void shutdown(ShutdownOptions options = {}) override;

  int max_workers() const;
  std::size_t thread_count() const;  // started so far
  ExecutorId id() const;

 private:
  class Core;
  void submit_task(const StateRef& task, const CallLabel& label) override;

  std::shared_ptr<Core> m_core;  // shared with the workers, which may outlive this handle
};

}  // namespace loiter::futures
