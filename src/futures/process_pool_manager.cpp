// The manager's lane: it moves calls into the call queue, and results into their futures.
#include <fmt/format.h>

#include <utility>

#include "base/look_again.hpp"
#include "futures/process_pool.hpp"
#include "futures/worker_channel.hpp"

namespace loiter::futures {
namespace {

constexpr const char* broken_future_text =
    "A process in the process pool was terminated abruptly while the future was running or pending.";
constexpr std::size_t extra_queued_calls = 1;
constexpr std::int64_t look_nanoseconds = 20'000;

}  // namespace

void ProcessPool::manage() {
  {
    Lock lock(m_mutex);
    m_manager = &runtime::Runtime::current();
    m_manager_lane = m_manager->id();
  }
  try {
    if (feed_until_over()) return end_workers();
  } catch (const runtime::Aborted&) {
    throw;
  } catch (...) {  // a worker cannot be replaced, say: without a manager nothing would ever be finished again
    const ErrorText error = describe(std::current_exception());
    context.observer().logged(
        "CRITICAL", fmt::format("The manager of a process pool cannot go on: {}: {}", error.type, error.text));
  }
  break_down();
}

bool ProcessPool::feed_until_over() {
  for (;;) {
    fill_call_queue();
    News news = wait_for_news();
    if (news.is_broken) return false;
    if (news.result) use_result(*news.result);
    if (is_shutting_down()) {
      cancel_pending();
      fill_call_queue();  // drops those that are cancelled: nobody else would wake the manager for them
      if (nothing_is_pending()) return true;
    }
  }
}

void ProcessPool::fill_call_queue() {
  for (;;) {
    StateRef task;
    {
      Lock lock(m_mutex);
      if (m_calls.size() >= static_cast<std::size_t>(max_workers) + extra_queued_calls || m_work_ids.empty()) return;
      task = std::move(m_work_ids.front());
      m_work_ids.pop_front();
    }
    context.runtime().interleave();
    if (!task->enter_call_queue()) {
      forget(task->id());
      continue;
    }
    try {
      put_into_call_queue(task);
    } catch (const runtime::Aborted&) {
      throw;
    } catch (...) {  // it cannot cross: that future alone fails
      forget(task->id());
      task->set_exception(std::current_exception());
    }
  }
}

void ProcessPool::put_into_call_queue(const StateRef& task) {
  std::optional<std::string> call = task->encoded_call();
  if (!call) {
    throw Exception(
        fmt::format("Can't pickle <function {}>: worker processes know only functions that are registered for them",
                    name_of(task->id())),
        "PicklingError");
  }
  if (call->size() > largest_message) {
    throw ValueError(
        fmt::format("the arguments of {} take {} bytes, more than the 64 MiB that can be sent to a worker process",
                    name_of(task->id()), call->size()));
  }
  {
    Lock lock(m_mutex);
    m_calls.push_back({task, std::move(*call)});
    m_has_calls.store(true);
  }
  m_idle_lanes.task_added();
}

std::string ProcessPool::name_of(FutureId future) const {
  Lock lock(m_mutex);
  const auto found = m_pending.find(future);
  return found == m_pending.end() ? "?" : found->second.name;
}

StateRef ProcessPool::forget(FutureId future) {
  Lock lock(m_mutex);
  const auto found = m_pending.find(future);
  if (found == m_pending.end()) return {};
  StateRef task = std::move(found->second.task);
  m_pending.erase(found);
  return task;
}

ProcessPool::News ProcessPool::wait_for_news() {
  for (;;) {
    {
      Lock lock(m_mutex);
      if (!m_results.empty()) {
        News news{.is_broken = false, .result = std::move(m_results.front())};
        m_results.pop_front();
        m_is_woken = false;
        return news;
      }
      if (std::exchange(m_is_woken, false)) return {};
      if (m_has_death) return {.is_broken = true, .result = std::nullopt};
      m_has_news.store(false, std::memory_order_relaxed);  // who adds some does so under the lock, and then says it
    }
    const auto has_news = [this] { return m_has_news.load(std::memory_order_acquire); };
    if (context.runtime().spins() && look_again(look_nanoseconds, has_news)) continue;
    context.runtime().park({.on = runtime::WaitOn::Queue});
  }
}

void ProcessPool::use_result(CallResult& result) {
  if (const StateRef task = forget(result.future)) {
    if (result.answer.kind == Answer::Kind::Value) {
      task->set_encoded_result(result.answer.result);
    } else {
      task->set_error_of_call(exception_of(result.answer.error, result.answer.trace));
    }
  }
  if (!result.ended_worker) {
    Lock lock(m_mutex);
    ++m_idle;
    return;
  }
  context.runtime().join(*result.ended_worker);
  bool starts_worker = false;
  {
    Lock lock(m_mutex);
    --m_alive;
    std::erase(m_lanes, *result.ended_worker);
    starts_worker = reserve_worker_locked();
  }
  if (starts_worker) start_lane(start_process());
}

bool ProcessPool::is_shutting_down() const {
  Lock lock(m_mutex);
  return m_shut_down;
}

bool ProcessPool::is_broken() const {
  Lock lock(m_mutex);
  return m_is_broken;
}

bool ProcessPool::nothing_is_pending() const {
  Lock lock(m_mutex);
  return m_pending.empty();
}

void ProcessPool::cancel_pending() {
  std::vector<StateRef> pending;
  {
    Lock lock(m_mutex);
    if (!std::exchange(m_cancels_pending, false)) return;
    for (const auto& [future, call] : m_pending) pending.push_back(call.task);
    m_work_ids.clear();
  }
  for (const StateRef& task : pending) {
    if (task->cancel()) forget(task->id());
  }
}

void ProcessPool::break_down() {
  std::map<FutureId, PendingCall> pending;
  std::deque<QueuedCall> calls;
  {
    Lock lock(m_mutex);
    calls.swap(m_calls);  // a worker that has just been started must not take one
    m_is_broken = true;
    m_shut_down = true;
    context.observer().pool_broken(id, broken_process_pool_text);
    pending.swap(m_pending);
    m_work_ids.clear();
  }
  for (const auto& [future, call] : pending) {
    try {
      call.task->set_exception(std::make_exception_ptr(BrokenProcessPool(broken_future_text)));
    } catch (const InvalidStateError&) {  // cancelled: it stays so. CPython's manager thread dies of it.
    }
  }
  context.kill_workers_of(id);
  end_workers();
}

void ProcessPool::end_workers() {
  for (;;) {  // a submit() elsewhere may be starting one more
    std::vector<LaneId> lanes;
    {
      Lock lock(m_mutex);
      m_is_ending = true;
      m_has_calls.store(true);
      lanes.swap(m_lanes);
      m_is_manager_over = lanes.empty();
    }
    if (lanes.empty()) return;
    for (std::size_t i = 0; i < lanes.size(); ++i) m_idle_lanes.wake_one();
    for (const LaneId lane : lanes) context.runtime().join(lane);
    Lock lock(m_mutex);
    m_alive -= lanes.size();
  }
}

}  // namespace loiter::futures
