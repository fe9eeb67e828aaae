// The futures experiment through the engine: what it prints in every mode, and that CPython prints the same.
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include <algorithm>
#include <regex>
#include <sstream>
#include <vector>

#include "engine/session.hpp"
#include "engine/transcript.hpp"
#include "trace/run.hpp"

using namespace loiter;
using namespace loiter::engine;
using namespace loiter::engine::testing;
using namespace std::chrono_literals;
using trace::Clock;
using trace::Collect;
using trace::Mode;

namespace {

experiments::Setup setup_for(Mode mode, Collect collect = Collect::AsCompleted) {
  return *experiments::complete({.experiment = "futures", .mode = mode, .collect = collect, .clock = Clock::Simulated});
}

trace::Recording run(const experiments::Setup& setup) { return run_to_end(setup, {.pace = runtime::Pace::instant()}); }

// Every run has its own addresses.
std::string printed(const trace::Recording& recording) {
  return std::regex_replace(transcript(recording), std::regex(" at 0x[0-9a-f]+"), "");
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

// What CPython 3.11 printed when it ran the listing for three threads, with a second for a unit.
constexpr const char* printed_by_cpython =
    "Scheduled for BR: <Future state=running>\n"
    "Scheduled for CN: <Future state=running>\n"
    "Scheduled for ID: <Future state=running>\n"
    "Scheduled for IN: <Future state=pending>\n"
    "Scheduled for US: <Future state=pending>\n"
    "<Future state=finished returned str> result: 'CN'\n"
    "<Future state=finished returned str> result: 'IN'\n"
    "<Future state=finished returned str> result: 'ID'\n"
    "<Future state=finished returned str> result: 'BR'\n"
    "<Future state=finished returned str> result: 'US'\n"
    "5 results in 5.00s\n";

}  // namespace

TEST_CASE("futures on three threads prints what CPython prints") {
  const trace::Recording recording = run(setup_for(Mode::Threads));
  CHECK(printed(recording) == printed_by_cpython);
  CHECK(transcript(recording).starts_with("Scheduled for BR: <Future at 0x7f3a00000040 state=running>\n"));
}

TEST_CASE("futures on three processes ends like threads; from the call queue on they say running") {
  const trace::Recording recording = run(setup_for(Mode::Processes));
  const auto lines = lines_of(printed(recording));
  const auto expected = lines_of(printed_by_cpython);
  REQUIRE(lines.size() == expected.size());
  CHECK(std::equal(lines.begin() + 5, lines.end(), expected.begin() + 5));
  for (std::size_t i = 0; i < 5; ++i) {
    const std::string scheduled = expected[i].substr(0, expected[i].find('='));
    CHECK((lines[i] == scheduled + "=running>" || lines[i] == scheduled + "=pending>"));
  }
}

TEST_CASE("futures without a pool are finished as soon as they are submitted") {
  const auto lines = lines_of(printed(run(setup_for(Mode::Sequential))));
  REQUIRE(lines.size() == 11);
  CHECK(lines[0] == "Scheduled for BR: <Future state=finished returned str>");
  CHECK(lines[4] == "Scheduled for US: <Future state=finished returned str>");
  CHECK(lines[10] == "5 results in 12.00s");
}

TEST_CASE("with map the program sees results in the order of the codes, and no future") {
  for (const Mode mode : {Mode::Sequential, Mode::Threads, Mode::Processes}) {
    CHECK(
        printed(run(setup_for(mode, Collect::Map)))
            .starts_with("BR result: 'BR'\nCN result: 'CN'\nID result: 'ID'\nIN result: 'IN'\nUS result: 'US'\n5 res"));
  }
}

TEST_CASE("futures collects with as_completed unless told otherwise, from all countries or from none") {
  auto setup = *experiments::complete({.experiment = "futures", .parameters = {{"tasks", "20"}}});
  CHECK(setup.collect == Collect::AsCompleted);
  CHECK(setup.workers == 3);
  setup.clock = Clock::Simulated;
  CHECK(count_of<trace::TaskEnded>(run(setup)) == 20);
  setup.parameters["tasks"] = "0";
  CHECK(printed(run(setup)) == "0 results in 0.00s\n");
}

TEST_CASE("futures runs live in every mode", "[live]") {
  auto setup = setup_for(GENERATE(Mode::Sequential, Mode::Threads, Mode::Processes));
  setup.clock = Clock::Live;
  setup.parameters["unit"] = "20ms";
  const trace::Recording recording = run(setup);
  const trace::Run folded = trace::fold(recording);
  CHECK(folded.ended()->how == trace::RunEnd::Finished);
  CHECK(folded.inconsistent() == 0);
  CHECK(lines_of(transcript(recording)).size() == 11);
  for (const trace::FutureRow& future : folded.futures())
    CHECK(trace::state_at(future, folded.last()) == trace::FutureState::Finished);
}
