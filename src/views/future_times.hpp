// FutureTimes: the instants of every future of a run, side by side in columns, so that a panel can ask about all of them.
//
//   times.update(run);                      // takes in what is new
//   times.submitted_by(t);                  // how many there were at t
//   times.column(FutureTimes::Over)[row];   // when the future at that place of Run::futures() was over
//
// Shape    A cache that grows with the run: an update costs what has happened since the last one. A moment that has not
//          come is `never`.
// Units    Lab time.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "trace/run.hpp"

namespace loiter::views {

inline constexpr Instant never = Instant::max();

class FutureTimes {
 public:
  enum Moment : std::uint8_t {
    Submitted,
    LeftQueue,  // says it runs, or is cancelled
    Over,       // finished or cancelled
    ByMap,      // the calling program got it from map()
    Delivered,  // first handed over, by whatever
  };

  void update(const trace::Run& run);
  void clear() { *this = {}; }

  [[nodiscard]] std::size_t size() const { return m_columns[Submitted].size(); }
  [[nodiscard]] const std::vector<Instant>& column(Moment moment) const { return m_columns[moment]; }

  // Rows are in order of submission: these are the first so many of them.
  [[nodiscard]] std::size_t submitted_by(Instant t) const;
  // How many of Run::left_queue() and Run::over() had come to that.
  [[nodiscard]] std::size_t left_queue_by(Instant t) const { return by(m_left_queue, LeftQueue, t); }
  [[nodiscard]] std::size_t over_by(Instant t) const { return by(m_over, Over, t); }
  // The row of the n-th to be over, from 0, and which one a row was; none: it is not over.
  [[nodiscard]] std::size_t row_of_rank(std::size_t rank) const { return m_over[rank]; }
  [[nodiscard]] std::optional<std::size_t> rank_of_row(std::size_t row) const;
  // It is over, but was cancelled or raised.
  [[nodiscard]] bool has_no_result(std::size_t row) const { return m_has_no_result[row]; }
  // Where a future stands in Run::futures().
  [[nodiscard]] std::optional<std::size_t> row_of(const trace::Run& run, FutureId id) const;

 private:
  void add_row(const trace::FutureRow& future);
  void take_in(const trace::Run& run);
  [[nodiscard]] std::size_t by(const std::vector<std::uint32_t>& rows, Moment moment, Instant t) const;

  std::array<std::vector<Instant>, 5> m_columns;
  std::vector<std::uint32_t> m_left_queue;  // rows, in order of that moment
  std::vector<std::uint32_t> m_over;
  std::vector<std::uint32_t> m_rank;  // of each row, from 1; 0: none
  std::vector<bool> m_has_no_result;
  std::size_t m_deliveries_seen = 0;
  bool m_in_order = true;  // every row is at the place of its number
};

}  // namespace loiter::views
