// A sketch as geometry: bars on an empty timeline, and what dragging one does.
//
//   0 s        1 s        2 s
//   slow       [==========]            middle: moves it; an end: moves that end alone, and never past the other
//   quick #1        |                  a bar of no length: an upright
//
// Shape    Pure functions of values; the drawing side keeps what is being dragged.
// Units    Seconds of lab time; pixels from the top left corner of the rows' time area.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "views/rect.hpp"

namespace loiter::views {

struct SketchBar {
  double from = 0;
  double to = 0;
  friend bool operator==(const SketchBar&, const SketchBar&) = default;
};

// What instants snap to: a nice part of the range, 0.1, 0.25, 0.5, 1, ...
double sketch_step(double range_seconds);
// Where bars lie until they are placed: at the left end, about a fifth of the range long.
SketchBar first_bar(double range_seconds, double step_seconds);

// The part of a bar that is held.
enum class SketchGrip : std::uint8_t { From, Middle, To };
// The bar as it was when it was taken hold of, moved by so many seconds. `step` 0: it does not snap.
SketchBar dragged_bar(SketchBar start, SketchGrip grip, double by_seconds, double step, double range_seconds);
// The same by a key: one step there (1) or back (-1). It may go past the end of the range, which then grows.
SketchBar stepped_bar(SketchBar bar, SketchGrip grip, int direction, double step);
// The range with room after the last bar, if one of them reaches its end; else the same.
double grown_range(double range_seconds, std::span<const SketchBar> bars);

struct SketchMeasures {
  float width = 0.0F;  // of the time area
  float row_height = 38.0F;
  float bar_height = 24.0F;
  float least_width = 3.0F;  // of a bar that takes no time
  float reach = 6.0F;        // how far from an end it can be taken hold of
};
struct SketchRow {
  Rect row;
  Rect bar;
  Rect grab;  // the bar and a little more: what the pointer can hold
  bool upright = false;
};
std::vector<SketchRow> lay_out_sketch(std::span<const SketchBar> bars, double range_seconds,
                                      const SketchMeasures& measures);
// What the pointer holds at x.
SketchGrip grip_at(const SketchRow& row, float x, float reach);
// Left edge of words about a bar: right of it, else left of it, else nowhere.
std::optional<float> words_beside(const Rect& bar, float words_width, float gap, float width);

}  // namespace loiter::views
