// The Python beside the lab: what it says, and what becomes of one that says nothing, too much, or never ends.
#include "engine/python_peer.hpp"

#include <sys/stat.h>

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <csignal>
#include <filesystem>
#include <fstream>

#include "experiments/primes.hpp"
#include "experiments/trial_division.hpp"
#include "support/alive.hpp"
#include "support/temporary_folder.hpp"

using namespace loiter;
using namespace loiter::engine;
using namespace std::chrono_literals;
using loiter::testing::TemporaryFolder;

namespace {

// A program that stands for a python3.
std::string fake(const TemporaryFolder& folder, const std::string& script) {
  const std::string path = folder / "python3";
  std::ofstream(path) << "#!/bin/sh\n" << script << "\n";
  ::chmod(path.c_str(), 0755);
  return path;
}

PythonRun::Outcome outcome_of(const std::string& python, const Setup& setup) {
  auto run = PythonRun::start(python, setup);
  REQUIRE(run);
  const auto outcome = (*run)->wait(60s);
  REQUIRE(outcome);
  return *outcome;
}

Setup small(trace::Mode mode, trace::Collect collect = trace::Collect::Map) {
  return *complete({.experiment = "primes",
                    .mode = mode,
                    .workers = 2,
                    .collect = collect,
                    .parameters = {{"digits", "6"}, {"times", "2"}}});
}

std::string trouble_with(const std::string& script) {
  const TemporaryFolder folder;
  return outcome_of(fake(folder, script), small(trace::Mode::Threads)).trouble;
}

}  // namespace

TEST_CASE("CPython runs the listing of primes as it is shown, and finds the same primes", "[python]") {
  const auto python = find_python();
  if (!python) SKIP("there is no python3 here");
  const trace::Mode mode = GENERATE(trace::Mode::Sequential, trace::Mode::Threads, trace::Mode::Processes);
  const trace::Collect collect = GENERATE(trace::Collect::Map, trace::Collect::AsCompleted);
  const Setup setup = small(mode, collect);
  const PythonRun::Outcome outcome = outcome_of(*python, setup);
  CHECK(outcome.trouble.empty());
  CHECK(outcome.time > 0s);
  const char* const workers = mode == trace::Mode::Sequential ? "sequentially"
                              : mode == trace::Mode::Threads  ? "with 2 threads"
                                                              : "with 2 processes";
  CHECK(outcome.output.starts_with(fmt::format("Checking 40 numbers {}:\n", workers)));
  for (const std::uint64_t n : experiments::numbers_of(setup)) {
    const char label = experiments::is_prime_at_once(n) ? 'P' : ' ';
    CHECK(outcome.output.find(fmt::format("\n{:16}  {}  0.0", n, label)) != std::string::npos);
  }
  CHECK(std::ranges::count(outcome.output, '\n') == 42);
  CHECK(outcome.output.find("\nTotal time: 0.") != std::string::npos);
}

TEST_CASE("CPython runs the listing of crunch", "[python]") {
  const auto python = find_python();
  if (!python) SKIP("there is no python3 here");
  const trace::Mode mode = GENERATE(trace::Mode::Sequential, trace::Mode::Threads, trace::Mode::Processes);
  const auto setup =
      complete({.experiment = "crunch", .mode = mode, .workers = 2, .parameters = {{"unit", "2ms"}, {"mix", "0.3"}}});
  REQUIRE(setup);
  const PythonRun::Outcome outcome = outcome_of(*python, *setup);
  CHECK(outcome.trouble.empty());
  CHECK(outcome.time >= 8ms);
  CHECK(outcome.output.find("crunch(2): waits 0.0028s, computes 0.0012s...\n") != std::string::npos);
  CHECK(outcome.output.ends_with("result 4: 40\n"));
}

TEST_CASE("a Python says what it calls itself", "[python]") {
  const auto python = find_python();
  if (!python) SKIP("there is no python3 here");
  const auto outcome = (*PythonRun::ask_name(*python))->wait(60s);
  REQUIRE(outcome);
  CHECK(outcome->trouble.empty());
  CHECK(outcome->output.find(" 3.") != std::string::npos);
}

TEST_CASE("a Python that fails, is killed, or says something else is one sentence") {
  CHECK(trouble_with("echo Traceback >&2; echo 'ValueError: boom' >&2; exit 1") ==
        "python3 ended with status 1: ValueError: boom.");
  CHECK(trouble_with("exit 3") == "python3 ended with status 3.");
  CHECK(trouble_with("kill -9 $$") == "python3 was ended by signal 9 (Killed).");
  CHECK(trouble_with("printf 'a\\nb\\001\\n'") ==
        "python3 did not say how long it took; the last it said is 'b\\x01'.");
  CHECK(trouble_with("printf '\\nloiter: soon\\n'") ==
        "python3 did not say how long it took; the last it said is 'loiter: soon'.");
  CHECK(trouble_with("printf '\\nloiter: -1\\n'").starts_with("python3 did not say how long it took"));
  CHECK(trouble_with("exit 0") == "python3 did not say how long it took; the last it said is ''.");
}

TEST_CASE("a Python that writes without end is ended, and costs little memory") {
  CHECK(trouble_with("exec yes") == "python3 was ended by signal 9 (Killed).");
}

TEST_CASE("a python3 that is none cannot be started, and says so") {
  const TemporaryFolder folder;
  const std::string path = folder / "python3";
  std::ofstream(path) << "no program";
  ::chmod(path.c_str(), 0755);
  const auto run = PythonRun::start(path, small(trace::Mode::Threads));
  REQUIRE_FALSE(run);
  CHECK(run.error().message == path + " cannot be started: Exec format error.");
}

TEST_CASE("whatever a Python has started ends with its run, and with it when it is given up") {
  const TemporaryFolder folder;
  const std::string pids = folder / "pids";
  const bool ends_itself = GENERATE(true, false);
  const std::string python = fake(folder, "sleep 1000 & echo $! > " + pids + ".new; mv " + pids + ".new " + pids +
                                              (ends_itself ? "; exit 1" : "; sleep 1000"));
  {
    auto run = PythonRun::start(python, small(trace::Mode::Threads));
    REQUIRE(run);
    const auto until = std::chrono::steady_clock::now() + 20s;
    while (!std::filesystem::exists(pids) && std::chrono::steady_clock::now() < until) (*run)->wait(5ms);
    if (ends_itself) CHECK((*run)->wait(20s));
  }
  pid_t pid = 0;
  std::ifstream(pids) >> pid;
  REQUIRE(pid > 0);
  CHECK(loiter::testing::has_gone(pid));
}
