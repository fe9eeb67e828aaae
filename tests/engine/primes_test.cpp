// primes and crunch through the engine: what they print, and when.
#include "experiments/primes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "engine/session.hpp"
#include "engine/transcript.hpp"
#include "experiments/trial_division.hpp"
#include "trace/run.hpp"

using namespace loiter;
using namespace loiter::engine;
using namespace loiter::engine::testing;
using namespace std::chrono_literals;
using trace::Clock;
using trace::Collect;
using trace::Mode;

namespace {

using Parameters = std::map<std::string, std::string>;

experiments::Setup setup_of(const char* experiment, Mode mode, int workers, Collect collect, Clock clock,
                            Parameters parameters) {
  return *experiments::complete({.experiment = experiment,
                                 .mode = mode,
                                 .workers = workers,
                                 .collect = collect,
                                 .clock = clock,
                                 .parameters = std::move(parameters)});
}

trace::Recording run(const experiments::Setup& setup) {
  return run_to_end(setup, {.pace = setup.clock == Clock::Live ? runtime::Pace{} : runtime::Pace::instant()});
}

// Some whose divisions one can count on paper.
const Parameters small{{"numbers", "2,9409,10007,10000000019,10000000018,10000600009"}, {"division", "1us"}};

}  // namespace

TEST_CASE("on the simulated clock a division lasts what it is said to, and the transcript is the book's") {
  const Mode mode = GENERATE(Mode::Threads, Mode::Processes);
  const auto recording = run(setup_of("primes", mode, 2, Collect::Map, Clock::Simulated, small));
  // Up to the root of 10,000,600,009 there are 50,000 odd numbers and the 2; its root, 100,003, is a factor.
  CHECK(transcript(recording) == fmt::format("Checking 6 numbers with 2 {}:\n"
                                             "     10000600009     0.050002s\n"
                                             "     10000000019  P  0.050000s\n"
                                             "     10000000018     0.000001s\n"
                                             "           10007  P  0.000050s\n"
                                             "            9409     0.000049s\n"
                                             "               2  P  0.000000s\n"
                                             "Total time: 0.05s\n",
                                             mode == Mode::Threads ? "threads" : "processes"));
}

TEST_CASE("with map nothing comes before the largest number is done, with as_completed the small ones do") {
  const Collect collect = GENERATE(Collect::Map, Collect::AsCompleted);
  const trace::Run folded = trace::fold(run(setup_of("primes", Mode::Threads, 3, collect, Clock::Simulated, small)));
  REQUIRE(folded.futures().size() == 6);
  CHECK(folded.futures()[5].finished < Instant{51ms});
  CHECK(folded.futures()[0].label == "check(10000600009)");
  const std::size_t first = collect == Collect::Map ? 0 : 2;  // the even one, which takes a single division
  CHECK(folded.deliveries().front().future == folded.futures()[first].id);
}

TEST_CASE("sequentially the numbers take the sum of their divisions, and the simulated run repeats exactly") {
  const auto setup = setup_of("primes", Mode::Sequential, 1, Collect::Map, Clock::Simulated, {});
  const trace::Recording recording = run(setup);
  std::uint64_t divisions = 0;
  for (const std::uint64_t n : experiments::numbers_of(setup)) divisions += experiments::division_count(n).done;
  CHECK(trace::fold(recording).last() == Instant{10ns * static_cast<std::int64_t>(divisions)});
  CHECK(transcript(recording).starts_with("Checking 20 numbers sequentially:\n9999999999999999     0.000000s\n"));
  for (int i = 0; i < 20; ++i) REQUIRE(run(setup) == recording);
}

TEST_CASE("a number tells how far it has come, in divisions") {
  const Clock clock = GENERATE(Clock::Live, Clock::Simulated);
  const Mode mode = GENERATE(Mode::Sequential, Mode::Threads, Mode::Processes);
  const trace::Run folded =
      trace::fold(run(setup_of("primes", mode, 2, Collect::Map, clock, {{"numbers", "999999999989,4"}})));
  const trace::FutureRow& future = folded.futures().front();
  REQUIRE(future.progress.size() >= 15);
  CHECK(future.progress.size() <= 21);
  CHECK(std::ranges::is_sorted(future.progress, {}, &trace::ProgressMark::done));
  for (const trace::ProgressMark& mark : future.progress) CHECK(mark.total == 500'000);
  CHECK(folded.futures().back().progress.empty());
}

TEST_CASE("a live run checks for real, in every mode and with both consumers", "[live]") {
  const Mode mode = GENERATE(Mode::Sequential, Mode::Threads, Mode::Processes);
  const Collect collect = GENERATE(Collect::Map, Collect::AsCompleted);
  const auto setup = setup_of("primes", mode, 2, collect, Clock::Live, {{"digits", "9"}});
  const std::string text = transcript(run(setup));
  std::size_t lines = 0;
  for (const std::uint64_t n : experiments::numbers_of(setup)) {
    const char label = experiments::is_prime_at_once(n) ? 'P' : ' ';
    CHECK(text.find(fmt::format("\n{:16}  {}  0.0", n, label)) != std::string::npos);
    ++lines;
  }
  CHECK(std::ranges::count(text, '\n') == static_cast<std::ptrdiff_t>(lines) + 2);
  CHECK(text.find("Total time: 0.") != std::string::npos);
}

TEST_CASE("a number that would take minutes is left as soon as the run is stopped", "[live]") {
  const Mode mode = GENERATE(Mode::Sequential, Mode::Threads, Mode::Processes);
  const auto setup =
      setup_of("primes", mode, 2, Collect::Map, Clock::Live, {{"numbers", "18446744073709551557"}, {"times", "100"}});
  const auto recording = run_to_end(setup, {.real_timeout = 100ms});
  CHECK(trace::fold(recording).ended()->how == trace::RunEnd::Timeout);
}

TEST_CASE("a number that is too large for a sign is shown as it is") {
  const trace::Run folded = trace::fold(
      run(setup_of("primes", Mode::Threads, 1, Collect::Map, Clock::Simulated, {{"numbers", "18446744073709551557"}})));
  CHECK(folded.futures().front().label == "check(18446744073709551557)");
  CHECK(folded.futures().front().text == "(18446744073709551557, True, 21.47483648)");
}

TEST_CASE("crunch only waits, only computes, or does some of both: cores limit what computes") {
  struct Case {
    const char* mix;
    int workers;
    Duration took;
  };
  // crunch(0) to crunch(4) take 10 units of 100 ms; four cores are there.
  const auto [mix, workers, took] = GENERATE(Case{"0", 5, 400ms}, Case{"1", 1, 1000ms}, Case{"0.5", 1, 1000ms},
                                             Case{"1", 4, 400ms}, Case{"0.25", 5, 400ms});
  const Mode mode = GENERATE(Mode::Threads, Mode::Processes);
  const auto recording = run(setup_of("crunch", mode, workers, Collect::Map, Clock::Simulated, {{"mix", mix}}));
  CHECK(trace::fold(recording).last() == Instant{took});
  CHECK(transcript(recording).ends_with("result 4: 40\n"));
}

TEST_CASE("what crunch prints says how much of it waits and how much computes") {
  const std::string text =
      transcript(run(setup_of("crunch", Mode::Sequential, 1, Collect::Map, Clock::Simulated, {{"mix", "0.25"}})));
  CHECK(text.find("\t\tcrunch(2): waits 0.15s, computes 0.05s...\n") != std::string::npos);
}
