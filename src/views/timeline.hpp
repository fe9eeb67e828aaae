// The timeline as geometry: what stands where, for one visible range of time and one playhead.
//
//   lane "main"    reason of the wait      the reason of the open wait stands right of the playhead
//                  ▨▨▨▨▨▨▨▨▨▨◆▨▨▨▨▨▨▨│
//   lane "..0_1"   [✓ loiter(1)  10][▶ loiter(4)    ┊┄┄ sleeps until 5.00 s ┄┄┊
//
// Nothing after the playhead is shown but what is known to come. A pure function of its arguments; the drawing side
// adds glyphs and colours.
//
// Shape    lay_out_timeline() fills a TimelineLayout that is used again from frame to frame, so that its rooms stay.
//          Names and values are borrowed from the run: use the layout before the run grows.
// Units    Pixels from the top left corner of the lanes' time area; y is what is seen, scrolling is taken off already.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "trace/run.hpp"
#include "views/bar_cuts.hpp"
#include "views/rect.hpp"
#include "views/state_look.hpp"
#include "views/text_width.hpp"
#include "views/time_scale.hpp"
#include "views/timeline_index.hpp"

namespace loiter::views {

// Lengths of the timeline in pixels.
struct TimelineMeasures {
  explicit TimelineMeasures(float scale = 1.0F);
  // Lower lanes: from 0, the usual ones, to 1, the lowest in which everything can still be read.
  static TimelineMeasures dense(float scale, float density);
  float lane_height;        // with one row
  float row_height;         // of each further row of nested tasks
  float inside_row_height;  // of the row of waits inside tasks
  float stuck_room;         // added to a lane that gets stuck: its wait bar is taller, and framed
  float bar_height, wait_height, stuck_wait_height;
  float bar_top;      // from the top of the lane
  float wait_text;    // middle of the reason, from the top of the lane
  float wait_middle;  // middle of the wait bar, from the top of the lane
  float bar_gap;      // kept free at both ends of a bar
  float wait_gap;     // the same of a wait bar: there is a diamond
  float note_gap;     // before a text that stands after a bar or the playhead
  float instant_width, instant_height;
  float diamond;   // half its width
  float chevrons;  // room for "no end"
};

struct TimelineQuery {
  TimeRange visible;
  float width = 0.0F;   // of the time area
  float height = 0.0F;  // of the lanes
  float scroll = 0.0F;  // how far the lanes below main are scrolled
  Instant playhead;
  FutureId selected = no_future;
  TimelineMeasures measures;
};

struct LaneBox {
  LaneId lane;
  std::size_t index = 0;  // in Run::lanes()
  float y0 = 0.0F;
  float y1 = 0.0F;
  bool present = true;  // has begun at the playhead
};

enum class BarPart {
  Solid,
  Quiet,  // before the first wait for an answer: a connection is being made
  Away,   // where there is a GIL: it has let it go, to sleep or to wait for something
};

struct Bar {
  LaneId lane;
  FutureId future;
  StateLook look = StateLook::Running;
  BarPart part = BarPart::Solid;
  Rect box;
  bool begins = true;  // its left edge is where it began, not where the picture begins
  bool ends = true;    // its right edge is where it ended, not the playhead
  bool no_end = false;
  bool under_turns = false;  // its words need a ground of their own
  std::string_view name;     // empty on all parts but one
  std::string_view value;    // of a returned one its value, of a raised one the exception's name
};

// Many small tasks or waits, seen from far away.
struct BlockBox {
  LaneId lane;
  Rect box;
  StateLook look = StateLook::Returned;
  float cover = 1.0F;
  bool some_raised = false;
};

// Turns too short to be seen one by one: how much of its time a task waited for the GIL or a core there, or was away.
struct TurnsBox {
  LaneId lane;
  Rect box;
  StateLook look = StateLook::Running;  // of the task
  bool away = false;                    // else it waited
  float cover = 1.0F;
};

// A task of no length.
struct InstantMark {
  LaneId lane;
  FutureId future;
  StateLook look = StateLook::Returned;
  float x = 0.0F;
  float centre_y = 0.0F;
  float height = 0.0F;
};

struct WaitBox {
  LaneId lane;
  std::uint32_t wait = 0;  // which of the lane's
  WaitRow row = WaitRow::Own;
  Rect box;
  bool stuck = false;  // then without end
  bool ends = true;
  std::string text;  // the longest form of the reason that fits; may be empty
  float text_x = 0.0F;
  float text_y = 0.0F;  // its middle
};

// What is known to come: a dotted box from the playhead to the wake-up.
struct WakeUp {
  LaneId lane;
  FutureId future;  // none: the lane sleeps outside of any task
  Rect box;
  std::string text;
};

struct DeliveryMark {
  LaneId lane;
  std::uint32_t delivery = 0;  // which of the run's
  FutureId future;
  StateLook look = StateLook::Returned;
  bool filled = true;  // hollow: by as_completed
  float x = 0.0F;
  float y = 0.0F;
};

// What a selection frame goes around.
struct SelectedBox {
  LaneId lane;
  Rect box;
};

struct Note {
  LaneId lane;
  float x = 0.0F;
  float y = 0.0F;  // its middle
  std::string_view text;
};

struct TimelineLayout {
  std::vector<LaneBox> lanes;  // those that are seen; main first
  float main_height = 0.0F;    // it stays when the others scroll
  float content_height = 0.0F;
  float playhead_x = 0.0F;
  std::vector<BlockBox> blocks;
  std::vector<Bar> bars;
  std::vector<TurnsBox> turns;  // over the bars
  std::vector<InstantMark> instants;
  std::vector<WaitBox> waits;
  std::vector<WakeUp> wake_ups;
  std::vector<DeliveryMark> deliveries;
  std::vector<Note> notes;
  std::vector<SelectedBox> selected;
  Pieces scratch;
  Pieces scratch_gaps;
  Pieces scratch_away;
  std::vector<BarCut> scratch_cuts;
  void clear();
};

void lay_out_timeline(const trace::Run& run, const TimelineIndex& index, const TimelineQuery& query,
                      const TextWidth& text_width, TimelineLayout& out);

// How tall the lanes are together.
float lanes_height(const trace::Run& run, const TimelineIndex& index, const TimelineMeasures& measures);

// --- What is under the pointer ---

struct TimelineHit {
  enum class What { Nothing, Lane, Task, Wait, WakeUp, Delivery };
  What what = What::Nothing;
  LaneId lane;
  FutureId future;             // of a task, a wake-up or a delivery
  std::uint32_t wait = 0;      // of a wait: which of the lane's
  std::uint32_t delivery = 0;  // of a delivery: which of the run's
  Instant t;
};
TimelineHit hit_timeline(const trace::Run& run, const TimelineIndex& index, const TimelineQuery& query,
                         const TimelineLayout& layout, float x, float y);

// Arrows from a wait to the bars of what it waits for, as far as they are in the picture.
struct WaitArrow {
  float x0 = 0.0F;
  float y0 = 0.0F;
  float x1 = 0.0F;
  float y1 = 0.0F;
  FutureId future;
};
std::vector<WaitArrow> wait_arrows(const trace::Run& run, const TimelineLayout& layout, const WaitBox& wait);

// --- Ranges ---

// The whole run: from zero to its end, or to what is known of it. `expected` is an end known from elsewhere.
TimeRange whole_range(const trace::Run& run, Instant playhead, std::optional<Instant> expected = {});
// The range that shows `inner` with so many pixels free at its ends.
TimeRange with_margins(TimeRange inner, float width, float left, float right);
// Zoomed by a factor (under 1 is nearer) so that the instant at x stays at x. Keeps within a nanosecond a pixel and
// a century.
TimeRange zoomed(TimeRange range, float width, float x, double factor);
TimeRange moved(TimeRange range, float width, float by_pixels);

}  // namespace loiter::views
