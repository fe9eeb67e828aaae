// Event: one thing that happened in a run. The append-only stream of these is the only source of truth; timeline,
// tables, transcript, wait-for graph and run files are folds over it.
//
// Shape    When (lab time since the run began), who (the lane), and what (one of the structs below, past tense).
//          A lane's first event is LaneBegan; lanes are numbered in that order, main being 0.
// Units    Lab time in nanoseconds; progress in bytes or units of work.
// Source   RUNFILE, version 1; names and texts are those of its `ev` rows.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/duration.hpp"
#include "base/ids.hpp"
#include "futures/state.hpp"
#include "runtime/gil.hpp"
#include "runtime/participant.hpp"
#include "runtime/wait.hpp"

namespace loiter::trace {

using futures::DeliveredBy;
using futures::FutureState;
using futures::Outcome;
using runtime::GilChange;
using runtime::GilKind;
using runtime::LaneKind;
using runtime::WaitEnd;
using runtime::WaitOn;

using futures::Escape;
enum class Observation : std::uint8_t { Value, Error, State, End, Sets };
enum class RunEnd : std::uint8_t { Finished, Raised, Stopped, Stuck, Timeout };

struct LaneBegan {
  LaneKind kind = LaneKind::Main;
  std::string name;
  std::uint32_t pid = 0;                    // live runs; 0 is unknown
  std::uint32_t os_tid = 0;                 // live runs; 0 is unknown
  std::optional<ExecutorId> executor = {};  // of a worker: its pool
  bool operator==(const LaneBegan&) const = default;
};
struct LaneEnded {
  bool operator==(const LaneEnded&) const = default;
};
struct PoolCreated {
  ExecutorId executor;
  std::uint32_t workers = 0;  // the most it may have; 0: it runs each call in the submitting lane
  std::string name = {};
  bool operator==(const PoolCreated&) const = default;
};
struct PoolGrown {
  ExecutorId executor;
  std::uint32_t workers = 0;  // how many it has now, the new one included; its lane begins after this event
  bool operator==(const PoolGrown&) const = default;
};
struct PoolShutDown {
  ExecutorId executor;
  bool cancel_futures = false;  // true: its queue was emptied, what lay in it is cancelled
  bool operator==(const PoolShutDown&) const = default;
};
struct PoolBroken {
  ExecutorId executor;
  std::string why;
  bool operator==(const PoolBroken&) const = default;
};
struct Submitted {
  FutureId future;
  ExecutorId executor;
  std::string label;  // "loiter(3)"
  bool operator==(const Submitted&) const = default;
};
struct StateChanged {
  FutureId future;
  FutureState from = FutureState::Pending;
  FutureState to = FutureState::Pending;
  // Of a change to Finished that no TaskEnded tells of (a promise, a broken pool's future); else type is empty.
  Outcome outcome = Outcome::Returned;
  std::string type;
  std::string text;
  bool operator==(const StateChanged&) const = default;
};
struct TaskBegan {
  FutureId future;
  bool operator==(const TaskBegan&) const = default;
};
struct TaskEnded {
  FutureId future;
  Outcome outcome = Outcome::Returned;
  std::string type = {};  // Python's name of the value's or the exception's type
  std::string text = {};  // repr of the value, or the exception's message
  bool operator==(const TaskEnded&) const = default;
};
struct WaitBegan {
  WaitOn on = WaitOn::Sleep;
  std::vector<FutureId> futures = {};
  std::uint32_t more = 0;  // futures waited for beyond those listed
  bool any = false;
  Deadline deadline = {};
  std::optional<LaneId> joins = {};
  bool first_exception = false;  // with any: one that raises is enough, or all of them
  bool operator==(const WaitBegan&) const = default;
};
struct WaitEnded {
  WaitOn on = WaitOn::Sleep;
  WaitEnd how = WaitEnd::Ready;
  bool operator==(const WaitEnded&) const = default;
};
struct Delivered {
  FutureId future;
  DeliveredBy by = DeliveredBy::Result;
  std::uint32_t index = 0;  // counts from 0 within one iterator
  bool operator==(const Delivered&) const = default;
};
struct Printed {
  std::string text;      // one line, without its end
  bool goes_on = false;  // the line was not ended: what is printed next continues it
  bool operator==(const Printed&) const = default;
};
// What a step of a scenario's program has seen: a value, an error, a state, the end of an iterator, or who is done.
struct Observed {
  std::uint32_t step = 0;  // counts from 1
  Observation what = Observation::Value;
  std::string type = {};               // Python's, of the value or the error
  std::string text = {};               // str() of the value, or the error's text; the state's name
  std::vector<std::string> done = {};  // names, in order
  std::vector<std::string> not_done = {};
  bool operator==(const Observed&) const = default;
};
struct SiteReached {
  std::string site;
  bool operator==(const SiteReached&) const = default;
};
struct GilChanged {
  GilChange what = GilChange::Requested;
  bool operator==(const GilChanged&) const = default;
};
// The lane has computed since then. Together with its time this is a stopwatch; cpu says what of it was its own.
struct Computed {
  FutureId future = {};  // of the task that it executes; none outside of any
  Instant since;
  Duration cpu{};
  bool operator==(const Computed&) const = default;
};
struct Progressed {
  FutureId future;  // none: the program itself says how far it has come
  std::int64_t done = 0;
  std::int64_t total = 0;
  bool operator==(const Progressed&) const = default;
};
// The set of lanes and futures proven unable to move has grown (or, Unstuck, has been freed).
struct Stuck {
  std::vector<LaneId> lanes;
  std::vector<FutureId> futures;
  std::string chain;  // who waits for what, and why nothing can move
  bool operator==(const Stuck&) const = default;
};
struct Unstuck {
  std::vector<LaneId> lanes;
  std::vector<FutureId> futures;
  bool operator==(const Unstuck&) const = default;
};
struct Escaped {
  Escape how = Escape::Cancelled;
  FutureId future = {};  // that the lane waited for
  bool operator==(const Escaped&) const = default;
};
// What Python's logging would write to stderr: a failed callback, a failed initializer.
struct Logged {
  std::string level;  // "ERROR", "CRITICAL"
  std::string text;
  bool operator==(const Logged&) const = default;
};
// Events that the recorder could not keep, counted.
struct Lost {
  std::uint64_t count = 0;
  bool operator==(const Lost&) const = default;
};
struct RunEnded {
  RunEnd how = RunEnd::Finished;
  std::string type = {};
  std::string text = {};
  bool operator==(const RunEnded&) const = default;
};

using EventBody =
    std::variant<LaneBegan, LaneEnded, PoolCreated, PoolGrown, PoolShutDown, PoolBroken, Submitted, StateChanged,
                 TaskBegan, TaskEnded, WaitBegan, WaitEnded, Delivered, Printed, Observed, SiteReached, GilChanged,
                 Computed, Progressed, Stuck, Unstuck, Escaped, Logged, Lost, RunEnded>;

struct Event {
  Instant t;
  LaneId lane;
  EventBody body;
  bool operator==(const Event&) const = default;
};

}  // namespace loiter::trace
