#include "experiments/setup.hpp"

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
  CHECK(error_of({.experiment = "lioter"}) ==
        "There is no experiment 'lioter'. Did you mean 'loiter'? Known: " + join(experiment_names(), ", ") + ".");
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

TEST_CASE("every experiment's default values pass its own checks, and its listing has the sites it reaches") {
  for (const Experiment& experiment : all_experiments()) {
    INFO(experiment.name);
    const auto setup = complete({.experiment = experiment.name});
    REQUIRE(setup);
    const Listing listing = experiment.listing(*setup);
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
