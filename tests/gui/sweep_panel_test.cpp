// The chart over a parameter, in the whole window, headless: it grows run by run, can be stopped, and is labelled.
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include <cstdlib>
#include <filesystem>

#include "gui/bench.hpp"
#include "gui/sweep_panel.hpp"

using namespace loiter;
using namespace loiter::gui;
using namespace loiter::gui::testing;
using namespace std::chrono_literals;

namespace {

void choose_crunch(Bench& bench) {
  bench.lab.choose_experiment("crunch");
  bench.lab.set_clock(trace::Clock::Simulated);
  bench.lab.set_cores(4);
  bench.lab.set_workers(4);
  bench.lab.set_parameter("unit", "10ms");
  bench.lab.set_gil(engine::GilKind::Cpython);
  bench.lab.set_instant(true);
  bench.driver.frames(2);
}

void wait_for_chart(Bench& bench) {
  while (bench.lab.is_going()) bench.driver.frames(1);
  bench.driver.frames(2);
}

}  // namespace

TEST_CASE("a chart runs every mode at every value, and draws a point as each of them ends", "[chart]") {
  Bench bench;
  CHECK_FALSE(bench.driver.has("Chart"));  // loiter has nothing to draw it over
  choose_crunch(bench);
  bench.driver.click("Chart");
  REQUIRE(bench.lab.sweep() != nullptr);
  CHECK(bench.driver.shows("total time of crunch over mix"));
  wait_for_chart(bench);
  const SweepState& sweep = *bench.lab.sweep();
  CHECK(sweep.is_over());
  CHECK(sweep.runs_over() == 33);
  const auto& waits = sweep.points().front().runs;
  CHECK(waits[0].time == 100ms);
  CHECK(waits[1].time == 40ms);
  CHECK(waits[2].time == 40ms);
  const auto& computes = sweep.points().back().runs;
  CHECK(computes[0].time == 100ms);
  CHECK(computes[1].time == 100ms);  // under the GIL threads are no faster than one after the other
  CHECK(computes[2].time == 40ms);
  CHECK(bench.driver.shows("The chart is complete."));
  CHECK(bench.driver.shows("on processes are faster than threads."));
  for (const char* name : {"Sequential", "Threads", "Processes", "SIMULATED", "MODEL", "0.5", "mix"}) {
    CAPTURE(name);
    CHECK(bench.driver.shows(name));
  }
}

TEST_CASE("without the lock threads are as fast as processes, and the chart is no model", "[chart]") {
  Bench bench;
  choose_crunch(bench);
  bench.lab.set_gil(engine::GilKind::None);
  bench.driver.key(ImGuiKey_V);
  wait_for_chart(bench);
  CHECK(bench.lab.sweep()->points().back().runs[1].time == 40ms);
  CHECK_FALSE(bench.driver.shows("MODEL"));
}

TEST_CASE("a chart can be stopped: what was measured stays", "[chart]") {
  Bench bench;
  choose_crunch(bench);
  bench.driver.key(ImGuiKey_V);
  while (bench.lab.sweep()->runs_over() < 5) bench.driver.frames(1);
  bench.driver.click("Stop the chart");
  wait_for_chart(bench);
  CHECK(bench.lab.sweep()->is_over());
  CHECK(bench.lab.sweep()->runs_over() >= 5);
  CHECK(bench.lab.sweep()->runs_over() < 33);
  CHECK(bench.driver.shows("The chart was stopped."));
  bench.driver.click("Close the chart");
  bench.driver.frames(2);
  CHECK(bench.lab.sweep() == nullptr);
  CHECK(bench.driver.has("Timeline/title"));
}

TEST_CASE("another run leaves the chart, and so does another experiment", "[chart]") {
  Bench bench;
  choose_crunch(bench);
  bench.driver.key(ImGuiKey_V);
  wait_for_chart(bench);
  bench.run_to_end();
  CHECK(bench.lab.sweep() == nullptr);
  bench.driver.key(ImGuiKey_V);
  bench.lab.choose_experiment("loiter");
  CHECK(bench.lab.sweep() == nullptr);
}

TEST_CASE("an experiment without such a parameter says so", "[chart]") {
  Bench bench;
  bench.driver.key(ImGuiKey_V);
  CHECK(bench.lab.sweep() == nullptr);
  CHECK(bench.lab.message() == "loiter has no parameter to draw a chart over; crunch has one, mix.");
}

TEST_CASE("the value that is chosen does not matter to a chart over it", "[chart]") {
  Bench bench;
  choose_crunch(bench);
  bench.lab.set_parameter("mix", "0.25");
  bench.driver.key(ImGuiKey_V);
  REQUIRE(bench.lab.sweep() != nullptr);
  CHECK(bench.lab.sweep()->points().size() == 11);
  CHECK(bench.lab.parameter("mix") == "0.25");
}

TEST_CASE("the chart has room for its names and numbers in every size", "[chart][pictures]") {
  const char* folder = std::getenv("LOITER_PICTURES");  // NOLINT(concurrency-mt-unsafe): one thread
  struct Shot {
    const char* name;
    float scale;
    ImVec2 size;
    ThemeChoice theme;
  };
  const auto shot = GENERATE(Shot{"chart-light", 1, {1280, 800}, ThemeChoice::Light},
                             Shot{"chart-dark-small", 1, {1024, 640}, ThemeChoice::Dark},
                             Shot{"chart-2x", 2, {2560, 1600}, ThemeChoice::Light},
                             Shot{"chart-2x-narrow", 2, {1280, 800}, ThemeChoice::Light});
  CAPTURE(shot.name);
  Bench bench({.size = shot.size, .scale = shot.scale, .theme = shot.theme});
  bench.view.scale = shot.scale;
  bench.view.theme = shot.theme;
  choose_crunch(bench);
  bench.driver.key(ImGuiKey_V);
  wait_for_chart(bench);
  CHECK(bench.driver.has("Chart/title"));
  if (shot.size.y / shot.scale >= 500) {
    CHECK(bench.driver.shows("Processes"));
    CHECK(bench.driver.shows("0.04"));
  }
  if (folder != nullptr) bench.driver.picture(std::filesystem::path(folder) / (std::string(shot.name) + ".png"));
}

TEST_CASE("a live chart is measured, with real worker processes, and stops at once", "[chart][live]") {
  Bench bench;
  choose_crunch(bench);
  bench.lab.set_clock(trace::Clock::Live);
  bench.lab.set_workers(2);
  bench.lab.set_parameter("unit", "1ms");
  bench.driver.key(ImGuiKey_V);
  while (bench.lab.sweep()->runs_over() < 4) bench.driver.frames(1);
  bench.driver.key(ImGuiKey_X);
  wait_for_chart(bench);
  CHECK(bench.lab.sweep()->was_stopped());
  CHECK(bench.driver.shows("MEASURED"));
  CHECK(bench.driver.shows("MODEL"));
  const auto& first = bench.lab.sweep()->points().front().runs;
  REQUIRE(first.size() == 3);
  for (const auto& run : first) CHECK(run.finished);
}
