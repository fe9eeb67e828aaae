// Everything that can be wrong with a command line: one sentence, status 2, and nothing else happens.
#include <catch2/catch_test_macros.hpp>
#include <filesystem>
#include <string>

#include "base/text.hpp"
#include "cli/fake_terminal.hpp"
#include "engine/catalogue.hpp"
#include "support/temporary_folder.hpp"

using namespace loiter;
using namespace loiter::cli;

namespace {

struct Refusal {
  std::string line;
  std::string sentence;
};

const std::string all_experiments = [] {
  auto names = engine::experiment_names();
  for (const engine::ShippedScenario& shipped : engine::shipped_scenarios()) names.push_back(shipped.name);
  return join(names, ", ") + ".";
}();

void check(const Refusal& refusal) {
  INFO(refusal.line);
  FakeTerminal terminal;
  CHECK(run_words(terminal, words_of(refusal.line)) == 2);
  CHECK(terminal.err == "loiter: " + refusal.sentence + "\n");
  CHECK(terminal.out.empty());
  CHECK(terminal.runs == 0);
}

}  // namespace

TEST_CASE("a command that is not known is refused, with the nearest one") {
  const std::string all = "Commands: run, compare, show, list, lesson, serve, help.";
  check({"rum loiter", ("There is no command 'rum'. Did you mean 'run'? " + all)});
  check({"xyzzyx", ("There is no command 'xyzzyx'. " + all)});
  check({"loiter", "'loiter' is an experiment: loiter run loiter."});
  check({"help rnu", "There is no command 'rnu'. Did you mean 'run'?"});
}

TEST_CASE("an experiment that is not known is refused, with the nearest one") {
  check({"run loitr", "There is no experiment or scenario 'loitr'. Did you mean 'loiter'? Known: " + all_experiments});
  check({"compare xyzzy", "There is no experiment or scenario 'xyzzy'. Known: " + all_experiments});
  check({"run", "'loiter run' needs the name of an experiment, such as: loiter run loiter. 'loiter list' lists all."});
  check({"run loiter loiter", "'loiter run' runs one experiment: 'loiter' is one too many."});
}

TEST_CASE("files are not experiments") {
  check({"compare run.jsonl", "'run.jsonl' is a recorded run: 'loiter show run.jsonl' opens it."});
  check({"run run.jsonl", "'run.jsonl' is a recorded run: 'loiter show run.jsonl' opens it."});
}

TEST_CASE("an option that is not known is refused, with the nearest one") {
  check({"run loiter --wrokers 3",
         "There is no option '--wrokers'. Did you mean '--workers'? 'loiter help run' lists all."});
  check({"run loiter --qqqqqqqq", "There is no option '--qqqqqqqq'. 'loiter help run' lists all."});
  check({"run loiter -w3", "There is no option '-w3'. 'loiter help run' lists all."});
  check({"--versoin", "There is no option '--versoin'. Did you mean '--version'? 'loiter help' lists all."});
}

TEST_CASE("an option of another command is refused, and where it belongs is said") {
  check({"--workers 3 run loiter", "The command comes first: loiter run ..., then its options."});
  check({"compare loiter --mode threads",
         "'loiter compare' takes no --mode. 'loiter help compare' lists what it takes."});
  check({"run loiter --text", "'loiter run' takes no --text. 'loiter help run' lists what it takes."});
  check({"list --seed 1", "'loiter list' takes no --seed. 'loiter help list' lists what it takes."});
}

TEST_CASE("options without a value, with one too many, or given twice are refused") {
  check({"run loiter --workers", "--workers needs a value: --workers N."});
  check({"run loiter --workers=", "--workers needs a value: --workers N."});
  check({"run loiter --workers --mode threads", "--workers needs a value: --workers N."});
  check({"show run.jsonl --text=yes", "--text takes no value."});
  check({"run loiter --workers 2 --workers 2", "--workers was given 2 times."});
  check({"run loiter --format json --format transcript", "--format was given 2 times."});
  check({"show run.jsonl --text --text", "--text was given 2 times."});
  check({"run loiter --set tasks=1 --set tasks=2", "--set tasks was given twice."});
  check({"list everything", "'everything' is one word too many. 'loiter help list' says what it takes."});
}

TEST_CASE("absurd numbers are refused") {
  check({"run loiter --workers 0", "--workers must be a whole number from 1 to 1000, not '0'."});
  check({"run loiter --workers -1", "--workers must be a whole number from 1 to 1000, not '-1'."});
  check({"run loiter --workers 1000000", "--workers must be a whole number from 1 to 1000, not '1000000'."});
  check({"run loiter --workers 99999999999999999999999",
         "--workers must be a whole number from 1 to 1000, not '99999999999999999999999'."});
  check({"run loiter --workers 2.5", "--workers must be a whole number from 1 to 1000, not '2.5'."});
  check({"run loiter --workers three", "--workers must be a whole number from 1 to 1000, not 'three'."});
  check({"run loiter --set tasks=-1", "tasks must be a whole number from 0 to 100000, not '-1'."});
  check({"run loiter --set tasks=100001", "tasks must be a whole number from 0 to 100000, not '100001'."});
  check({"run loiter --clock simulated --seed -1",
         "--seed must be a whole number from 0 to 9223372036854775807, not '-1'."});
}

TEST_CASE("a speed is a number over zero within reason, or instant") {
  for (const std::string speed : {"0", "-1", "nan", "inf", "1e300", "1e-300", "fast", "1001", "0.0001", "x"}) {
    check({("run loiter --speed " + speed).c_str(),
           ("--speed must be a number from 0.001 to 1000, or instant, not '" + speed + "'.").c_str()});
  }
}

TEST_CASE("a time-out is a time over zero") {
  for (const std::string time : {"0", "-1", "nan", "soon", "0ms"}) {
    check({("run loiter --timeout " + time).c_str(),
           ("--timeout must be a time over 0 such as 10 or 500ms, not '" + time + "'.").c_str()});
  }
}

TEST_CASE("parameters that are not known or make no sense are refused") {
  check({"run loiter --set task=3", "loiter has no parameter 'task'. Did you mean 'tasks'? It has: tasks, unit."});
  check({"run loiter --set tasks", "--set takes NAME=VALUE, such as tasks=8, not 'tasks'."});
  check({"run loiter --set =3", "--set takes NAME=VALUE, such as tasks=8, not '=3'."});
  check({"run loiter --set tasks=", "tasks must be a whole number from 0 to 100000, not ''."});
  check({"run loiter --set unit=-1s", "unit must be a time from 0 s to 3600.00 s such as 250ms or 1s, not '-1s'."});
}

TEST_CASE("words that are none of the choices are refused") {
  check({"run loiter --mode treads",
         "--mode is sequential, threads or processes, not 'treads'. Did you mean 'threads'?"});
  check({"run loiter --kill-worker 1@2", "--kill-worker needs --mode processes: threads cannot be killed."});
  for (const std::string kill : {"1", "@2", "0@1", "x@1", "1@soon", "101@1", "1@-1"}) {
    const std::string line = "run loiter --mode processes --kill-worker " + kill;
    const std::string sentence =
        "--kill-worker takes the number of a process and a time, such as 2@1.5, not '" + kill + "'.";
    check({line.c_str(), sentence.c_str()});
  }
  check({"run loiter --mode processes --workers 101",
         "workers must be a whole number from 1 to 100 for processes, not 101."});
  check({"--tour-step 14", "--tour-step must be a whole number from 1 to 13, not '14'."});
  check({"run loiter --collect list", "--collect is map or as_completed, not 'list'."});
  check({"run loiter --clock real", "--clock is live or simulated, not 'real'."});
  check({"run loiter --format xml", "--format is transcript, json or observations, not 'xml'."});
  check({"compare loiter --format transcript", "--format is table or json, not 'transcript'."});
}

TEST_CASE("options that contradict each other are refused") {
  check({"run loiter --mode sequential --workers 3",
         "--mode sequential has no workers: leave --workers 3 out, or choose --mode threads."});
  check({"run loiter --seed 1", "--seed needs --clock simulated: with real threads no run is the same twice."});
  check({"run loiter --clock live --seed 1",
         "--seed needs --clock simulated: with real threads no run is the same twice."});
  check({"show run.jsonl --text --screenshot a.png",
         "--text shows the run here and --screenshot in the window: leave one out."});
  check({"--run --compare", "--run begins one run and --compare one in every mode: leave one out."});
  check({"show run.jsonl --compare", "'loiter show' takes no --compare. 'loiter help show' lists what it takes."});
  check({"--after 3", "--after says when --screenshot FILE.png is taken, and needs it."});
}

TEST_CASE("what was typed cannot reach the terminal as control characters") {
  FakeTerminal terminal;
  CHECK(run_words(terminal, {"run", "\033[2Jx\n", "--workers", "3"}) == 2);
  CHECK(terminal.err ==
        "loiter: There is no experiment or scenario '\\x1b[2Jx\\x0a'. Known: " + all_experiments + "\n");
}

TEST_CASE("a record file that cannot be written is refused before anything runs") {
  const loiter::testing::TemporaryFolder folder;
  const auto refused = [&](const std::string& file, const std::string& why) {
    INFO(file);
    FakeTerminal terminal;
    CHECK(run_words(terminal, {"run", "loiter", "--clock", "simulated", "--record", file}) == 2);
    CHECK(terminal.err == "loiter: " + file + " cannot be written: " + why + ".\n");
    CHECK(terminal.out.empty());
  };
  refused(folder / "no/such/run.jsonl", "No such file or directory");
  refused(folder.path(), "that is a folder; name a file in it");
  CHECK(std::filesystem::is_empty(folder.path()));
}

TEST_CASE("without a window, opening the lab says what can be done instead") {
  check({"", "This program was built without its window. In the terminal: loiter run loiter"});
  check({"show run.jsonl", "This program was built without its window. In the terminal: loiter show run.jsonl --text"});
}
