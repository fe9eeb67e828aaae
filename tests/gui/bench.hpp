// A bench: the whole window, headless, with a lab of its own on the simulated clock.
//
//   Bench bench({.size = {1024, 640}});
//   bench.run_to_end();
//   CHECK(bench.driver.shows("5 finished"));
//
// Shape    Every frame updates the lab and draws the workbench, as the app does.
#pragma once

#include "gui/driver.hpp"
#include "gui/workbench.hpp"

namespace loiter::gui::testing {

struct Bench {
  explicit Bench(DriverOptions options = {}, engine::Program program = nullptr)
      : lab(nullptr, std::move(program)),
        driver(
            [this](const Look& look) {
              lab.update();
              lessons.update();
              draw_workbench(view, lab, lessons, look);
            },
            options) {
    lab.set_clock(trace::Clock::Simulated);
    driver.frames(2);
  }
  // Presses the button and waits until nothing goes any more.
  void press_and_wait(const char* button) {
    lab.set_instant(true);
    driver.click(button);
    while (lab.is_going()) driver.frames(1);
    driver.frames(3);
  }
  void run_to_end() { press_and_wait("Run"); }
  LabState lab;
  LessonState lessons{lab};
  WorkbenchView view;
  Driver driver;
};

}  // namespace loiter::gui::testing
