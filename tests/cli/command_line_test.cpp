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
  REQUIRE(compare.setups.size() == 2);
  CHECK(compare.setups[0].mode == trace::Mode::Sequential);
  CHECK(compare.setups[0].workers == 1);
  CHECK(compare.setups[1].mode == trace::Mode::Threads);
  CHECK(compare.setups[1].workers == 4);
  CHECK(compare.setups[1].count("tasks") == 2);
}

TEST_CASE("show with --text is for the terminal; all else that opens the window is handed on as it is") {
  CHECK(parsed<ShowTextCommand>("show run.jsonl --text").file == "run.jsonl");
  CHECK(parsed<ShowTextCommand>("show --text -- -odd-.jsonl").file == "-odd-.jsonl");
  const auto show = parsed<OpenLabCommand>("show run.jsonl --scale 2");
  CHECK(show.takes_file);
  CHECK(show.arguments == std::vector<std::string>{"run.jsonl", "--scale", "2"});
  const auto lab = parsed<OpenLabCommand>("--workers 8 --whatever");
  CHECK_FALSE(lab.takes_file);
  CHECK(lab.arguments == std::vector<std::string>{"--workers", "8", "--whatever"});
  CHECK(parsed<OpenLabCommand>("").arguments.empty());
}

TEST_CASE("whoever asks for help gets it, whatever else is wrong") {
  CHECK(parsed<HelpCommand>("--help").about.empty());
  CHECK(parsed<HelpCommand>("help").about.empty());
  CHECK(parsed<HelpCommand>("help run").about == "run");
  CHECK(parsed<HelpCommand>("run --workers 0 --nonsense -h").about == "run");
  CHECK(parsed<HelpCommand>("show --help").about == "show");
}

TEST_CASE("the window is opened by the caller, whose status is the program's and whose options are in the help") {
  FakeTerminal terminal;
  std::vector<std::string> arguments;
  const auto open = [&](const OpenLabCommand& command) {
    arguments = command.arguments;
    return 7;
  };
  const Window window{.open = open, .help = "  --size WxH  how large\n"};
  CHECK(run_words(terminal, {"show", "x.jsonl"}, window) == 7);
  CHECK(arguments == std::vector<std::string>{"x.jsonl"});
  for (const char* words : {"help", "help show"}) {
    terminal.out.clear();
    CHECK(run_words(terminal, words_of(words), window) == 0);
    CHECK(terminal.out.find("\noptions of the window:\n  --size WxH  how large\n\nexamples:") != std::string::npos);
  }
  terminal.out.clear();
  CHECK(run_words(terminal, {"help", "run"}, window) == 0);
  CHECK(terminal.out.find("--size") == std::string::npos);
}
