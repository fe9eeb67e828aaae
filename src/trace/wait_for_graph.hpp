// WaitForGraph: who waits for whom, and the proof of who can never move again.
//
// Shape    A fold over events. stuck() is what is left outside the least fixpoint of "can make progress":
//            a lane     that runs, sleeps, does I/O, waits for the GIL or a pause, or waits with a deadline: can;
//                       that waits for one future of several: if one can; for all of them: if each can; for the first
//                       that raises: if one that is not done can, or none is left;
//                       that waits for a lane's end: if that lane can
//            a future   that a lane executes: if the lane can;
//                       that lies in a queue: if its pool can still give it a worker: an idle one, one announced or not
//                       yet started, or one that can itself;
//                       of a process pool whose manager waits in a done-callback: if the manager can;
//                       that is cancelled: result() and map() see it at once, wait() and as_completed() when a worker
//                       takes it from the queue, so never if a shutdown emptied the queue;
//                       that has no pool (a promise): if any lane can
//          An idle worker is neither stuck nor a source of progress. Where the events do not say enough (a wait that
//          lists only some of its futures, a pool that is breaking, a task whose result is on its way), it can: what is
//          reported stuck is stuck.
// Units    A check costs time by lanes, pools and the futures waited for, not by all futures; without a lane that waits
//          for a future or a lane it costs nothing.
// Threads  A plain value; one thread at a time, the const functions included.
// Source   DESIGN, trace; SEMANTICS rows T10, W08, D01-D05.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "trace/event.hpp"
#include "trace/row_table.hpp"

namespace loiter::trace {

struct StuckSet {
  std::vector<LaneId> lanes;      // in order; those that wait for a result, a map, as_completed, wait or a join
  std::vector<FutureId> futures;  // in order; what they wait for, execute, and what lies in their pools' queues
  bool empty() const { return lanes.empty(); }
  bool operator==(const StuckSet&) const = default;
};

// Where a stuck set can be got out of: a lane of it that waits, and for what.
struct DeadEnd {
  LaneId lane;
  WaitOn on = WaitOn::Result;
  FutureId future;
  FutureState state = FutureState::Pending;  // of that future
  std::optional<ExecutorId> queue;           // it lies in the queue of this pool
  bool has_threads = false;                  // which is one of threads
  bool operator==(const DeadEnd&) const = default;
};

class WaitForGraph {
 public:
  void apply(const Event& event) { apply(event.lane, event.body); }
  void apply(LaneId lane, const EventBody& body);
  // The same for the most frequent ones.
  void apply(LaneId lane, const Submitted& event);
  void apply(LaneId lane, const StateChanged& event);
  void apply(LaneId lane, const TaskBegan& event);
  void apply(LaneId lane, const TaskEnded& event);
  void apply(LaneId lane, const WaitBegan& event);
  void apply(LaneId lane, const WaitEnded& event);
  void apply(LaneId /*lane*/, const Delivered& /*event*/) {}  // changes nothing here
  void apply(LaneId /*lane*/, const SiteReached& /*event*/) {}

  // Whether anything has happened since the last stuck() that could change its answer.
  bool needs_check() const { return m_changed && !m_over && (m_blocked > 0 || m_was_stuck); }
  // Empty, too, once the run is over or being stopped.
  StuckSet stuck() const;
  // Nothing else moves either, or ever will: as of the last stuck(), which was not empty.
  bool is_standstill() const { return m_is_standstill; }
  // The places to get out of the set, the best first: lanes whose futures only want a worker, then those that wait for
  // another lane. None: nobody in it waits for a future. The set is the last one, with no event since.
  std::vector<DeadEnd> dead_ends(const StuckSet& stuck) const;
  // The set in one sentence: who waits for whom, and why nothing can move. The set is the last one, with no event since.
  std::string chain(const StuckSet& stuck) const;

 private:
  friend struct GraphFold;
  friend class Fixpoint;
  friend class ChainText;

  struct Lane {
    LaneId id;
    std::string name;
    LaneKind kind = LaneKind::Main;
    std::optional<ExecutorId> executor;
    bool is_worker = false;  // of a pool that is known
    bool is_idle = false;    // a worker that waits for work
    bool ended = false;
    std::size_t slot = 0;         // its place in m_alive
    std::vector<FutureId> tasks;  // open, outermost first
    std::optional<WaitBegan> wait;
  };
  // Where a future is on its way through a pool.
  enum class Place : std::uint8_t { ByHand, Queued, Removed, Executing, Left };
  struct Future {
    FutureId id;
    std::string label;
    FutureState state = FutureState::Pending;
    Place place = Place::ByHand;
    bool raised = false;
    bool is_on_its_way = false;  // its call is over, its result not yet known
    ExecutorId executor;         // unless by hand
    LaneId lane;                 // executing: on this lane; else the one that submitted it
  };
  struct Pool {
    ExecutorId id;
    std::uint32_t most_workers = 0;
    std::uint32_t workers = 0;    // alive
    std::uint32_t announced = 0;  // grown, but not begun
    std::uint32_t idle = 0;
    std::optional<LaneId> manager = {};  // of a process pool, which alone reports results
    bool is_shut_down = false;
    bool is_broken = false;
    std::size_t queued = 0;
    std::size_t on_their_way = 0;
    std::deque<FutureId> queue;  // in order; some have left it since
  };
  // What a waiter is held up by.
  struct Blocker {
    enum class Kind : std::uint8_t { Nothing, Lane, Pool, Anyone, Nobody };
    Kind kind = Kind::Nothing;
    std::size_t index = 0;  // a slot of m_alive, or a place in m_pools
  };

  const Lane& at_slot(std::size_t slot) const { return *m_lanes.find(m_alive[slot]); }
  static bool is_blocking(const WaitBegan& wait);
  Blocker blocker_of(FutureId future, WaitOn on) const;
  Blocker blocker_of_lane(LaneId lane) const;
  // The manager, if it waits for a future itself, in a done-callback; else null.
  const Lane* waiting_manager(const Pool& pool) const;
  DeadEnd dead_end_at(const Lane& lane, const Future& future) const;
  bool has_hope(const Pool& pool) const;  // whatever its busy workers do
  void add_unreported(const Pool& pool, std::vector<FutureId>& futures) const;
  void add_queue(const Pool& pool, std::vector<FutureId>& futures) const;

  RowTable<Lane, LaneId, 0, std::vector<Lane>> m_lanes;
  RowTable<Future, FutureId, 1, std::vector<Future>> m_futures;
  RowTable<Pool, ExecutorId, 0, std::vector<Pool>> m_pools;
  std::vector<LaneId> m_alive;
  std::size_t m_blocked = 0;  // lanes that could be stuck
  bool m_over = false;
  mutable bool m_changed = false;
  mutable bool m_was_stuck = false;
  mutable bool m_is_standstill = false;
};

}  // namespace loiter::trace
