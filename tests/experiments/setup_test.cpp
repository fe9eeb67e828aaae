#include "experiments/setup.hpp"

#include "experiments/scenario_experiment.hpp"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <sstream>

#include "base/text.hpp"
#include "experiments/experiment.hpp"

using namespace loiter;
using namespace loiter::experiments;

namespace {

std::string error_of(const Choices& choices) {
  const auto setup = complete(choices);
  return setup ? "" : setup.error().message;
}

}  // namespace

TEST_CASE("holes in the choices are filled with the experiment's defaults") {
  const auto setup = complete({.experiment = "loiter"});
  REQUIRE(setup);
  CHECK(setup->mode == Mode::Threads);
  CHECK(setup->workers == 3);
  CHECK(setup->collect == Collect::Map);
  CHECK(setup->clock == Clock::Live);
  CHECK(setup->count("tasks") == 5);
  CHECK(setup->time("unit") == std::chrono::seconds(1));
}

TEST_CASE("an unknown experiment is refused with the nearest known one") {
  auto names = experiment_names();
  for (const ShippedScenario& shipped : shipped_scenarios()) names.push_back(shipped.name);
  CHECK(error_of({.experiment = "lioter"}) ==
        "There is no experiment or scenario 'lioter'. Did you mean 'loiter'? Known: " + join(names, ", ") + ".");
}

TEST_CASE("absurd numbers of workers are refused") {
  const std::int64_t workers = GENERATE(-1, 0, 1001, 1'000'000);
  CHECK(error_of({.experiment = "loiter", .workers = workers})
            .starts_with("workers must be a whole number from 1 to 1000"));
}

TEST_CASE("parameters are checked, and unknown ones are named with the nearest known one") {
  CHECK(error_of({.experiment = "loiter", .parameters = {{"task", "5"}}}) ==
        "loiter has no parameter 'task'. Did you mean 'tasks'? It has: tasks, unit.");
  CHECK(error_of({.experiment = "loiter", .parameters = {{"tasks", "-1"}}}) ==
        "tasks must be a whole number from 0 to 100000, not '-1'.");
  CHECK(error_of({.experiment = "loiter", .parameters = {{"tasks", "5.5"}}}).starts_with("tasks must be"));
  CHECK(error_of({.experiment = "loiter", .parameters = {{"unit", "soon"}}})
            .starts_with("unit must be a time from 0 s to"));
  CHECK(error_of({.experiment = "loiter", .parameters = {{"unit", "1e99"}}}).starts_with("unit must be a time"));
}

TEST_CASE("a hundred processes are enough") {
  CHECK(error_of({.experiment = "loiter", .mode = Mode::Processes, .workers = 101}) ==
        "workers must be a whole number from 1 to 100 for processes, not 101.");
  CHECK(complete({.experiment = "loiter", .mode = Mode::Processes, .workers = 100})->workers == 100);
}

TEST_CASE("the sequential mode has one worker, whatever was chosen") {
  CHECK(complete({.experiment = "loiter", .mode = Mode::Sequential, .workers = 7})->workers == 1);
}

TEST_CASE("a setup survives the way through a run file's header") {
  const auto setup = complete({.experiment = "loiter",
                               .mode = Mode::Threads,
                               .workers = 4,
                               .collect = Collect::AsCompleted,
                               .clock = Clock::Simulated,
                               .parameters = {{"tasks", "8"}, {"unit", "250ms"}}});
  REQUIRE(setup);
  const auto again = setup_of(header_of(*setup));
  REQUIRE(again);
  CHECK(*again == *setup);
}

TEST_CASE("every experiment's default values pass its own checks, and its listings have the sites it reaches") {
  // With each word of each parameter.
  std::vector<Choices> all;
  for (const Experiment& experiment : all_experiments()) {
    all.push_back({.experiment = experiment.name});
    for (const Parameter& parameter : experiment.parameters) {
      for (const std::string& word : parameter.words)
        all.push_back({.experiment = experiment.name, .parameters = {{parameter.name, word}}});
    }
  }
  for (const Choices& choices : all) {
    INFO(choices.experiment);
    const auto setup = complete(choices);
    REQUIRE(setup);
    const Listing listing = find_experiment(choices.experiment)->listing(*setup);
    CHECK(listing.python.find("#@ ") != std::string::npos);
    CHECK(listing.cpp.find("//@ ") != std::string::npos);
    CHECK(listing.python.find("@POOL@") == std::string::npos);
    CHECK(listing.cpp.find("@TASKS@") == std::string::npos);
    // Neither cut by the panel nor pushed to the right: the first line begins at its left edge.
    for (const std::string& text : {listing.python, listing.cpp}) {
      std::istringstream lines(text);
      for (std::string line; std::getline(lines, line);) {
        line = line.substr(0, std::min(line.find("  #@"), line.find("  //@")));
        INFO(line);
        CHECK(line.size() <= 42);
        CHECK((line.empty() || line.find_first_not_of(" ") <= 26));
        CHECK(line.find('@') == std::string::npos);
      }
    }
  }
}

TEST_CASE("the program of flags with progress has as many workers as it may have connections") {
  const auto with = [](std::map<std::string, std::string> parameters, std::optional<std::int64_t> workers,
                       Mode mode = Mode::Threads) {
    parameters["program"] = "progress";
    return *complete({.experiment = "flags", .mode = mode, .workers = workers, .parameters = std::move(parameters)});
  };
  CHECK(with({}, {}).workers == 20);  // 30 would be more than there are flags
  CHECK(with({}, 3).workers == 3);
  CHECK(with({{"concurrency", "4"}}, {}).workers == 4);
  CHECK(with({{"concurrency", "4"}}, 3).workers == 4);
  CHECK(with({{"tasks", "0"}}, {}).workers == 1);
  CHECK(with({{"concurrency", "1000"}}, {}, Mode::Sequential).workers == 1);
  CHECK(with({}, 3).collect == Collect::AsCompleted);
  CHECK(setup_of(header_of(with({}, 3))) == with({}, 3));
}

TEST_CASE("shares of answers that are more than all of them, and addresses of no site, are refused") {
  const auto refusal = [](std::map<std::string, std::string> parameters) {
    const auto setup = complete({.experiment = "flags", .parameters = std::move(parameters)});
    return setup ? "" : setup.error().message;
  };
  CHECK(refusal({{"not_found", "0.6"}, {"errors", "0.6"}, {"cut", "0.9"}}) ==
        "not_found, errors, hang and cut are shares of the same answers: together they are at most 1, not 2.1.");
  CHECK(refusal({{"not_found", "0.3"}, {"errors", "0.3"}, {"cut", "0.3"}, {"hang", "0.1"}}).empty());
  for (const char* address : {"/", "http://", "https:///x", "127.0.0.1:9444", "ftp://x"}) {
    CHECK(refusal({{"base_url", address}}) ==
          fmt::format("base_url is an address such as https://flags.example, not '{}'.", address));
  }
  CHECK(refusal({{"base_url", "https://flags.example/all"}}).empty());
}
