#include "engine/session.hpp"

#include <algorithm>
#include <catch2/catch_template_test_macros.hpp>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "engine/transcript.hpp"
#include "futures/errors.hpp"
#include "futures/thread_pool_executor.hpp"
#include "futures/wait.hpp"
#include "trace/run.hpp"

using namespace loiter;
using namespace loiter::engine;
using namespace loiter::engine::testing;
using namespace std::chrono_literals;
using trace::Clock;

namespace {

experiments::Setup setup_on(Clock clock) { return *experiments::complete({.experiment = "loiter", .clock = clock}); }

// A task that waits for a task that waits for its worker.
void wait_forever(experiments::Lab& lab) {
  futures::ThreadPoolExecutor pool(lab.context(), {.max_workers = 1});
  const auto outer = pool.submit(futures::named(
      "wait_forever", [&pool] { return pool.submit(futures::named("zip", [] { return 1; })).result(); }));
  outer.result();
}

trace::Recording all_of(Session& session) {
  trace::Recording recording{.header = session.header(), .events = {}};
  while (recording.events.empty() || !std::holds_alternative<trace::RunEnded>(recording.events.back().body)) {
    session.wait_for_news(1h);
    for (trace::Event& event : session.take()) recording.events.push_back(std::move(event));
  }
  return recording;
}

}  // namespace

TEST_CASE("a deadlock is reported on both clocks with its chain, and the run can be ended for it") {
  const Clock clock = GENERATE(Clock::Live, Clock::Simulated);
  Session session(setup_on(clock), wait_forever, {.pace = runtime::Pace::instant(), .stop_when_stuck = true});
  const trace::Run folded = trace::fold(all_of(session));
  CHECK(folded.ended()->how == trace::RunEnd::Stuck);
  // A live one may be caught before main waits too; the last report is the whole of it, if the run stood long enough.
  REQUIRE_FALSE(folded.stuck().empty());
  const trace::StuckReport& report = folded.stuck().back();
  CHECK(std::ranges::find(report.lanes, LaneId{1}) != report.lanes.end());
  CHECK(report.futures == std::vector<FutureId>{{1}, {2}});
  CHECK(report.chain.find("the only worker is ThreadPoolExecutor-0_0") != std::string::npos);
  if (clock == Clock::Simulated) CHECK(report.lanes == std::vector<LaneId>{{0}, {1}});
}

TEST_CASE("a simulated deadlock is reported at the very instant") {
  Session session(setup_on(Clock::Simulated),
                  [](experiments::Lab& lab) {
                    lab.sleep(3s);
                    wait_forever(lab);
                  },
                  {.pace = runtime::Pace::instant(), .stop_when_stuck = true});
  CHECK(trace::fold(all_of(session)).stuck().front().t == Instant{3s});
}

TEST_CASE("a run that is stuck stays on screen until it is stopped") {
  const Clock clock = GENERATE(Clock::Live, Clock::Simulated);
  Session session(setup_on(clock), wait_forever, {});
  while (!session.status().stuck) session.wait_for_news(10ms);
  CHECK_FALSE(session.status().ended);
  session.stop();
  CHECK(end_of(all_of(session)).how == trace::RunEnd::Stopped);
}

TEST_CASE("what the program raises is how the run ends") {
  const Clock clock = GENERATE(Clock::Live, Clock::Simulated);
  Session session(setup_on(clock), [](experiments::Lab&) { throw futures::ValueError("no such number"); }, {});
  const trace::RunEnded end = end_of(all_of(session));
  CHECK(end.how == trace::RunEnd::Raised);
  CHECK(end.type == "ValueError");
  CHECK(end.text == "no such number");
}

TEST_CASE("a simulated run ends exactly at its timeout, however fast it runs") {
  Session session(setup_on(Clock::Simulated), {.pace = runtime::Pace::instant(), .timeout = 2500ms});
  const trace::Recording recording = all_of(session);
  CHECK(end_of(recording).how == trace::RunEnd::Timeout);
  CHECK(recording.events.back().t == Instant{2500ms});
}

TEST_CASE("a live run ends at its timeout", "[live]") {
  Session session(setup_on(Clock::Live), [](experiments::Lab& lab) { lab.sleep(1h); }, {.timeout = 20ms});
  CHECK(end_of(all_of(session)).how == trace::RunEnd::Timeout);
}

TEST_CASE("a stopped run ends in the middle of whatever it does") {
  const Clock clock = GENERATE(Clock::Live, Clock::Simulated);
  Session session(setup_on(clock), [](experiments::Lab& lab) { lab.sleep(1h); }, {});
  session.stop();
  session.stop();
  CHECK(end_of(all_of(session)).how == trace::RunEnd::Stopped);
}

TEST_CASE("a session that is thrown away leaves nothing behind") {
  const Clock clock = GENERATE(Clock::Live, Clock::Simulated);
  for (int i = 0; i < 20; ++i) Session(setup_on(clock), {});
}

TEST_CASE("a run started held shows nothing, and each step lets one more event happen") {
  Session session(setup_on(Clock::Simulated), {.pace = runtime::Pace::instant(), .start_paused = true});
  std::size_t seen = 0;
  const auto wait_until_seen = [&](std::size_t count) {
    while (seen < count) {
      session.wait_for_news(1h);
      seen += session.take().size();
    }
  };
  for (std::size_t n = 1; n < 12; ++n) {
    session.step();
    wait_until_seen(n);
    CHECK(seen == n);
    CHECK(session.status().paused);
  }
  session.resume();
  while (!session.status().ended) session.wait_for_news(1h);
}

TEST_CASE("news are announced on the engine thread") {
  std::atomic<int> news{0};
  {
    Session session(setup_on(Clock::Simulated), {.pace = runtime::Pace::instant(), .on_news = [&] { ++news; }});
    all_of(session);
  }  // the announcement comes after what it announces
  CHECK(news > 0);
}

TEST_CASE("a wait for the first exception is not stuck while one of its futures can still raise") {
  const auto program = [](experiments::Lab& lab) {
    futures::ThreadPoolExecutor stuck_pool(lab.context(), {.max_workers = 1});
    futures::ThreadPoolExecutor other(lab.context(), {.max_workers = 1});
    const auto never = stuck_pool.submit(
        futures::named("never", [&] { return stuck_pool.submit(futures::named("inner", [] { return 1; })).result(); }));
    const auto fails = other.submit(futures::named("fails", [&] {
      lab.sleep(2s);
      throw futures::ValueError("late");
    }));
    futures::wait(std::vector<futures::AnyFuture>{never, fails}, {.return_when = futures::ReturnWhen::FirstException});
    lab.print("went on");
    lab.sleep(1s);
  };
  Session session(setup_on(Clock::Simulated), program, {.pace = runtime::Pace::instant(), .timeout = 10s});
  const trace::Recording recording = all_of(session);
  CHECK(transcript(recording) == "went on\n");
  const trace::Run folded = trace::fold(recording);
  REQUIRE_FALSE(folded.stuck().empty());
  // The worker that waits for its own pool is stuck from the start; main only when it waits for that worker's end.
  CHECK(folded.stuck().front().t == Instant{});
  CHECK(folded.stuck().front().lanes == std::vector<LaneId>{{1}});
}
