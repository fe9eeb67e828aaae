// SequentialExecutor: runs each call at submit, in the submitting thread: the baseline that every speed-up is over.
//
// Shape    A future is finished by the time submit() returns it. A task that submits runs the inner one inside itself.
// Errors   As Executor.
// Threads  As Executor; calls submitted by several participants run on each of them.
#pragma once

#include <atomic>

#include "futures/executor.hpp"

namespace loiter::futures {

class SequentialExecutor final : public Executor {
 public:
  explicit SequentialExecutor(Context& context);
  ~SequentialExecutor() override;

  void shutdown(ShutdownOptions options = {}) override;

 private:
  void submit_task(const StateRef& task, const CallLabel& label) override;

  const ExecutorId m_id;
  std::atomic<bool> m_shut_down{false};
};

}  // namespace loiter::futures
