#include "views/future_times.hpp"

#include <algorithm>

namespace loiter::views {

void FutureTimes::update(const trace::Run& run) {
  // A future that came late has taken its place before others: what was noted by row no longer holds.
  if (!m_in_order || run.futures().size() < size()) clear();
  take_in(run);
}

void FutureTimes::add_row(const trace::FutureRow& future) {
  m_in_order = m_in_order && future.id.value == size() + 1;
  for (std::vector<Instant>& column : m_columns) column.push_back(never);
  m_columns[Submitted].back() = future.submitted;
  m_rank.push_back(0);
  m_has_no_result.push_back(false);
}

void FutureTimes::take_in(const trace::Run& run) {
  while (size() < run.futures().size()) add_row(run.futures()[size()]);
  while (m_left_queue.size() < run.left_queue().size()) {
    const FutureId id = run.left_queue()[m_left_queue.size()];
    const std::size_t row = *row_of(run, id);
    m_columns[LeftQueue][row] = trace::left_queue_at(*run.future(id)).value_or(never);
    m_left_queue.push_back(static_cast<std::uint32_t>(row));
  }
  while (m_over.size() < run.over().size()) {
    const FutureId id = run.over()[m_over.size()];
    const std::size_t row = *row_of(run, id);
    const trace::FutureRow& future = *run.future(id);
    m_columns[Over][row] = trace::over_at(future).value_or(never);
    m_has_no_result[row] = future.cancelled || future.notified || future.outcome != trace::Outcome::Returned;
    m_over.push_back(static_cast<std::uint32_t>(row));
    m_rank[row] = static_cast<std::uint32_t>(m_over.size());
  }
  for (; m_deliveries_seen < run.deliveries().size(); ++m_deliveries_seen) {
    const trace::Delivery& delivery = run.deliveries()[m_deliveries_seen];
    const std::size_t row = *row_of(run, delivery.future);
    m_columns[Delivered][row] = std::min(m_columns[Delivered][row], delivery.t);
    if (delivery.by != trace::DeliveredBy::Map) continue;
    m_columns[ByMap][row] = std::min(m_columns[ByMap][row], delivery.t);
  }
}

std::size_t FutureTimes::submitted_by(Instant t) const {
  const std::vector<Instant>& submitted = m_columns[Submitted];
  const auto end = std::ranges::partition_point(submitted, [t](Instant moment) { return moment <= t; });
  return static_cast<std::size_t>(end - submitted.begin());
}

std::size_t FutureTimes::by(const std::vector<std::uint32_t>& rows, Moment moment, Instant t) const {
  const std::vector<Instant>& column = m_columns[moment];
  const auto end = std::ranges::partition_point(rows, [&](std::uint32_t row) { return column[row] <= t; });
  return static_cast<std::size_t>(end - rows.begin());
}

std::optional<std::size_t> FutureTimes::rank_of_row(std::size_t row) const {
  if (m_rank[row] == 0) return std::nullopt;
  return m_rank[row] - 1;
}

std::optional<std::size_t> FutureTimes::row_of(const trace::Run& run, FutureId id) const {
  const auto& futures = run.futures();
  const std::size_t own = id.value - 1;
  if (id != no_future && own < futures.size() && futures[own].id == id) return own;
  const auto found = std::ranges::find(futures, id, &trace::FutureRow::id);
  if (found == futures.end()) return std::nullopt;
  return static_cast<std::size_t>(found - futures.begin());
}

}  // namespace loiter::views
