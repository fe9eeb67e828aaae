#include "views/span_track.hpp"

#include <algorithm>
#include <cmath>

namespace loiter::views {
namespace {

// A span at least this wide, in pixels, is drawn by itself. More merges more spans into blocks, and costs less.
constexpr double wide_from_pixels = 1.5;
// Tasks of no length are drawn by themselves when they stand this far apart.
constexpr double instants_apart_pixels = 4.0;
// A span of this many bins is wide for a level: with bins of half a pixel to one pixel that is 1.5 to 3 pixels.
constexpr std::int64_t wide_from_bins = 3;
constexpr std::size_t pyramid_from_spans = 2048;

std::uint8_t quarters(double share) {
  return static_cast<std::uint8_t>(std::clamp(1 + static_cast<int>(share * 4.0 - 0.01), 1, 4));
}

std::int64_t covered(const Span& span) { return std::max<std::int64_t>(1, span.to - span.from); }

double pixels(const Span& span, const TimeScale& scale) {
  return static_cast<double>(span.to - span.from) / scale.nanoseconds_per_pixel();
}

std::int64_t nanoseconds(Instant t) { return t.time_since_epoch().count(); }

}  // namespace

void Pieces::clear() {
  spans.clear();
  blocks.clear();
  open.reset();
}

// Collects busy shares column by column, from left to right, and writes runs of like columns as one block.
class SpanTrack::ColumnWriter {
 public:
  ColumnWriter(std::vector<Block>& out, std::int32_t columns) : m_out(out), m_columns(columns) {}
  ~ColumnWriter() { flush(); }
  ColumnWriter(const ColumnWriter&) = delete;
  ColumnWriter& operator=(const ColumnWriter&) = delete;

  // `parts` of the column are spoken of; 0 when it is always the whole one.
  void add(std::int64_t column, Column share, float parts = 0.0F) {
    if (column < 0 || column >= m_columns) return;
    if (column != m_column) {
      flush();
      m_column = column;
    }
    m_sum.busy += share.busy;
    m_sum.raised += share.raised;
    m_parts += parts;
  }
  // A narrow span may lie across the border of two columns, or three.
  void add_span(double x, double width, bool raised) {
    for (double left = x, right = x + width; left < right;) {
      const double column = std::floor(left);
      const double end = std::min(right, column + 1);
      const auto here = static_cast<float>(end - left);
      add(static_cast<std::int64_t>(column), {here, raised ? here : 0.0F});
      left = end;
    }
  }

 private:
  void flush() {
    if (m_sum.busy > 0.0F) write();
    m_sum = {};
    m_parts = 0.0F;
  }
  void write() {
    const auto column = static_cast<std::int32_t>(m_column);
    const float busy = m_parts > 0.0F ? m_sum.busy / m_parts : m_sum.busy;
    const Block block{.first = column,
                      .last = column + 1,
                      .cover = quarters(static_cast<double>(busy)),
                      .share = std::min(busy, 1.0F),
                      .mostly_raised = m_sum.raised * 2.0F > m_sum.busy,
                      .some_raised = m_sum.raised > 0.0F};
    if (!m_out.empty()) {
      Block& last = m_out.back();
      if (last.last == block.first && last.cover == block.cover && last.mostly_raised == block.mostly_raised &&
          last.some_raised == block.some_raised) {
        const auto columns = static_cast<float>(last.last - last.first);
        last.share = (last.share * columns + block.share) / (columns + 1);
        last.last = block.last;
        return;
      }
    }
    m_out.push_back(block);
  }

  std::vector<Block>& m_out;
  std::int32_t m_columns;
  std::int64_t m_column = -1;
  Column m_sum;
  float m_parts = 0.0F;
};

void SpanTrack::clear() { *this = {}; }

void SpanTrack::begin(std::int64_t from, std::uint32_t index) {
  if (m_open) end(from, false);
  if (!m_spans.empty()) from = std::max(from, m_spans.back().span.to);
  m_open = Span{from, from, index, false};
}

void SpanTrack::end(std::int64_t to, bool raised) {
  if (!m_open) return;
  Span span = *m_open;
  span.to = std::max(to, span.from);
  span.raised = raised;
  m_open.reset();
  store(span);
}

void SpanTrack::store(const Span& span) {
  m_spans.push_back({span, m_busy, m_raised});
  m_busy += covered(span);
  m_raised += span.raised ? 1 : 0;
  if (m_spans.size() >= m_next_check) {
    m_next_check = m_spans.size() * 2;
    build_levels();  // as many spans again: finer bins may be worth it now
  } else if (!m_levels.empty()) {
    if ((span.to >> m_levels.back().shift) > 1024) {
      build_levels();
    } else {
      add_to_levels(m_spans.size() - 1);
    }
  }
}

void SpanTrack::build_levels() {
  const std::int64_t length = std::max<std::int64_t>(1, m_spans.back().span.to);
  const auto most_bins = static_cast<std::int64_t>(m_spans.size() * 2);
  int shift = 0;
  while ((length >> shift) > most_bins) ++shift;
  m_levels.clear();
  for (; (length >> shift) > 32 || m_levels.empty(); ++shift) m_levels.push_back({shift, {}, {}});
  for (std::size_t i = 0; i < m_spans.size(); ++i) add_to_levels(i);
}

void SpanTrack::add_to_levels(std::size_t position) {
  const Span& span = m_spans[position].span;
  // Far fewer spans than bins: the finest level is not worth its room any more.
  while (m_levels.size() > 1 &&
         (span.to >> m_levels.front().shift) > static_cast<std::int64_t>(m_spans.size() * 8 + pyramid_from_spans)) {
    m_levels.erase(m_levels.begin());
  }
  const std::int64_t busy = covered(span);
  for (Level& level : m_levels) {
    const std::int64_t width = std::int64_t{1} << level.shift;
    if (span.to - span.from >= wide_from_bins * width) {
      level.wide.push_back(static_cast<std::uint32_t>(position));
      continue;
    }
    const std::int64_t first = span.from >> level.shift;
    const std::int64_t last = (span.from + busy - 1) >> level.shift;
    if (level.bins.size() <= static_cast<std::size_t>(last)) level.bins.resize(static_cast<std::size_t>(last) + 1);
    for (std::int64_t bin = first; bin <= last; ++bin) {
      const std::int64_t here = std::min(span.from + busy, (bin + 1) * width) - std::max(span.from, bin * width);
      Bin& sum = level.bins[static_cast<std::size_t>(bin)];
      sum.busy += static_cast<float>(here);
      if (span.raised) sum.raised += static_cast<float>(here);
    }
  }
}

std::size_t SpanTrack::first_ending_after(std::int64_t t) const {
  const auto it = std::ranges::partition_point(m_spans, [t](const Stored& stored) { return stored.span.to < t; });
  return static_cast<std::size_t>(it - m_spans.begin());
}

std::size_t SpanTrack::first_beginning_at_or_after(std::int64_t t) const {
  const auto it = std::ranges::partition_point(m_spans, [t](const Stored& stored) { return stored.span.from < t; });
  return static_cast<std::size_t>(it - m_spans.begin());
}

void SpanTrack::pieces(TimeRange range, std::int32_t columns, std::int64_t until, Pieces& out) const {
  out.clear();
  const std::int64_t from = nanoseconds(range.from);
  const std::int64_t to = std::min(nanoseconds(range.to), until);
  if (columns <= 0 || until < from || nanoseconds(range.to) <= from) return;
  const std::size_t first = first_ending_after(from);
  std::size_t last = std::max(first, first_beginning_at_or_after(to + 1));
  if (last > first && m_spans[last - 1].span.to > until) {
    out.open = m_spans[--last].span;
  } else if (m_open && m_open->from <= to) {
    out.open = m_open;
  }
  if (out.open) out.open->to = until;
  const TimeScale scale(range, static_cast<float>(columns));
  const TimeRange shown{range.from, Instant{Duration{to}}};
  if (last - first <= static_cast<std::size_t>(columns)) return pieces_one_by_one(scale, first, last, out);
  const Level* level = nullptr;
  for (const Level& candidate : m_levels) {
    if (std::ldexp(1.0, candidate.shift) <= scale.nanoseconds_per_pixel()) level = &candidate;
  }
  if (level == nullptr) return pieces_by_columns(scale, first, last, out);
  pieces_from_level(*level, scale, shown, last, out);
}

void SpanTrack::pieces_one_by_one(const TimeScale& scale, std::size_t first, std::size_t last, Pieces& out) const {
  ColumnWriter columns(out.blocks, static_cast<std::int32_t>(scale.width()));
  double last_instant = -1e9;
  for (std::size_t i = first; i < last; ++i) {
    const Span& span = m_spans[i].span;
    const double x = static_cast<double>(scale.x(Instant{Duration{span.from}}));
    const bool instant = span.from == span.to && x >= last_instant + instants_apart_pixels;
    if (instant) last_instant = x;
    if (instant || pixels(span, scale) >= wide_from_pixels) {
      out.spans.push_back(span);
      continue;
    }
    columns.add_span(x, static_cast<double>(covered(span)) / scale.nanoseconds_per_pixel(), span.raised);
  }
}

// Share of a column of `per_pixel` nanoseconds that the spans first to last (exclusive) cover.
SpanTrack::Column SpanTrack::share(std::size_t first, std::size_t last, double per_pixel) const {
  if (first >= last) return {};
  const Stored& end = m_spans[last - 1];
  const std::int64_t busy = end.busy_before + covered(end.span) - m_spans[first].busy_before;
  const std::uint32_t raised = end.raised_before + (end.span.raised ? 1U : 0U) - m_spans[first].raised_before;
  const auto busy_share = static_cast<float>(static_cast<double>(busy) / per_pixel);
  return {busy_share, busy_share * static_cast<float>(raised) / static_cast<float>(last - first)};
}

void SpanTrack::pieces_by_columns(const TimeScale& scale, std::size_t first, std::size_t last, Pieces& out) const {
  ColumnWriter columns(out.blocks, static_cast<std::int32_t>(scale.width()));
  const double per_pixel = scale.nanoseconds_per_pixel();
  for (std::size_t i = first; i < last;) {
    const Span& span = m_spans[i].span;
    if (pixels(span, scale) >= wide_from_pixels) {
      out.spans.push_back(span);
      ++i;
      continue;
    }
    const auto column = std::max<std::int64_t>(
        0, static_cast<std::int64_t>(std::floor(static_cast<double>(scale.x(Instant{Duration{span.from}})))));
    const std::int64_t column_end = nanoseconds(scale.at(static_cast<double>(column + 1)));
    std::size_t next = i + 1;  // gallop to the first span of the next column
    for (std::size_t step = 1; next < last && m_spans[next].span.from < column_end; step *= 2) {
      next = std::min(last, next + step);
    }
    const auto begins_before = [&](const Stored& stored) { return stored.span.from < column_end; };
    next = static_cast<std::size_t>(std::partition_point(m_spans.begin() + static_cast<std::ptrdiff_t>(i + 1),
                                                         m_spans.begin() + static_cast<std::ptrdiff_t>(next),
                                                         begins_before) -
                                    m_spans.begin());
    // Only the last span of a column can be wide; it is drawn by itself, next time round.
    if (next > i + 1 && pixels(m_spans[next - 1].span, scale) >= wide_from_pixels) --next;
    columns.add(column, share(i, next - 1, per_pixel));
    const Span& last_one = m_spans[next - 1].span;
    columns.add_span(std::max(0.0, static_cast<double>(scale.x(Instant{Duration{last_one.from}}))),
                     static_cast<double>(covered(last_one)) / per_pixel, last_one.raised);
    i = next;
  }
}

void SpanTrack::pieces_from_level(const Level& level, const TimeScale& scale, TimeRange shown, std::size_t last,
                                  Pieces& out) const {
  const std::int64_t from = nanoseconds(shown.from);
  const std::int64_t to = nanoseconds(shown.to);
  const auto visible = std::ranges::partition_point(
      level.wide, [&](std::uint32_t position) { return m_spans[position].span.to < from; });
  for (auto it = visible; it != level.wide.end() && *it < last; ++it) out.spans.push_back(m_spans[*it].span);

  ColumnWriter columns(out.blocks, static_cast<std::int32_t>(scale.width()));
  const double width = std::ldexp(1.0, level.shift);
  const double step = width / scale.nanoseconds_per_pixel();
  const double zero_x = (width / 2 - static_cast<double>(from)) / scale.nanoseconds_per_pixel();  // of the first bin
  const auto first = static_cast<std::size_t>(std::max<std::int64_t>(0, from >> level.shift));
  const std::size_t end = std::min(level.bins.size(), static_cast<std::size_t>((to >> level.shift) + 1));
  for (std::size_t bin = first; bin < end; ++bin) {
    // The first and the last bin may reach over the edges of the picture.
    const double x =
        std::clamp(zero_x + static_cast<double>(bin) * step, 0.0, static_cast<double>(scale.width()) - 1.0);
    const Bin& sum = level.bins[bin];
    const auto per_bin = static_cast<float>(1.0 / width);
    columns.add(static_cast<std::int64_t>(x), {sum.busy * per_bin, sum.raised * per_bin}, 1.0F);
  }
}

std::optional<Span> SpanTrack::find(std::int64_t t, std::int64_t reach) const {
  std::optional<Span> best;
  std::int64_t best_distance = reach;
  const auto consider = [&](const Span& span, bool ended) {
    const std::int64_t distance = t < span.from ? span.from - t : ended && t > span.to ? t - span.to : 0;
    if (distance > best_distance || (best && distance == best_distance)) return;
    best = span;
    best_distance = distance;
  };
  const std::size_t next = first_ending_after(t);
  if (next < m_spans.size()) consider(m_spans[next].span, true);
  if (next > 0) consider(m_spans[next - 1].span, true);
  if (m_open) consider(*m_open, false);
  return best;
}

std::optional<Span> SpanTrack::last_begun(std::int64_t t) const {
  if (m_open && m_open->from <= t) return m_open;
  const std::size_t next = first_beginning_at_or_after(t + 1);
  if (next == 0) return std::nullopt;
  return m_spans[next - 1].span;
}

}  // namespace loiter::views
