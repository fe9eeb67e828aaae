// Scenarios in the window: by name, from a file that changes, dropped or refused.
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include <filesystem>
#include <fstream>

#include "gui/bench.hpp"
#include "support/temporary_folder.hpp"

using namespace loiter;
using namespace loiter::gui;
using namespace loiter::gui::testing;

namespace {

void write(const std::string& path, const std::string& text) { std::ofstream(path) << text; }

std::string saying(const std::string& words, int workers) {
  return "title = \"Mine\"\nmode = \"threads\"\nworkers = " + std::to_string(workers) +
         "\n\n[tasks.quick]\nsteps = [ { say = \"" + words +
         "\" }, { return = 1 } ]\n\n[[main]]\nsubmit = \"quick\"\nas = \"a\"\n\n[[main]]\nresult = \"a\"\n";
}

}  // namespace

TEST_CASE("the lab's own scenarios are chosen like experiments, with mode and workers of their own", "[scenario]") {
  Bench bench;
  bench.lab.choose_experiment("wait_forever");
  CHECK(bench.lab.subject() == "wait_forever");
  CHECK(bench.lab.choices().workers == 1);
  bench.driver.frames(2);
  CHECK(bench.driver.shows("def wait_forever():"));
  bench.lab.choose_experiment("restructured_three");
  CHECK(bench.lab.choices().workers == 3);
  bench.run_to_end();
  CHECK(bench.driver.shows("[(1, 4), (2, 5), (3, 6)]"));
  bench.lab.choose_experiment("loiter");
  CHECK(bench.lab.subject() == "loiter");
  bench.run_to_end();
  CHECK(bench.lab.run_shown().futures().size() == 5);
}

TEST_CASE("every scenario of the lab is in the list of experiments", "[scenario]") {
  Bench bench;
  bench.driver.click("Experiment");
  CHECK(bench.driver.has("Experiment/loiter"));
  for (const auto& scenario : engine::shipped_scenarios()) {
    INFO(scenario.name);
    CHECK(bench.driver.has("Experiment/" + scenario.name));
  }
  CHECK_FALSE(bench.driver.has("Experiment/scenario"));
  bench.driver.click("Experiment/chain");
  CHECK(bench.lab.subject() == "chain");
}

TEST_CASE("a file with a scenario is read again at every run", "[scenario]") {
  const loiter::testing::TemporaryFolder folder;
  const std::string path = folder / "mine.toml";
  write(path, saying("first words", 2));
  Bench bench;
  REQUIRE(bench.lab.open_scenario(path));
  CHECK(bench.lab.subject() == "mine.toml");
  CHECK(bench.lab.choices().workers == 2);
  bench.run_to_end();
  CHECK(bench.driver.shows("first words"));
  bench.lab.set_workers(5);
  write(path, saying("other words", 2));
  bench.run_to_end();
  CHECK(bench.driver.shows("other words"));
  CHECK(bench.lab.run_shown().header().workers == 5);  // chosen since, and the file says what it said
  write(path, saying("other words", 3));
  bench.run_to_end();
  CHECK(bench.lab.run_shown().header().workers == 3);
}

TEST_CASE("a mistake in the file is told with its line, and nothing runs", "[scenario]") {
  const loiter::testing::TemporaryFolder folder;
  const std::string path = folder / "mine.toml";
  write(path, "title = \"Mine\"\n[[main]]\nsumbit = \"quick\"\n");
  Bench bench;
  CHECK_FALSE(bench.lab.open_scenario(path));
  bench.driver.frames(2);
  CHECK(bench.lab.message().find("mine.toml:3: ") != std::string::npos);
  CHECK(bench.lab.subject() == "loiter");
  write(path, saying("good", 1));
  REQUIRE(bench.lab.open_scenario(path));
  bench.run_to_end();
  const auto shown = bench.lab.generation();
  write(path, "title = ");
  bench.run_to_end();
  CHECK(bench.lab.generation() == shown);
  CHECK(bench.lab.message().find("mine.toml:1: ") != std::string::npos);
  std::filesystem::remove(path);
  bench.run_to_end();
  CHECK(bench.lab.generation() == shown);
  CHECK_FALSE(bench.lab.message().empty());
  CHECK_FALSE(bench.lab.open_scenario(folder / "none.toml"));
}

TEST_CASE("a recorded run of a scenario is shown with its text, and runs again without its file", "[scenario]") {
  const auto setup = engine::complete({.experiment = "scenario",
                                       .clock = trace::Clock::Simulated,
                                       .scenario = engine::ScenarioText{"gone.toml", saying("from the record", 2)}});
  REQUIRE(setup);
  Bench bench;
  bench.lab.show(engine::run_to_end(*setup, {.pace = engine::Pace::instant()}));
  bench.driver.frames(3);
  CHECK(bench.lab.subject() == "gone.toml");
  CHECK(bench.driver.shows("from the record"));
  CHECK(bench.driver.shows("def quick():"));
  bench.run_to_end();
  CHECK_FALSE(bench.lab.is_recorded());
  CHECK(bench.driver.shows("from the record"));
}

TEST_CASE("where a scenario is stuck, the code shows the line of main, and as many others as fit", "[scenario]") {
  struct Case {
    const char* name;
    const char* main_line;
    const char* other_line;
  };
  const Case expected = GENERATE(Case{"own_result", "M see(2, lambda: me.result())", "0 me.result()"},
                                 Case{"two_outers", "M for f in done:", "0 inner_2.result() 1"},
                                 Case{"chain", "M see(2, lambda: chain.result())", "2 next_.result()"});
  Bench bench;
  bench.lab.choose_experiment(expected.name);
  bench.lab.set_instant(true);
  bench.driver.click("Run");
  while (!bench.driver.shows("Deadlock: nothing can move any more.")) bench.driver.frames(1);
  bench.driver.frames(3);
  CHECK(bench.driver.shows(expected.main_line));
  CHECK(bench.driver.shows(expected.other_line));
  bench.driver.set_size({1024, 640});
  bench.driver.frames(3);
  CHECK(bench.driver.shows(std::string(expected.main_line).substr(0, 14)));  // its end may not fit
}
