#include "futures/process_pool.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <system_error>
#include <thread>
#include <utility>

namespace loiter::futures {
namespace {

constexpr const char* shut_down_text = "cannot schedule new futures after shutdown";

}  // namespace

ProcessPool::ProcessPool(Context& shared, ProcessPoolOptions options)
    : context(shared),
      max_workers(workers_of(options)),
      id(shared.next_executor()),
      m_manager_number(shared.next_manager_number()),
      m_options(std::move(options)),
      m_idle_lanes(shared.runtime()) {
  context.observer().pool_created(id, fmt::format("ProcessPoolExecutor-{}", m_manager_number),
                                  static_cast<std::uint32_t>(max_workers));
}

void ProcessPool::submit(const StateRef& task, const CallLabel& label) {
  std::unique_ptr<ProcessWorker> new_worker;
  if (reserve_worker()) new_worker = start_process();
  bool starts_manager = false;
  {
    Lock lock(m_mutex);
    try {
      refuse_if_closed();
    } catch (...) {
      if (new_worker) --m_alive;
      throw;
    }
    context.observer().submitted(task->id(), id, label);
    m_pending.emplace(task->id(), PendingCall{.task = task, .name = std::string(label.name)});
    m_work_ids.push_back(task);
    m_is_woken = true;
    starts_manager = !std::exchange(m_has_manager, true);
  }
  wake_manager();
  if (new_worker) {
    try {
      start_lane(std::move(new_worker));
    } catch (...) {
      {
        Lock lock(m_mutex);
        if (starts_manager) m_has_manager = false;  // the next one to submit starts it
      }
      manager_is_known();
      throw;
    }
  }
  if (starts_manager) start_manager();
}

bool ProcessPool::shut_down(bool cancel_futures) {
  bool has_manager = false;
  {
    Lock lock(m_mutex);
    const bool first = !std::exchange(m_shut_down, true);
    m_cancels_pending = cancel_futures;
    if (first || cancel_futures) context.observer().pool_shut_down(id, cancel_futures);
    m_is_woken = true;
    has_manager = m_has_manager && !std::exchange(m_is_manager_forgotten, true);
  }
  wake_manager();
  return has_manager;
}

std::optional<LaneId> ProcessPool::manager() {
  for (;;) {  // a submit() elsewhere may be about to start it
    {
      Lock lock(m_mutex);
      if (m_manager_lane || !m_has_manager) return m_manager_lane;
      m_wait_for_manager.insert(&runtime::Runtime::current());
    }
    try {
      context.runtime().park({.on = runtime::WaitOn::Queue});
    } catch (const runtime::Aborted&) {
      Lock lock(m_mutex);
      m_wait_for_manager.erase(&runtime::Runtime::current());
      return std::nullopt;
    }
  }
}

void ProcessPool::manager_is_known() {
  std::set<runtime::Participant*> waiting;
  {
    Lock lock(m_mutex);
    waiting.swap(m_wait_for_manager);
  }
  for (runtime::Participant* const participant : waiting) context.runtime().unpark(*participant);
}

std::vector<LaneId> ProcessPool::worker_lanes() const {
  Lock lock(m_mutex);
  return m_lanes;
}

void ProcessPool::drop_tasks() {
  std::map<FutureId, PendingCall> pending;
  std::deque<StateRef> work_ids;
  std::deque<QueuedCall> calls;
  Lock lock(m_mutex);
  pending.swap(m_pending);
  work_ids.swap(m_work_ids);
  calls.swap(m_calls);
  lock.unlock();
}

std::size_t ProcessPool::process_count() const {
  Lock lock(m_mutex);
  return m_alive;
}

int ProcessPool::workers_of(const ProcessPoolOptions& options) {
  const int workers = options.max_workers.value_or(static_cast<int>(std::max(1U, std::thread::hardware_concurrency())));
  if (workers <= 0) throw ValueError("max_workers must be greater than 0");
  if (options.max_tasks_per_child && *options.max_tasks_per_child <= 0) {
    throw ValueError("max_tasks_per_child must be >= 1");
  }
  return workers;
}

void ProcessPool::refuse_if_closed() const {
  if (m_is_broken) throw BrokenProcessPool(broken_process_pool_text);
  if (m_shut_down) throw RuntimeError(shut_down_text);
}

bool ProcessPool::reserve_worker() {
  Lock lock(m_mutex);
  refuse_if_closed();
  return reserve_worker_locked();
}

bool ProcessPool::reserve_worker_locked() {
  if (m_idle > 0) {
    --m_idle;
    return false;
  }
  if (m_alive >= static_cast<std::size_t>(max_workers)) return false;
  ++m_alive;
  return true;
}

std::unique_ptr<ProcessWorker> ProcessPool::start_process() {
  try {
    return ProcessWorker::start(context);
  } catch (...) {
    Lock lock(m_mutex);
    --m_alive;
    throw;
  }
}

void ProcessPool::start_lane(std::unique_ptr<ProcessWorker> started) {
  runtime::LaneSpec spec{.name = fmt::format("Process-{}", context.next_process_number()),
                         .kind = runtime::LaneKind::Process,
                         .executor = id,
                         .pid = started->pid()};
  {
    Lock lock(m_mutex);
    context.observer().pool_grown(id, static_cast<std::uint32_t>(m_alive));
  }
  std::shared_ptr<ProcessWorker> worker = std::move(started);
  std::string name = spec.name;
  // The worker goes with the body, before its lane ends.
  auto body = [self = shared_from_this(), worker = std::move(worker), name = std::move(name)] {
    self->work(*worker, name);
  };
  try {
    register_lane(context.runtime().spawn(std::move(spec), std::move(body)));
  } catch (const std::system_error&) {
    Lock lock(m_mutex);
    --m_alive;
    throw RuntimeError("can't start new thread");
  }
}

void ProcessPool::register_lane(LaneId lane) {
  Lock lock(m_mutex);
  if (m_known_lanes.insert(lane).second) m_lanes.push_back(lane);
}

void ProcessPool::start_manager() {
  runtime::LaneSpec spec{
      .name = fmt::format("manager-{}", m_manager_number), .kind = runtime::LaneKind::Manager, .executor = id};
  std::optional<LaneId> lane;
  try {
    lane = context.runtime().spawn(std::move(spec), [self = shared_from_this()] { self->manage(); });
  } catch (...) {  // the system has no thread left: then the worker has nobody to end it
    std::size_t workers = 0;
    {
      Lock lock(m_mutex);
      m_has_manager = false;
      m_is_broken = true;
      m_is_ending = true;
      m_has_calls.store(true);
      workers = m_alive;
    }
    for (std::size_t i = 0; i < workers; ++i) m_idle_lanes.wake_one();
    manager_is_known();
    throw;
  }
  {
    Lock lock(m_mutex);
    m_manager_lane = lane;
  }
  manager_is_known();
}

void ProcessPool::wake_manager() {
  m_has_news.store(true, std::memory_order_release);
  runtime::Participant* manager = nullptr;
  {
    Lock lock(m_mutex);
    manager = m_manager;
  }
  if (manager != nullptr) context.runtime().unpark(*manager);
}

}  // namespace loiter::futures
