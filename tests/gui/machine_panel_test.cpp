// The machine panel in the whole window, headless: the switch, its dials, and what a run made of the machine.
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include <cstdlib>
#include <filesystem>

#include "experiments/lab.hpp"
#include "futures/thread_pool_executor.hpp"
#include "gui/bench.hpp"

using namespace loiter;
using namespace loiter::gui;
using namespace loiter::gui::testing;
using namespace std::chrono_literals;

namespace {

// Two threads that compute for 40 ms each.
void two_compute(experiments::Lab& lab) {
  futures::ThreadPoolExecutor pool(lab.context(), {.max_workers = 2});
  const auto a = pool.submit(futures::named("work(0)", [&lab] {
    lab.runtime().compute(40ms);
    return 1;
  }));
  const auto b = pool.submit(futures::named("work(1)", [&lab] {
    lab.runtime().compute(40ms);
    return 2;
  }));
  a.result();
  b.result();
}

// One computes, the other sleeps for 1 ms at a time.
void convoy(experiments::Lab& lab) {
  futures::ThreadPoolExecutor pool(lab.context(), {.max_workers = 2});
  const auto a = pool.submit(futures::named("compute", [&lab] {
    lab.runtime().compute(60ms);
    return 1;
  }));
  const auto b = pool.submit(futures::named("nap", [&lab] {
    for (int i = 0; i < 8; ++i) lab.sleep(1ms);
    return 2;
  }));
  a.result();
  b.result();
}

void open_machine(Bench& bench) {
  bench.driver.click(bench.driver.has("Left/Machine") ? "Left/Machine" : "Tabs/Machine");
  bench.driver.frames(2);
}

}  // namespace

TEST_CASE("the switch has four positions, each with a sentence that says what it stands for", "[machine]") {
  Bench bench;
  open_machine(bench);
  CHECK(bench.lab.gil() == engine::GilKind::None);
  CHECK_FALSE(bench.driver.shows("MODEL"));
  for (const auto kind : {engine::GilKind::Cpython, engine::GilKind::PerInterpreter, engine::GilKind::FreeThreaded,
                          engine::GilKind::None}) {
    const engine::GilWords words = engine::words_of(kind);
    bench.driver.click("Machine/" + std::string(words.name));
    bench.driver.frames(2);
    CHECK(bench.lab.gil() == kind);
    CHECK(bench.driver.shows(words.sentence));
    CHECK(bench.driver.shows("MODEL") == (kind != engine::GilKind::None));
  }
}

TEST_CASE("the key G goes from one position of the switch to the next, and round", "[machine]") {
  Bench bench;
  for (const auto kind : {engine::GilKind::Cpython, engine::GilKind::PerInterpreter, engine::GilKind::FreeThreaded,
                          engine::GilKind::None}) {
    bench.driver.key(ImGuiKey_G);
    CHECK(bench.lab.gil() == kind);
  }
}

TEST_CASE("the switch changes the next run, and a run on the screen says what it was made with", "[machine]") {
  Bench bench({}, two_compute);
  open_machine(bench);
  CHECK(bench.driver.shows("Press Run"));
  bench.run_to_end();
  CHECK(bench.lab.latest() == Instant{40ms});
  CHECK(bench.driver.shows("This run: none (C++)"));
  bench.driver.click("Machine/GIL (CPython)");
  bench.driver.frames(2);
  CHECK(bench.lab.is_setup_changed());
  CHECK(bench.driver.shows("This run: none (C++)"));
  bench.run_to_end();
  CHECK(bench.lab.latest() == Instant{80ms});
  CHECK(bench.driver.shows("This run: GIL (CPython), 5 ms"));
  CHECK(bench.driver.shows("0.040"));
  CHECK(bench.driver.shows("holds the GIL"));
}

TEST_CASE("what a model has touched is labelled beside the label of its clock", "[machine]") {
  Bench bench({}, two_compute);
  bench.run_to_end();
  CHECK_FALSE(bench.driver.shows("MODEL"));
  bench.driver.key(ImGuiKey_G);
  bench.driver.frames(2);
  CHECK_FALSE(bench.driver.shows("MODEL"));  // the run on the screen was made without
  bench.run_to_end();
  CHECK(bench.driver.shows("SIMULATED"));
  CHECK(bench.driver.shows("MODEL"));
}

TEST_CASE("the interval goes from 0.1 to 100 ms, where there is a lock", "[machine]") {
  Bench bench;
  open_machine(bench);
  CHECK_FALSE(bench.driver.find("Machine/interval").enabled);
  bench.driver.click("Machine/GIL (CPython)");
  bench.driver.frames(2);
  bench.driver.drag("Machine/interval", {500, 0});
  CHECK(bench.lab.gil_interval() == 100ms);
  CHECK(bench.driver.shows("100 ms"));
  bench.driver.drag("Machine/interval", {-900, 0});
  CHECK(bench.lab.gil_interval() == 100us);
  CHECK(bench.driver.shows("0.1 ms"));
  CHECK(engine::complete(bench.lab.choices()).has_value());
  bench.driver.focus("Machine/interval");
  bench.driver.key(ImGuiKey_RightArrow);
  CHECK(bench.lab.gil_interval() == 200us);
}

TEST_CASE("a simulated machine has 1 to 64 cores; a live run has those of the computer", "[machine]") {
  Bench bench;
  open_machine(bench);
  CHECK(bench.lab.cores() == 4);
  bench.driver.drag("Machine/cores", {900, 0});
  CHECK(bench.lab.cores() == 64);
  bench.driver.drag("Machine/cores", {-900, 0});
  CHECK(bench.lab.cores() == 1);
  CHECK(engine::complete(bench.lab.choices())->cores == 1);
  bench.lab.set_clock(trace::Clock::Live);
  bench.driver.frames(2);
  CHECK_FALSE(bench.driver.find("Machine/cores").enabled);
}

TEST_CASE("the machine stays as it was chosen when another experiment is", "[machine]") {
  Bench bench;
  bench.lab.set_gil(engine::GilKind::Cpython);
  bench.lab.set_gil_interval(10ms);
  bench.lab.set_cores(2);
  bench.lab.choose_experiment("flags");
  CHECK(bench.lab.gil() == engine::GilKind::Cpython);
  bench.lab.choose_experiment("wait_forever");
  const auto setup = engine::complete(bench.lab.choices());
  REQUIRE(setup);
  CHECK(setup->gil == engine::GilOptions{.kind = engine::GilKind::Cpython, .interval = 10ms});
  CHECK(setup->cores == 2);
}

TEST_CASE("a scenario brings the lock that it asks for, and the switch can take it away", "[machine]") {
  Bench bench;
  bench.lab.choose_experiment("convoy");
  CHECK(bench.lab.gil() == engine::GilKind::Cpython);
  CHECK(engine::complete(bench.lab.choices())->gil.kind == engine::GilKind::Cpython);
  bench.lab.set_gil(engine::GilKind::None);
  CHECK(engine::complete(bench.lab.choices())->gil.kind == engine::GilKind::None);
}

TEST_CASE("choices from the command line reach the machine", "[machine]") {
  Bench bench;
  bench.lab.set_choices(
      {.experiment = "loiter", .cores = 8, .gil = engine::GilKind::FreeThreaded, .gil_interval = 1ms});
  CHECK(bench.lab.gil() == engine::GilKind::FreeThreaded);
  CHECK(bench.lab.cores() == 8);
  CHECK(bench.lab.gil_interval() == 1ms);
}

TEST_CASE("the stage shows who holds the GIL", "[machine][stage]") {
  Bench bench({}, two_compute);
  bench.lab.set_gil(engine::GilKind::Cpython);
  bench.run_to_end();
  bench.lab.move_playhead(Instant{2ms});
  bench.driver.frames(2);
  const auto tokens = [&] {
    std::vector<ImVec2> places;
    for (const DrawnText& text : bench.driver.texts()) {
      if (text.text == "GIL" && text.ink.x0 < 870 && text.ink.y1 < 250) places.push_back(text.ink.centre());
    }
    return places;
  };
  REQUIRE(tokens().size() == 1);
  const ImVec2 first = tokens().front();
  bench.lab.move_playhead(Instant{7ms});
  bench.driver.frames(2);
  REQUIRE(tokens().size() == 1);
  CHECK(tokens().front().x == first.x);
  CHECK(tokens().front().y > first.y);
}

TEST_CASE("a double click on the tabs of the left column fills the window with it, and another brings the rest back",
          "[machine]") {
  Bench bench;
  open_machine(bench);
  bench.driver.wait(1.0);  // the click that opened it is none of the two
  const Box tabs = bench.driver.find("Left/Machine").box;
  bench.driver.double_click(tabs.centre());
  bench.driver.frames(2);
  CHECK(bench.view.layout.full_screen == views::PanelName::Machine);
  CHECK(bench.driver.has("Machine/interval"));
  bench.driver.wait(1.0);
  bench.driver.double_click(bench.driver.find("Left/Machine").box.centre());
  CHECK_FALSE(bench.view.layout.full_screen);
}

TEST_CASE("the controls of every experiment have their room beside the window's own", "[machine][bar]") {
  const ImVec2 size = GENERATE(ImVec2{1280, 800}, ImVec2{1024, 640});
  Bench bench({.size = size});
  for (const engine::Experiment& experiment : engine::all_experiments()) {
    CAPTURE(experiment.name, size.x);
    bench.lab.choose_experiment(experiment.name);
    bench.driver.frames(3);
    CHECK(bench.driver.find("Clock/Simulated").box.x1 <= bench.driver.find("Theme").box.x0);
  }
}

TEST_CASE("every word of the machine panel has its room, in every size and theme", "[machine][pictures]") {
  const char* folder = std::getenv("LOITER_PICTURES");  // NOLINT(concurrency-mt-unsafe): one thread
  struct Shot {
    const char* name;
    float scale;
    ImVec2 size;
    ThemeChoice theme;
    engine::Program program;
    engine::GilKind gil;
  };
  const auto shot = GENERATE(
      Shot{"machine-light", 1, {1280, 800}, ThemeChoice::Light, two_compute, engine::GilKind::Cpython},
      Shot{"machine-dark-convoy", 1, {1280, 800}, ThemeChoice::Dark, convoy, engine::GilKind::Cpython},
      Shot{"machine-small", 1, {1024, 640}, ThemeChoice::Light, two_compute, engine::GilKind::PerInterpreter},
      Shot{"machine-2x", 2, {2560, 1600}, ThemeChoice::Light, convoy, engine::GilKind::Cpython},
      Shot{"machine-2x-narrow", 2, {1280, 800}, ThemeChoice::Dark, two_compute, engine::GilKind::FreeThreaded});
  CAPTURE(shot.name);
  Bench bench({.size = shot.size, .scale = shot.scale, .theme = shot.theme}, shot.program);
  bench.view.scale = shot.scale;
  bench.view.theme = shot.theme;
  bench.lab.set_gil(shot.gil);
  open_machine(bench);
  bench.run_to_end();
  bench.lab.move_playhead(Instant{23ms});
  bench.driver.frames(3);
  for (const DrawnText& text : bench.driver.texts()) {
    INFO(text.text);
    const bool is_cut = text.text.ends_with("…") || text.text.ends_with("...");
    CHECK_FALSE((is_cut && text.ink.x1 < bench.driver.find("Machine/interval").box.x1 && shot.size.x >= 1280));
  }
  if (folder != nullptr) bench.driver.picture(std::filesystem::path(folder) / (std::string(shot.name) + ".png"));
}
