// Ways out of a deadlock, taken in the running program: what each does, what is recorded, and when it cannot be taken.
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <random>

#include "engine/session.hpp"
#include "engine/transcript.hpp"
#include "engine/ways_out.hpp"
#include "futures/as_completed.hpp"
#include "futures/thread_pool_executor.hpp"
#include "futures/wait.hpp"
#include "trace/run.hpp"

using namespace loiter;
using namespace loiter::engine;
using namespace loiter::engine::testing;
using namespace std::chrono_literals;
using experiments::Lab;
using trace::Clock;
using trace::Escape;
using trace::RunEnd;

namespace {

using Program = std::function<void(Lab&)>;

experiments::Setup setup_on(Clock clock) { return *experiments::complete({.experiment = "loiter", .clock = clock}); }

trace::Run run_with(Clock clock, Escape how, const Program& program) {
  Session session(setup_on(clock), program, {.pace = runtime::Pace::instant(), .stop_when_stuck = true, .escape = how});
  trace::Run run(session.header());
  while (!run.ended()) {
    session.wait_for_news(1h);
    for (const trace::Event& event : session.take()) run.apply(event);
  }
  return run;
}

// A task that waits for a task that waits for its worker.
void wait_forever(Lab& lab) {
  futures::ThreadPoolExecutor pool(lab.context(), {.max_workers = 1});
  const auto outer = pool.submit(futures::named(
      "wait_forever", [&pool] { return pool.submit(futures::named("zip", [] { return 7; })).result(); }));
  lab.print(fmt::format("got {}", outer.result()));
}

int chain(futures::ThreadPoolExecutor& pool, int depth) {
  if (depth == 1) return 1;
  return 1 + pool.submit(futures::named("chain", [&pool](int rest) { return chain(pool, rest); }), depth - 1).result();
}

// Two tasks that wait for each other.
void wait_for_each_other(Lab& lab) {
  const futures::Promise<int> both_are_there(lab.context());
  futures::Future<int> a;
  futures::Future<int> b;
  futures::ThreadPoolExecutor pool(lab.context(), {.max_workers = 2});
  a = pool.submit(futures::named("wait_on_b", [&] { return both_are_there.future().result() + b.result(); }));
  b = pool.submit(futures::named("wait_on_a", [&] { return both_are_there.future().result() + a.result(); }));
  both_are_there.set_result(1);
  a.result();
}

const trace::FutureRow& future(const trace::Run& run, std::uint32_t id) { return *run.future(FutureId{id}); }

std::size_t threads_of_this_process() {
  return static_cast<std::size_t>(
      std::distance(std::filesystem::directory_iterator("/proc/self/task"), std::filesystem::directory_iterator()));
}

long resident_pages() {
  std::ifstream file("/proc/self/statm");
  long all = 0;
  long resident = 0;
  file >> all >> resident;
  return resident;
}

}  // namespace

TEST_CASE("another worker executes what waited for one", "[escape]") {
  const Clock clock = GENERATE(Clock::Live, Clock::Simulated);
  const trace::Run run = run_with(clock, Escape::WorkerAdded, wait_forever);
  CHECK(run.ended()->how == RunEnd::Finished);
  REQUIRE(run.escapes().size() == 1);
  CHECK(run.escapes()[0].how == Escape::WorkerAdded);
  CHECK(run.escapes()[0].future == FutureId{2});
  CHECK(run.escapes()[0].lane == LaneId{1});
  CHECK(run.pools()[0].workers.size() == 2);
  CHECK(future(run, 2).worker == LaneId{2});
  CHECK(run.lines().back().text == "got 7");
  REQUIRE_FALSE(run.stuck().empty());
  CHECK(run.stuck().back().freed.has_value());
  CHECK(run.inconsistent() == 0);
}

TEST_CASE("the inner future is cancelled, and who waited for it gets CancelledError", "[escape]") {
  const Clock clock = GENERATE(Clock::Live, Clock::Simulated);
  const trace::Run run = run_with(clock, Escape::Cancelled, wait_forever);
  CHECK(run.ended()->how == RunEnd::Raised);
  CHECK(run.ended()->type == "CancelledError");
  CHECK(future(run, 2).cancelled.has_value());
  CHECK(future(run, 1).type == "CancelledError");
  CHECK(run.escapes().size() == 1);
}

TEST_CASE("the wait gets a timeout, and who waited gets TimeoutError while the inner task runs after all", "[escape]") {
  const Clock clock = GENERATE(Clock::Live, Clock::Simulated);
  const trace::Run run = run_with(clock, Escape::TimeoutSet, wait_forever);
  CHECK(run.ended()->type == "TimeoutError");
  CHECK(future(run, 1).type == "TimeoutError");
  CHECK(future(run, 2).outcome == trace::Outcome::Returned);  // its worker is free again
}

TEST_CASE("the waiting thread executes the pending call itself, inside of its own task", "[escape]") {
  const Clock clock = GENERATE(Clock::Live, Clock::Simulated);
  const trace::Run run = run_with(clock, Escape::RanInline, wait_forever);
  CHECK(run.ended()->how == RunEnd::Finished);
  CHECK(run.lines().back().text == "got 7");
  CHECK(run.pools()[0].workers.size() == 1);
  CHECK(future(run, 2).worker == LaneId{1});
  CHECK(*future(run, 2).began >= *future(run, 1).began);
  CHECK(*future(run, 2).finished <= *future(run, 1).finished);
  CHECK(run.inconsistent() == 0);
}

TEST_CASE("a chain is got out of as often as it needs", "[escape]") {
  const Clock clock = GENERATE(Clock::Live, Clock::Simulated);
  const Escape how = GENERATE(Escape::WorkerAdded, Escape::RanInline);
  const trace::Run run = run_with(clock, how, [](Lab& lab) {
    futures::ThreadPoolExecutor pool(lab.context(), {.max_workers = 1});
    lab.print(fmt::format("{}", pool.submit(futures::named("first", [&pool] { return chain(pool, 6); })).result()));
  });
  CHECK(run.ended()->how == RunEnd::Finished);
  CHECK(run.lines().back().text == "6");
  CHECK(run.escapes().size() == 5);
  CHECK(run.pools()[0].workers.size() == (how == Escape::WorkerAdded ? 6 : 1));
}

TEST_CASE("two that wait for each other are helped by a timeout alone", "[escape]") {
  const Clock clock = GENERATE(Clock::Live, Clock::Simulated);
  CHECK(run_with(clock, Escape::TimeoutSet, wait_for_each_other).ended()->type == "TimeoutError");
  for (const Escape how : {Escape::WorkerAdded, Escape::Cancelled, Escape::RanInline}) {
    const trace::Run run = run_with(clock, how, wait_for_each_other);
    CHECK(run.ended()->how == RunEnd::Stuck);
    CHECK(run.escapes().empty());
  }
}

TEST_CASE("wait() and as_completed() are got out too, but not by cancelling what they wait for", "[escape]") {
  const Clock clock = GENERATE(Clock::Live, Clock::Simulated);
  const bool iterates = GENERATE(false, true);
  const auto program = [iterates](Lab& lab) {
    futures::ThreadPoolExecutor pool(lab.context(), {.max_workers = 1});
    const auto outer = pool.submit(futures::named("outer", [&] {
      const std::vector<futures::Future<int>> inner{pool.submit(futures::named("one", [] { return 1; })),
                                                    pool.submit(futures::named("two", [] { return 2; }))};
      if (!iterates) return static_cast<int>(futures::wait(inner).done.size());
      int sum = 0;
      auto completed = futures::as_completed(inner);
      while (const auto done = completed.next()) sum += done->result();
      return sum;
    }));
    lab.print(fmt::format("{}", outer.result()));
  };
  const std::string whole = iterates ? "3" : "2";
  CHECK(run_with(clock, Escape::WorkerAdded, program).lines().back().text == whole);
  CHECK(run_with(clock, Escape::RanInline, program).lines().back().text == whole);
  CHECK(run_with(clock, Escape::Cancelled, program).ended()->how == RunEnd::Stuck);
  const trace::Run timed_out = run_with(clock, Escape::TimeoutSet, program);
  if (iterates) {
    CHECK(timed_out.ended()->type == "TimeoutError");
    CHECK(timed_out.ended()->text == "2 (of 2) futures unfinished");
  } else {
    CHECK(timed_out.lines().back().text == "0");
  }
}

TEST_CASE("why a way out cannot be taken is one sentence", "[escape]") {
  const DeadEnd queued{.lane = LaneId{1},
                       .on = trace::WaitOn::Result,
                       .future = FutureId{2},
                       .queue = ExecutorId{0},
                       .has_threads = true};
  for (const Escape how : all_escapes) CHECK(why_not(how, queued).empty());
  DeadEnd running = queued;
  running.queue.reset();
  running.state = trace::FutureState::Running;
  CHECK(why_not(Escape::Cancelled, running) == "future 2 is running: cancel() returns False.");
  CHECK(why_not(Escape::WorkerAdded, running) == "future 2 is running already: it does not want a worker.");
  CHECK(why_not(Escape::TimeoutSet, running).empty());
  DeadEnd waits = queued;
  waits.on = trace::WaitOn::Wait;
  CHECK(why_not(Escape::Cancelled, waits).starts_with("wait() and as_completed() hear of"));
  DeadEnd process = queued;
  process.has_threads = false;
  CHECK(why_not(Escape::RanInline, process) == "future 2 belongs to a pool of processes.");
  for (const Escape how : all_escapes) CHECK(escape_of(escape_word(how)) == how);
  CHECK_FALSE(escape_of("pray"));
}

TEST_CASE("nobody who works is stopped because others are stuck", "[escape]") {
  const Clock clock = GENERATE(Clock::Live, Clock::Simulated);
  Session session(setup_on(clock),
                  [](Lab& lab) {
                    futures::ThreadPoolExecutor stuck(lab.context(), {.max_workers = 1});
                    futures::ThreadPoolExecutor works(lab.context(), {.max_workers = 1});
                    const auto outer = stuck.submit(futures::named("outer", [&stuck] {
                      return stuck.submit(futures::named("inner", [] { return 1; })).result();
                    }));
                    for (int i = 0; i < 3; ++i) {
                      works.submit(futures::named("works", [&lab] {
                        lab.sleep(100ms);
                        lab.print("done");
                      }));
                    }
                    outer.result();
                  },
                  {.stop_when_stuck = true});
  trace::Run run(session.header());
  while (!run.ended()) {
    session.wait_for_news(1h);
    for (const trace::Event& event : session.take()) run.apply(event);
  }
  CHECK(run.ended()->how == RunEnd::Stuck);
  CHECK(run.lines().size() == 3);
  REQUIRE_FALSE(run.stuck().empty());
  CHECK(run.stuck().front().t < Instant{250ms});  // told the moment it formed
  CHECK(run.last() >= Instant{300ms});
}

TEST_CASE("a thousand live deadlocks in a row, each got out of in a random way, leave nothing behind",
          "[escape][live]") {
  std::size_t threads_before = 0;  // after the first session: what stays with the program is there by then
  std::mt19937 random(20261122);   // NOLINT: repeats
  [[maybe_unused]] long pages_after_warm_up = 0;
  constexpr int sessions = 10;
  constexpr int deadlocks = 100;
  for (int i = 0; i < sessions; ++i) {
    if (i == 1) threads_before = threads_of_this_process();
    Session session(setup_on(Clock::Live),
                    [](Lab& lab) {
                      for (int k = 0; k < deadlocks; ++k) {
                        try {
                          wait_forever(lab);
                        } catch (const futures::Exception&) {
                          lab.print("raised");
                        }
                      }
                    },
                    {});
    std::size_t escapes = 0;
    std::size_t lines = 0;
    bool is_over = false;
    while (!is_over) {
      session.wait_for_news(10ms);
      for (const trace::Event& event : session.take()) {
        escapes += std::holds_alternative<trace::Escaped>(event.body) ? 1U : 0U;
        lines += std::holds_alternative<trace::Printed>(event.body) ? 1U : 0U;
        is_over = is_over || std::holds_alternative<trace::RunEnded>(event.body);
      }
      session.escape(all_escapes[random() % all_escapes.size()]);
    }
    CHECK(escapes >= deadlocks);
    CHECK(lines == deadlocks);
    if (i == 1) pages_after_warm_up = resident_pages();
  }
  CHECK(threads_of_this_process() == threads_before);
#if !defined(__SANITIZE_THREAD__) && !defined(__SANITIZE_ADDRESS__)
  constexpr long most_growth = 2048;  // pages: 8 MiB, of what the allocator keeps
  CHECK(resident_pages() < pages_after_warm_up + most_growth);
#endif
}
