#include "futures/collector.hpp"

#include <algorithm>
#include <utility>

namespace loiter::futures {

std::vector<AnyFuture> unique_futures(std::vector<AnyFuture> futures) {
  std::ranges::stable_sort(futures, {}, [](const AnyFuture& f) { return f.id(); });
  const auto rest = std::ranges::unique(futures);
  futures.erase(rest.begin(), rest.end());
  return futures;
}

bool is_notified(const AnyFuture& future) {
  const FutureState state = future.state();
  return state == FutureState::Finished || state == FutureState::CancelledAndNotified;
}

FinishedCollector::FinishedCollector(std::vector<AnyFuture> futures, WakeOn wake_on)
    : m_wake_on(wake_on), m_waiter(runtime::Runtime::current()), m_futures(std::move(futures)) {
  {
    SpinGuard guard(m_lock);
    m_pending = m_futures.size();
  }
  for (AnyFuture& future : m_futures) {
    bool raised = false;
    if (!future.shared().watch(m_watchers.emplace_back(*this), raised)) future_done(future.shared(), raised);
  }
}

FinishedCollector::~FinishedCollector() {
  for (std::size_t i = 0; i < m_watchers.size(); ++i) m_futures[i].shared().unwatch(m_watchers[i]);
}

runtime::Participant* FinishedCollector::future_done(SharedState& future, bool raised) {
  SpinGuard guard(m_lock);
  m_finished.emplace_back(StateRef::share(future));
  --m_pending;
  const bool enough = m_wake_on == WakeOn::Each || m_pending == 0 || (raised && m_wake_on == WakeOn::FirstException);
  if (!enough || m_ready) return nullptr;
  m_ready = true;
  return &m_waiter;
}

std::vector<AnyFuture> FinishedCollector::take_finished() {
  SpinGuard guard(m_lock);
  m_ready = false;
  return std::exchange(m_finished, {});
}

bool FinishedCollector::is_ready() const {
  SpinGuard guard(m_lock);
  return m_ready;
}

bool FinishedCollector::wait(Deadline deadline, runtime::WaitOn on) {
  runtime::Runtime& runtime = m_futures.front().shared().context().runtime();
  while (!is_ready()) {
    const Unfinished futures = unfinished();
    const runtime::Reason reason{
        .on = on, .futures = futures.named, .more = futures.more, .any = m_wake_on == WakeOn::Each};
    if (runtime.park(reason, deadline) == runtime::Wake::Timeout) return is_ready();
  }
  return true;
}

FinishedCollector::Unfinished FinishedCollector::unfinished() {
  Unfinished result;
  const auto size = m_futures.size();
  while (m_first_unfinished < size && is_notified(m_futures[m_first_unfinished])) ++m_first_unfinished;
  std::size_t i = m_first_unfinished;
  for (; i < size && result.named.size() < runtime::max_named_futures; ++i) {
    if (!is_notified(m_futures[i])) result.named.push_back(m_futures[i].id());
  }
  result.more = static_cast<std::uint32_t>(std::count_if(
      m_futures.begin() + static_cast<std::ptrdiff_t>(i), m_futures.end(), [](const AnyFuture& f) { return !is_notified(f); }));
  return result;
}

}  // namespace loiter::futures
