// SpanTrack: spans of one row of the timeline that do not overlap, ready to be drawn at any zoom.
//
// A picture a thousand pixels wide never needs more than about a thousand pieces of a row. Few spans are handed out one
// by one. Many are handed out as the wide ones one by one and the rest as blocks: runs of whole pixel columns that are
// about equally busy. What a column holds comes from a pyramid of time bins when it is far away, and from running sums
// over the spans when it is near.
//
// Shape    Grows at its end: begin() a span, end() it, in order of time; one at most is open. pieces() asks.
// Units    Nanoseconds of lab time; pixel columns count from the left edge of the range.
// Errors   A span that begins before the last one ended, or ends before it began, is moved to where it may be.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "views/time_scale.hpp"

namespace loiter::views {

struct Span {
  std::int64_t from = 0;
  std::int64_t to = 0;
  std::uint32_t index = 0;  // which task or wait of its lane
  bool raised = false;
  friend bool operator==(const Span&, const Span&) = default;
};

// Columns first to last (exclusive) in which small spans lie.
struct Block {
  std::int32_t first = 0;
  std::int32_t last = 0;
  std::uint8_t cover = 0;  // how busy, in quarters: 1 to 4
  float share = 0.0F;      // the same, 0 to 1, on average over its columns
  bool mostly_raised = false;
  bool some_raised = false;
  friend bool operator==(const Block&, const Block&) = default;
};

struct Pieces {
  std::vector<Span> spans;    // by time; those that are wide enough to be seen by themselves
  std::vector<Block> blocks;  // by column
  std::optional<Span> open;   // crosses `until`, or has not ended: drawn up to `until`
  void clear();
};

class SpanTrack {
 public:
  void begin(std::int64_t from, std::uint32_t index);
  void end(std::int64_t to, bool raised);
  void forget_open() { m_open.reset(); }
  [[nodiscard]] bool is_open() const { return m_open.has_value(); }
  [[nodiscard]] std::size_t size() const { return m_spans.size() + (m_open ? 1 : 0); }
  void clear();

  // What lies in `range` before `until` (an instant counts as before itself), `columns` pixels wide.
  void pieces(TimeRange range, std::int32_t columns, std::int64_t until, Pieces& out) const;

  // The span at t, or the nearest one that lies within `reach` of it.
  [[nodiscard]] std::optional<Span> find(std::int64_t t, std::int64_t reach) const;
  // The last span that began at or before t.
  [[nodiscard]] std::optional<Span> last_begun(std::int64_t t) const;

 private:
  struct Stored {
    Span span;
    std::int64_t busy_before = 0;  // covered time of all earlier spans
    std::uint32_t raised_before = 0;
  };
  struct Bin {
    float busy = 0.0F;
    float raised = 0.0F;
  };
  // Bins of 2^shift nanoseconds hold spans shorter than 3 bins; longer ones stand in `wide`.
  struct Level {
    int shift = 0;
    std::vector<Bin> bins;
    std::vector<std::uint32_t> wide;
  };
  struct Column {
    float busy = 0.0F;  // share of the column, 0 to 1 (more by rounding)
    float raised = 0.0F;
  };
  class ColumnWriter;

  void store(const Span& span);
  void add_to_levels(std::size_t position);
  void build_levels();
  void pieces_one_by_one(const TimeScale& scale, std::size_t first, std::size_t last, Pieces& out) const;
  void pieces_by_columns(const TimeScale& scale, std::size_t first, std::size_t last, Pieces& out) const;
  void pieces_from_level(const Level& level, const TimeScale& scale, TimeRange shown, std::size_t last,
                         Pieces& out) const;
  [[nodiscard]] std::size_t first_ending_after(std::int64_t t) const;
  [[nodiscard]] std::size_t first_beginning_at_or_after(std::int64_t t) const;
  [[nodiscard]] Column share(std::size_t first, std::size_t last, double per_pixel) const;

  std::vector<Stored> m_spans;
  std::optional<Span> m_open;
  std::vector<Level> m_levels;
  std::size_t m_next_check = 2048;  // how many spans before the pyramid is built, or its fineness is checked
  std::int64_t m_busy = 0;
  std::uint32_t m_raised = 0;
};

}  // namespace loiter::views
