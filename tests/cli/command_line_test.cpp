#include "cli/command_line.hpp"

#include <catch2/catch_test_macros.hpp>

#include "cli/fake_terminal.hpp"

using namespace loiter;
using namespace loiter::cli;
using namespace std::chrono_literals;

namespace {

template <class T>
T parsed(std::string_view line) {
  INFO(line);
  const auto command = parse_command_line(words_of(line));
  if (!command) FAIL(command.error().message);
  REQUIRE(std::holds_alternative<T>(*command));
  return std::get<T>(*command);
}

}  // namespace

TEST_CASE("run without options runs on threads, with the experiment's workers, on the live clock") {
  const auto run = parsed<RunCommand>("run loiter");
  CHECK(run.setup.mode == trace::Mode::Threads);
  CHECK(run.setup.workers == 3);
  CHECK(run.setup.collect == trace::Collect::Map);
  CHECK(run.setup.clock == trace::Clock::Live);
  CHECK_FALSE(run.pace);
  CHECK_FALSE(run.timeout);
  CHECK_FALSE(run.record);
  CHECK(run.format == RunFormat::Automatic);
}

TEST_CASE("options may stand before and behind the name, with a space or an equals sign") {
  const auto run = parsed<RunCommand>(
      "run --workers=8 --speed 2.5 loiter --set tasks=7 --set=unit=250ms --collect as_completed --clock simulated "
      "--seed 42 --timeout 90 --record a=b.jsonl --format json");
  CHECK(run.setup.workers == 8);
  CHECK(run.pace->rate == 2.5);
  CHECK(run.setup.count("tasks") == 7);
  CHECK(run.setup.time("unit") == 250ms);
  CHECK(run.setup.collect == trace::Collect::AsCompleted);
  CHECK(run.setup.seed == 42);
  CHECK(run.timeout == 90s);
  CHECK(run.record == "a=b.jsonl");
  CHECK(run.format == RunFormat::Json);
}

TEST_CASE("a speed may be instant, or be written as on the screen") {
  CHECK(parsed<RunCommand>("run loiter --speed instant").pace->is_instant());
  CHECK(parsed<RunCommand>("run loiter --speed 0.25x").pace->rate == 0.25);
}

TEST_CASE("sequential runs may be asked for with one worker, which is what they have") {
  CHECK(parsed<RunCommand>("run loiter --mode sequential --workers 1").setup.workers == 1);
}

TEST_CASE("compare takes the same work in every mode that exists, sequential first") {
  const auto compare = parsed<CompareCommand>("compare loiter --workers 4 --set tasks=2");
  REQUIRE(compare.setups.size() == 3);
  CHECK(compare.setups[0].mode == trace::Mode::Sequential);
  CHECK(compare.setups[0].workers == 1);
  CHECK(compare.setups[1].mode == trace::Mode::Threads);
  CHECK(compare.setups[1].workers == 4);
  CHECK(compare.setups[1].count("tasks") == 2);
  CHECK(compare.setups[2].mode == trace::Mode::Processes);
  CHECK(compare.setups[2].workers == 4);
}

TEST_CASE("show opens the window, or with --text the terminal; without a command it is the lab") {
  CHECK(parsed<ShowTextCommand>("show run.jsonl --text").file == "run.jsonl");
  const auto open = parsed<OpenLabCommand>("show run.jsonl --screenshot a.png --after 2.5");
  CHECK(open.file == "run.jsonl");
  CHECK(open.screenshot == "a.png");
  CHECK(open.after == 2500ms);
  CHECK_FALSE(parsed<OpenLabCommand>("").file);
  CHECK_FALSE(parsed<OpenLabCommand>("").tour);
  CHECK(parsed<OpenLabCommand>("--tour").tour == 1);
  CHECK(parsed<OpenLabCommand>("--tour-step 5").tour == 5);
  CHECK(parsed<ShowTextCommand>("show --text -- -odd-.jsonl").file == "-odd-.jsonl");
}

TEST_CASE("whoever asks for help gets it, whatever else is wrong") {
  CHECK(parsed<HelpCommand>("--help").about.empty());
  CHECK(parsed<HelpCommand>("help").about.empty());
  CHECK(parsed<HelpCommand>("help run").about == "run");
  CHECK(parsed<HelpCommand>("run --workers 0 --nonsense -h").about == "run");
  CHECK(parsed<HelpCommand>("show --help").about == "show");
}

TEST_CASE("the window is opened by the caller, whose status is the program's") {
  FakeTerminal terminal;
  std::string file;
  const int status = run_words(terminal, {"show", "x.jsonl"}, [&](const OpenLabCommand& command) {
    file = *command.file;
    return 7;
  });
  CHECK(status == 7);
  CHECK(file == "x.jsonl");
}
