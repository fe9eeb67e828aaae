#include "views/span_track.hpp"

#include <catch2/catch_message.hpp>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <random>

using namespace loiter;
using namespace loiter::views;

namespace {

TimeRange range_of(std::int64_t from, std::int64_t to) { return {Instant{Duration{from}}, Instant{Duration{to}}}; }
constexpr std::int64_t no_playhead = INT64_MAX / 2;

enum class Shape { Even, Bursts, LongAndShort };

std::vector<Span> random_spans(std::size_t count, Shape shape, std::mt19937_64& random) {
  std::vector<Span> spans;
  std::int64_t t = 0;
  for (std::size_t i = 0; i < count; ++i) {
    auto gap = static_cast<std::int64_t>(random() % 1000);
    auto length = static_cast<std::int64_t>(random() % 2000);
    if (shape == Shape::Bursts && random() % 5000 == 0) gap += 50'000'000;
    if (shape == Shape::LongAndShort && random() % 100 == 0) length += 1'000'000;
    if (random() % 50 == 0) length = 0;
    spans.push_back({t + gap, t + gap + length, static_cast<std::uint32_t>(i), random() % 200 == 0});
    t += gap + length;
  }
  return spans;
}

SpanTrack track_of(const std::vector<Span>& spans) {
  SpanTrack track;
  for (const Span& span : spans) {
    track.begin(span.from, span.index);
    track.end(span.to, span.raised);
  }
  return track;
}

// What a column really holds, with a column of grace on either side for the width of a bin.
struct Exact {
  bool any_near = false;  // a span touches the column or a neighbour
  bool any_inside = false;
};
Exact exact_column(const std::vector<Span>& spans, double from, double per_pixel, std::int64_t until) {
  Exact exact;
  const double left = from - per_pixel * 1.01;
  const double right = from + per_pixel * 2.01;
  auto it = std::ranges::partition_point(spans, [&](const Span& span) { return static_cast<double>(span.to) < left; });
  for (; it != spans.end() && static_cast<double>(it->from) <= right; ++it) {
    if (it->from > until) break;
    exact.any_near = true;
    const bool inside = static_cast<double>(it->to) > from + per_pixel * 0.02 &&
                        static_cast<double>(it->from) < from + per_pixel * 0.98 && it->to <= until;
    exact.any_inside = exact.any_inside || inside;
  }
  return exact;
}

// Which columns the pieces paint.
std::vector<bool> painted(const Pieces& pieces, const TimeScale& scale, std::int32_t columns) {
  std::vector<bool> columns_painted(static_cast<std::size_t>(columns), false);
  const auto paint = [&](std::int64_t from, std::int64_t to) {
    const double x0 = static_cast<double>(scale.x(Instant{Duration{from}}));
    const double x1 = static_cast<double>(scale.x(Instant{Duration{to}}));
    const auto first = std::clamp<std::int64_t>(static_cast<std::int64_t>(std::floor(x0)), 0, columns);
    const auto last = std::clamp<std::int64_t>(static_cast<std::int64_t>(std::floor(x1)) + 1, 0, columns);
    for (std::int64_t column = first; column < last; ++column) columns_painted[static_cast<std::size_t>(column)] = true;
  };
  for (const Span& span : pieces.spans) paint(span.from, span.to);
  if (pieces.open) paint(pieces.open->from, pieces.open->to);
  for (const Block& block : pieces.blocks) {
    for (std::int32_t column = block.first; column < block.last; ++column) {
      columns_painted[static_cast<std::size_t>(column)] = true;
    }
  }
  return columns_painted;
}

}  // namespace

TEST_CASE("few spans are handed out one by one", "[span_track]") {
  const SpanTrack track = track_of({{0, 100, 0, false}, {100, 250, 1, true}, {400, 400, 2, false}});
  Pieces pieces;
  track.pieces(range_of(0, 500), 500, no_playhead, pieces);
  REQUIRE(pieces.spans.size() == 3);
  CHECK(pieces.spans[1] == Span{100, 250, 1, true});
  CHECK(pieces.blocks.empty());
  CHECK_FALSE(pieces.open);
}

TEST_CASE("only what lies in the range is handed out", "[span_track]") {
  const SpanTrack track = track_of({{0, 100, 0, false}, {100, 250, 1, false}, {400, 500, 2, false}});
  Pieces pieces;
  track.pieces(range_of(260, 390), 130, no_playhead, pieces);
  CHECK(pieces.spans.empty());
  track.pieces(range_of(240, 410), 170, no_playhead, pieces);
  CHECK(pieces.spans.size() == 2);
}

TEST_CASE("a span that crosses the playhead is open there, one that begins later is not there", "[span_track]") {
  const SpanTrack track = track_of({{0, 100, 0, false}, {100, 250, 1, false}, {400, 500, 2, false}});
  Pieces pieces;
  track.pieces(range_of(0, 500), 500, 200, pieces);
  CHECK(pieces.spans.size() == 1);
  REQUIRE(pieces.open);
  CHECK(pieces.open->index == 1);
  CHECK(pieces.open->to == 200);
  track.pieces(range_of(0, 500), 500, 250, pieces);
  CHECK(pieces.spans.size() == 2);
  CHECK_FALSE(pieces.open);
}

TEST_CASE("a span that has not ended reaches the playhead", "[span_track]") {
  SpanTrack track;
  track.begin(100, 7);
  Pieces pieces;
  track.pieces(range_of(0, 500), 500, 300, pieces);
  REQUIRE(pieces.open);
  CHECK(*pieces.open == Span{100, 300, 7, false});
  track.pieces(range_of(0, 500), 500, 50, pieces);
  CHECK_FALSE(pieces.open);
}

TEST_CASE("time that runs backwards is put right", "[span_track]") {
  SpanTrack track;
  track.begin(100, 0);
  track.end(50, false);
  track.begin(20, 1);
  track.begin(300, 2);
  Pieces pieces;
  track.pieces(range_of(0, 1000), 1000, 400, pieces);
  REQUIRE(pieces.spans.size() == 2);
  CHECK(pieces.spans[0] == Span{100, 100, 0, false});
  CHECK(pieces.spans[1] == Span{100, 300, 1, false});
}

TEST_CASE("at every zoom the columns painted are the columns that hold a span", "[span_track]") {
  const std::uint64_t seed = GENERATE(1U, 2U, 3U);
  const Shape shape = GENERATE(Shape::Even, Shape::Bursts, Shape::LongAndShort);
  std::mt19937_64 random(seed);
  const std::vector<Span> spans = random_spans(30'000, shape, random);
  const SpanTrack track = track_of(spans);
  const std::int64_t end = spans.back().to;
  constexpr std::int32_t columns = 700;
  Pieces pieces;
  for (const double zoom : {1.0, 0.3, 0.03, 0.003, 0.0005}) {
    const auto length = static_cast<std::int64_t>(static_cast<double>(end) * zoom);
    std::int64_t from = static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(end - length + 1));
    if (random() % 4 == 0) from -= length / 8;  // the picture may begin before zero
    const TimeRange range = range_of(from, from + length);
    const std::int64_t until = random() % 2 == 0 ? no_playhead : from + length / 2;
    track.pieces(range, columns, until, pieces);
    const TimeScale scale(range, columns);
    const std::vector<bool> found = painted(pieces, scale, columns);
    INFO("seed " << seed << ", shape " << static_cast<int>(shape) << ", zoom " << zoom << ", from " << from
                 << ", until " << until);
    int wrong = 0;
    for (std::int32_t column = 0; column < columns; ++column) {
      const double left = static_cast<double>(from) + scale.nanoseconds_per_pixel() * column;
      const Exact exact = exact_column(spans, left, scale.nanoseconds_per_pixel(), until);
      const auto place = static_cast<std::size_t>(column);
      const bool near_painted =
          found[place] || (place > 0 && found[place - 1]) || (place + 1 < found.size() && found[place + 1]);
      if (found[place] && !exact.any_near) ++wrong;
      if (!near_painted && exact.any_inside) ++wrong;
    }
    CHECK(wrong == 0);
    CHECK(pieces.spans.size() + pieces.blocks.size() <= 2 * static_cast<std::size_t>(columns));
    CHECK(std::ranges::is_sorted(pieces.spans, {}, &Span::from));
    CHECK(std::ranges::is_sorted(pieces.blocks, {}, &Block::first));
  }
}

TEST_CASE("how busy a block is agrees with the spans below it", "[span_track]") {
  std::mt19937_64 random(7);
  const std::vector<Span> spans = random_spans(50'000, Shape::Even, random);
  const SpanTrack track = track_of(spans);
  Pieces pieces;
  track.pieces(range_of(0, spans.back().to), 800, no_playhead, pieces);
  std::int64_t busy = 0;
  for (const Span& span : spans) busy += span.to - span.from;
  const double exact = static_cast<double>(busy) / static_cast<double>(spans.back().to);
  double sum = 0;
  for (const Block& block : pieces.blocks) sum += (block.last - block.first) * block.cover * 0.25;
  CHECK(std::abs(sum / 800 - exact) < 0.2);  // a quarter is the finest step
  CHECK(std::ranges::any_of(pieces.blocks, &Block::some_raised));
}

TEST_CASE("a track built span by span answers as one built while it was asked", "[span_track]") {
  std::mt19937_64 random(11);
  const std::vector<Span> spans = random_spans(9000, Shape::LongAndShort, random);
  SpanTrack asked;
  Pieces pieces;
  for (const Span& span : spans) {
    asked.begin(span.from, span.index);
    if (span.index % 500 == 0) asked.pieces(range_of(0, span.from + 1), 300, span.from, pieces);
    asked.end(span.to, span.raised);
  }
  const SpanTrack whole = track_of(spans);
  Pieces one;
  Pieces other;
  asked.pieces(range_of(0, spans.back().to), 300, no_playhead, one);
  whole.pieces(range_of(0, spans.back().to), 300, no_playhead, other);
  CHECK(one.blocks == other.blocks);
  CHECK(one.spans == other.spans);
}

TEST_CASE("the nearest span is found within reach", "[span_track]") {
  const SpanTrack track = track_of({{100, 200, 0, false}, {300, 300, 1, false}, {310, 400, 2, false}});
  CHECK(track.find(150, 0)->index == 0);
  CHECK(track.find(205, 10)->index == 0);
  CHECK(track.find(298, 10)->index == 1);
  CHECK_FALSE(track.find(250, 10));
  CHECK(track.last_begun(250)->index == 0);
  CHECK_FALSE(track.last_begun(50));
}

TEST_CASE("a million spans cost little at every zoom", "[.benchmark]") {
  std::mt19937_64 random(1);
  const std::vector<Span> spans = random_spans(1'000'000, Shape::LongAndShort, random);
  using clock = std::chrono::steady_clock;
  const auto ms = [](clock::duration d) { return std::chrono::duration<double, std::milli>(d).count(); };
  const auto begun = clock::now();
  const SpanTrack track = track_of(spans);
  std::printf("built in %.1f ms\n", ms(clock::now() - begun));
  Pieces pieces;
  for (const double zoom : {1.0, 0.1, 0.01, 0.001, 0.0001, 0.00001}) {
    const auto length = static_cast<std::int64_t>(static_cast<double>(spans.back().to) * zoom);
    const std::int64_t from = (spans.back().to - length) / 2;
    std::vector<double> times;
    for (int i = 0; i < 25; ++i) {
      const auto start = clock::now();
      track.pieces(range_of(from, from + length), 1900, no_playhead, pieces);
      times.push_back(ms(clock::now() - start));
    }
    std::ranges::sort(times);
    std::printf("zoom %8g: %.3f ms, %zu spans, %zu blocks\n", 1 / zoom, times[12], pieces.spans.size(),
                pieces.blocks.size());
    CHECK(times[12] < 1.0);
  }
}
