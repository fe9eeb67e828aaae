// Script: a run written down event by event, for the tests of everything that folds one.
//
// Shape    at() and on() set the time and the lane of the events that follow; each further call adds one event. A few
//          calls stand for the handful of events that a pool writes each time.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "trace/event.hpp"
#include "trace/header.hpp"
#include "trace/run.hpp"

namespace loiter::trace {

inline Instant seconds_in(double seconds) { return Instant{from_seconds(seconds)}; }

class Script {
 public:
  Recording recording;

  Script& at(double seconds) {
    m_now = seconds_in(seconds);
    return *this;
  }
  Script& on(std::uint32_t lane) {
    m_lane = LaneId{lane};
    return *this;
  }
  Script& add(EventBody body) {
    recording.events.push_back({m_now, m_lane, std::move(body)});
    return *this;
  }

  Script& main() { return on(0).add(LaneBegan{LaneKind::Main, "main"}); }
  // A pool, and its workers on the lanes that follow main's: 1, 2, ...
  Script& pool(std::uint32_t id, std::uint32_t max_workers, std::string name = "ThreadPoolExecutor-0") {
    return add(PoolCreated{ExecutorId{id}, max_workers, std::move(name)});
  }
  Script& grow(std::uint32_t id, std::uint32_t workers) { return add(PoolGrown{ExecutorId{id}, workers}); }
  Script& worker(std::uint32_t lane, std::uint32_t pool, const std::string& name, LaneKind kind = LaneKind::Thread) {
    return on(lane).add(LaneBegan{kind, name, 0, 0, ExecutorId{pool}});
  }
  Script& submit(std::uint32_t future, std::string label, std::uint32_t pool = 0) {
    return add(Submitted{FutureId{future}, ExecutorId{pool}, std::move(label)});
  }
  Script& state(std::uint32_t future, FutureState from, FutureState to) {
    return add(StateChanged{FutureId{future}, from, to});
  }
  Script& running(std::uint32_t future) { return state(future, FutureState::Pending, FutureState::Running); }
  Script& begin(std::uint32_t future) { return running(future).add(TaskBegan{FutureId{future}}); }
  Script& finish(std::uint32_t future) {
    return add(TaskEnded{FutureId{future}, Outcome::Returned, "int", "30"})
        .state(future, FutureState::Running, FutureState::Finished);
  }
  Script& raise(std::uint32_t future, std::string type, std::string text = "") {
    return add(TaskEnded{FutureId{future}, Outcome::Raised, std::move(type), std::move(text)})
        .state(future, FutureState::Running, FutureState::Finished);
  }
  Script& cancel(std::uint32_t future) { return state(future, FutureState::Pending, FutureState::Cancelled); }
  Script& wait(WaitOn what, const std::vector<std::uint32_t>& futures = {}, bool any = false, Deadline deadline = {}) {
    WaitBegan wait{what, {}, 0, any, deadline, {}};
    for (const std::uint32_t future : futures) wait.futures.push_back(FutureId{future});
    return add(std::move(wait));
  }
  Script& join(std::uint32_t lane) { return add(WaitBegan{WaitOn::Join, {}, 0, false, {}, LaneId{lane}}); }
  Script& woken(WaitOn what, WaitEnd how = WaitEnd::Ready) { return add(WaitEnded{what, how}); }

  Run run() const { return fold(recording); }

 private:
  Instant m_now{};
  LaneId m_lane{};
};

}  // namespace loiter::trace
