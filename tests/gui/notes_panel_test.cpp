#include "gui/notes_panel.hpp"

#include <catch2/catch_test_macros.hpp>

#include "gui/presentation_keys.hpp"
#include "gui/workbench.hpp"

#include "gui/driver.hpp"

using namespace loiter;
using namespace loiter::gui;
using namespace loiter::gui::testing;

namespace {

// The teacher's window: its own display, over the lab and the wall that the class sees.
struct NotesBench {
  explicit NotesBench(const std::string& lesson, DriverOptions options = {.size = {560, 640}})
      : driver(
            [this](const Look& look) {
              lab.update();
              lessons.update();
              draw_notes(notes, lessons, lab, view.presentation, look);
              if (const auto key = pressed_presentation_key()) act_on(*key, view, lab, lessons);
            },
            options) {
    lab.set_clock(trace::Clock::Simulated);
    lab.set_instant(true);
    if (!lesson.empty()) lessons.open(lesson);
    set_presentation(view.presentation, lessons, true);
    driver.frames(3);
  }
  void run_lab() {
    driver.key(ImGuiKey_Space);
    while (!lessons.reading().has_run()) driver.frames(1);
    driver.frames(3);
  }
  LabState lab;
  LessonState lessons{lab};
  WorkbenchView view;
  NotesView notes;
  Driver driver;
};

}  // namespace

TEST_CASE("the notes say what is on the wall and what comes next", "[notes]") {
  NotesBench bench("4");
  CHECK(bench.driver.shows("Page 1 of 11. The class sees: The page"));
  CHECK(bench.driver.shows("Two ways to ask for results"));
  CHECK(bench.driver.shows("Next: In which order do the calls finish?"));
  bench.driver.key(ImGuiKey_3);
  CHECK(bench.driver.shows("The class sees: The timeline"));
  bench.driver.key(ImGuiKey_PageDown);
  CHECK(bench.lessons.reading().number() == 1);
  CHECK(bench.driver.shows("Page 2 of 11"));
  bench.driver.key(ImGuiKey_PageUp);
  CHECK(bench.lessons.reading().number() == 0);
}

TEST_CASE("the notes of this part of a lesson come first, the others behind them", "[notes]") {
  NotesBench bench("4");
  bench.lessons.go_to(1);
  bench.driver.frames(3);
  CHECK(bench.driver.shows("Other notes of this lesson"));
  bench.lessons.go_to(7);
  bench.driver.frames(3);
  CHECK(bench.driver.shows("Let the class vote"));
  CHECK_FALSE(bench.driver.shows("The lesson has none for this part."));
}

TEST_CASE("the teacher sees what the run said while it is hidden from the class, and the hands", "[notes]") {
  NotesBench bench("12");
  bench.lessons.go_to(1);
  bench.lessons.set_hands({11, 14});
  bench.driver.frames(3);
  CHECK(bench.driver.shows("14 1 second"));
  CHECK_FALSE(bench.driver.shows("What the run said"));
  bench.run_lab();
  REQUIRE(bench.lessons.reading().has_run());
  CHECK(bench.driver.shows("What the run said (the class does not see it yet: R)"));
  CHECK_FALSE(is_revealed(bench.view.presentation, bench.lessons));
  bench.driver.key(ImGuiKey_R);
  bench.driver.frames(2);
  CHECK(is_revealed(bench.view.presentation, bench.lessons));
  CHECK_FALSE(bench.driver.shows("does not see it yet"));
}

TEST_CASE("N in the window with the notes closes it", "[notes]") {
  NotesBench bench("4");
  bench.view.presentation.wants_notes = true;
  bench.driver.key(ImGuiKey_N);
  CHECK_FALSE(bench.view.presentation.wants_notes);
}

TEST_CASE("without a lesson the notes say so", "[notes]") {
  NotesBench bench("");
  CHECK(bench.driver.shows("No lesson is open"));
}

TEST_CASE("notes stand in a narrow window and at scale 2", "[notes]") {
  for (const DriverOptions& options :
       {DriverOptions{.size = {320, 240}}, DriverOptions{.size = {900, 900}, .scale = 2}}) {
    NotesBench bench("10", options);
    for (std::size_t page = 0; page < bench.lessons.reading().pages().size(); ++page) {
      bench.lessons.go_to(page);
      bench.driver.frames(2);
      for (const DrawnText& text : bench.driver.texts()) CHECK(text.ink.x1 <= options.size.x);
    }
  }
}
