// Random scenarios on the simulated clock: a deadlock is reported exactly when the run cannot go on, and what is reported
// is exactly what never moves again. The second opinion knows nothing of the wait-for graph: a simulated run in which
// nobody can run and no deadline is left cannot go on, and who still waits then waits for ever.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <cstdlib>
#include <map>
#include <set>

#include "engine/random_scenario.hpp"
#include "engine/session.hpp"

namespace loiter::engine {
namespace {

using namespace std::chrono_literals;
using trace::Event;
using trace::FutureState;
using trace::WaitOn;

#if defined(__SANITIZE_THREAD__) || defined(__SANITIZE_ADDRESS__)
constexpr std::uint64_t usual_programs = 500;
#else
constexpr std::uint64_t usual_programs = 10'000;
#endif

std::uint64_t from_environment(const char* name, std::uint64_t otherwise) {
  const char* const text = std::getenv(name);
  return text != nullptr ? std::strtoull(text, nullptr, 10) : otherwise;
}

// The run as far as it matters here, event by event.
class SecondOpinion {
 public:
  std::vector<std::string> wrong;

  void take(const Event& event) {
    if (m_over) return;
    std::visit([&](const auto& body) { see(event, body); }, event.body);
  }

  const trace::RunEnded& ended() const { return m_ended; }

  // At the end: what was reported and not taken back is what can never move.
  void judge() {
    if (m_ended.how != trace::RunEnd::Stuck) {
      expect(m_ended.how == trace::RunEnd::Finished, "the run has ended by itself, or is stuck");
      expect(m_lanes.empty(), "nobody who was reported stuck has ended");
      return;
    }
    std::set<LaneId> waiting;
    std::set<FutureId> unfinished;
    for (const auto& [lane, wait] : m_waits) {
      expect(!wait.deadline, "who waits with a deadline is not stuck");
      if (wait.on == WaitOn::Queue) continue;  // an idle worker, or a manager without anything to do
      waiting.insert(lane);
      for (const FutureId future : wait.futures) {
        if (!is_finished(future)) unfinished.insert(future);
      }
    }
    for (const auto& [future, state] : m_states) {
      if (state == FutureState::Pending || state == FutureState::Running) unfinished.insert(future);
    }
    expect(m_alive.size() == m_waits.size(), "every lane waits");
    expect(m_lanes == waiting, "the lanes reported are those that wait");
    expect(m_futures == unfinished, "the futures reported are those that will never be done");
  }

 private:
  template <class Body>
  void see(const Event& event, const Body& /*body*/) {
    moved(event.lane);
  }
  void see(const Event& event, const trace::LaneBegan& /*began*/) { m_alive.insert(event.lane); }
  void see(const Event& event, const trace::LaneEnded& /*ended*/) {
    moved(event.lane);
    m_alive.erase(event.lane);
  }
  void see(const Event& event, const trace::Submitted& submitted) {
    moved(event.lane);
    m_states[submitted.future] = FutureState::Pending;
  }
  void see(const Event& event, const trace::StateChanged& changed) {
    moved(event.lane);
    m_states[changed.future] = changed.to;
    if (changed.to == FutureState::Cancelled) m_cancelled = true;
  }
  void see(const Event& event, const trace::WaitBegan& wait) {
    const auto woken = m_woken.find(event.lane);
    const bool goes_on = woken != m_woken.end() && woken->second == wait;
    m_woken.erase(event.lane);
    if (!goes_on) moved(event.lane);
    m_waits[event.lane] = wait;
  }
  void see(const Event& event, const trace::WaitEnded& wait) {
    if (wait.how == trace::WaitEnd::Aborted) {
      m_over = true;  // the run is being stopped
      return;
    }
    // Somebody may wake it for nothing: then it waits again for the same.
    m_woken[event.lane] = m_waits[event.lane];
    m_waits.erase(event.lane);
  }
  void see(const Event& /*event*/, const trace::Stuck& stuck) {
    m_lanes = {stuck.lanes.begin(), stuck.lanes.end()};
    m_futures = {stuck.futures.begin(), stuck.futures.end()};
    m_cancelled = false;
    expect(!stuck.chain.empty(), "a deadlock is explained");
    for (const LaneId lane : m_lanes) expect(m_waits.contains(lane), "who is stuck waits");
  }
  void see(const Event& /*event*/, const trace::Unstuck& freed) {
    for (const LaneId lane : freed.lanes) m_lanes.erase(lane);
    for (const FutureId future : freed.futures) m_futures.erase(future);
  }
  void see(const Event& /*event*/, const trace::RunEnded& /*ended*/) {}

  // Only a cancel can free those who are stuck.
  void moved(LaneId lane) {
    m_woken.erase(lane);
    expect(!m_lanes.contains(lane) || m_cancelled, "who was reported stuck has not moved");
  }
  bool is_finished(FutureId future) const {
    const auto found = m_states.find(future);
    return found != m_states.end() &&
           (found->second == FutureState::Finished || found->second == FutureState::CancelledAndNotified);
  }
  void expect(bool is_so, const char* what) {
    if (!is_so) wrong.emplace_back(what);
  }

 public:
  void end(const trace::RunEnded& ended) { m_ended = ended; }

 private:
  std::set<LaneId> m_alive;
  std::map<LaneId, trace::WaitBegan> m_waits;
  std::map<LaneId, trace::WaitBegan> m_woken;  // what they waited for, and have done nothing since
  std::map<FutureId, FutureState> m_states;
  std::set<LaneId> m_lanes;  // reported
  std::set<FutureId> m_futures;
  bool m_cancelled = false;
  bool m_over = false;
  trace::RunEnded m_ended;
};

}  // namespace

TEST_CASE("random scenarios: stuck is what cannot go on, and it is exactly what is reported") {
  const std::uint64_t first = from_environment("LOITER_SEED", 1);
  const std::uint64_t programs = from_environment("LOITER_PROGRAMS", usual_programs);
  std::uint64_t stuck = 0;
  for (std::uint64_t seed = first; seed < first + programs; ++seed) {
    const std::string text = RandomScenario(seed).text();
    const auto setup = experiments::complete({.clock = trace::Clock::Simulated,
                                              .seed = seed % 4 == 0 ? 0 : seed,
                                              .scenario = experiments::ScenarioText{"random.toml", text}});
    if (!setup) FAIL("seed " << seed << ": " << setup.error().message << "\n" << text);
    const trace::Recording recording =
        run_to_end(*setup, {.pace = runtime::Pace::instant(), .stop_when_stuck = true, .real_timeout = 20s});
    SecondOpinion opinion;
    for (const Event& event : recording.events) opinion.take(event);
    opinion.end(std::get<trace::RunEnded>(recording.events.back().body));
    opinion.judge();
    if (!opinion.wrong.empty()) {
      UNSCOPED_INFO("seed " << seed << "\n" << text);
      FAIL(opinion.wrong.front());
    }
    if (opinion.ended().how == trace::RunEnd::Stuck) ++stuck;
  }
  // Both kinds are drawn often enough to say something.
  if (programs >= 500) CHECK((stuck > programs / 10 && stuck < programs * 9 / 10));
}

}  // namespace loiter::engine
