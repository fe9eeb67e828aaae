// The order of futures: as they were submitted, as they finished, and as map() hands them over. Crossings are the lesson.
//
//   submitted    finished     map delivers   0 s   1 s   2 s
//   1 loiter(2)  o--.  ,--(2)- - - - o       [====================]<>
//   2 loiter(1)  o--'  '--(1)--------o       [=========]<>/////////<>     held back by #1
//
// Both consumers can be told from one run: as_completed() hands a result over when it is there; map() when it and all
// before it are there. `before` means: submitted earlier, by the same lane to the same pool.
//
// Shape    OrderIndex is a cache that grows with the run. The rest are pure functions of run, index and instant.
// Units    Lab time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "trace/run.hpp"
#include "views/future_times.hpp"
#include "views/state_look.hpp"

namespace loiter::views {

class OrderIndex {
 public:
  void update(const trace::Run& run, const FutureTimes& times);
  void clear() { *this = {}; }

  // Part of what a program could have given to map(): not a promise.
  [[nodiscard]] bool is_of_call(std::size_t row) const { return m_sequence[row] != none; }
  // When it and all before it were over; `never`: they are not, or map() has ended at an exception before it.
  [[nodiscard]] Instant ready_at(std::size_t row) const { return m_ready[row]; }
  // The row that was over last of those before it, if that was later than it.
  [[nodiscard]] std::optional<std::size_t> held_by(std::size_t row) const;
  // The first of its call that is not over at t; none: all are, or those after an exception do not matter.
  [[nodiscard]] std::optional<std::size_t> first_open(const FutureTimes& times, std::size_t row, Instant t) const;

 private:
  static constexpr std::uint32_t none = UINT32_MAX;
  struct Sequence {
    std::vector<std::uint32_t> rows;
    std::size_t known = 0;  // those before this one are over
    Instant latest{};       // when the last of these was
    std::uint32_t slowest = none;
    bool ended = false;  // one of them has no result: map() raises there
  };
  void advance(Sequence& sequence, const FutureTimes& times);

  std::map<std::pair<LaneId, ExecutorId>, std::uint32_t> m_sequence_of;
  std::vector<Sequence> m_sequences;
  std::vector<std::uint32_t> m_sequence;  // of each row
  std::vector<Instant> m_ready;
  std::vector<std::uint32_t> m_held_by;
};

// What is to be said about all of it at an instant.
struct OrderSums {
  std::size_t submitted = 0;
  std::size_t over = 0;
  std::size_t held_now = 0;           // over, and map() still holds them back
  std::size_t held = 0;               // over, and held back then or earlier
  Duration held_for{};                // of all of them, until t
  std::optional<std::size_t> holder;  // the row that holds, or held, most of them back
  bool several_holders = false;
  std::optional<std::size_t> ended_by;     // the row that has no result: map() raises there and delivers no more
  std::optional<Instant> first_completed;  // the first that as_completed() could hand over
  std::optional<Instant> first_mapped;
};
OrderSums order_sums(const FutureTimes& times, const OrderIndex& index, Instant t);

// "#1 is slow. map holds back seven finished results."
std::string order_headline(const trace::Run& run, const OrderSums& sums, bool run_is_over);

// The words of the foot, for what a run did and what it would have done.
struct OrderFoot {
  std::string as_completed;  // "as_completed delivers here: at once, in the order of finishing"
  std::string map;
  std::string held;       // "finished, but held back by #1"
  std::string completed;  // "first result at 1 s"
  std::string mapped;
  std::string held_for;  // "25 s in all"
};
OrderFoot order_foot(const trace::Run& run, const OrderSums& sums);
// All three sums in one line, for where the foot has no room.
std::string order_sums_text(const trace::Run& run, const OrderSums& sums);

// Who hands results over in this run.
bool is_map_run(const trace::Run& run);

// One future at an instant.
struct OrderRow {
  FutureId id;
  std::string number;
  std::string label;
  StateLook look = StateLook::Pending;
  Instant submitted{};
  std::optional<Instant> began;
  std::optional<Instant> over;
  std::optional<std::size_t> rank;  // among those that are over, from 0
  std::optional<Instant> mapped;    // map() has handed it over, or would have
  std::optional<std::size_t> held_by;
  bool of_call = true;
  friend bool operator==(const OrderRow&, const OrderRow&) = default;
};
OrderRow order_row(const trace::Run& run, const FutureTimes& times, const OrderIndex& index, std::size_t row,
                   Instant t);

// What is known of a row beyond the future's own facts: "finished 2nd of 8", "held back by #1 for 5.00 s".
std::vector<std::string> order_facts(const trace::Run& run, const OrderRow& row, Instant t);

// "seven", "13".
std::string count_word(std::size_t count);

}  // namespace loiter::views
