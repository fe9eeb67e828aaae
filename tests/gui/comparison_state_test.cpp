// Comparisons without a screen: their state by itself, and in the hands of the lab.
#include "gui/comparison_state.hpp"

#include <catch2/catch_approx.hpp>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "experiments/lab.hpp"
#include "futures/errors.hpp"
#include "futures/thread_pool_executor.hpp"
#include "gui/lab_state.hpp"
#include "views/sample_runs.hpp"

using namespace loiter;
using namespace loiter::gui;
using namespace std::chrono_literals;
using Catch::Approx;
using views::ComparedStage;

namespace {

LabRun run_that_ended(trace::RunEnded how, Duration after) {
  LabRun run;
  run.run = samples::RunBuilder().at(to_seconds(after)).main_begins().event(how).take();
  run.now = run.run.last();
  run.number = 1;
  return run;
}

struct Compared {
  Compared() {
    lab.set_clock(trace::Clock::Simulated);
    lab.set_instant(true);
  }
  // So that there is time to do something to a run: half a second for the longest.
  void slowly() {
    lab.set_instant(false);
    lab.set_speed(10);
    lab.set_parameter("unit", "500ms");
  }
  void until_over() {
    while (lab.is_going()) lab.update();
  }
  void until_row_goes(std::size_t row) {
    while (lab.is_going() && lab.comparison()->going() != row) lab.update();
  }
  const ComparisonState::Row& row(std::size_t i) const { return lab.comparison()->rows()[i]; }
  trace::RunEnd how(std::size_t i) const { return row(i).kept.run.ended()->how; }
  LabState lab;
};

}  // namespace

TEST_CASE("the setups that are compared differ in their mode, and each has the workers its mode may have") {
  const auto setups = setups_to_compare({.experiment = "loiter", .mode = trace::Mode::Threads, .workers = 500});
  REQUIRE(setups.has_value());
  REQUIRE(setups->size() == 3);
  CHECK((*setups)[0].mode == trace::Mode::Sequential);
  CHECK((*setups)[0].workers == 1);
  CHECK((*setups)[1].mode == trace::Mode::Threads);
  CHECK((*setups)[1].workers == 500);
  CHECK((*setups)[2].mode == trace::Mode::Processes);
  CHECK((*setups)[2].workers == 100);
}

TEST_CASE("a compared run that raised or got stuck has no figures and does not hold up the others") {
  ComparisonState comparison(*setups_to_compare({.experiment = "loiter"}), 1);
  REQUIRE(comparison.begin_next() != nullptr);
  comparison.keep(run_that_ended({}, 10s));
  REQUIRE(comparison.begin_next() != nullptr);
  CHECK(comparison.going() == 1);
  comparison.keep(run_that_ended({trace::RunEnd::Raised, "ValueError", "boom"}, 2s));
  const engine::Setup* last = comparison.begin_next();
  REQUIRE(last != nullptr);
  CHECK(last->mode == trace::Mode::Processes);
  comparison.keep(run_that_ended({trace::RunEnd::Stuck}, 1s));
  CHECK(comparison.begin_next() == nullptr);
  CHECK_FALSE(comparison.going());
  CHECK(comparison.figures()[0].speed_up == Approx(1));
  CHECK(comparison.figures()[1] == views::ComparisonFigures{});
  CHECK(comparison.figures()[2] == views::ComparisonFigures{});
  CHECK(comparison.longest_kept() == Instant{10s});
}

TEST_CASE("compare runs the setup sequentially, on threads and in processes, and keeps all three runs") {
  Compared compared;
  compared.lab.compare();
  CHECK(compared.lab.is_going());
  CHECK(compared.lab.run_shown().header().mode == trace::Mode::Sequential);
  CHECK(compared.row(1).stage == ComparedStage::Next);
  compared.until_over();
  for (std::size_t i = 0; i < 3; ++i) {
    CHECK(compared.row(i).stage == ComparedStage::Over);
    CHECK(compared.how(i) == trace::RunEnd::Finished);
    CHECK(compared.row(i).kept.run.futures().size() == 5);
    CHECK(compared.row(i).kept.run.inconsistent() == 0);
  }
  CHECK(compared.row(0).kept.now == Instant{10s});
  CHECK(compared.row(1).kept.now == Instant{5s});
  CHECK(compared.row(2).kept.now == Instant{5s});
  const auto figures = compared.lab.comparison()->figures();
  CHECK(figures[1].speed_up == Approx(2));
  CHECK(figures[2].efficiency == Approx(2.0 / 3));
  CHECK(compared.lab.latest() == Instant{10s});
  CHECK(compared.lab.clock() == Instant{10s});
}

TEST_CASE("a comparison leaves the setup as it was chosen") {
  Compared compared;
  compared.lab.set_mode(trace::Mode::Processes);
  compared.lab.set_workers(2);
  compared.lab.compare();
  compared.until_over();
  CHECK(compared.lab.choices().mode == trace::Mode::Processes);
  CHECK(compared.lab.choices().workers == 2);
  CHECK(compared.row(1).setup.workers == 2);
  CHECK_FALSE(compared.lab.is_setup_changed());
  compared.lab.set_parameter("tasks", "3");
  CHECK(compared.lab.is_setup_changed());
}

TEST_CASE("a mode that gets stuck is stopped, and one that raises ends: the others have their turn all the same") {
  const auto clock = GENERATE(trace::Clock::Live, trace::Clock::Simulated);
  LabState lab(nullptr, [](experiments::Lab& in) {
    if (in.setup().mode == trace::Mode::Threads) throw futures::ValueError("no such number");
    if (in.setup().mode == trace::Mode::Processes) return in.sleep(2s);
    futures::ThreadPoolExecutor pool(in.context(), {.max_workers = 1});
    const auto outer = pool.submit(futures::named(
        "wait_forever", [&pool] { return pool.submit(futures::named("zip", [] { return 1; })).result(); }));
    outer.result();
  });
  lab.set_clock(clock);
  lab.set_instant(true);
  lab.compare();
  while (lab.is_going()) lab.update();
  const auto& rows = lab.comparison()->rows();
  CHECK(rows[0].kept.run.ended()->how == trace::RunEnd::Stuck);
  CHECK(rows[1].kept.run.ended()->how == trace::RunEnd::Raised);
  CHECK(rows[2].kept.run.ended()->how == trace::RunEnd::Finished);
  for (const auto& figures : lab.comparison()->figures()) CHECK(figures == views::ComparisonFigures{});
}

TEST_CASE("pause and step work on the run whose turn it is") {
  Compared compared;
  compared.lab.set_instant(false);
  compared.lab.set_speed(0.1);
  compared.lab.compare();
  compared.lab.pause_or_resume();
  CHECK(compared.lab.is_paused());
  CHECK(compared.lab.phase() == views::Phase::Paused);
  compared.lab.update();
  const auto before = compared.lab.run_shown().event_count();
  compared.lab.step();
  while (compared.lab.run_shown().event_count() == before) compared.lab.update();
  CHECK(compared.lab.is_paused());
  CHECK(compared.lab.comparison()->going() == 0);
  compared.lab.run_or_pause();
  CHECK_FALSE(compared.lab.is_paused());
  compared.lab.set_instant(true);
  compared.until_over();
  CHECK(compared.how(2) == trace::RunEnd::Finished);
}

TEST_CASE("stop ends the whole comparison and keeps what is complete") {
  Compared compared;
  compared.slowly();
  compared.lab.compare();
  compared.until_row_goes(1);
  compared.lab.stop();
  compared.until_over();
  CHECK(compared.how(0) == trace::RunEnd::Finished);
  REQUIRE(compared.row(1).stage == ComparedStage::Over);
  CHECK(compared.how(1) == trace::RunEnd::Stopped);
  CHECK(compared.row(2).stage == ComparedStage::NotRun);
  CHECK(compared.lab.comparison()->figures()[0].speed_up == Approx(1));
  CHECK(compared.lab.comparison()->figures()[1] == views::ComparisonFigures{});
}

TEST_CASE("a killed worker process breaks its run of the comparison only") {
  Compared compared;
  compared.slowly();
  compared.lab.compare();
  compared.until_row_goes(2);
  while (compared.lab.run_shown().lanes().size() < 3) compared.lab.update();
  compared.lab.kill_worker("Process-1");
  compared.until_over();
  CHECK(compared.how(0) == trace::RunEnd::Finished);
  CHECK(compared.how(1) == trace::RunEnd::Finished);
  CHECK(compared.how(2) == trace::RunEnd::Raised);
  CHECK(views::compared_text(ComparedStage::Over, compared.row(2).kept.run) == "raised BrokenProcessPool");
}

TEST_CASE("a setup that cannot run is a sentence, and nothing is compared") {
  Compared compared;
  compared.lab.set_parameter("tasks", "-3");
  compared.lab.compare();
  CHECK(compared.lab.comparison() == nullptr);
  CHECK(compared.lab.message() == "tasks must be a whole number from 0 to 100000, not '-3'.");
}

TEST_CASE("another run, a recorded one and another experiment leave the comparison") {
  Compared compared;
  compared.lab.compare();
  compared.until_over();
  SECTION("run") {
    compared.lab.run();
    compared.until_over();
    CHECK(compared.lab.run_shown().header().mode == trace::Mode::Threads);
  }
  SECTION("a recorded run") {
    compared.lab.show(engine::run_to_end(compared.row(0).setup, {.pace = engine::Pace::instant()}));
    CHECK(compared.lab.run_shown().header().mode == trace::Mode::Sequential);
  }
  SECTION("an experiment: what is on the screen stays there") {
    compared.lab.choose_experiment("loiter");
    CHECK(compared.lab.run_shown().header().mode == trace::Mode::Processes);
    CHECK(compared.lab.now() == Instant{5s});
  }
  CHECK(compared.lab.comparison() == nullptr);
  CHECK(compared.lab.run_shown().futures().size() == 5);
}

TEST_CASE("a run that goes when the comparison is left goes on by itself") {
  Compared compared;
  compared.lab.set_instant(false);
  compared.lab.set_speed(0.1);
  compared.lab.compare();
  compared.lab.choose_experiment("loiter");
  CHECK(compared.lab.comparison() == nullptr);
  CHECK(compared.lab.is_going());
  compared.lab.set_instant(true);
  compared.until_over();
  CHECK(compared.lab.run_shown().ended()->how == trace::RunEnd::Finished);
  CHECK(compared.lab.run_shown().header().mode == trace::Mode::Sequential);
}

TEST_CASE("a compared run that is opened is on the screen alone, and the playhead stays where there is something") {
  Compared compared;
  compared.lab.compare();
  compared.until_over();
  compared.lab.move_playhead(Instant{7s});
  CHECK(compared.lab.phase() == views::Phase::Looking);
  CHECK(compared.lab.playhead_in(compared.row(0).kept) == Instant{7s});
  CHECK(compared.lab.playhead_in(compared.row(1).kept) == Instant{5s});
  CHECK(compared.lab.clock() == Instant{7s});
  const auto family = compared.lab.family();
  compared.lab.open_compared_run(1);
  CHECK_FALSE(compared.lab.shows_comparison());
  CHECK(compared.lab.run_shown().header().mode == trace::Mode::Threads);
  CHECK(compared.lab.playhead() == Instant{5s});
  CHECK(compared.lab.phase() == views::Phase::Ended);
  CHECK(compared.lab.family() == family);
  CHECK(compared.lab.listing().python.find("ThreadPoolExecutor") != std::string::npos);
  compared.lab.close_compared_run();
  CHECK(compared.lab.shows_comparison());
  CHECK(compared.lab.clock() == Instant{7s});
}

TEST_CASE("a run that is opened while the others go stays on the screen") {
  Compared compared;
  compared.lab.compare();
  compared.until_row_goes(1);
  compared.lab.open_compared_run(0);
  compared.lab.open_compared_run(2);  // has not begun
  CHECK(compared.lab.run_shown().header().mode == trace::Mode::Sequential);
  CHECK(compared.lab.phase() == views::Phase::Ended);
  compared.until_over();
  CHECK(compared.row(2).stage == ComparedStage::Over);
  CHECK(compared.lab.run_shown().header().mode == trace::Mode::Sequential);
}
