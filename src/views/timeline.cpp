#include "views/timeline.hpp"

#include <algorithm>
#include <cmath>

#include "views/timeline_lane.hpp"

namespace loiter::views {
namespace {

float lane_height(const LaneIndex& lane, const TimelineMeasures& m) {
  float height = m.lane_height;
  if (lane.tasks.size() > 1) height += static_cast<float>(lane.tasks.size() - 1) * m.row_height;
  if (lane.inside_waits.size() > 0) height += m.inside_row_height;
  if (lane.gets_stuck) height += m.stuck_room;
  return height;
}

bool is_shown(const trace::Lane& lane) { return lane.kind != trace::LaneKind::Server; }

}  // namespace

TimelineMeasures::TimelineMeasures(float scale)
    : lane_height(std::round(38 * scale)),
      row_height(std::round(30 * scale)),
      inside_row_height(std::round(34 * scale)),
      stuck_room(std::round(10 * scale)),
      bar_height(std::round(24 * scale)),
      wait_height(std::round(8 * scale)),
      stuck_wait_height(std::round(10 * scale)),
      bar_top(std::round(7 * scale)),
      wait_text(std::round(15 * scale)),
      wait_middle(std::round(27 * scale)),
      bar_gap(std::max(1.0F, std::round(1 * scale))),
      wait_gap(std::round(5 * scale)),
      note_gap(std::round(10 * scale)),
      instant_width(std::round(3 * scale)),
      instant_height(std::round(30 * scale)),
      diamond(std::round(6 * scale)),
      chevrons(std::round(20 * scale)) {}

TimelineMeasures TimelineMeasures::dense(float scale, float density) {
  const auto between = [&](float usual, float lowest) {
    return std::round((usual + (lowest - usual) * density) * scale);
  };
  TimelineMeasures m(scale);
  m.lane_height = between(38, 27);
  m.row_height = between(30, 23);
  m.inside_row_height = between(34, 26);
  m.bar_height = between(24, 20);
  m.bar_top = between(7, 3);
  m.wait_text = between(15, 8);
  m.wait_middle = between(27, 20);
  m.instant_height = between(30, 23);
  return m;
}

void TimelineLayout::clear() {
  lanes.clear();
  blocks.clear();
  bars.clear();
  turns.clear();
  instants.clear();
  waits.clear();
  wake_ups.clear();
  deliveries.clear();
  notes.clear();
  selected.clear();
  main_height = content_height = playhead_x = 0.0F;
}

float lanes_height(const trace::Run& run, const TimelineIndex& index, const TimelineMeasures& measures) {
  float height = 0;
  for (std::size_t i = 0; i < index.lanes().size() && i < run.lanes().size(); ++i) {
    if (is_shown(run.lanes()[i])) height += lane_height(index.lanes()[i], measures);
  }
  return height;
}

void lay_out_timeline(const trace::Run& run, const TimelineIndex& index, const TimelineQuery& query,
                      const TextWidth& text_width, TimelineLayout& out) {
  out.clear();
  out.playhead_x = std::round(TimeScale(query.visible, query.width).x(query.playhead));
  const std::size_t count = std::min(index.lanes().size(), run.lanes().size());
  const auto place = [&](std::size_t i, float y0, float y1) {
    const trace::Lane& lane = run.lanes()[i];
    out.lanes.push_back({lane.id, i, y0, y1, lane.began <= query.playhead});
  };
  std::size_t main = count;
  for (std::size_t i = 0; i < count && main == count; ++i) {
    if (run.lanes()[i].kind == trace::LaneKind::Main) main = i;
  }
  if (main < count) {
    out.main_height = lane_height(index.lanes()[main], query.measures);
    place(main, 0, out.main_height);
  }
  float y = out.main_height - query.scroll;
  for (std::size_t i = 0; i < count; ++i) {
    if (i == main || !is_shown(run.lanes()[i])) continue;
    const float height = lane_height(index.lanes()[i], query.measures);
    if (y + height > out.main_height && y < query.height) place(i, y, y + height);
    y += height;
  }
  out.content_height = y + query.scroll;
  for (const LaneBox& box : out.lanes) {
    lay_out_lane(run, index.lanes()[box.index], query, text_width, box, out);
  }
}

}  // namespace loiter::views
