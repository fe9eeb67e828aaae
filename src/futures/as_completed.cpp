#include "futures/as_completed.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "futures/errors.hpp"

namespace loiter::futures {

std::optional<AnyFuture> AsCompletedIterator::next() {
  if (!std::exchange(m_started, true)) begin_waiting();
  if (m_given == m_total) {
    close();
    return std::nullopt;
  }
  if (m_ready.empty()) wait_for_more();
  AnyFuture future = std::move(m_ready.front());
  m_ready.pop_front();
  future.shared().context().observer().delivered(future.id(), DeliveredBy::AsCompleted,
                                                 static_cast<std::uint32_t>(m_given++));
  return future;
}

void AsCompletedIterator::close() {
  m_started = true;
  m_total = m_given;
  m_collector.reset();
  m_ready.clear();
  m_futures.clear();
}

void AsCompletedIterator::begin_waiting() {
  std::vector<AnyFuture> futures = unique_futures(std::exchange(m_futures, {}));
  m_total = futures.size();
  if (futures.empty()) return;
  const Context& context = futures.front().shared().context();
  m_runtime = &context.runtime();
  m_runtime->checkpoint();
  m_runtime->interleave();
  m_deadline = context.deadline_in(m_timeout);
  m_collector = std::make_unique<FinishedCollector>(std::move(futures), FinishedCollector::WakeOn::Each);
  std::ranges::move(m_collector->take_finished(), std::back_inserter(m_ready));
}

// At least one more future in m_ready, or a TimeoutError that ends the iterator. As in CPython those that finished while
// the caller was elsewhere until after the deadline come too late.
void AsCompletedIterator::wait_for_more() {
  while (m_ready.empty()) {
    if (is_too_late() || !m_collector->wait(m_deadline, runtime::WaitOn::AsCompleted)) {
      const std::string text = fmt::format("{} (of {}) futures unfinished", m_total - m_given, m_total);
      close();
      throw TimeoutError(text);
    }
    std::ranges::move(m_collector->take_finished(), std::back_inserter(m_ready));
  }
}

bool AsCompletedIterator::is_too_late() const { return m_deadline && m_runtime->now() > *m_deadline; }

}  // namespace loiter::futures
