// A lesson in the window, headless: read by mouse and by keyboard, its labs run, its questions marked.
#include "gui/lesson_panel.hpp"

#include <catch2/catch_test_macros.hpp>

#include <filesystem>
#include <fstream>

#include "gui/bench.hpp"
#include "support/temporary_folder.hpp"

using namespace loiter;
using namespace loiter::gui;
using namespace loiter::gui::testing;

namespace {

// The bench with lesson `name` open at a page (from 1).
struct LessonBench : Bench {
  explicit LessonBench(const std::string& name, std::size_t page = 1, DriverOptions options = {}) : Bench(options) {
    lab.set_instant(true);
    view.left = view.tab = views::PanelName::Lesson;
    REQUIRE(lessons.open(name));
    lessons.go_to(page - 1);
    driver.frames(3);
  }
  void go_to_outcome() {
    while (lessons.reading().page().kind != lessons::Page::Kind::Outcome) lessons.next();
    driver.frames(3);
  }
  void run_lab() {
    driver.click("Run the lab");
    for (int i = 0; i < 2000 && !lessons.reading().has_run(); ++i) driver.frames(1);
    driver.frames(3);
  }
  void answer(std::vector<std::size_t> chosen) {
    lessons.guess({.chosen = std::move(chosen)});
    driver.frames(2);
  }
};

}  // namespace

TEST_CASE("the shelf names every lesson, and a click opens one") {
  Bench bench;
  bench.driver.click("Left/Lesson");
  CHECK(bench.driver.shows("One after another"));
  bench.driver.click("Lesson/map-or-as-completed");
  bench.driver.frames(2);
  REQUIRE(bench.lessons.is_open());
  CHECK(bench.driver.shows("Two ways to ask for results"));
  CHECK(bench.driver.shows("1 of 11"));
  bench.driver.click("Close the lesson");
  bench.driver.frames(2);
  CHECK_FALSE(bench.lessons.is_open());
  CHECK(bench.driver.shows("step 0 of 0") == false);
}

TEST_CASE("a whole lesson is read with the keyboard: predict, run, and be told where it differs") {
  LessonBench bench("map-or-as-completed", 1, {.size = {1280, 1200}});
  bench.driver.key(ImGuiKey_Enter);
  bench.driver.frames(2);
  CHECK(bench.driver.shows("In which order do the calls finish?"));
  bench.driver.key(ImGuiKey_Escape);  // the first card has the keyboard; now the lesson has it
  bench.driver.frames(2);
  bench.driver.key(ImGuiKey_Enter);  // not answered yet
  bench.driver.frames(2);
  CHECK(bench.lessons.reading().number() == 1);
  CHECK(bench.driver.shows("Say first what you expect"));
  bench.driver.click("Keep this order");
  bench.driver.key(ImGuiKey_Enter);
  bench.driver.frames(2);
  bench.driver.key(ImGuiKey_1);
  bench.driver.frames(2);
  bench.driver.key(ImGuiKey_Enter);
  bench.driver.frames(4);
  CHECK(bench.driver.shows("How many results"));
  bench.driver.type("3");
  bench.driver.key(ImGuiKey_Enter);
  bench.driver.frames(3);
  CHECK(bench.driver.shows("Now run it."));
  CHECK(bench.driver.shows("Your predictions are made."));
  bench.driver.key(ImGuiKey_Enter);
  for (int i = 0; i < 2000 && !bench.lessons.reading().has_run(); ++i) bench.driver.frames(1);
  bench.driver.frames(3);
  CHECK(bench.driver.shows("Not so."));
  CHECK(bench.driver.shows("The belief behind it: map gives results as they finish"));
  CHECK(bench.driver.shows("That would be as_completed"));
  REQUIRE(bench.lessons.marks() != nullptr);
  CHECK(bench.lessons.marks()->places.size() == 4);
  CHECK(bench.lessons.marks()->difference.has_value());
  CHECK(bench.lessons.progress().answers.size() == 3);
  bench.driver.key(ImGuiKey_Backspace);
  bench.driver.frames(2);
  CHECK(bench.lessons.reading().number() == 3);
}

TEST_CASE("nothing runs before the question is answered, and Skip goes on without an answer") {
  LessonBench bench("map-or-as-completed", 3);
  bench.driver.click("Run");
  bench.driver.frames(3);
  CHECK_FALSE(bench.lab.has_run());
  CHECK(bench.driver.shows("Say first what you expect"));
  bench.driver.click("Skip");
  bench.driver.frames(2);
  CHECK(bench.lessons.reading().number() == 3);
  bench.driver.click("Skip");
  bench.driver.frames(2);
  bench.run_lab();
  CHECK(bench.driver.shows("You did not say. It was:"));
}

TEST_CASE("a run waits for every question of its lab, and what was skipped is no question any more") {
  LessonBench bench("map-or-as-completed", 3);
  bench.driver.key(ImGuiKey_1);
  bench.driver.frames(2);
  bench.driver.key(ImGuiKey_Space);
  bench.driver.frames(3);
  CHECK_FALSE(bench.lab.has_run());  // the number is asked on the next page
  CHECK(bench.driver.shows("answer the lesson's questions"));
  bench.lessons.next();
  bench.lessons.next();
  bench.driver.frames(2);
  bench.run_lab();
  CHECK(bench.driver.shows("You said: As they finish"));
}

TEST_CASE("what was met, changed and is open can be copied and saved, and that is said") {
  const loiter::testing::TemporaryFolder folder;
  const auto before = std::filesystem::current_path();
  std::filesystem::current_path(folder.path());
  Bench bench;
  bench.view.left = views::PanelName::Lesson;
  bench.driver.frames(2);
  bench.driver.click("My beliefs");
  bench.driver.frames(2);
  CHECK(bench.driver.shows("Not asked about yet"));
  bench.driver.click("Copy");
  CHECK(bench.driver.clipboard().find("No lesson has been read yet") != std::string::npos);
  CHECK(bench.driver.shows("Copied."));
  bench.driver.click("Save as text");
  bench.driver.click("Save as text");
  bench.driver.frames(2);
  CHECK(bench.driver.shows("Saved: my-lessons-2.txt"));
  CHECK(std::filesystem::exists("my-lessons.txt"));
  std::filesystem::current_path(before);
}

TEST_CASE("an order is made by the keyboard alone: the first card has it when the question comes") {
  LessonBench bench("map-or-as-completed", 2);
  bench.driver.frames(3);
  bench.driver.key(ImGuiKey_Enter);
  bench.driver.key(ImGuiKey_DownArrow);
  bench.driver.key(ImGuiKey_Enter);
  bench.driver.frames(3);
  REQUIRE_FALSE(bench.lessons.waits_for_answer());
  CHECK(bench.lessons.reading().guess(bench.lessons.reading().page().step)->chosen ==
        std::vector<std::size_t>{1, 0, 2, 3});
}

TEST_CASE("the lesson's settings are fixed, can be freed, and be fixed again") {
  LessonBench bench("map-or-as-completed", 3);
  CHECK_FALSE(bench.driver.find("Mode/Sequential").enabled);
  bench.driver.key(ImGuiKey_G);
  bench.driver.frames(2);
  CHECK(bench.lab.gil() == engine::GilKind::None);
  CHECK(bench.driver.shows("The lesson has fixed this setting."));
  bench.driver.click("Free the settings");
  bench.driver.frames(2);
  CHECK(bench.driver.find("Mode/Sequential").enabled);
  CHECK(bench.driver.shows("The settings are free now."));
  bench.driver.click("Mode/Sequential");
  bench.driver.click("Run");
  for (int i = 0; i < 2000 && (bench.lab.is_going() || !bench.lab.has_run()); ++i) bench.driver.frames(1);
  bench.driver.frames(3);
  CHECK_FALSE(bench.lessons.reading().has_run());  // it was not the lesson's
  bench.driver.click("Fix them again");
  bench.driver.frames(2);
  CHECK(bench.lab.choices().mode == trace::Mode::Threads);
  CHECK_FALSE(bench.driver.find("Mode/Sequential").enabled);
}

TEST_CASE("a lab that gets stuck is marked while it stands still, and can still be got out of it") {
  LessonBench bench("waiting-on-yourself", 2);
  bench.answer({0});
  bench.lessons.next();
  bench.answer({0});
  bench.lessons.next();
  bench.driver.frames(2);
  bench.run_lab();
  REQUIRE(bench.lessons.reading().has_run());
  CHECK(bench.lab.is_going());
  CHECK(bench.driver.shows("Not so. It was: 'It hangs for ever'."));
  CHECK(bench.lab.why_not(trace::Escape::WorkerAdded).empty());
}

TEST_CASE("the run of a lab is there again for who goes back") {
  LessonBench bench("map-or-as-completed", 5);
  bench.run_lab();
  const auto first = bench.lab.generation();
  bench.lessons.go_to(6);
  bench.driver.frames(2);
  CHECK_FALSE(bench.lab.has_run());
  CHECK(bench.lab.subject() == "slow_first_as_completed");
  // Every panel has forgotten it, also where all of it happened at the instant at which the next one begins.
  bench.lab.move_playhead(Instant{});
  CHECK_FALSE(bench.driver.shows("held back"));
  bench.lessons.go_to(4);
  bench.driver.frames(2);
  CHECK(bench.lab.generation() == first);
  CHECK(bench.lab.run_shown().ended());
}

TEST_CASE("a lab that is held goes on, and is not begun anew") {
  LessonBench bench("map-or-as-completed", 5);
  bench.lab.set_speed(0.1);
  bench.driver.click("Run the lab");
  bench.driver.frames(3);
  const auto first = bench.lab.generation();
  bench.driver.key(ImGuiKey_Space);
  bench.driver.frames(3);
  CHECK(bench.driver.shows("It is held."));
  bench.driver.click("Go on");
  bench.driver.frames(2);
  CHECK_FALSE(bench.lab.is_paused());
  CHECK(bench.lab.generation() == first);
}

TEST_CASE("a task frees what may be changed, says which goals are met, and shows a solution to who asks") {
  LessonBench bench("map-or-as-completed", 9);
  bench.run_lab();
  bench.lessons.next();
  bench.driver.frames(2);
  CHECK(bench.driver.find("Workers/more").enabled);
  CHECK_FALSE(bench.driver.find("Mode/Sequential").enabled);
  for (int i = 0; i < 2; ++i) {
    bench.driver.click("Run the lab");
    for (int k = 0; k < 2000 && bench.lessons.reading().attempts() <= static_cast<std::size_t>(i); ++k)
      bench.driver.frames(1);
    bench.driver.frames(2);
  }
  CHECK(bench.driver.shows("A hint:"));
  bench.driver.click("Show a solution");
  bench.driver.frames(2);
  CHECK(bench.lab.choices().workers == 2);
  bench.driver.click("Run the lab");
  for (int k = 0; k < 2000 && bench.lessons.reading().attempts() < 3; ++k) bench.driver.frames(1);
  bench.driver.frames(2);
  CHECK(bench.driver.shows("That is it."));
  // Who goes back sees the lesson's own run, or none, but not that of the task.
  bench.lessons.back();
  bench.driver.frames(2);
  CHECK(bench.lab.choices().workers == 3);
  CHECK_FALSE(bench.lab.has_run());
}

TEST_CASE("a sketch stands in the place of the timeline, and its bars are laid over the run") {
  LessonBench bench("a-pool-of-threads", 2);
  CHECK(bench.driver.shows("Your sketch"));
  CHECK_FALSE(bench.driver.find("Keep this sketch").enabled);  // nobody has touched a bar
  bench.driver.click("Sketch/loiter(1)");
  bench.driver.frames(2);
  bench.driver.click("Keep this sketch");
  bench.driver.frames(2);
  CHECK_FALSE(bench.lessons.waits_for_answer());
  bench.go_to_outcome();
  CHECK_FALSE(bench.driver.shows("Your sketch"));
  bench.run_lab();
  REQUIRE(bench.lessons.marks() != nullptr);
  CHECK(bench.lessons.marks()->bars.size() == 5);
  CHECK(bench.lessons.marks()->bars[1].right);  // loiter(1) did run from 0 to 1
  CHECK_FALSE(bench.lessons.marks()->bars[4].right);
}

TEST_CASE("a lesson's file is taken up while it is read, and its mistakes are told") {
  const loiter::testing::TemporaryFolder folder;
  const std::string path = folder / "mine.md";
  const std::string head = "+++\nid = \"mine\"\ntitle = \"My lesson\"\nminutes = 5\n+++\n";
  const std::string rest =
      "\n```lab\nexperiment = \"loiter\"\n```\n"
      "```predict\nkind = \"number\"\nask = \"How long?\"\nquantity = \"total_time\"\n```\n"
      "```explain\nBecause.\n```\n";
  std::ofstream(path) << head << "First words.\n" << rest;
  LessonBench bench(path);
  CHECK(bench.driver.shows("First words."));
  std::ofstream(path) << head << "Second, longer words.\n" << rest;
  const auto shows_within = [&](const char* words) {
    for (int i = 0; i < 4000 && !bench.driver.shows(words); ++i) bench.driver.frames(1);
    return bench.driver.shows(words);
  };
  bench.lessons.look_at_files_now();
  CHECK(shows_within("Second, longer words."));
  std::ofstream(path) << head << "```lab\nexperimint = \"loiter\"\n```\n";
  bench.lessons.look_at_files_now();
  bench.driver.frames(3);
  CHECK(bench.driver.shows("mine.md:7"));
  CHECK(bench.driver.shows("Second, longer words."));  // what was right stays
}

TEST_CASE("every page of every lesson fits the panel at every size: no words are cut") {
  for (const ImVec2 size : {ImVec2{1280, 800}, ImVec2{1024, 640}}) {
    Bench bench({.size = size});
    bench.view.left = bench.view.tab = views::PanelName::Lesson;
    for (const auto& entry : bench.lessons.shelf().entries()) {
      REQUIRE(bench.lessons.open(entry.name));
      for (std::size_t page = 0; page < bench.lessons.reading().pages().size(); ++page) {
        bench.lessons.go_to(page);
        bench.driver.frames(2);
        INFO(entry.name << ", page " << page + 1 << ", " << size.x);
        CHECK(bench.driver.has("Back"));
        const Box panel = bench.view.places[static_cast<std::size_t>(views::PanelName::Lesson)];
        for (const DrawnText& text : bench.driver.texts()) {
          const bool inside =
              text.ink.x0 >= panel.x0 && text.ink.y0 >= panel.y0 && text.ink.y1 <= panel.y1 && text.ink.x0 < panel.x1;
          INFO(text.text);
          if (inside) CHECK(text.ink.x1 <= panel.x1 + 1);
        }
      }
    }
  }
}
