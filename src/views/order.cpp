#include "views/order.hpp"

#include <algorithm>

#include "views/words.hpp"

namespace loiter::views {

void OrderIndex::update(const trace::Run& run, const FutureTimes& times) {
  if (m_sequence.size() > times.size()) clear();
  while (m_sequence.size() < times.size()) {
    const auto row = static_cast<std::uint32_t>(m_sequence.size());
    const trace::FutureRow& future = run.futures()[row];
    m_ready.push_back(never);
    m_held_by.push_back(none);
    if (!future.executor) {
      m_sequence.push_back(none);
      continue;
    }
    const auto next = static_cast<std::uint32_t>(m_sequences.size());
    const std::uint32_t sequence = m_sequence_of.try_emplace({future.submitter, *future.executor}, next).first->second;
    if (sequence == next) m_sequences.emplace_back();
    m_sequence.push_back(sequence);
    m_sequences[sequence].rows.push_back(row);
  }
  for (Sequence& sequence : m_sequences) advance(sequence, times);
}

void OrderIndex::advance(Sequence& sequence, const FutureTimes& times) {
  const std::vector<Instant>& over = times.column(FutureTimes::Over);
  for (; !sequence.ended && sequence.known < sequence.rows.size(); ++sequence.known) {
    const std::uint32_t row = sequence.rows[sequence.known];
    if (over[row] == never) return;
    if (over[row] < sequence.latest) {
      m_held_by[row] = sequence.slowest;
    } else {
      sequence.latest = over[row];
      sequence.slowest = row;
    }
    m_ready[row] = sequence.latest;
    sequence.ended = times.has_no_result(row);
  }
}

std::optional<std::size_t> OrderIndex::held_by(std::size_t row) const {
  if (m_held_by[row] == none) return std::nullopt;
  return m_held_by[row];
}

std::optional<std::size_t> OrderIndex::first_open(const FutureTimes& times, std::size_t row, Instant t) const {
  if (!is_of_call(row)) return std::nullopt;
  // What was ready later than t begins with a row that was not over at t, or with one after an exception.
  const std::vector<std::uint32_t>& rows = m_sequences[m_sequence[row]].rows;
  const auto open = std::ranges::partition_point(rows, [&](std::uint32_t other) { return m_ready[other] <= t; });
  if (open == rows.end() || times.column(FutureTimes::Over)[*open] <= t) return std::nullopt;
  return *open;
}

namespace {

// How a row that is over at t was, or is, held back.
struct Held {
  bool now = false;
  std::optional<std::size_t> by;
  Duration time{};
};

Held held_at(const FutureTimes& times, const OrderIndex& index, std::size_t row, Instant t) {
  const Instant over = times.column(FutureTimes::Over)[row];
  if (over > t || times.has_no_result(row)) return {};
  const Instant ready = index.ready_at(row);
  if (ready <= t) return {.now = false, .by = index.held_by(row), .time = ready - over};
  const auto open = index.first_open(times, row, t);
  if (!open || *open >= row) return {};
  return {.now = true, .by = open, .time = t - over};
}

Instant mapped_at(const FutureTimes& times, const OrderIndex& index, std::size_t row) {
  const Instant did = times.column(FutureTimes::ByMap)[row];
  return did != never ? did : index.ready_at(row);
}

}  // namespace

OrderSums order_sums(const FutureTimes& times, const OrderIndex& index, Instant t) {
  OrderSums sums;
  sums.submitted = times.submitted_by(t);
  sums.over = times.over_by(t);
  if (sums.over > 0) sums.first_completed = times.column(FutureTimes::Over)[times.row_of_rank(0)];
  std::vector<std::uint32_t> now(sums.submitted, 0);   // how many each row holds back
  std::vector<std::uint32_t> once(sums.submitted, 0);  // and has held back
  Instant first_mapped = never;
  for (std::size_t row = 0; row < sums.submitted; ++row) {
    if (index.is_of_call(row)) first_mapped = std::min(first_mapped, mapped_at(times, index, row));
    if (!sums.ended_by && times.has_no_result(row) && index.ready_at(row) <= t) sums.ended_by = row;
    const Held held = held_at(times, index, row, t);
    if (!held.by) continue;
    ++sums.held;
    sums.held_now += held.now ? 1 : 0;
    sums.held_for += held.time;
    ++(held.now ? now : once)[*held.by];
  }
  if (first_mapped <= t) sums.first_mapped = first_mapped;
  if (sums.held == 0) return sums;
  const std::vector<std::uint32_t>& counts = sums.held_now > 0 ? now : once;
  const auto most = std::ranges::max_element(counts);
  sums.holder = static_cast<std::size_t>(most - counts.begin());
  sums.several_holders = *most != (sums.held_now > 0 ? sums.held_now : sums.held);
  return sums;
}

OrderRow order_row(const trace::Run& run, const FutureTimes& times, const OrderIndex& index, std::size_t row,
                   Instant t) {
  const trace::FutureRow& future = run.futures()[row];
  OrderRow out;
  out.id = future.id;
  out.number = std::to_string(future.id.value);
  out.label = future_name(run, future.id);
  out.look = look_at(future, t).value_or(StateLook::Pending);
  out.submitted = future.submitted;
  out.of_call = index.is_of_call(row);
  if (future.began && *future.began <= t) out.began = future.began;
  if (const Instant over = times.column(FutureTimes::Over)[row]; over <= t) {
    out.over = over;
    out.rank = times.rank_of_row(row);
    out.held_by = held_at(times, index, row, t).by;
  }
  if (const Instant mapped = mapped_at(times, index, row); mapped <= t && !times.has_no_result(row))
    out.mapped = mapped;
  return out;
}

}  // namespace loiter::views
