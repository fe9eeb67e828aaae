#include "views/timeline_index.hpp"

namespace loiter::views {
namespace {

using runtime::WaitOn;

std::int64_t nanoseconds(Instant t) { return t.time_since_epoch().count(); }

}  // namespace

WaitRow wait_row(const trace::Lane& lane, const trace::WaitSpan& wait) {
  const WaitOn on = wait.what.on;
  if (on == WaitOn::Queue || on == WaitOn::Pause) return WaitRow::None;
  if (lane.tasks.empty() || trace::task_at(lane, wait.began) == nullptr) return WaitRow::Own;
  switch (on) {
    case WaitOn::Sleep: return WaitRow::None;
    case WaitOn::Gil:
    case WaitOn::Io: return WaitRow::Gap;
    default: return WaitRow::Inside;
  }
}

SpanTrack* LaneIndex::track_of(WaitRow row) {
  switch (row) {
    case WaitRow::None: return nullptr;
    case WaitRow::Own: return &own_waits;
    case WaitRow::Inside: return &inside_waits;
    case WaitRow::Gap: return &gaps;
  }
  return nullptr;
}

void LaneIndex::end_task(const trace::Lane& lane, OpenTask& open) {
  const trace::TaskSpan& task = lane.tasks[open.index];
  if (open.ended || !task.ended) return;
  if (open.row < most_task_rows) tasks[open.row].end(nanoseconds(*task.ended), task.outcome == trace::Outcome::Raised);
  open.ended = true;
}

void LaneIndex::begin_task(const trace::Lane& lane, std::uint32_t index) {
  const trace::TaskSpan& task = lane.tasks[index];
  while (!m_open.empty()) {
    const auto& outer = lane.tasks[m_open.back().index].ended;
    if (!outer || *outer > task.began) break;
    end_task(lane, m_open.back());
    m_open.pop_back();
  }
  const std::size_t row = m_open.size();
  m_open.push_back({index, row, false});
  if (row >= most_task_rows) return;
  if (tasks.size() <= row) tasks.resize(row + 1);
  tasks[row].begin(nanoseconds(task.began), index);
}

void LaneIndex::update(const trace::Lane& lane) {
  for (; m_tasks_seen < lane.tasks.size(); ++m_tasks_seen) begin_task(lane, static_cast<std::uint32_t>(m_tasks_seen));
  for (OpenTask& open : m_open) end_task(lane, open);

  const auto end_wait = [&](const trace::WaitSpan& wait) {
    if (!wait.ended) return;
    if (SpanTrack* track = track_of(m_open_wait)) track->end(nanoseconds(*wait.ended), false);
    m_open_wait = WaitRow::None;
  };
  if (m_waits_seen > 0) end_wait(lane.waits[m_waits_seen - 1]);
  for (; m_waits_seen < lane.waits.size(); ++m_waits_seen) {
    const trace::WaitSpan& wait = lane.waits[m_waits_seen];
    m_open_wait = wait_row(lane, wait);
    if (SpanTrack* track = track_of(m_open_wait)) {
      track->begin(nanoseconds(wait.began), static_cast<std::uint32_t>(m_waits_seen));
    }
    end_wait(wait);
  }
}

void TimelineIndex::clear() { *this = {}; }

void TimelineIndex::update(const trace::Run& run) {
  if (run.event_count() == m_events_seen) return;
  if (run.event_count() < m_events_seen) clear();
  m_events_seen = run.event_count();
  m_lanes.resize(run.lanes().size());
  for (std::size_t i = 0; i < m_lanes.size(); ++i) m_lanes[i].update(run.lanes()[i]);
  const auto& deliveries = run.deliveries();
  for (; m_deliveries_seen < deliveries.size(); ++m_deliveries_seen) {
    const std::size_t lane = deliveries[m_deliveries_seen].lane.value;
    if (lane < m_lanes.size()) m_lanes[lane].deliveries.push_back(static_cast<std::uint32_t>(m_deliveries_seen));
  }
}

}  // namespace loiter::views
