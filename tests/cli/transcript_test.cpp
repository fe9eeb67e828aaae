// What `run --format transcript` prints, and that it is what CPython prints.
//
// tests/cli/cpython/*.txt is what CPython 3.11 printed when it ran the listing that the lab shows (Listing::python), each
// line after "main " or "worker " for the thread that printed it, with times counted from the start.
#include <fmt/format.h>
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <filesystem>
#include <sstream>
#include <string>
#include <vector>

#include "cli/fake_terminal.hpp"
#include "support/approved.hpp"

using namespace loiter;
using namespace loiter::cli;

namespace {

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

// Every run has its own address, and every thread the same name.
std::string without_address(const std::string& line) {
  const std::size_t at = line.find(" at 0x");
  return at == std::string::npos ? line : line.substr(0, at);
}

struct Printed {
  std::vector<std::string> all;      // sorted
  std::vector<std::string> main;     // in order
  std::vector<std::string> results;  // what as_completed brought, sorted
};

bool is_main_line(const std::string& line) {
  return line.find("] \t") == std::string::npos && line.find("loiter(") == std::string::npos;
}

// "[00:00:01] result 2: 40" names a place and a value; which value has which place is open where futures were done already.
void add(Printed& printed, std::string line, bool by_main) {
  line = without_address(line);
  const std::size_t at = line.find("result ");
  if (at != std::string::npos && line.find(": ", at) != std::string::npos) {
    printed.results.push_back(line.substr(line.rfind(' ') + 1));
    line.resize(line.rfind(' '));
  }
  if (by_main) printed.main.push_back(line);
  printed.all.push_back(line);
}

void sort(Printed& printed) {
  std::ranges::sort(printed.all);
  std::ranges::sort(printed.results);
}

struct Case {
  std::string name;
  std::string line;
};

std::vector<Case> all_cases() {
  std::vector<Case> cases;
  for (const std::string collect : {"map", "as_completed"}) {
    for (const int tasks : {5, 8}) {
      for (const int workers : {0, 1, 2, 3, 4}) {
        const std::string how = workers == 0 ? "sequential" : fmt::format("{}-workers", workers);
        const std::string mode = workers == 0 ? "--mode sequential" : fmt::format("--workers {}", workers);
        cases.push_back({fmt::format("{}-{}-tasks-{}", collect, tasks, how),
                         fmt::format("run loiter --clock simulated --format transcript --collect {} --set tasks={} {}",
                                     collect, tasks, mode)});
      }
    }
  }
  return cases;
}

}  // namespace

TEST_CASE("the transcripts of loiter in simulated time are exact") {
  for (const Case& c : all_cases()) {
    const auto [status, out, err] = ran(c.line);
    INFO(c.line);
    CHECK(status == 0);
    CHECK(err.empty());
    loiter::testing::approved("cli", c.name, out);
  }
}

TEST_CASE("a transcript has the lines that CPython prints, each thread's in its order") {
  for (const Case& c : all_cases()) {
    INFO(c.name);
    const bool sequential = c.name.ends_with("sequential");
    Printed ours;
    for (const std::string& line : lines_of(ran(c.line).out)) add(ours, line, sequential || is_main_line(line));
    Printed theirs;
    const auto path = std::filesystem::path(LOITER_SOURCE_DIR) / "tests/cli/cpython" / (c.name + ".txt");
    for (const std::string& line : lines_of(loiter::testing::read_text(path))) {
      add(theirs, line.substr(line.find(' ') + 1), line.starts_with("main "));
    }
    if (c.name.starts_with("map")) CHECK(ours.results == theirs.results);  // in order, and not only the same
    sort(ours);
    sort(theirs);
    CHECK(ours.all == theirs.all);
    CHECK(ours.main == theirs.main);
    CHECK(ours.results == theirs.results);
  }
}

TEST_CASE("the first transcript is the one that the book's readers know") {
  const std::string text = ran("run loiter --clock simulated --format transcript").out;
  CHECK(lines_of(text).size() == 18);
  CHECK(text.starts_with("[00:00:00] Script starting.\n[00:00:00] loiter(0): doing nothing for 0s...\n"));
  CHECK(text.ends_with("[00:00:05] \t\t\t\tloiter(4): done.\n[00:00:05] result 4: 40\n"));
}

TEST_CASE("the same seed prints the same bytes, and another seed may print others") {
  const std::string line = "run loiter --clock simulated --set tasks=8 --seed ";
  CHECK(ran(line + "7").out == ran(line + "7").out);
  bool differs = false;
  for (int seed = 1; seed < 20 && !differs; ++seed)
    differs = ran(line + std::to_string(seed)).out != ran(line + "0").out;
  CHECK(differs);
}

TEST_CASE("what is no terminal gets the transcript, and so does a terminal that cannot move its cursor") {
  const std::string transcript = ran("run loiter --clock simulated --format transcript").out;
  CHECK(ran("run loiter --clock simulated").out == transcript);
  FakeTerminal dumb;
  dumb.shown = {.is_terminal = true};
  CHECK(run_words(dumb, words_of("run loiter --clock simulated --speed instant")) == 0);
  CHECK(dumb.out == transcript);
}

TEST_CASE("on the live clock lines come as they are printed", "[live]") {
  FakeTerminal terminal;
  CHECK(run_words(terminal, words_of("run loiter --set unit=60ms --set tasks=3 --format transcript")) == 0);
  CHECK(lines_of(terminal.out).size() == 12);
  CHECK(terminal.writes >= 3);  // at the start, after one unit, after two
}
