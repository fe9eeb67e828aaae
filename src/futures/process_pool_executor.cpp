#include "futures/process_pool_executor.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "futures/process_pool.hpp"

namespace loiter::futures {

ProcessPoolExecutor::ProcessPoolExecutor(Context& context, ProcessPoolOptions options)
    : Executor(context), m_pool(std::make_shared<ProcessPool>(context, std::move(options))) {}

ProcessPoolExecutor::~ProcessPoolExecutor() {
  m_pool->shut_down(false);
  const LaneId me = runtime::Runtime::current().id();
  const auto manager = m_pool->manager();
  const std::vector<LaneId> workers = m_pool->worker_lanes();
  // A callback in the manager may hold the last handle of the pool; then nobody is waited for: the manager itself ends
  // the workers, once it has returned from here.
  if (manager == me || std::ranges::find(workers, me) != workers.end()) return;
  if (manager) context().runtime().join_for_cleanup(*manager);
  for (const LaneId worker : m_pool->worker_lanes()) context().runtime().join_for_cleanup(worker);
  m_pool->drop_tasks();
}

void ProcessPoolExecutor::submit_task(const StateRef& task, const CallLabel& label) { m_pool->submit(task, label); }

void ProcessPoolExecutor::shutdown(ShutdownOptions options) {
  context().runtime().checkpoint();
  context().runtime().interleave();
  const bool may_wait = m_pool->shut_down(options.cancel_futures);
  if (!may_wait || !options.wait) return;
  const auto manager = m_pool->manager();
  if (!manager) return;
  if (*manager == runtime::Runtime::current().id()) throw RuntimeError("cannot join current thread");
  context().runtime().join(*manager);
}

int ProcessPoolExecutor::max_workers() const { return m_pool->max_workers; }
std::size_t ProcessPoolExecutor::process_count() const { return m_pool->process_count(); }
ExecutorId ProcessPoolExecutor::id() const { return m_pool->id; }

}  // namespace loiter::futures
