// Worker processes live in lab time: a held run holds them, a step lets one go on, a pace is theirs too.
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "engine/session.hpp"
#include "engine/transcript.hpp"
#include "trace/run.hpp"

using namespace loiter;
using namespace loiter::engine;
using namespace loiter::engine::testing;
using namespace std::chrono_literals;
using trace::Clock;
using trace::Mode;

namespace {

experiments::Setup processes_on(Clock clock) {
  return *experiments::complete({.experiment = "loiter", .mode = Mode::Processes, .clock = clock});
}

// Takes what is new; true once `enough` holds for the run so far.
template <class Enough>
void follow(Session& session, trace::Run& run, Enough enough) {
  while (!enough()) {
    session.wait_for_news(1h);
    for (const trace::Event& event : session.take()) run.apply(event);
  }
}

std::size_t futures_finished(const trace::Run& run) {
  std::size_t finished = 0;
  for (const trace::FutureRow& future : run.futures()) {
    finished += trace::state_at(future, run.last()) == trace::FutureState::Finished ? 1U : 0U;
  }
  return finished;
}

}  // namespace

TEST_CASE("a held run lets no time pass for sleeping worker processes", "[live]") {
  Session session(processes_on(Clock::Live), {.pace = {.rate = 10.0}});
  trace::Run run(session.header());
  follow(session, run, [&] { return futures_finished(run) == 2; });
  session.pause();
  while (!session.status().paused) session.wait_for_news(1ms);
  const Instant held = session.status().now;
  // Three times as long as the next one would still sleep.
  const auto until = std::chrono::steady_clock::now() + 300ms;
  while (std::chrono::steady_clock::now() < until) {
    session.wait_for_news(10ms);
    for (const trace::Event& event : session.take()) run.apply(event);
  }
  CHECK(session.status().now == held);
  CHECK(run.last() <= held);
  CHECK_FALSE(run.ended());
  session.resume();
  follow(session, run, [&] { return run.ended().has_value(); });
  CHECK(futures_finished(run) == 5);
  CHECK(run.last() >= Instant{5s});
}

TEST_CASE("a run in worker processes can be stepped from its first event to its last", "[live]") {
  const Clock clock = GENERATE(Clock::Live, Clock::Simulated);
  Session session(processes_on(clock), {.start_paused = true});
  trace::Run run(session.header());
  std::size_t steps = 0;
  while (!session.status().ended) {
    session.step();
    ++steps;
    session.wait_for_news(1ms);
    for (const trace::Event& event : session.take()) run.apply(event);
  }
  for (const trace::Event& event : session.take()) run.apply(event);
  CHECK(steps > 20);
  CHECK(run.ended()->how == trace::RunEnd::Finished);
  CHECK(run.inconsistent() == 0);
  CHECK(futures_finished(run) == 5);
}

TEST_CASE("a pace holds for worker processes: their sleep is lab time", "[live]") {
  const runtime::Pace pace = GENERATE(runtime::Pace{.rate = 20.0}, runtime::Pace::instant());
  const trace::Run run = trace::fold(run_to_end(processes_on(Clock::Live), {.pace = pace}));
  REQUIRE(run.futures().size() == 5);
  const std::vector<Duration> asleep{0s, 1s, 2s, 3s, 4s};
  for (std::size_t i = 0; i < asleep.size(); ++i) {
    const trace::FutureRow& future = run.futures()[i];
    CHECK(future.finished.value() - future.submitted >= asleep[i]);
  }
  CHECK(run.last() >= Instant{5s});
}

TEST_CASE("a killed worker process is killed on both clocks, and the lab goes on", "[live]") {
  const Clock clock = GENERATE(Clock::Live, Clock::Simulated);
  Session session(processes_on(clock), {.pace = {.rate = 10.0}});
  trace::Run run(session.header());
  follow(session, run, [&] { return futures_finished(run) == 2; });
  CHECK_FALSE(session.kill_worker("Process-9"));
  CHECK(session.kill_worker("Process-2"));
  follow(session, run, [&] { return run.ended().has_value(); });
  CHECK(run.ended()->how == trace::RunEnd::Raised);
  CHECK(run.ended()->type == "BrokenProcessPool");
  CHECK_FALSE(session.kill_worker("Process-2"));
}
