// Recorder: turns what runtime, futures and the experiment tell into the run's one stream of events.
//
//   live:       each lane writes its own buffer --take()--> merged by time, causes before effects
//   simulated:  one list, in the order in which things happened
//   both:       --> wait-for graph --> Stuck / Unstuck, the moment a set of lanes is proven unable to move
//
// Shape    take() gives what is new; put together, the takes of a run are its events in order of time.
// Units    Lab time in events; live lanes are stamped in ticks and turned into lab time when taken.
// Errors   What does not fit the memory budget is counted and becomes a Lost event; once something is lost no deadlock
//          is claimed any more, for the proof would be missing a part.
// Threads  The observer's calls on the participants; take() and finish() by one thread that is none, while the run
//          goes on. In a live run recording takes no lock, and for the common events no memory of its own.
// Owner    Outlives the runtime that it observes.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/mutex.hpp"
#include "futures/observer.hpp"
#include "runtime/live.hpp"
#include "runtime/observer.hpp"
#include "runtime/runtime.hpp"
#include "trace/event.hpp"
#include "trace/lane_buffer.hpp"
#include "trace/wait_for_graph.hpp"

namespace loiter::trace {

class Recorder final : public runtime::Observer, public futures::Observer {
 public:
  static constexpr std::size_t default_budget = std::size_t{512} << 20U;
  explicit Recorder(std::size_t budget_bytes = default_budget) : m_chunks(budget_bytes) {}
  ~Recorder() override;

  // Before the runtime starts. A live one is asked for its clock.
  void attach(runtime::Live& runtime);
  void attach(runtime::Runtime& simulated);

  // --- Told by the experiment, on a participant ---
  void printed(std::string_view line, bool goes_on = false);
  void observed(Observed what) { tell(std::move(what)); }
  void reached(const char* site);  // lives as long as the program
  // Of the task that the calling lane executes; outside of any, of the program.
  void progressed(std::int64_t done, std::int64_t total);

  // --- For the reader ---
  // What is new, in place of what `events` holds; its memory is used again. True: there is more to take at once.
  bool take(std::vector<Event>& events);
  // After the last participant has ended, once there is no more to take: the end of the stream.
  Event finish(RunEnded end);
  bool is_stuck() const;       // as of the last take; a simulated run: as of now
  bool is_standstill() const;  // stuck, and nobody else will ever do anything either
  std::string stuck_chain() const;
  std::vector<DeadEnd> dead_ends() const;  // the best first; none while nobody is stuck
  // Simulated: called on the participant that finds lanes stuck, before time goes on; may unpark. Set before the start.
  void set_on_stuck(std::function<void()> on_stuck) { m_on_stuck = std::move(on_stuck); }

  // --- runtime::Observer ---
  void participant_began(runtime::Participant& participant) override;
  void participant_ended(runtime::Participant& participant, std::exception_ptr error) override;
  void wait_began(runtime::Participant& participant, const runtime::Reason& reason, Deadline deadline) override;
  void wait_ended(runtime::Participant& participant, WaitOn on, WaitEnd how) override;
  void gil_changed(runtime::Participant& participant, GilChange what) override;
  void computed(runtime::Participant& participant, Instant since, Duration cpu) override;
  void settled(bool quiescent) override;

  // --- futures::Observer ---
  void pool_created(ExecutorId executor, std::string_view name, std::uint32_t max_workers) override;
  void pool_grown(ExecutorId executor, std::uint32_t workers) override;
  void pool_shut_down(ExecutorId executor, bool cancel_futures) override;
  void pool_broken(ExecutorId executor, std::string_view why) override;
  void submitted(FutureId future, ExecutorId executor, const futures::CallLabel& label) override;
  void state_changed(FutureId future, FutureState from, FutureState to) override;
  void completed(FutureId future, FutureState from, Outcome outcome, const futures::ValueText& value) override;
  void started(FutureId future) override;
  void ended(FutureId future, Outcome outcome, const futures::ValueText& value) override;
  void call_began(FutureId future) override;
  void call_ended(FutureId future, Outcome outcome, const futures::ValueText& value) override;
  void delivered(FutureId future, DeliveredBy by, std::uint32_t index) override;
  void escaped(Escape how, FutureId future) override;
  void logged(std::string_view level, std::string_view text) override;

 private:
  enum class Steps : std::uint8_t { Counts, Passes };  // whether a step ends with the event
  static Steps steps_of(WaitOn on);

  LaneBuffer& buffer() const;
  bool write(RawRecord record, Steps steps = Steps::Counts);
  void tell(EventBody body);
  void tell_simulated(EventBody body);
  bool take_live(std::vector<Event>& events) LOITER_REQUIRES(m_mutex);
  bool merge_lanes(std::vector<Event>& events) LOITER_REQUIRES(m_mutex);
  void feed_graph() LOITER_REQUIRES(m_mutex);
  bool check_stuck(Instant t, std::vector<Event>& events) LOITER_REQUIRES(m_mutex);
  void tell_lost(std::vector<Event>& events) LOITER_REQUIRES(m_mutex);
  void add_lane(runtime::Participant& participant);
  std::string unique_name(const std::string& name) LOITER_REQUIRES(m_mutex);

  runtime::Runtime* m_runtime = nullptr;
  runtime::Live* m_live = nullptr;
  std::function<void()> m_on_stuck;
  ChunkStore m_chunks;

  mutable Mutex m_mutex;
  std::vector<std::unique_ptr<LaneBuffer>> m_buffers LOITER_GUARDED_BY(m_mutex);
  std::set<std::string> m_names LOITER_GUARDED_BY(m_mutex);
  std::vector<Event> m_simulated LOITER_GUARDED_BY(m_mutex);
  std::size_t m_checked LOITER_GUARDED_BY(m_mutex) = 0;  // of m_simulated: seen by the graph
  WaitForGraph m_graph LOITER_GUARDED_BY(m_mutex);
  StuckSet m_stuck LOITER_GUARDED_BY(m_mutex);
  std::string m_chain LOITER_GUARDED_BY(m_mutex);
  std::vector<DeadEnd> m_dead_ends LOITER_GUARDED_BY(m_mutex);
  bool m_is_standstill LOITER_GUARDED_BY(m_mutex) = false;
  Instant m_last LOITER_GUARDED_BY(m_mutex){};
  std::uint64_t m_lost_told LOITER_GUARDED_BY(m_mutex) = 0;
};

}  // namespace loiter::trace
