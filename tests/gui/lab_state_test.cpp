#include "gui/lab_state.hpp"

#include <catch2/catch_test_macros.hpp>

#include <thread>

#include "engine/session.hpp"

using namespace loiter;
using namespace loiter::gui;
using namespace std::chrono_literals;

namespace {

LabState simulated_lab() {
  LabState lab;
  lab.set_clock(trace::Clock::Simulated);
  return lab;
}

void run_to_end(LabState& lab) {
  lab.set_instant(true);
  lab.run();
  while (lab.is_going()) lab.update();
}

}  // namespace

TEST_CASE("a new lab is ready for loiter and says which key starts it") {
  const LabState lab;
  CHECK(lab.phase() == views::Phase::Ready);
  CHECK(views::status_text(lab.run_shown(), lab.phase(), lab.playhead()) == "Press Run (Space) to start loiter.");
  CHECK(lab.listing().python.find("ThreadPoolExecutor(3)") != std::string::npos);
}

TEST_CASE("a run comes up event by event and ends with the clock at its last one") {
  LabState lab = simulated_lab();
  run_to_end(lab);
  CHECK(lab.phase() == views::Phase::Ended);
  CHECK(lab.now() == Instant{5s});
  CHECK(lab.run_shown().futures().size() == 5);
  CHECK(lab.run_shown().ended()->how == trace::RunEnd::Finished);
}

TEST_CASE("a run that is faster than the window is shown bit by bit, and ends once all of it is shown") {
  LabState lab = simulated_lab();
  lab.set_instant(true);
  lab.set_parameter("tasks", "2000");
  lab.set_parameter("unit", "0");
  lab.run();
  std::uint64_t shown = 0;
  int rounds = 0;
  while (lab.is_going()) {
    CHECK(lab.phase() == views::Phase::Running);
    lab.update(0ns);
    const std::uint64_t now_shown = lab.run_shown().event_count();
    CHECK(now_shown - shown <= 64);
    shown = now_shown;
    ++rounds;
  }
  CHECK(rounds > 100);
  CHECK(lab.run_shown().ended()->how == trace::RunEnd::Finished);
  CHECK(lab.run_shown().futures().size() == 2000);
  run_to_end(lab);  // and nothing of it is left over for the next one
  CHECK(lab.run_shown().futures().size() == 2000);
  CHECK(lab.run_shown().inconsistent() == 0);
}

TEST_CASE("the end of a simulated run is known beforehand") {
  LabState lab = simulated_lab();
  lab.run();
  CHECK(lab.expected_end() == Instant{5s});
}

TEST_CASE("a setup that cannot run is a sentence, and the last run stays") {
  LabState lab = simulated_lab();
  run_to_end(lab);
  lab.set_parameter("tasks", "-3");
  lab.run();
  CHECK(lab.message() == "tasks must be a whole number from 0 to 100000, not '-3'.");
  CHECK(lab.run_shown().futures().size() == 5);
}

TEST_CASE("step without a run starts one that is held, one event a step") {
  LabState lab = simulated_lab();
  lab.step();
  while (lab.run_shown().event_count() < 1) lab.update();
  CHECK(lab.is_paused());
  lab.step();
  while (lab.run_shown().event_count() < 2) lab.update();
  CHECK(lab.phase() == views::Phase::Paused);
  CHECK(lab.run_shown().event_count() == 2);
}

TEST_CASE("Space starts, holds and goes on") {
  LabState lab = simulated_lab();
  lab.set_speed(0.1);
  lab.run_or_pause();
  CHECK(lab.is_going());
  lab.run_or_pause();
  CHECK(lab.is_paused());
  lab.run_or_pause();
  CHECK_FALSE(lab.is_paused());
  lab.stop();
  while (lab.is_going()) lab.update();
  CHECK(lab.run_shown().ended()->how == trace::RunEnd::Stopped);
}

TEST_CASE("a playhead moved away shows the past until it is let go") {
  LabState lab = simulated_lab();
  run_to_end(lab);
  lab.move_playhead(Instant{2s});
  CHECK(lab.phase() == views::Phase::Looking);
  CHECK(lab.playhead() == Instant{2s});
  lab.move_playhead(Instant{99s});
  CHECK(lab.playhead() == Instant{5s});
  lab.move_playhead(Instant{1s});
  lab.follow();
  CHECK(lab.phase() == views::Phase::Ended);
}

TEST_CASE("a changed setup is noticed until the next run") {
  LabState lab = simulated_lab();
  run_to_end(lab);
  CHECK_FALSE(lab.is_setup_changed());
  lab.set_mode(trace::Mode::Sequential);
  CHECK(lab.is_setup_changed());
  const auto before = lab.generation();
  run_to_end(lab);
  CHECK(lab.generation() > before);
  CHECK_FALSE(lab.is_setup_changed());
  CHECK(lab.now() == Instant{10s});
}

TEST_CASE("a recorded run is shown with the setup it was made with") {
  const auto setup = engine::complete({.experiment = "loiter",
                                       .mode = trace::Mode::Threads,
                                       .workers = 2,
                                       .collect = trace::Collect::AsCompleted,
                                       .clock = trace::Clock::Simulated,
                                       .parameters = {{"tasks", "8"}}});
  LabState lab;
  lab.show(engine::run_to_end(*setup, {.pace = engine::Pace::instant()}));
  CHECK(lab.is_recorded());
  CHECK(lab.phase() == views::Phase::Ended);
  CHECK(lab.run_shown().futures().size() == 8);
  CHECK(lab.choices().workers == 2);
  CHECK(lab.choices().collect == trace::Collect::AsCompleted);
  CHECK(lab.parameter("tasks") == "8");
}

TEST_CASE("throwing the lab away in the middle of a run ends it") {
  for (int i = 0; i < 5; ++i) {
    LabState lab;
    lab.run();
    lab.update();
  }
}
