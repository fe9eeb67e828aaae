// The lanes that stand for worker processes: each takes calls from the queue and gives them to its process.
#include <fmt/format.h>

#include <utility>

#include "futures/process_pool.hpp"

namespace loiter::futures {

void ProcessPool::work(ProcessWorker& worker, const std::string& name) {
  const LaneId lane = runtime::Runtime::current().id();
  register_lane(lane);
  {
    const Context::KillableWorker killable(context, id, name, [&worker] { worker.kill(); });
    if (is_broken()) worker.kill();  // it came too late to be killed with the others
    take_calls(worker, lane);
  }
  Lock lock(m_mutex);
  if (m_is_manager_over && std::erase(m_lanes, lane) > 0) --m_alive;
}

void ProcessPool::take_calls(ProcessWorker& worker, LaneId lane) {
  if (!is_ready(worker)) return report_death();
  for (int tasks = 1;; ++tasks) {
    std::optional<QueuedCall> call = next_call(worker);
    if (!call) return;
    const bool is_last = m_options.max_tasks_per_child && tasks >= *m_options.max_tasks_per_child;
    if (!run(worker, *call, is_last ? std::optional(lane) : std::nullopt)) return report_death();
    if (is_last) return;
  }
}

bool ProcessPool::is_ready(ProcessWorker& worker) {
  const Answer answer = worker.begin(m_options.initializer);
  if (answer.kind == Answer::Kind::Raised) {
    context.observer().logged("CRITICAL",
                              fmt::format("Exception in initializer: ({}: {})", answer.error.type, answer.error.text));
  }
  return answer.kind == Answer::Kind::Value;
}

std::optional<ProcessPool::QueuedCall> ProcessPool::next_call(ProcessWorker& worker) {
  for (;;) {
    context.runtime().checkpoint();
    if (worker.is_dead()) {
      report_death();
      return std::nullopt;
    }
    std::optional<QueuedCall> call;
    {
      Lock lock(m_mutex);
      if (!m_calls.empty()) {
        call = std::move(m_calls.front());
        m_calls.pop_front();
      } else if (m_is_ending) {
        return std::nullopt;
      }
      m_has_calls.store(!m_calls.empty() || m_is_ending);
    }
    const auto has_calls = [this] { return m_has_calls.load(); };
    if (call) {
      m_idle_lanes.task_taken(has_calls);
      return call;
    }
    m_idle_lanes.wait_for_task([&] { return has_calls() || worker.is_dead(); });
  }
}

bool ProcessPool::run(ProcessWorker& worker, const QueuedCall& call, std::optional<LaneId> ended_worker) {
  const FutureId future = call.task->id();
  context.observer().call_began(future);
  Answer answer;
  {
    const Executing executing(future);
    answer = worker.run(call.call);
  }
  if (answer.kind == Answer::Kind::Died) return false;
  ErrorText told = answer.error;
  if (answer.kind == Answer::Kind::Value) {
    try {
      told = call.task->describe_encoded(answer.result);
    } catch (const runtime::Aborted&) {
      throw;
    } catch (...) {  // bytes that are no such result
      worker.kill();
      return false;
    }
  }
  const Outcome outcome = answer.kind == Answer::Kind::Value ? Outcome::Returned : Outcome::Raised;
  context.observer().call_ended(future, outcome,
                                {.type = told.type.c_str(), .type_is_static = false, .text = told.text});
  {
    Lock lock(m_mutex);
    m_results.push_back({future, std::move(answer), ended_worker});
  }
  wake_manager();
  return true;
}

void ProcessPool::report_death() {
  {
    Lock lock(m_mutex);
    m_has_death = true;
  }
  wake_manager();
}

}  // namespace loiter::futures
