// What is under the pointer, and where arrows go: questions about a timeline that is laid out already.
#include <algorithm>
#include <cmath>

#include "views/timeline.hpp"

namespace loiter::views {
namespace {

using What = TimelineHit::What;

std::int64_t nanoseconds(Instant t) { return t.time_since_epoch().count(); }

const LaneBox* lane_at(const TimelineLayout& layout, float y) {
  for (const LaneBox& box : layout.lanes) {  // main first: it covers what is scrolled below it
    if (y >= box.y0 && y < box.y1) return &box;
  }
  return nullptr;
}

std::optional<TimelineHit> hit_marks(const TimelineQuery& query, const TimelineLayout& layout, TimelineHit hit, float x,
                                     float y) {
  const float reach = query.measures.diamond + 1;
  for (const DeliveryMark& mark : layout.deliveries) {
    if (std::abs(mark.x - x) + std::abs(mark.y - y) > reach) continue;
    hit.what = What::Delivery;
    hit.future = mark.future;
    hit.delivery = mark.delivery;
    return hit;
  }
  for (const InstantMark& mark : layout.instants) {
    if (mark.lane != hit.lane || std::abs(mark.x - x) > query.measures.instant_width) continue;
    if (std::abs(mark.centre_y - y) > query.measures.instant_height / 2) continue;
    hit.what = What::Task;
    hit.future = mark.future;
    return hit;
  }
  return std::nullopt;
}

std::optional<TimelineHit> hit_boxes(const TimelineQuery& query, const TimelineLayout& layout, TimelineHit hit, float x,
                                     float y) {
  for (const WaitBox& wait : layout.waits) {
    Rect area = wait.box;  // with its reason above it
    if (wait.row != WaitRow::Gap || !wait.text.empty()) area.y0 = wait.text_y - query.measures.bar_height / 2;
    if (wait.lane != hit.lane || !area.contains(x, y)) continue;
    hit.what = What::Wait;
    hit.wait = wait.wait;
    return hit;
  }
  for (const Bar& bar : layout.bars) {
    if (bar.lane != hit.lane || !bar.box.contains(x, y)) continue;
    hit.what = What::Task;
    hit.future = bar.future;
    return hit;
  }
  for (const WakeUp& wake : layout.wake_ups) {
    if (wake.lane != hit.lane || !wake.box.contains(x, y)) continue;
    hit.what = What::WakeUp;
    hit.future = wake.future;
    return hit;
  }
  return std::nullopt;
}

// Inside a block the exact span is asked for.
std::optional<TimelineHit> hit_small(const trace::Run& run, const TimelineIndex& index, const TimelineQuery& query,
                                     const LaneBox& box, TimelineHit hit, float y) {
  if (hit.t > query.playhead) return std::nullopt;
  const TimelineMeasures& m = query.measures;
  const trace::Lane& lane = run.lanes()[box.index];
  const LaneIndex& rows = index.lanes()[box.index];
  const auto reach = static_cast<std::int64_t>(TimeScale(query.visible, query.width).nanoseconds_per_pixel() * 2);
  for (std::size_t row = 0; row < rows.tasks.size(); ++row) {
    const float top = box.y0 + m.bar_top + static_cast<float>(row) * m.row_height;
    if (y < top || y >= top + m.bar_height) continue;
    const auto span = rows.tasks[row].find(nanoseconds(hit.t), reach);
    if (!span || span->index >= lane.tasks.size()) continue;
    hit.what = What::Task;
    hit.future = lane.tasks[span->index].future;
    return hit;
  }
  const bool inside = rows.inside_waits.size() > 0 && y >= box.y1 - m.lane_height;
  const SpanTrack& waits = inside ? rows.inside_waits : rows.own_waits;
  if (const auto span = waits.find(nanoseconds(hit.t), reach)) {
    hit.what = What::Wait;
    hit.wait = span->index;
    return hit;
  }
  return std::nullopt;
}

}  // namespace

TimelineHit hit_timeline(const trace::Run& run, const TimelineIndex& index, const TimelineQuery& query,
                         const TimelineLayout& layout, float x, float y) {
  TimelineHit hit;
  hit.t = TimeScale(query.visible, query.width).at(static_cast<double>(x));
  const LaneBox* box = lane_at(layout, y);
  if (box == nullptr || x < 0 || x >= query.width) return hit;
  hit.what = What::Lane;
  hit.lane = box->lane;
  if (const auto found = hit_marks(query, layout, hit, x, y)) return *found;
  if (const auto found = hit_boxes(query, layout, hit, x, y)) return *found;
  if (const auto found = hit_small(run, index, query, *box, hit, y)) return *found;
  return hit;
}

std::vector<WaitArrow> wait_arrows(const trace::Run& run, const TimelineLayout& layout, const WaitBox& wait) {
  constexpr std::size_t most_arrows = 8;
  std::vector<WaitArrow> arrows;
  const trace::Lane* lane = run.lane(wait.lane);
  if (lane == nullptr || wait.wait >= lane->waits.size()) return arrows;
  for (const FutureId future : lane->waits[wait.wait].what.futures) {
    if (arrows.size() == most_arrows) break;
    const auto last = std::ranges::find(layout.bars.rbegin(), layout.bars.rend(), future, &Bar::future);
    if (last == layout.bars.rend()) continue;
    const bool below = last->box.y0 >= wait.box.y1;
    const float x0 = std::max(wait.box.x0, wait.box.x1 - wait.box.height());
    const float x1 = std::clamp(x0, last->box.x0, last->box.x1);
    arrows.push_back({x0, below ? wait.box.y1 : wait.box.y0, x1, below ? last->box.y0 : last->box.y1, future});
  }
  return arrows;
}

}  // namespace loiter::views
