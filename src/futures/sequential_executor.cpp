#include "futures/sequential_executor.hpp"

#include "futures/errors.hpp"

namespace loiter::futures {

SequentialExecutor::SequentialExecutor(Context& context) : Executor(context), m_id(context.next_executor()) {
  context.observer().pool_created(m_id, "SequentialExecutor", 0);
}

SequentialExecutor::~SequentialExecutor() { SequentialExecutor::shutdown(); }

void SequentialExecutor::submit_task(const StateRef& task, const CallLabel& label) {
  if (m_shut_down.load()) throw RuntimeError("cannot schedule new futures after shutdown");
  context().observer().submitted(task->id(), m_id, label);
  task->run();
}

void SequentialExecutor::shutdown(ShutdownOptions options) {
  if (!m_shut_down.exchange(true)) context().observer().pool_shut_down(m_id, options.cancel_futures);
}

}  // namespace loiter::futures
