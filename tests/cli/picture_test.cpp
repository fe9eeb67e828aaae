// The timeline and the whole picture in characters, at instants of simulated runs.
#include <catch2/catch_test_macros.hpp>
#include <string>

#include "cli/fake_terminal.hpp"
#include "cli/run_picture.hpp"
#include "cli/text_timeline.hpp"
#include "cli/virtual_screen.hpp"
#include "engine/session.hpp"
#include "futures/errors.hpp"
#include "futures/thread_pool_executor.hpp"
#include "support/approved.hpp"
#include "support/temporary_folder.hpp"
#include "trace/run.hpp"

using namespace loiter;
using namespace loiter::cli;
using namespace std::chrono_literals;
using loiter::testing::approved;

namespace {

trace::Recording loiter_run(engine::Choices choices = {}) {
  choices.experiment = "loiter";
  choices.clock = trace::Clock::Simulated;
  return engine::run_to_end(*engine::complete(choices), {.pace = engine::Pace::instant()});
}

trace::Recording program_run(std::function<void(experiments::Lab&)> program) {
  const auto setup = *engine::complete({.experiment = "loiter", .clock = trace::Clock::Simulated});
  engine::Session session(setup, std::move(program), {.pace = engine::Pace::instant(), .stop_when_stuck = true});
  trace::Recording recording{.header = session.header(), .events = {}};
  while (recording.events.empty() || !std::holds_alternative<trace::RunEnded>(recording.events.back().body)) {
    session.wait_for_news(1h);
    for (trace::Event& event : session.take()) recording.events.push_back(std::move(event));
  }
  return recording;
}

// As far as it had come by then.
trace::Run until(const trace::Recording& recording, Duration t) {
  trace::Run run(recording.header);
  for (const trace::Event& event : recording.events) {
    if (event.t <= Instant{t}) run.apply(event);
  }
  return run;
}

std::string drawn(const trace::Run& run, Instant now, const Screen& screen, int rows = 20) {
  std::string text;
  for (const TextLine& line : run_picture(run, {.now = now, .screen = screen, .rows = rows, .has_rule = true})) {
    CHECK(line.width() < screen.columns);
    text += encode(line, screen.colours) + "\n";
  }
  return text;
}

std::string drawn_at(const trace::Recording& recording, Duration t, const Screen& screen, int rows = 20) {
  return drawn(until(recording, t), Instant{t}, screen, rows);
}

}  // namespace

TEST_CASE("pictures of loiter on three threads, from start to end") {
  const trace::Recording recording = loiter_run();
  std::string text;
  for (const Duration t : {Duration(0s), Duration(500ms), Duration(2400ms), Duration(4999ms), Duration(5s)}) {
    text += drawn_at(recording, t, terminal_of(80, 24));
  }
  approved("cli", "picture-loiter", text);
}

TEST_CASE("a picture in ASCII has no other characters") {
  const std::string text = drawn_at(loiter_run(), 2400ms, terminal_of(80, 24, Colours::None, false));
  for (const char c : text) CHECK(static_cast<unsigned char>(c) < 0x7F);
  approved("cli", "picture-ascii", text);
}

TEST_CASE("a picture in colours fills its bars with them") {
  approved("cli", "picture-colours", drawn_at(loiter_run(), 2400ms, terminal_of(80, 24, Colours::Many)));
}

TEST_CASE("a picture without colours has no control characters") {
  CHECK(drawn_at(loiter_run(), 2400ms, terminal_of(80, 24)).find('\033') == std::string::npos);
}

TEST_CASE("pictures of as_completed, of a sequential run, and of one that raised") {
  approved("cli", "picture-as-completed",
           drawn_at(loiter_run({.workers = 2, .collect = trace::Collect::AsCompleted, .parameters = {{"tasks", "8"}}}),
                    7s, terminal_of(100, 24)));
  approved("cli", "picture-sequential",
           drawn_at(loiter_run({.mode = trace::Mode::Sequential}), 4500ms, terminal_of(80, 24)));
  const trace::Recording raised = program_run([](experiments::Lab& lab) {
    futures::ThreadPoolExecutor pool(lab.context(), {.max_workers = 1});
    const auto good = pool.submit(futures::named("good", [&lab] { lab.sleep(2s); }));
    const auto bad = pool.submit(futures::named("bad", [&lab] {
      lab.sleep(2s);
      throw futures::ValueError("boom");
    }));
    const auto never = pool.submit(futures::named("never", [] {}));
    never.cancel();
    bad.result();
  });
  approved("cli", "picture-raised", drawn(trace::fold(raised), Instant{4s}, terminal_of(80, 24)));
}

TEST_CASE("a stuck run shows who is stuck and why") {
  const trace::Recording stuck = program_run([](experiments::Lab& lab) {
    futures::ThreadPoolExecutor pool(lab.context(), {.max_workers = 1});
    lab.sleep(1s);
    const auto outer = pool.submit(futures::named("outer", [&] {
      lab.sleep(1s);
      return pool.submit(futures::named("inner", [] { return 1; })).result();
    }));
    outer.result();
  });
  trace::Run run(stuck.header);
  for (const trace::Event& event : stuck.events) {
    run.apply(event);
    if (std::holds_alternative<trace::Stuck>(event.body)) break;
  }
  approved("cli", "picture-stuck", drawn(run, Instant{3s}, terminal_of(80, 24)));
}

TEST_CASE("a window of any size gets a picture that fits") {
  const trace::Recording recording = loiter_run({.workers = 8, .parameters = {{"tasks", "12"}}});
  for (const int columns : {1, 2, 5, 10, 20, 33, 49, 50, 79, 200, 1000}) {
    for (const int rows : {1, 2, 3, 4, 5, 7, 10, 13, 14, 60}) {
      for (const Duration t : {Duration(0s), Duration(5s), Duration(100s)}) {
        const trace::Run run = until(recording, t);
        const auto lines = run_picture(run, {.now = run.last(), .screen = terminal_of(columns, rows), .rows = rows});
        INFO(columns << "x" << rows);
        CHECK(lines.size() <= static_cast<std::size_t>(rows));
        for (const TextLine& line : lines) CHECK(line.width() <= std::max(1, columns - 1));
      }
    }
  }
}

TEST_CASE("small windows keep the clock, main's lane and the sentence") {
  const trace::Recording recording = loiter_run();
  std::string text;
  for (const int rows : {1, 2, 3, 5, 8}) text += drawn_at(recording, 2400ms, terminal_of(40, 10), rows) + "\n";
  approved("cli", "picture-small", text);
}

TEST_CASE("many lanes are cut off, and how many is said") {
  const std::string text =
      drawn_at(loiter_run({.workers = 30, .parameters = {{"tasks", "40"}}}), 100ms, terminal_of(80, 24), 12);
  CHECK(text.find("and 24 more lanes\n") != std::string::npos);
  approved("cli", "picture-many-lanes", text);
}

TEST_CASE("many short tasks look busy where they keep a lane busy, and like single lines elsewhere") {
  const trace::Recording recording = program_run([](experiments::Lab& lab) {
    futures::ThreadPoolExecutor pool(lab.context(), {.max_workers = 1});
    const auto task = futures::named("task", [&lab] { lab.sleep(1ms); });
    for (int i = 0; i < 2000; ++i) pool.submit(task).result();
    for (int i = 0; i < 4; ++i) {
      lab.sleep(500ms);
      pool.submit(task).result();
    }
  });
  approved("cli", "picture-many-tasks", drawn(trace::fold(recording), Instant{4s}, terminal_of(80, 24)));
}

TEST_CASE("names in Chinese keep the columns straight") {
  const trace::Recording recording = program_run([](experiments::Lab& lab) {
    futures::ThreadPoolExecutor pool(lab.context(), {.max_workers = 2});
    const auto first = pool.submit(futures::named("下载", [&lab] { lab.sleep(2s); }));
    const auto second = pool.submit(futures::named("压缩", [&lab] { lab.sleep(3s); }));
    first.result();
    second.result();
  });
  approved("cli", "picture-chinese", drawn_at(recording, 2500ms, terminal_of(80, 24)));
}

TEST_CASE("a download is named where it comes, behind the wait for its answer, and a program's progress has a line") {
  const loiter::testing::TemporaryFolder folder;
  const auto setup = engine::complete({.experiment = "flags",
                                       .clock = trace::Clock::Simulated,
                                       .parameters = {{"dir", folder / "flags"},
                                                      {"program", "progress"},
                                                      {"concurrency", "2"},
                                                      {"tasks", "4"},
                                                      {"jitter", "0s"},
                                                      {"latency", "500ms"},
                                                      {"bandwidth", "700"}}});
  REQUIRE(setup);
  const auto recording = engine::run_to_end(*setup, {.pace = engine::Pace::instant()});
  const std::string early = drawn_at(recording, 400ms, terminal_of(100, 24));
  CHECK(early.find("an answer") != std::string::npos);
  CHECK(early.find("✓ flag") == std::string::npos);
  CHECK(early.find("progress    0%|") != std::string::npos);
  const std::string late = drawn_at(recording, 3s, terminal_of(100, 24));
  INFO(late);
  for (const char* code : {"CN", "ID", "IN", "US"})
    CHECK(late.find(std::string("░✓ flag('") + code) != std::string::npos);
  CHECK(late.find("4/4") != std::string::npos);
}

TEST_CASE("the legend has every state") {
  approved("cli", "legend", legend_row(true).plain() + "\n" + legend_row(false).plain() + "\n");
}

TEST_CASE("on a terminal, a run ends with its whole transcript, the picture and a sentence") {
  FakeTerminal terminal;
  terminal.shown = terminal_of(80, 30);
  CHECK(run_words(terminal, words_of("run loiter --clock simulated --speed instant")) == 0);
  VirtualScreen screen(80, 30);
  screen.take(terminal.out);
  CHECK(screen.cursor_is_shown);
  CHECK(terminal.pictures_open == 0);
  CHECK(terminal.err.empty());
  approved("cli", "screen-at-the-end", screen.text());
}

TEST_CASE("a picture is drawn again and again while a run goes on, and only where it changes", "[live]") {
  FakeTerminal terminal;
  terminal.shown = terminal_of(80, 30);
  CHECK(run_words(terminal, words_of("run loiter --clock simulated --speed 10")) == 0);  // half a second
  CHECK(terminal.writes >= 5);
  CHECK(terminal.out.size() < 40'000);
  VirtualScreen screen(80, 30);
  screen.take(terminal.out);
  CHECK(screen.text().find("SIMULATED  5.00 s  10x") != std::string::npos);
  CHECK(screen.text().ends_with("Finished after 5.00 s. Work 10.00 s: speed-up 2.00, efficiency 0.67.\n"));
}

TEST_CASE("a stopped run leaves the terminal as it was, its picture, and how far it got", "[live]") {
  FakeTerminal terminal;
  terminal.shown = terminal_of(80, 30);
  terminal.signal = [&] { return terminal.out.find("result 0") == std::string::npos ? 0 : 2; };
  CHECK(run_words(terminal, words_of("run loiter --set unit=1000s")) == 130);
  VirtualScreen screen(80, 30);
  screen.take(terminal.out);
  CHECK(screen.cursor_is_shown);
  CHECK(terminal.pictures_open == 0);
  CHECK(screen.text().find("1 of 5 futures had finished.\n") != std::string::npos);
  CHECK(terminal.err.empty());
}

TEST_CASE("a terminal that goes away ends the run with status 2", "[live]") {
  FakeTerminal terminal;
  terminal.shown = terminal_of(80, 30);
  terminal.takes = 500;
  CHECK(run_words(terminal, words_of("run loiter --set unit=1000s")) == 2);
  CHECK(terminal.pictures_open == 0);
  CHECK(terminal.err == "loiter: Standard output could not be written: nobody reads it any more.\n");
}
