#include "futures/collector.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

#include "futures/escape.hpp"

namespace loiter::futures {

std::vector<AnyFuture> unique_futures(std::vector<AnyFuture> futures) {
  std::ranges::stable_sort(futures, {}, [](const AnyFuture& f) { return f.id(); });
  futures.erase(std::unique(futures.begin(), futures.end()), futures.end());
  return futures;
}

bool is_notified(const AnyFuture& future) {
  const FutureState state = future.state();
  return state == FutureState::Finished || state == FutureState::CancelledAndNotified;
}

FinishedCollector::FinishedCollector(std::vector<AnyFuture> futures, WakeOn wake_on)
    : m_wake_on(wake_on), m_futures(std::move(futures)), m_after(m_futures.size() + 1) {
  std::iota(m_after.begin(), m_after.end(), 0U);
  {
    SpinGuard guard(m_lock);
    m_waiter = &runtime::Runtime::current();
    m_finished.reserve(m_futures.size());
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
  return m_waiter;
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
  runtime.checkpoint();
  {
    SpinGuard guard(m_lock);
    m_waiter = &runtime::Runtime::current();
  }
  while (!is_ready()) {
    const Unfinished futures = unfinished();
    // One that raises is enough for FIRST_EXCEPTION: while any can still finish, so can the wait.
    const runtime::Reason reason{.on = on,
                                 .futures = futures.named,
                                 .more = futures.more,
                                 .any = m_wake_on != WakeOn::All,
                                 .first_exception = m_wake_on == WakeOn::FirstException};
    if (runtime.park(reason, deadline) == runtime::Wake::Timeout) return is_ready();
    Context& context = m_futures.front().shared().context();
    if (!context.has_escapes() || is_ready()) continue;
    const auto find = [this](FutureId id) -> SharedState* {
      const auto found = std::ranges::find(m_futures, id, &AnyFuture::id);
      return found == m_futures.end() ? nullptr : &found->shared();
    };
    if (answer_escape(context, find)) return is_ready();
  }
  return true;
}

FinishedCollector::Unfinished FinishedCollector::unfinished() {
  Unfinished result;
  const std::size_t end = m_futures.size();
  for (std::size_t link = 0; m_after[link] < end && result.named.size() < runtime::max_named_futures;) {
    const std::size_t i = m_after[link];
    if (is_notified(m_futures[i])) {
      m_after[link] = m_after[i + 1];
    } else {
      result.named.push_back(m_futures[i].id());
      link = i + 1;
    }
  }
  SpinGuard guard(m_lock);
  result.more = static_cast<std::uint32_t>(m_pending - std::min(m_pending, result.named.size()));
  return result;
}

}  // namespace loiter::futures
