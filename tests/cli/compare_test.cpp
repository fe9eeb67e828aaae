#include <catch2/catch_test_macros.hpp>
#include <string>

#include "cli/comparison.hpp"
#include "cli/fake_terminal.hpp"

using namespace loiter;
using namespace loiter::cli;
using namespace std::chrono_literals;

namespace {

ComparisonRow row(trace::Mode mode, std::uint32_t workers, Duration time, trace::RunEnd how = trace::RunEnd::Finished) {
  trace::Header header{.title = "loiter", .mode = mode, .workers = workers};
  return {header, time, {.how = how}};
}

}  // namespace

TEST_CASE("compare prints time, speed-up and efficiency of each mode") {
  const auto [status, out, err] = ran("compare loiter --clock simulated");
  CHECK(status == 0);
  CHECK(err.empty());
  CHECK(out ==
        "loiter: map, tasks=5, unit=1s\n"
        "\n"
        "mode        workers     time  speed-up  efficiency  label\n"
        "sequential        1  10.00 s      1.00        1.00  SIMULATED\n"
        "threads           3   5.00 s      2.00        0.67  SIMULATED\n"
        "processes         3   5.00 s      2.00        0.67  SIMULATED\n");
}

TEST_CASE("compare takes the parameters of run") {
  const std::string out = ran("compare loiter --clock simulated --workers 4 --set tasks=8 --collect as_completed").out;
  CHECK(out.find("loiter: as_completed, tasks=8, unit=1s") == 0);
  CHECK(out.find("threads           4  10.00 s      2.80        0.70  SIMULATED\n") != std::string::npos);
}

TEST_CASE("compare as JSON is one line with the numbers unrounded") {
  CHECK(ran("compare loiter --clock simulated --format json").out ==
        "{\"title\": \"loiter\", \"collect\": \"map\", \"clock\": \"simulated\", \"label\": \"SIMULATED\", "
        "\"parameters\": {\"tasks\": \"5\", \"unit\": \"1s\"}, \"rows\": ["
        "{\"mode\": \"sequential\", \"workers\": 1, \"time_ns\": 10000000000, \"speed_up\": 1, \"efficiency\": 1, "
        "\"how\": \"finished\"}, "
        "{\"mode\": \"threads\", \"workers\": 3, \"time_ns\": 5000000000, \"speed_up\": 2, \"efficiency\": 0.666667, "
        "\"how\": \"finished\"}, "
        "{\"mode\": \"processes\", \"workers\": 3, \"time_ns\": 5000000000, \"speed_up\": 2, \"efficiency\": 0.666667, "
        "\"how\": \"finished\"}]}\n");
}

TEST_CASE("a mode that did not finish has a time and no speed-up, and ends the comparison's status") {
  const std::string table =
      comparison_table({row(trace::Mode::Sequential, 1, 4s), row(trace::Mode::Threads, 2, 1s, trace::RunEnd::Stuck)});
  CHECK(table.find("threads           2  1.00 s         -           -  MEASURED, stuck\n") != std::string::npos);
  const auto [status, out, err] = ran("compare loiter --clock simulated --timeout 6");
  CHECK(status == 4);
  CHECK(out.find("sequential        1  6.00 s         -           -  SIMULATED, timeout\n") != std::string::npos);
  CHECK(out.find("threads           3  5.00 s         -           -  SIMULATED\n") != std::string::npos);
  CHECK(err == "loiter: sequential: Timed out at 6.00 s: 4 of 5 futures had finished.\n");
}

TEST_CASE("work that takes no time has no speed-up") {
  const std::string table = comparison_table({row(trace::Mode::Sequential, 1, 0s), row(trace::Mode::Threads, 2, 0s)});
  CHECK(table.find("-") != std::string::npos);
  CHECK(table.find("nan") == std::string::npos);
}

TEST_CASE("a signal ends the comparison after the rows that were begun", "[live]") {
  FakeTerminal terminal;
  terminal.signal = [] { return 2; };
  CHECK(run_words(terminal, words_of("compare loiter --set unit=1000s")) == 130);
  CHECK(terminal.out.find("MEASURED, stopped") != std::string::npos);
  CHECK(terminal.out.find("threads") == std::string::npos);
}

TEST_CASE("progress is shown where people look, and wiped away", "[live]") {
  FakeTerminal terminal;
  terminal.error_shown = terminal_of(40, 20);
  CHECK(run_words(terminal, words_of("compare loiter --set unit=20ms")) == 0);
  CHECK(terminal.err.find("\rsequential: ") != std::string::npos);
  CHECK(terminal.err.find("\rthreads: ") != std::string::npos);
  CHECK(terminal.err.ends_with("\r\033[K"));
  CHECK(terminal.out.find('\033') == std::string::npos);
}
