// compare --over and --with-python in the terminal.
#include <sys/stat.h>

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <cstdlib>
#include <fstream>
#include <string>

#include "cli/fake_terminal.hpp"
#include "cli/sweep_table.hpp"
#include "support/temporary_folder.hpp"

using namespace loiter;
using namespace loiter::cli;
using namespace std::chrono_literals;

namespace {

ComparisonRow row(trace::Mode mode, Duration time, std::string program = "",
                  trace::RunEnd how = trace::RunEnd::Finished) {
  trace::Header header{.title = "crunch", .mode = mode, .workers = 2};
  header.parameters = {{"mix", "0"}, {"tasks", "5"}};
  return {.header = header, .time = time, .ended = {.how = how}, .program = std::move(program)};
}

std::string refusal(const std::string& words) {
  const auto [status, out, err] = ran(words);
  CHECK(status == 2);
  CHECK(out.empty());
  return err;
}

// A PATH on which there is nothing but this python3; the old one comes back at the end.
class Path {
 public:
  explicit Path(const std::string& script) : m_before(std::getenv("PATH")) {
    if (!script.empty()) {
      const std::string file = m_folder / "python3";
      std::ofstream(file) << "#!/bin/sh\n"
                             "case \"$*\" in *_name*) printf '\\nloiter: 0 CPython 3.11.2\\n'; exit 0;; esac\n"
                          << script << "\n";
      ::chmod(file.c_str(), 0755);
    }
    ::setenv("PATH", m_folder.path().c_str(), 1);
  }
  ~Path() { ::setenv("PATH", m_before.c_str(), 1); }
  Path(const Path&) = delete;
  Path& operator=(const Path&) = delete;

 private:
  const testing::TemporaryFolder m_folder;
  const std::string m_before;
};

const std::string small = "compare primes --set numbers=2,3,4 --workers 2 --with-python";

// With one space for several: how wide a column is depends on the times of the others.
std::string squeezed(const std::string& table) {
  std::string text;
  for (const char c : table) {
    if (c != ' ' || !text.ends_with(' ')) text += c;
  }
  return text;
}

}  // namespace

TEST_CASE("over a share a comparison has five points, and on the simulated clock their times are exact") {
  const auto [status, out, err] = ran("compare crunch --over mix --clock simulated --workers 4 --cores 2");
  CHECK(status == 0);
  CHECK(err.empty());
  CHECK(out ==
        "crunch: map, tasks=5, unit=100ms\n"
        "\n"
        " mix  sequential  threads  speed-up  processes  speed-up  label\n"
        "   0      1.00 s   0.40 s      2.50     0.40 s      2.50  SIMULATED\n"
        "0.25      1.00 s   0.40 s      2.50     0.40 s      2.50  SIMULATED\n"
        " 0.5      1.00 s   0.40 s      2.50     0.40 s      2.50  SIMULATED\n"
        "0.75      1.00 s   0.46 s      2.17     0.46 s      2.17  SIMULATED\n"
        "   1      1.00 s   0.55 s      1.82     0.55 s      1.82  SIMULATED\n");
}

TEST_CASE("with CPython's lock threads lose what computes, and processes do not") {
  const std::string out = ran("compare crunch --over mix=0,1 --clock simulated --workers 4 --gil cpython").out;
  CHECK(out.find("  0      1.00 s   0.40 s      2.50     0.40 s      2.50  SIMULATED, MODEL\n") != std::string::npos);
  CHECK(out.find("  1      1.00 s   1.00 s      1.00     0.40 s      2.50  SIMULATED, MODEL\n") != std::string::npos);
}

TEST_CASE("any parameter of numbers, times or words can be compared over") {
  CHECK(ran("compare loiter --over tasks=2,8 --clock simulated").out.find("    8     28.00 s  12.00 s") !=
        std::string::npos);
  CHECK(ran("compare loiter --over unit=1s,100ms --clock simulated").out.find("100ms      1.00 s   0.50 s") !=
        std::string::npos);
  CHECK(ran("compare scenario --over unit=1s --clock simulated").status == 3);
}

TEST_CASE("a comparison over a parameter as JSON is one line") {
  CHECK(ran("compare crunch --over mix=1 --set tasks=2 --clock simulated --format json").out ==
        "{\"title\": \"crunch\", \"collect\": \"map\", \"clock\": \"simulated\", \"label\": \"SIMULATED\", "
        "\"parameters\": {\"tasks\": \"2\", \"unit\": \"100ms\"}, \"over\": \"mix\", \"points\": [{\"value\": \"1\", "
        "\"rows\": [{\"mode\": \"sequential\", \"workers\": 1, \"time_ns\": 100000000, \"speed_up\": 1, "
        "\"efficiency\": 1, \"how\": \"finished\"}, {\"mode\": \"threads\", \"workers\": 4, \"time_ns\": 100000000, "
        "\"speed_up\": 1, \"efficiency\": 0.25, \"how\": \"finished\"}, {\"mode\": \"processes\", \"workers\": 4, "
        "\"time_ns\": 100000000, \"speed_up\": 1, \"efficiency\": 0.25, \"how\": \"finished\"}]}]}\n");
}

TEST_CASE("what cannot be compared over is refused in a sentence") {
  CHECK(refusal("compare crunch --over tasks") == "loiter: --over tasks needs values, such as: --over tasks=5.\n");
  CHECK(refusal("compare crunch --over mix=0,2") == "loiter: mix must be a share from 0 to 1 such as 0.25, not '2'.\n");
  CHECK(refusal("compare crunch --over mix=") == "loiter: mix must be a share from 0 to 1 such as 0.25, not ''.\n");
  CHECK(refusal("compare crunch --over mux=1") ==
        "loiter: crunch has no parameter 'mux' that --over can vary. Did you mean 'mix'? It has: mix, tasks, unit.\n");
  CHECK(refusal("compare crunch --over mix --set mix=1") ==
        "loiter: mix is what --over varies: leave --set mix out.\n");
  CHECK(refusal("compare primes --over numbers=2,3") ==
        "loiter: primes has no parameter 'numbers' that --over can vary. It has: digits, times, division.\n");
  CHECK(refusal("compare crunch --over tasks=1" + [] {
          std::string more;
          for (int i = 0; i < 100; ++i) more += ",1";
          return more;
        }()) == "loiter: --over takes at most 100 values, not 101.\n");
  CHECK(refusal("run crunch --over mix") ==
        "loiter: 'loiter run' takes no --over. 'loiter help run' lists what it takes.\n");
}

TEST_CASE("a point that was stopped has the runs that were made, and the times of another program stand beside") {
  const std::string table = sweep_table(
      "mix", {{"0",
               {row(trace::Mode::Sequential, 4s), row(trace::Mode::Threads, 2s),
                row(trace::Mode::Sequential, 8s, "CPython 3.11.2"), row(trace::Mode::Threads, 8s, "CPython 3.11.2")}},
              {"1", {row(trace::Mode::Sequential, 4s), row(trace::Mode::Threads, 1s, "", trace::RunEnd::Stopped)}}});
  CHECK(table ==
        "crunch: map, tasks=5, beside CPython 3.11.2\n"
        "\n"
        "mix  sequential  threads  CPython sequential  CPython threads  label\n"
        "  0      4.00 s   2.00 s              8.00 s           8.00 s  MEASURED\n"
        "  1      4.00 s  stopped                   -                -  MEASURED\n");
}

TEST_CASE("a signal ends a comparison over a parameter with the points so far", "[live]") {
  FakeTerminal terminal;
  terminal.signal = [] { return 2; };
  CHECK(run_words(terminal, words_of("compare crunch --over mix --set unit=1000s")) == 130);
  CHECK(std::ranges::count(terminal.out, '\n') == 4);
  CHECK(terminal.out.find("  0     stopped") != std::string::npos);
  CHECK(terminal.err.starts_with("loiter: mix=0, sequential: Stopped at "));
}

TEST_CASE("progress says which point is being measured", "[live]") {
  FakeTerminal terminal;
  terminal.error_shown = terminal_of(80, 20);
  CHECK(run_words(terminal, words_of("compare crunch --over mix=0,1 --set unit=2ms")) == 0);
  CHECK(terminal.err.find("\r1 of 2: mix=0, sequential: ") != std::string::npos);
  CHECK(terminal.err.find("\r2 of 2: mix=1, processes: ") != std::string::npos);
  CHECK(terminal.err.ends_with("\r\033[K"));
}

TEST_CASE("CPython stands beside the lab under its own name, measured against itself") {
  const Path path("printf 'Checking\\n\\nloiter: 1.5\\n'");
  const auto [status, out, err] = ran(small);
  CHECK(status == 0);
  CHECK(err.empty());
  CHECK(squeezed(out).find("CPython 3.11.2 sequential 1 1.50 s 1.00 1.00 MEASURED\n") != std::string::npos);
  CHECK(squeezed(out).find("CPython 3.11.2 threads 2 1.50 s 1.00 0.50 MEASURED\n") != std::string::npos);
  CHECK(squeezed(out).find("CPython 3.11.2 processes 2 1.50 s 1.00 0.50 MEASURED\n") != std::string::npos);
  const std::string json = ran(small + " --format json").out;
  CHECK(json.find("{\"program\": \"CPython 3.11.2\", \"mode\": \"threads\", \"workers\": 2, \"time_ns\": 1500000000, "
                  "\"speed_up\": 1, \"efficiency\": 0.5, \"how\": \"finished\"}") != std::string::npos);
}

TEST_CASE("without a python3 nothing runs, and a sentence says what to do") {
  const Path path("");
  CHECK(refusal(small) == "loiter: There is no python3 on the PATH: install one, or leave --with-python out.\n");
}

TEST_CASE("a CPython that fails has no time, a sentence and status 1; the lab's rows stay") {
  const Path path("case \"$*\" in *ProcessPool*) echo 'OSError: no' >&2; exit 1;; esac; printf '\\nloiter: 1.5\\n'");
  const auto [status, out, err] = ran(small);
  CHECK(status == 1);
  CHECK(squeezed(out).find("CPython 3.11.2 threads 2 1.50 s") != std::string::npos);
  CHECK(squeezed(out).find("- - MEASURED, raised\n") != std::string::npos);
  CHECK(err == "loiter: CPython 3.11.2 processes: python3 ended with status 1: OSError: no.\n");
}

TEST_CASE("a CPython that never ends is ended by the timeout, each run by its own") {
  const Path path("exec /bin/sleep 1000");
  const auto [status, out, err] = ran(small + " --timeout 100ms");
  CHECK(status == 4);
  CHECK(err.starts_with("loiter: CPython 3.11.2 sequential: Timed out after "));
  CHECK(std::ranges::count(err, '\n') == 3);
}

TEST_CASE("experiments that CPython would not run alike, and clocks it does not have, are refused") {
  CHECK(refusal("compare loiter --with-python") ==
        "loiter: --with-python is for crunch and primes: of loiter Python would not do the same work.\n");
  CHECK(refusal(small + " --clock simulated") == "loiter: --with-python measures: it needs --clock live.\n");
  CHECK(refusal(small + " --speed 2") == "loiter: --with-python measures: CPython has no --speed.\n");
}
