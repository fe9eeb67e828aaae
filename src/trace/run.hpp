// Run: the state folded from a run's events: lanes with their spans, futures, lines printed, and how it stands.
//
// Shape    apply() takes events in stream order, each once. Nothing is ever taken back: an Instant of the past can be
//          asked for at any time (state_at, wait_at, ...), so a playhead needs no second fold.
// Units    Lab time.
//          A future that changes its state without ever having been submitted is a promise somebody completes by hand.
// Errors   Tolerant: an event that contradicts the state (unknown future, task that never began) is counted in
//          `inconsistent` and kept out, or, where an event before it was lost, put right: a lane that begins to wait no
//          longer waits for what it waited for before. It never crashes.
// Threads  A plain value; one thread at a time.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

#include "trace/event.hpp"
#include "trace/header.hpp"
#include "trace/row_table.hpp"

namespace loiter::trace {

// A task on a lane, or nested in another task of that lane (a sequential submit inside a task).
struct TaskSpan {
  FutureId future;
  Instant began;
  std::optional<Instant> ended;
  Outcome outcome = Outcome::Returned;  // once ended
  std::uint32_t depth = 0;              // how many tasks of the lane it is nested in
  std::uint32_t parent = 0;             // with depth > 0: the innermost of these, as an index into the lane's tasks
};

struct WaitSpan {
  Instant began;
  std::optional<Instant> ended;
  WaitBegan what;
  WaitEnd how = WaitEnd::Ready;  // once ended
  // In submit(), for ever: a worker process has only a copy of the pool, without the manager thread that would feed it.
  bool in_copied_pool = false;
};

struct SiteMark {
  Instant t;
  std::string site;
};

// From taking the GIL to letting it go.
struct GilSpan {
  Instant began;
  std::optional<Instant> ended;
};

// The GIL that the lanes of the lab's own process share went to that lane.
struct GilHolder {
  Instant t;
  LaneId lane;
};

// It computed from then to then, and had a core for so long.
struct ComputedSpan {
  Instant began;
  Instant ended;
  FutureId future;  // none outside of any task
  Duration cpu{};
};

struct Lane {
  LaneId id;
  LaneKind kind = LaneKind::Main;
  std::string name;
  std::uint32_t pid = 0;
  std::uint32_t os_tid = 0;
  Instant began;
  std::optional<Instant> ended;
  std::optional<ExecutorId> executor;      // of a worker
  std::vector<TaskSpan> tasks;             // by begin
  std::vector<WaitSpan> waits;             // by begin; they do not overlap
  std::vector<SiteMark> sites;             // by time
  std::vector<GilSpan> gil;                // by begin; when it held the GIL
  std::vector<Instant> gil_requests;       // by time; when it asked the holder to let go
  std::vector<ComputedSpan> computed;      // by end
  std::optional<std::uint32_t> open_task;  // the innermost task that has not ended, as an index into tasks
};

struct Delivery {
  FutureId future;
  Instant t;
  LaneId lane;
  DeliveredBy by = DeliveredBy::Result;
  std::uint32_t index = 0;
};

// How far a task, or the program, had come by its own account.
struct ProgressMark {
  Instant t;
  std::int64_t done = 0;
  std::int64_t total = 0;
};

struct FutureRow {
  FutureId id;
  std::string label;
  std::optional<ExecutorId> executor;
  LaneId submitter;
  Instant submitted;
  std::optional<Instant> running;  // says RUNNING from here on
  std::optional<Instant> began;    // really executes from here on
  std::optional<Instant> task_ended;
  std::optional<Instant> cancelled;
  std::optional<Instant> notified;  // CANCELLED_AND_NOTIFIED
  std::optional<Instant> finished;
  std::optional<LaneId> worker;    // the lane that executes it
  std::optional<Outcome> outcome;  // once finished, or aborted
  std::string type;
  std::string text;
  std::optional<Instant> first_read;   // its result or exception was first handed to somebody
  std::vector<ProgressMark> progress;  // by time
  Duration stopwatch{};                // that its computing took, by the lab's clock ...
  Duration cpu{};                      // ... and by that of the core: what of it was its own
};

struct Line {
  Instant t;
  LaneId lane;
  std::string text;
  bool is_log = false;   // from Logged: goes to stderr in Python
  FutureId task = {};    // the task that printed it; none outside of any
  bool goes_on = false;  // it was not ended: in a terminal the next one stands behind it
};

// From then on a pool could have so many workers.
struct PoolLimit {
  Instant t;
  std::uint32_t workers = 0;
};

struct Pool {
  ExecutorId id;
  std::string name;
  std::uint32_t max_workers = 0;  // in the end
  std::vector<PoolLimit> limits;  // by time: a worker added by hand raises it
  std::vector<LaneId> workers;
  std::optional<Instant> shut_down;
  std::optional<Instant> broken;
  std::string why_broken;
};

// Holds from t until it is freed as a whole, or until the next report, which then says what is stuck.
struct StuckReport {
  Instant t;
  std::optional<Instant> freed;
  std::vector<LaneId> lanes;
  std::vector<FutureId> futures;
  std::string chain;
};

// A way out of a deadlock that was taken.
struct EscapeMark {
  Instant t;
  LaneId lane;
  Escape how = Escape::Cancelled;
  FutureId future;
};

class Run {
 public:
  Run() = default;
  explicit Run(Header header) : m_header(std::move(header)) {}

  void apply(const Event& event);

  const Header& header() const { return m_header; }
  const std::deque<Lane>& lanes() const { return m_lanes.rows(); }           // lane n is at n if none is missing
  const std::deque<FutureRow>& futures() const { return m_futures.rows(); }  // future n is at n - 1 if none is missing
  const std::vector<Delivery>& deliveries() const { return m_deliveries; }
  // In the order in which they stopped waiting in their queue: they said they ran, or were cancelled.
  const std::vector<FutureId>& left_queue() const { return m_left_queue; }
  // In the order in which they were over: finished or cancelled.
  const std::vector<FutureId>& over() const { return m_over; }
  const std::deque<Line>& lines() const { return m_lines; }
  const std::vector<Pool>& pools() const { return m_pools.rows(); }
  const std::vector<StuckReport>& stuck() const { return m_stuck; }
  const std::vector<EscapeMark>& escapes() const { return m_escapes; }
  // Whenever the shared GIL went to another lane than the last one: how often it switched, and who had it last.
  const std::vector<GilHolder>& gil_holders() const { return m_gil_holders; }
  const std::vector<ProgressMark>& progress() const { return m_progress; }  // of the program, by its own account
  const std::optional<RunEnded>& ended() const { return m_ended; }
  Instant last() const { return m_last; }  // time of the latest event
  std::uint64_t event_count() const { return m_event_count; }
  std::uint64_t lost() const { return m_lost; }
  std::uint64_t inconsistent() const { return m_inconsistent; }

  const Lane* lane(LaneId id) const { return m_lanes.find(id); }
  const FutureRow* future(FutureId id) const { return m_futures.find(id); }
  const Pool* pool(ExecutorId id) const { return m_pools.find(id); }

 private:
  friend struct Fold;

  Header m_header;
  RowTable<Lane, LaneId, 0, std::deque<Lane>> m_lanes;
  RowTable<FutureRow, FutureId, 1, std::deque<FutureRow>> m_futures;
  std::vector<Delivery> m_deliveries;
  std::vector<FutureId> m_left_queue;
  std::vector<FutureId> m_over;
  std::deque<Line> m_lines;
  RowTable<Pool, ExecutorId, 0, std::vector<Pool>> m_pools;
  std::vector<StuckReport> m_stuck;
  std::vector<EscapeMark> m_escapes;
  std::vector<GilHolder> m_gil_holders;
  std::vector<ProgressMark> m_progress;
  std::unordered_set<LaneId> m_stuck_lanes;  // of the latest report, those not freed since
  std::optional<RunEnded> m_ended;
  Instant m_last{};
  std::uint64_t m_event_count = 0;
  std::uint64_t m_lost = 0;
  std::uint64_t m_inconsistent = 0;
};

// The run folded from a whole recording.
Run fold(const Recording& recording);

// --- What was true at an instant (t at or after the event counts as happened) ---

// How much of its work a task had done by its own account, from 0 to 1; none if it has said nothing, or not how much there is.
std::optional<double> progress_at(const FutureRow& future, Instant t);

// The state a future said it had; none before it was submitted.
std::optional<FutureState> state_at(const FutureRow& future, Instant t);
// When it stopped waiting in its queue, and when it was over (finished or cancelled), if it has come to that.
std::optional<Instant> left_queue_at(const FutureRow& future);
std::optional<Instant> over_at(const FutureRow& future);
// In the process pool's call queue: says running, is not executing yet.
bool in_call_queue_at(const FutureRow& future, Instant t);
// Raised, and nobody has asked for the result by then.
bool unread_exception_at(const FutureRow& future, Instant t);
const WaitSpan* wait_at(const Lane& lane, Instant t);  // the innermost wait open at t
const TaskSpan* task_at(const Lane& lane, Instant t);  // the innermost task open at t
const SiteMark* site_at(const Lane& lane, Instant t);  // the latest marker reached
// How many workers a pool could have at t, and those it had: begun, and not ended.
std::uint32_t max_workers_at(const Pool& pool, Instant t);
std::vector<LaneId> workers_at(const Run& run, const Pool& pool, Instant t);
// Whether the lane holds a GIL, the shared one or one of its own.
bool holds_gil_at(const Lane& lane, Instant t);
// Whether the lane takes the GIL that the lanes of the lab's own process share; a worker process has its own.
bool shares_gil(const Header& header, const Lane& lane);
// Where the stuck report that holds at t stands, if any lane is stuck then.
const StuckReport* stuck_at(const Run& run, Instant t);

}  // namespace loiter::trace
