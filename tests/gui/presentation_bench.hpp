// A bench for the presentation: a lesson on the wall, headless.
#pragma once

#include <string>

#include "gui/bench.hpp"

namespace loiter::gui::testing {

struct WallBench : Bench {
  explicit WallBench(const std::string& lesson, DriverOptions options = {.size = {1024, 768}}) : Bench(options) {
    if (!lesson.empty() && !lessons.open(lesson)) throw DriverError("no lesson " + lesson);
    driver.key(ImGuiKey_F11);
    driver.frames(3);
  }
  void go_to(std::size_t page) {
    lessons.go_to(page);
    driver.frames(4);
  }
  // Until its questions are answered: at the end of its run, or when nobody in it can move any more.
  void run_lab() {
    lab.set_instant(true);
    lessons.run();
    while (!lessons.reading().has_run()) driver.frames(1);
    driver.frames(4);
  }
  const lessons::Page& page() const { return lessons.reading().page(); }
};

}  // namespace loiter::gui::testing
