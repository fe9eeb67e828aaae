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
    case WaitOn::Sleep:
      return WaitRow::None;
    case WaitOn::Gil:
    case WaitOn::Core:
    case WaitOn::Io:
      return WaitRow::Gap;
    default:
      return WaitRow::Inside;
  }
}

SpanTrack* LaneIndex::track_of(WaitRow row) {
  switch (row) {
    case WaitRow::None:
      return nullptr;
    case WaitRow::Own:
      return &own_waits;
    case WaitRow::Inside:
      return &inside_waits;
    case WaitRow::Gap:
      return &gaps;
  }
  return nullptr;
}

void LaneIndex::end_task(const trace::Lane& lane, std::size_t row) {
  if (!m_open[row]) return;
  const trace::TaskSpan& task = lane.tasks[*m_open[row]];
  if (!task.ended) return;
  tasks[row].end(nanoseconds(*task.ended), task.outcome == trace::Outcome::Raised);
  m_open[row].reset();
}

void LaneIndex::begin_wait(const trace::Lane& lane, std::size_t place) {
  const trace::WaitSpan& wait = lane.waits[place];
  m_open_wait = wait_row(lane, wait);
  if (wait.what.on == WaitOn::Io && m_open_wait == WaitRow::Gap) has_transfers = true;
  if (wait.what.on == WaitOn::Core) waits_for_cores = true;
  const auto index = static_cast<std::uint32_t>(place);
  if (SpanTrack* track = track_of(m_open_wait)) track->begin(nanoseconds(wait.began), index);
  const bool sleeps = wait.what.on == WaitOn::Sleep && m_open_wait == WaitRow::None;
  if (has_gil && (sleeps || m_open_wait == WaitRow::Inside)) away.begin(nanoseconds(wait.began), index);
}

void LaneIndex::end_wait(const trace::WaitSpan& wait) {
  if (!wait.ended) return;
  const auto end = [&](SpanTrack& track) {
    // A gap of no length is none; there may be many, and together they would look like one.
    const bool is_cut = &track == &gaps || &track == &away;
    if (is_cut && *wait.ended == wait.began) return track.forget_open();
    track.end(nanoseconds(*wait.ended), false);
  };
  if (SpanTrack* track = track_of(m_open_wait)) end(*track);
  if (away.is_open()) end(away);
  m_open_wait = WaitRow::None;
}

void LaneIndex::update(const trace::Lane& lane) {
  for (; m_tasks_seen < lane.tasks.size(); ++m_tasks_seen) {
    const trace::TaskSpan& task = lane.tasks[m_tasks_seen];
    if (task.depth >= most_task_rows) continue;
    if (tasks.size() <= task.depth) {
      tasks.resize(task.depth + 1);
      m_open.resize(task.depth + 1);
    }
    end_task(lane, task.depth);
    tasks[task.depth].begin(nanoseconds(task.began), static_cast<std::uint32_t>(m_tasks_seen));
    m_open[task.depth] = static_cast<std::uint32_t>(m_tasks_seen);
  }
  for (std::size_t row = 0; row < m_open.size(); ++row) end_task(lane, row);

  has_gil = has_gil || !lane.gil.empty();
  if (m_waits_seen > 0) end_wait(lane.waits[m_waits_seen - 1]);
  for (; m_waits_seen < lane.waits.size(); ++m_waits_seen) {
    begin_wait(lane, m_waits_seen);
    end_wait(lane.waits[m_waits_seen]);
  }
}

void TimelineIndex::clear() { *this = {}; }

void TimelineIndex::update(const trace::Run& run) {
  if (run.event_count() == m_events_seen) return;
  if (run.event_count() < m_events_seen) clear();
  m_events_seen = run.event_count();
  for (std::size_t i = 0; i < m_lanes.size() && i < run.lanes().size(); ++i) {
    if (m_lanes[i].id == run.lanes()[i].id) continue;
    clear();  // a lane that came late has taken its place before others
    m_events_seen = run.event_count();
  }
  for (std::size_t i = 0; i < run.lanes().size(); ++i) {
    if (i == m_lanes.size()) m_lanes.emplace_back().id = run.lanes()[i].id;
    m_lanes[i].update(run.lanes()[i]);
  }
  for (; m_stuck_seen < run.stuck().size(); ++m_stuck_seen) {
    for (const LaneId lane : run.stuck()[m_stuck_seen].lanes) {
      if (lane.value < m_lanes.size()) m_lanes[lane.value].gets_stuck = true;
    }
  }
  const auto& deliveries = run.deliveries();
  for (; m_deliveries_seen < deliveries.size(); ++m_deliveries_seen) {
    const std::size_t lane = deliveries[m_deliveries_seen].lane.value;
    if (lane < m_lanes.size()) m_lanes[lane].deliveries.push_back(static_cast<std::uint32_t>(m_deliveries_seen));
  }
}

}  // namespace loiter::views
