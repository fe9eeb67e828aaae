// How a run can end, and what its exit status and standard error say then.
#include <fmt/format.h>

#include <catch2/catch_test_macros.hpp>
#include <string>

#include "cli/commands.hpp"
#include "cli/fake_terminal.hpp"
#include "engine/session.hpp"
#include "futures/errors.hpp"
#include "futures/thread_pool_executor.hpp"

using namespace loiter;
using namespace loiter::cli;
using namespace std::chrono_literals;
using experiments::Lab;

namespace {

// A task that waits for a task that waits for its worker.
void wait_forever(Lab& lab) {
  futures::ThreadPoolExecutor pool(lab.context(), {.max_workers = 1});
  const auto outer = pool.submit(futures::named(
      "wait_forever", [&pool] { return pool.submit(futures::named("zip", [] { return 7; })).result(); }));
  lab.print(fmt::format("got {}", outer.result()));
}

Ran run_program(std::function<void(Lab&)> program, Timeout timeout = {}, std::optional<engine::Escape> escape = {}) {
  FakeTerminal terminal;
  RunCommand command;
  command.setup = *engine::complete({.experiment = "loiter", .clock = trace::Clock::Simulated});
  command.timeout = timeout;
  command.escape = escape;
  command.program = std::move(program);
  const int status = run_command(command, terminal);
  return {status, terminal.out, terminal.err};
}

}  // namespace

TEST_CASE("a program that raises ends with status 1 and Python's last line") {
  const auto [status, out, err] = run_program([](Lab& lab) {
    lab.print("before");
    throw futures::ValueError("boom");
  });
  CHECK(status == 1);
  CHECK(out == "before\n");
  CHECK(err == "ValueError: boom\n");
}

TEST_CASE("an exception without a text is only its name") {
  const auto program = [](Lab& lab) {
    futures::ThreadPoolExecutor pool(lab.context(), {.max_workers = 1});
    const auto slow = pool.submit(futures::named("slow", [&lab] { lab.sleep(2s); }));
    slow.result(1s);
  };
  CHECK(run_program(program).err == "TimeoutError\n");
}

TEST_CASE("a deadlock ends the run with status 3 and the chain of waits") {
  const auto [status, out, err] = run_program([](Lab& lab) {
    futures::ThreadPoolExecutor pool(lab.context(), {.max_workers = 1});
    const auto outer = pool.submit(
        futures::named("outer", [&pool] { return pool.submit(futures::named("inner", [] { return 1; })).result(); }));
    outer.result();
  });
  CHECK(status == 3);
  CHECK(out.empty());
  CHECK(err.starts_with("loiter: Stuck, and stopped, at 0.00 s: 0 of 2 futures had finished.\nloiter: "));
  CHECK(err.find("ThreadPoolExecutor-0_0") != std::string::npos);
}

TEST_CASE("a time-out ends the run with status 4 and says how far it got") {
  FakeTerminal terminal;
  CHECK(run_words(terminal, words_of("run loiter --clock simulated --timeout 2.5")) == 4);
  CHECK(terminal.out.ends_with("[00:00:02] result 2: 20\n"));
  CHECK(terminal.err == "loiter: Timed out at 2.50 s: 3 of 5 futures had finished.\n");
}

TEST_CASE("a program that computes for ever is stopped by its time-out in real time", "[live]") {
  const auto [status, out, err] = run_program(
      [](Lab& lab) {
        for (;;) lab.runtime().checkpoint();
      },
      50ms);
  CHECK(status == 4);
}

TEST_CASE("a signal stops the run with its own status, and how far it got is said", "[live]") {
  for (const int signal : {2, 15}) {
    FakeTerminal terminal;
    terminal.signal = [&] { return terminal.out.find("result 0") == std::string::npos ? 0 : signal; };
    CHECK(run_words(terminal, words_of("run loiter --set unit=1000s")) == 128 + signal);
    CHECK(terminal.err.starts_with("loiter: Stopped at 0."));
    CHECK(terminal.err.ends_with(" s: 1 of 5 futures had finished.\n"));
  }
}

TEST_CASE("what logging would say goes to standard error, in order") {
  const auto [status, out, err] = run_program([](Lab& lab) {
    futures::ThreadPoolExecutor pool(lab.context(), {.max_workers = 1});
    auto done = pool.submit(futures::named("task", [] { return 1; }));
    done.result();
    done.add_done_callback([](const auto&) { throw futures::ValueError("boom"); });
    lab.print("after");
  });
  CHECK(status == 0);
  CHECK(out == "after\n");
  CHECK(err.starts_with("exception calling callback for <Future at "));
}

TEST_CASE("a killed worker process breaks the pool: the program raises, at the same moment each time") {
  for (int i = 0; i < 3; ++i) {
    const auto [status, out, err] =
        ran("run loiter --mode processes --clock simulated --format transcript --kill-worker 2@2.5");
    CHECK(status == 1);
    CHECK(out.ends_with("[00:00:02] result 2: 20\n"));
    CHECK(err ==
          "BrokenProcessPool: A process in the process pool was terminated abruptly while the future was running or "
          "pending.\n");
  }
}

TEST_CASE("a worker process that is not there cannot be killed, which is said, and the run goes on") {
  const auto [status, out, err] = ran("run loiter --mode processes --clock simulated --kill-worker 9@1 --format json");
  CHECK(status == 0);
  CHECK(out.find("Process-9 cannot be killed: there is no such worker at this moment") != std::string::npos);
}

TEST_CASE("a kill that would come after the end of the program does not keep the run") {
  const auto [status, out, err] =
      ran("run loiter --mode processes --clock simulated --kill-worker 1@1000 --format transcript");
  CHECK(status == 0);
  CHECK(out.ends_with("[00:00:05] result 4: 40\n"));
}

TEST_CASE("a way out is taken, told, and the run goes on to its end") {
  using engine::Escape;
  constexpr const char* deadlock =
      "loiter: Deadlock at 0.00 s: ThreadPoolExecutor-0_0 runs wait_forever, which waits for zip (future 2); future 2 "
      "waits for a worker; the only worker is ThreadPoolExecutor-0_0; main waits for wait_forever (future 1).\n";
  const auto added = run_program(wait_forever, {}, Escape::WorkerAdded);
  CHECK(added.status == 0);
  CHECK(added.out == "got 7\n");
  CHECK(added.err.starts_with(deadlock));
  CHECK(
      added.err.ends_with("loiter: Way out at 0.00 s: ThreadPoolExecutor-0_0 added a worker to its pool, for zip "
                          "(future 2).\n"));
  const auto inlined = run_program(wait_forever, {}, Escape::RanInline);
  CHECK(inlined.status == 0);
  CHECK(inlined.err.ends_with("ThreadPoolExecutor-0_0 executes zip (future 2) itself, while it waits for it.\n"));
  const auto cancelled = run_program(wait_forever, {}, Escape::Cancelled);
  CHECK(cancelled.status == 1);
  CHECK(cancelled.err.ends_with(
      "ThreadPoolExecutor-0_0 cancelled zip (future 2), for which it waited.\nCancelledError\n"));
  const auto timed_out = run_program(wait_forever, {}, Escape::TimeoutSet);
  CHECK(timed_out.status == 1);
  CHECK(timed_out.err.ends_with(
      "ThreadPoolExecutor-0_0 waits for zip (future 2) no longer: TimeoutError.\nTimeoutError\n"));
}

TEST_CASE("a way out that does not lead out is told, and why") {
  const auto ran = run_program(
      [](Lab& lab) {
        futures::ThreadPoolExecutor pool(lab.context(), {.max_workers = 1});
        futures::Future<int> own;
        own = pool.submit(futures::named("waits_for_itself", [&lab, &own] {
          lab.sleep(1s);
          return own.result();
        }));
        own.result();
      },
      {}, engine::Escape::Cancelled);
  CHECK(ran.status == 3);
  CHECK(ran.err.find("loiter: No way out of this kind: future 1 is running: cancel() returns False.\n") !=
        std::string::npos);
}
