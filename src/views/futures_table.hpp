// The futures table: one row for each future that has been submitted at an instant.
//
// Shape    FuturesOrder says which future stands in which line; cells() makes the texts of one line. So only the lines
//          that are seen are ever made. In order of id, which is the order of submission, no work is needed at all.
// Units    Lab time.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "trace/run.hpp"
#include "views/lane_tags.hpp"
#include "views/state_look.hpp"

namespace loiter::views {

enum class FuturesColumn { Id, Label, State, Worker, Began, Duration, Result };

// What one line of the table says.
struct FutureCells {
  FutureId id;
  std::string number;  // "5"
  std::string label;
  StateLook look = StateLook::Pending;
  std::string state;            // "returned"
  std::optional<LaneId> worker;
  std::string began;            // "1.00"; empty before it begins
  std::string duration;         // "2.40": so far, while it runs
  std::string result;           // value, or the exception's name
  bool unread_exception = false;
  friend bool operator==(const FutureCells&, const FutureCells&) = default;
};
FutureCells future_cells(const trace::Run& run, const trace::FutureRow& future, Instant t);

// All that is known of a future, a fact a line, for a tooltip; the first line is its label, the last Python's repr.
std::vector<std::string> future_facts(const trace::Run& run, const trace::FutureRow& future, Instant t);

class FuturesOrder {
 public:
  // `t` is the instant the table shows. Another column than Id costs a look at every future when anything has changed,
  // and a sort when the order of before does not hold. Those that compare equal stay in order of id.
  void update(const trace::Run& run, Instant t, FuturesColumn column, bool descending);
  void clear();

  [[nodiscard]] std::size_t size() const { return m_count; }
  // Its place in Run::futures().
  [[nodiscard]] std::size_t at(std::size_t line) const;
  // The line a future stands in.
  [[nodiscard]] std::optional<std::size_t> line_of(const trace::Run& run, FutureId id) const;

 private:
  template <class Keys, class Less>
  void sort(const Keys& keys, const Less& less);

  std::size_t m_count = 0;
  bool m_descending = false;
  FuturesColumn m_column = FuturesColumn::Id;
  std::vector<std::uint32_t> m_order;  // empty in order of id
  std::uint64_t m_events = 0;
  Instant m_t{};
};

// How many there are, have finished, or will never be asked why they failed.
struct FuturesCount {
  std::size_t submitted = 0;
  std::size_t finished = 0;  // returned, raised or cancelled
  std::size_t unread_exceptions = 0;
};
FuturesCount count_futures(const trace::Run& run, Instant t);
// "4 of 5 finished", "2, none finished", "5 finished", "none yet".
std::string futures_headline(const FuturesCount& count);

// "2" stands before "10".
bool natural_less(std::string_view a, std::string_view b);

}  // namespace loiter::views
