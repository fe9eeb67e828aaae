// TimelineIndex: the spans of a run sorted into the rows of the timeline, so that a frame costs what is seen, not what
// was recorded.
//
// A lane has a row for its tasks (and one for each depth of tasks nested in tasks), a row of waits of its own, a row of
// waits inside its tasks ("wait_forever waits for zip"), and gaps: parts of a task in which it waits for an answer or
// for the GIL, which take the place of its bar. Where there is a GIL, a lane that waits for anything else in a task is
// away from it: its bar is no longer solid.
//
// Shape    update() after the run has grown; it reads only what is new. Ask any time.
// Errors   Another run (Restart) wants clear() first; a run that has become shorter is noticed and clears by itself.
// Threads  A plain value; one thread at a time.
#pragma once

#include <algorithm>
#include <vector>

#include "trace/run.hpp"
#include "views/span_track.hpp"

namespace loiter::views {

// Tasks nested deeper than this are not drawn.
inline constexpr std::size_t most_task_rows = 6;

// How a wait is drawn.
enum class WaitRow {
  None,    // a pause; the sleep of a task: its bar stays whole; a worker without work
  Own,     // outside of any task: a wait bar in the lane's row
  Inside,  // inside a task: a wait bar below the task's
  Gap,     // inside a task, instead of its bar
};
WaitRow wait_row(const trace::Lane& lane, const trace::WaitSpan& wait);

class LaneIndex {
 public:
  void update(const trace::Lane& lane);

  LaneId id;
  std::vector<SpanTrack> tasks;  // by depth
  SpanTrack own_waits;
  SpanTrack inside_waits;
  SpanTrack gaps;
  SpanTrack away;
  bool has_gil = false;                   // it takes one: its bars are solid where it holds it
  bool waits_for_cores = false;           // of the simulated machine
  bool has_transfers = false;             // some of its tasks wait for an answer
  bool gets_stuck = false;                // its waits need room for a lock
  std::vector<std::uint32_t> deliveries;  // made on this lane, as places in Run::deliveries()

 private:
  void end_task(const trace::Lane& lane, std::size_t row);
  SpanTrack* track_of(WaitRow row);
  void begin_wait(const trace::Lane& lane, std::size_t place);
  void end_wait(const trace::WaitSpan& wait);

  std::size_t m_tasks_seen = 0;
  std::size_t m_waits_seen = 0;
  std::vector<std::optional<std::uint32_t>> m_open;  // by row: a task whose end its track has not been told
  WaitRow m_open_wait = WaitRow::None;               // the row of the last wait, while it has not ended
};

class TimelineIndex {
 public:
  void update(const trace::Run& run);
  void clear();
  [[nodiscard]] bool has_transfers() const { return std::ranges::any_of(m_lanes, &LaneIndex::has_transfers); }
  [[nodiscard]] bool has_gil() const { return std::ranges::any_of(m_lanes, &LaneIndex::has_gil); }
  [[nodiscard]] bool has_core_waits() const { return std::ranges::any_of(m_lanes, &LaneIndex::waits_for_cores); }
  [[nodiscard]] const std::vector<LaneIndex>& lanes() const { return m_lanes; }  // as in Run::lanes()

 private:
  std::vector<LaneIndex> m_lanes;
  std::size_t m_deliveries_seen = 0;
  std::size_t m_stuck_seen = 0;
  std::uint64_t m_events_seen = 0;
};

}  // namespace loiter::views
