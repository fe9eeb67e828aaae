#include "futures/thread_pool_executor.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <system_error>
#include <thread>
#include <vector>

#include "base/ticks.hpp"
#include "futures/errors.hpp"
#include "futures/escape.hpp"
#include "futures/idle_workers.hpp"
#include "futures/task_queue.hpp"

namespace loiter::futures {
namespace {
constexpr const char* broken_text = "A thread initializer failed, the thread pool is not usable anymore";
constexpr const char* shut_down_text = "cannot schedule new futures after shutdown";
}  // namespace

// What the handle and the workers share.
class ThreadPoolExecutor::Core final : public EscapablePool, public std::enable_shared_from_this<Core> {
 public:
  Core(Context& shared, ThreadPoolOptions options)
      : context(shared),
        max_workers(workers_of(options)),
        id(shared.next_executor()),
        m_idle_workers(shared.runtime()),
        m_initializer(std::move(options.initializer)) {
    m_prefix = options.thread_name_prefix.empty() ? fmt::format("ThreadPoolExecutor-{}", context.next_pool_number())
                                                  : std::move(options.thread_name_prefix);
    context.observer().pool_created(id, m_prefix, static_cast<std::uint32_t>(max_workers));
  }

  void submit(const std::shared_ptr<Core>& self, const StateRef& task, const CallLabel& label) {
    std::optional<std::uint32_t> new_worker;
    {
      SpinGuard guard(m_submit_lock);
      if (m_broken) throw BrokenThreadPool(broken_text);
      if (m_shut_down.load(std::memory_order_relaxed)) throw RuntimeError(shut_down_text);
      context.observer().submitted(task->id(), id, label);
      m_queue.push(task);
      new_worker = worker_to_start();
    }
    m_idle_workers.task_added();
    if (new_worker) start_worker(self, *new_worker);
  }

  void add_worker() override {
    std::uint32_t index = 0;
    {
      SpinGuard guard(m_submit_lock);
      index = m_started++;
      if (m_started >= static_cast<std::uint32_t>(max_workers)) m_all_started.store(true, std::memory_order_relaxed);
      context.observer().pool_grown(id, m_started);
    }
    start_worker(shared_from_this(), index);
  }
  StateRef take_out(FutureId future) override {
    StateRef task = m_queue.take_out(future);
    m_idle_workers.task_taken([this] { return !m_queue.is_empty(); });
    return task;
  }

  void shut_down(ShutdownOptions options) {
    const bool first = close(options.cancel_futures);
    if (options.cancel_futures) {
      while (const StateRef task = m_queue.take_for_sure()) task->cancel();
    }
    if (first) m_idle_workers.wake_one();
  }

  // The workers one after the other, to be joined: one that submits starts the next ones before it ends, and a submit()
  // elsewhere may be about to. None once all are given, or if the run is being stopped and one cannot be had.
  std::optional<LaneId> worker(std::size_t index) const {
    for (;;) {
      {
        SpinGuard guard(m_submit_lock);
        if (index < m_workers.size()) return m_workers[index];
        if (m_workers.size() == m_started || context.runtime().is_stopping()) return std::nullopt;
      }
      context.runtime().interleave();
      std::this_thread::yield();
    }
  }
  // Those that nobody will take any more. By a participant: what a call has captured may need one to go.
  void drop_tasks() {
    while (m_queue.take_for_sure()) {
    }
  }
  std::size_t thread_count() const {
    SpinGuard guard(m_submit_lock);
    return m_started;
  }

  Context& context;
  const int max_workers;
  const ExecutorId id;

 private:
  static int workers_of(const ThreadPoolOptions& options) {
    const int workers = options.max_workers.value_or(
        std::min(32, static_cast<int>(std::max(1U, std::thread::hardware_concurrency())) + 4));
    if (workers <= 0) throw ValueError("max_workers must be greater than 0");
    return workers;
  }

  // CPython counts a worker as idle after each task, and starts one only if that count is 0. Once all have been
  // started the count decides nothing, so it is not kept.
  std::optional<std::uint32_t> worker_to_start() LOITER_REQUIRES(m_submit_lock) {
    if (m_all_started.load(std::memory_order_relaxed)) return std::nullopt;
    int idle = m_idle_count.load(std::memory_order_relaxed);
    while (idle > 0) {
      if (m_idle_count.compare_exchange_weak(idle, idle - 1)) return std::nullopt;
    }
    const std::uint32_t index = m_started++;
    if (m_started == static_cast<std::uint32_t>(max_workers)) m_all_started.store(true, std::memory_order_relaxed);
    context.observer().pool_grown(id, m_started);
    return index;
  }

  void start_worker(const std::shared_ptr<Core>& self, std::uint32_t index) {
    runtime::LaneSpec spec{
        .name = fmt::format("{}_{}", m_prefix, index), .kind = runtime::LaneKind::Thread, .executor = id};
    try {
      register_worker(context.runtime().spawn(std::move(spec), [self] { self->work(); }));
    } catch (const std::system_error&) {
      start_failed();
      throw RuntimeError("can't start new thread");
    } catch (...) {
      start_failed();
      throw;
    }
  }

  void start_failed() {
    SpinGuard guard(m_submit_lock);
    --m_started;
    m_all_started.store(false, std::memory_order_relaxed);
  }

  // By the worker, so that its first task can shut the pool down, and by its starter, so that a shutdown right after
  // submit() waits for it: whoever comes first.
  void register_worker(LaneId lane) {
    SpinGuard guard(m_submit_lock);
    if (std::find(m_workers.begin(), m_workers.end(), lane) == m_workers.end()) m_workers.push_back(lane);
  }

  void work() {
    register_worker(runtime::Runtime::current().id());
    try {
      if (!m_initializer || initialize()) work_until_shut_down();
    } catch (const runtime::Aborted&) {
      drop_tasks();
      throw;
    }
  }

  void work_until_shut_down() {
    for (;;) {
      context.runtime().checkpoint();
      StateRef task = m_queue.take();
      if (!task && m_shut_down.load()) {
        task = m_queue.take_for_sure();  // it may have been added between the two
        if (!task) {
          m_idle_workers.wake_one();  // the next one sees the same
          return;
        }
      }
      if (!task) {
        m_idle_workers.wait_for_task([this] { return !m_queue.is_empty() || m_shut_down.load(); });
        continue;
      }
      m_idle_workers.task_taken([this] { return !m_queue.is_empty(); });
      context.runtime().interleave();
      task->run();
      task = {};
      if (!m_all_started.load(std::memory_order_relaxed)) m_idle_count.fetch_add(1, std::memory_order_relaxed);
      context.runtime().interleave();
    }
  }

  bool initialize() {
    try {
      m_initializer();
      return true;
    } catch (const runtime::Aborted&) {
      throw;
    } catch (...) {
      const ErrorText error = describe(std::current_exception());
      context.observer().logged("CRITICAL", fmt::format("Exception in initializer: ({}: {})", error.type, error.text));
    }
    {
      SpinGuard guard(m_submit_lock);
      m_broken = true;
      context.observer().pool_broken(id, broken_text);
    }
    while (const StateRef task = m_queue.take_for_sure()) break_task(*task);
    return false;
  }

  // A cancelled one stays as it is. CPython's worker dies of it and leaves the rest of the queue pending for ever.
  static void break_task(SharedState& task) {
    try {
      task.set_exception(std::make_exception_ptr(BrokenThreadPool(broken_text)));
    } catch (const InvalidStateError&) {
    }
  }

  bool close(bool cancel_futures) {
    SpinGuard guard(m_submit_lock);
    const bool first = !m_shut_down.exchange(true);
    if (first || cancel_futures) context.observer().pool_shut_down(id, cancel_futures);
    return first;
  }

  std::string m_prefix;
  mutable SpinLock m_submit_lock;
  TaskQueue m_queue;  // push() under m_submit_lock
  IdleWorkers m_idle_workers;
  std::atomic<bool> m_shut_down{false};
  bool m_broken LOITER_GUARDED_BY(m_submit_lock) = false;
  std::uint32_t m_started LOITER_GUARDED_BY(m_submit_lock) = 0;
  std::vector<LaneId> m_workers LOITER_GUARDED_BY(m_submit_lock);
  std::atomic<bool> m_all_started{false};
  std::atomic<int> m_idle_count{0};
  std::function<void()> m_initializer;
};

ThreadPoolExecutor::ThreadPoolExecutor(Context& context, ThreadPoolOptions options)
    : Executor(context), m_core(std::make_shared<Core>(context, std::move(options))) {
  context.register_pool(m_core->id, m_core);
}

ThreadPoolExecutor::~ThreadPoolExecutor() {
  try {
    m_core->shut_down({});
  } catch (const runtime::Aborted&) {  // from a checkpoint; the workers unwind too, and are waited for
  }
  for (std::size_t i = 0; const auto worker = m_core->worker(i); ++i) {
    // A task may hold the last handle of its own pool.
    if (*worker != runtime::Runtime::current().id()) context().runtime().join_for_cleanup(*worker);
  }
  m_core->drop_tasks();
}

void ThreadPoolExecutor::submit_task(const StateRef& task, const CallLabel& label) {
  m_core->submit(m_core, task, label);
}

void ThreadPoolExecutor::shutdown(ShutdownOptions options) {
  context().runtime().checkpoint();
  context().runtime().interleave();
  m_core->shut_down(options);
  if (!options.wait) return;
  for (std::size_t i = 0; const auto worker = m_core->worker(i); ++i) {
    if (*worker == runtime::Runtime::current().id()) throw RuntimeError("cannot join current thread");
    context().runtime().join(*worker);
  }
}

int ThreadPoolExecutor::max_workers() const { return m_core->max_workers; }
std::size_t ThreadPoolExecutor::thread_count() const { return m_core->thread_count(); }
ExecutorId ThreadPoolExecutor::id() const { return m_core->id; }

}  // namespace loiter::futures
