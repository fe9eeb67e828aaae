#include "views/futures_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <limits>
#include <numeric>

#include "base/text.hpp"
#include "views/downloads.hpp"
#include "views/words.hpp"

namespace loiter::views {
namespace {

using trace::FutureRow;
using trace::Outcome;

constexpr std::int64_t never = std::numeric_limits<std::int64_t>::max();

// An instant that has come by t.
std::optional<Instant> by(const std::optional<Instant>& moment, Instant t) {
  return moment && *moment <= t ? moment : std::nullopt;
}

std::int64_t count_of(const std::optional<Instant>& moment) {
  return moment ? moment->time_since_epoch().count() : never;
}

// When it stopped taking its worker's time; with a promise completed by hand there is no task.
std::optional<Instant> ended_by(const FutureRow& future, Instant t) {
  return by(future.task_ended ? future.task_ended : future.finished, t);
}

std::size_t submitted_by(const trace::Run& run, Instant t) {
  const auto& futures = run.futures();
  const auto end =
      std::ranges::partition_point(futures, [t](const FutureRow& future) { return future.submitted <= t; });
  return static_cast<std::size_t>(end - futures.begin());
}

std::int64_t sort_key(const FutureRow& future, FuturesColumn column, Instant t) {
  switch (column) {
    case FuturesColumn::State:
      return static_cast<std::int64_t>(look_at(future, t).value_or(StateLook::Pending));
    case FuturesColumn::Worker:
      return by(future.began, t) && future.worker ? future.worker->value : never;
    case FuturesColumn::Began:
      return count_of(by(future.began, t));
    case FuturesColumn::Duration: {
      const auto began = by(future.began, t);
      return began ? (ended_by(future, t).value_or(t) - *began).count() : never;
    }
    default:
      return 0;
  }
}

std::string_view sort_text(const FutureRow& future, FuturesColumn column, Instant t) {
  if (column == FuturesColumn::Label) return future.label;
  if (!by(future.finished, t)) return {};
  return future.outcome == Outcome::Raised ? std::string_view(future.type) : std::string_view(future.text);
}

}  // namespace

bool natural_less(std::string_view a, std::string_view b) {
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  std::size_t i = 0;
  std::size_t j = 0;
  while (i < a.size() && j < b.size()) {
    if (!digit(a[i]) || !digit(b[j])) {
      if (a[i] != b[j]) return a[i] < b[j];
      ++i;
      ++j;
      continue;
    }
    while (i + 1 < a.size() && a[i] == '0' && digit(a[i + 1])) ++i;
    while (j + 1 < b.size() && b[j] == '0' && digit(b[j + 1])) ++j;
    const std::size_t i0 = i;
    const std::size_t j0 = j;
    while (i < a.size() && digit(a[i])) ++i;
    while (j < b.size() && digit(b[j])) ++j;
    if (i - i0 != j - j0) return i - i0 < j - j0;
    if (const int order = a.substr(i0, i - i0).compare(b.substr(j0, j - j0)); order != 0) return order < 0;
  }
  return a.size() - i < b.size() - j;
}

FutureCells future_cells(const trace::Run& run, const FutureRow& future, Instant t) {
  FutureCells cells;
  cells.id = future.id;
  cells.number = std::to_string(future.id.value);
  cells.label = future_name(run, future.id);
  cells.look = look_at(future, t).value_or(StateLook::Pending);
  cells.state = state_word(cells.look);
  if (future.outcome == Outcome::Aborted && ended_by(future, t)) cells.state = "stopped";
  if (const auto began = by(future.began, t)) {
    cells.worker = future.worker;
    cells.began = fmt::format("{:.2f}", to_seconds(*began));
    cells.duration = fmt::format("{:.2f}", to_seconds(ended_by(future, t).value_or(t) - *began));
  }
  if (by(future.finished, t)) {
    cells.result = printable(future.outcome == Outcome::Raised ? future.type : future.text, 200);
    cells.unread_exception = trace::unread_exception_at(future, t);
  } else if (const auto share = trace::progress_at(future, t)) {
    cells.result = fmt::format("{:.0f} %", std::floor(*share * 100));
  }
  return cells;
}

std::vector<std::string> future_facts(const trace::Run& run, const FutureRow& future, Instant t) {
  const FutureCells cells = future_cells(run, future, t);
  std::vector<std::string> facts{cells.label + ", " + cells.state};
  facts.push_back("submitted at " + seconds_text(future.submitted) + " by " + lane_name(run, future.submitter));
  if (const auto began = by(future.began, t)) {
    const auto ended = ended_by(future, t);
    const std::string until = ended ? " to " + seconds_text(*ended) : " until now";
    facts.push_back("ran from " + seconds_text(*began) + until + " (" + cells.duration + " s)" +
                    (future.worker ? " on " + lane_name(run, *future.worker) : ""));
    if (const auto stages = download_stages(run, future, t)) {
      facts.push_back(fmt::format("connected in {}, waited {} for the answer, received for {}",
                                  seconds_text(stages->connect), seconds_text(stages->wait),
                                  seconds_text(stages->receive)));
    }
  } else if (cells.look == StateLook::CallQueue) {
    facts.push_back("says running, but lies in the process pool's call queue; it cannot be cancelled any more");
  } else if (cells.look == StateLook::Pending) {
    facts.push_back("waits in the queue for a worker");
  }
  if (by(future.finished, t)) {
    if (future.outcome == Outcome::Raised) {
      facts.push_back(printable("raised " + future.type + (future.text.empty() ? "" : ": " + future.text), 200));
    } else {
      facts.push_back(printable("returned " + future.text, 200));
    }
  }
  if (cells.unread_exception) facts.push_back("nobody has asked for its result: the exception is unread");
  facts.push_back(python_future_repr(future, t));
  return facts;
}

void FuturesOrder::clear() { *this = {}; }

// Most of the time little has changed: the order of before, with the new ones at its end, often holds still.
template <class Keys, class Less>
void FuturesOrder::sort(const Keys& keys, const Less& less) {
  const auto before = [&](std::uint32_t a, std::uint32_t b) {
    const auto& first = m_descending ? keys[b] : keys[a];
    const auto& second = m_descending ? keys[a] : keys[b];
    if (less(first, second)) return true;
    return !less(second, first) && a < b;
  };
  if (!std::ranges::is_sorted(m_order, before)) std::ranges::sort(m_order, before);
}

void FuturesOrder::update(const trace::Run& run, Instant t, FuturesColumn column, bool descending) {
  const std::size_t count = submitted_by(run, t);
  const bool same = column == m_column && descending == m_descending && m_events == run.event_count() && m_t == t;
  const std::size_t ordered = m_order.size();
  m_column = column;
  m_descending = descending;
  m_events = run.event_count();
  m_t = t;
  m_count = count;
  if (column == FuturesColumn::Id) {
    m_order.clear();
    return;
  }
  if (same && ordered == count) return;
  if (ordered > count) {
    m_order.resize(count);
    std::iota(m_order.begin(), m_order.end(), 0U);
  }
  while (m_order.size() < count) m_order.push_back(static_cast<std::uint32_t>(m_order.size()));
  const auto& futures = run.futures();
  if (column == FuturesColumn::Label || column == FuturesColumn::Result) {
    std::vector<std::string_view> keys(count);
    for (std::size_t i = 0; i < count; ++i) keys[i] = sort_text(futures[i], column, t);
    sort(keys, natural_less);
  } else {
    std::vector<std::int64_t> keys(count);
    for (std::size_t i = 0; i < count; ++i) keys[i] = sort_key(futures[i], column, t);
    sort(keys, std::less<>{});
  }
}

std::size_t FuturesOrder::at(std::size_t line) const {
  if (!m_order.empty()) return m_order[line];
  return m_descending ? m_count - 1 - line : line;
}

std::optional<std::size_t> FuturesOrder::line_of(const trace::Run& run, FutureId id) const {
  const auto& futures = run.futures();
  std::size_t place = id.value - 1;
  if (id == no_future || place >= futures.size() || futures[place].id != id) {
    place = static_cast<std::size_t>(std::ranges::find(futures, id, &FutureRow::id) - futures.begin());
  }
  if (place >= m_count) return std::nullopt;
  if (m_order.empty()) return m_descending ? m_count - 1 - place : place;
  return static_cast<std::size_t>(std::ranges::find(m_order, place) - m_order.begin());
}

FuturesCount count_futures(const trace::Run& run, Instant t) {
  FuturesCount count;
  count.submitted = submitted_by(run, t);
  for (const FutureRow& future : run.futures()) {
    if (by(future.finished, t) || by(future.cancelled, t)) ++count.finished;
    if (future.outcome == Outcome::Raised && trace::unread_exception_at(future, t)) ++count.unread_exceptions;
  }
  return count;
}

std::string futures_headline(const FuturesCount& count) {
  if (count.submitted == 0) return "none yet";
  if (count.finished == 0) return fmt::format("{}, none finished", count.submitted);
  if (count.finished == count.submitted) return fmt::format("{} finished", count.submitted);
  return fmt::format("{} of {} finished", count.finished, count.submitted);
}

}  // namespace loiter::views
