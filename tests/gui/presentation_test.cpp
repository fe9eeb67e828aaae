#include "gui/presentation.hpp"

#include <fmt/format.h>
#include <catch2/catch_test_macros.hpp>

#include <algorithm>

#include "gui/presentation_bench.hpp"

using namespace loiter;
using namespace loiter::gui;
using namespace loiter::gui::testing;
using lessons::Page;

namespace {

// The page with the question that a choice answers, of lesson 10: does it hang?
constexpr std::size_t hang_page = 1;

std::size_t page_count(const WallBench& bench) { return bench.lessons.reading().pages().size(); }

std::string where(const WallBench& bench) {
  if (!bench.lessons.is_open()) return "no lesson";
  return fmt::format("{} page {} view {}", bench.lessons.reading().lesson().id, bench.lessons.reading().number() + 1,
                     static_cast<int>(bench.view.presentation.shown));
}

// Nothing small, nothing cut, no two texts on each other.
void check_texts(const WallBench& bench, float least) {
  const ImVec2 display = ImGui::GetIO().DisplaySize;
  const auto texts = bench.driver.texts();
  INFO(where(bench) << "\n" << bench.driver.screen());
  CHECK(!texts.empty());
  const float footer = display.y - std::round(66.0F * std::min(display.x / 1024.0F, display.y / 768.0F));
  const bool is_page = bench.view.presentation.shown == Presented::Page;
  for (const DrawnText& text : texts) {
    INFO(text.text << " of " << text.size);
    CHECK(text.size >= least);
    CHECK((text.ink.x0 >= 0 && text.ink.y0 >= 0));
    CHECK((text.ink.x1 <= display.x && text.ink.y1 <= display.y));
    CHECK((text.ink.y1 <= footer || text.ink.y0 >= footer));  // what has no room would run into the foot
    if (is_page) CHECK(text.text.find("\xE2\x80\xA6") == std::string::npos);
  }
}

void check_nothing_overlaps(const WallBench& bench) {
  const auto texts = bench.driver.texts();
  for (std::size_t i = 0; i < texts.size(); ++i) {
    for (std::size_t k = i + 1; k < texts.size(); ++k) {
      const Box both = texts[i].ink.common(texts[k].ink);
      INFO(where(bench) << ": '" << texts[i].text << "' and '" << texts[k].text << "'");
      CHECK((both.width() <= 1.0F || both.height() <= 1.0F));
    }
  }
}

// Every page of a lesson: before its run, after it, and revealed.
template <class Check>
void on_every_page(WallBench& bench, Check check) {
  for (std::size_t i = 0; i < page_count(bench); ++i) {
    bench.go_to(i);
    check();
    for (std::size_t part = 1; part < bench.view.presentation.slides.count; ++part) {
      bench.driver.key(ImGuiKey_PageDown);
      bench.driver.frames(2);
      check();
    }
    if (bench.page().kind == Page::Kind::Question && !bench.lessons.reading().has_run()) bench.run_lab();
    bench.driver.key(ImGuiKey_4);
    if (bench.page().kind == Page::Kind::Question) bench.lessons.set_hands({12, 7, 3, 1});
    if (!bench.lessons.reading().has_run()) continue;
    for (const ImGuiKey panel : {ImGuiKey_1, ImGuiKey_2, ImGuiKey_3}) {
      bench.driver.key(panel);
      bench.driver.frames(2);
      check();
    }
    bench.driver.key(ImGuiKey_4);
    bench.driver.key(ImGuiKey_R);
    bench.driver.frames(3);
    check();
  }
}

}  // namespace

TEST_CASE("F11 puts the lesson on the wall and Esc brings the window back", "[presentation]") {
  WallBench bench("4");
  REQUIRE(bench.view.presentation.open);
  CHECK(bench.driver.shows("Two ways to ask for results"));
  CHECK_FALSE(bench.driver.has("Run"));
  CHECK_FALSE(bench.driver.has("Fit"));
  bench.driver.key(ImGuiKey_Escape);
  bench.driver.frames(3);
  CHECK_FALSE(bench.view.presentation.open);
  CHECK(bench.driver.has("Run"));
  bench.driver.key(ImGuiKey_F11);
  bench.driver.frames(3);
  CHECK_FALSE(bench.driver.has("Run"));
  bench.driver.key(ImGuiKey_F11);
  bench.driver.frames(3);
  CHECK(bench.driver.has("Run"));
}

TEST_CASE("one thing is on the wall at a time, chosen by 1 to 4", "[presentation]") {
  WallBench bench("4");
  bench.go_to(2);
  CHECK(bench.driver.has("Option/1"));
  bench.driver.key(ImGuiKey_1);
  CHECK(bench.driver.shows("import concurrent.futures"));
  CHECK_FALSE(bench.driver.has("Option/1"));
  bench.driver.key(ImGuiKey_2);
  CHECK_FALSE(bench.driver.shows("import concurrent.futures"));
  CHECK(bench.driver.shows("Press Run (Space)"));
  bench.driver.key(ImGuiKey_3);
  CHECK(bench.driver.shows("0 s"));
  CHECK(bench.driver.shows("0.00"));  // the clock
  bench.driver.key(ImGuiKey_4);
  CHECK(bench.driver.has("Option/1"));
}

TEST_CASE("the page of a question tells which calls there are and on which lanes, and not what they will do",
          "[presentation]") {
  WallBench bench("4");
  bench.go_to(3);
  CHECK(bench.driver.shows("what main receives"));
  CHECK(bench.driver.shows("worker"));
  CHECK_FALSE(bench.driver.shows("4 s"));
}

TEST_CASE("nothing runs on the wall until Space, and that shows the timeline", "[presentation]") {
  WallBench bench("10");
  for (const ImGuiKey key : {ImGuiKey_Enter, ImGuiKey_PageDown, ImGuiKey_RightArrow}) bench.driver.key(key);
  CHECK(bench.lessons.reading().number() == 3);
  CHECK_FALSE(bench.lab.has_run());
  bench.go_to(hang_page);
  bench.driver.key(ImGuiKey_Space);
  CHECK(bench.lab.has_run());
  CHECK(bench.view.presentation.shown == Presented::Timeline);
  bench.driver.key(ImGuiKey_PageUp);
  CHECK(bench.lessons.reading().number() == 0);
  CHECK(bench.view.presentation.shown == Presented::Page);
}

TEST_CASE("the answer is not on the wall before R, though the run is over", "[presentation]") {
  WallBench bench("10");
  bench.go_to(hang_page + 2);
  REQUIRE(bench.page().kind == Page::Kind::Outcome);
  bench.run_lab();
  REQUIRE(bench.lessons.reading().has_run());
  const std::string why = "holds the only worker";
  CHECK_FALSE(bench.driver.shows(why));
  CHECK(bench.driver.shows("R reveals it."));
  bench.driver.key(ImGuiKey_R);
  bench.driver.frames(3);
  CHECK(bench.driver.shows(why));
  CHECK(bench.driver.shows("It hangs for ever"));
  bench.driver.key(ImGuiKey_R);
  bench.driver.frames(3);
  CHECK_FALSE(bench.driver.shows(why));
}

TEST_CASE("a number stays hidden too, and a lab that is asked again hides its answers again", "[presentation]") {
  WallBench bench("12");
  bench.go_to(4);
  REQUIRE(bench.page().kind == Page::Kind::Question);
  bench.run_lab();
  CHECK_FALSE(bench.driver.shows("The run says"));
  bench.driver.key(ImGuiKey_R);
  bench.driver.frames(3);
  CHECK(bench.driver.shows("The run says: 1.00 s."));
  bench.lessons.ask_again();
  bench.driver.frames(3);
  CHECK_FALSE(bench.driver.shows("The run says"));
  bench.run_lab();
  CHECK_FALSE(bench.driver.shows("The run says"));
}

TEST_CASE("marks of a guess are laid over the run only once it is revealed", "[presentation]") {
  WallBench bench("4");
  bench.go_to(1);
  bench.lessons.guess({.chosen = {0, 1, 2, 3}});
  bench.run_lab();
  CHECK(bench.lessons.marks() != nullptr);
  CHECK_FALSE(is_revealed(bench.view.presentation, bench.lessons));
  bench.driver.key(ImGuiKey_R);
  CHECK(is_revealed(bench.view.presentation, bench.lessons));
}

TEST_CASE("a show of hands is typed as counts, and stands beside what happened", "[presentation]") {
  WallBench bench("10");
  bench.go_to(hang_page);
  bench.driver.key(ImGuiKey_H);
  bench.driver.key(ImGuiKey_1);
  bench.driver.key(ImGuiKey_7);
  bench.driver.key(ImGuiKey_Tab);
  bench.driver.key(ImGuiKey_5);
  bench.driver.key(ImGuiKey_6);
  bench.driver.key(ImGuiKey_Backspace);
  bench.driver.key(ImGuiKey_Enter);
  bench.driver.key(ImGuiKey_3);
  bench.driver.key(ImGuiKey_Enter);
  const std::vector<std::uint32_t> counts{17, 5, 3};
  CHECK(bench.lessons.reading().hands(bench.page().step) == counts);
  CHECK_FALSE(bench.view.presentation.hands.open);
  CHECK(bench.view.presentation.shown == Presented::Page);  // digits were counts, and no views
  bench.run_lab();
  bench.driver.key(ImGuiKey_R);
  bench.driver.frames(3);
  CHECK(bench.driver.shows("17"));
  CHECK(bench.driver.shows("To the 17 of 25:"));  // the sentence that answers most of the class
}

TEST_CASE("while hands are counted Esc ends that, and leaves the wall as it is", "[presentation]") {
  WallBench bench("10");
  bench.go_to(hang_page);
  bench.driver.key(ImGuiKey_H);
  CHECK(bench.view.presentation.hands.open);
  bench.driver.key(ImGuiKey_Escape);
  CHECK_FALSE(bench.view.presentation.hands.open);
  CHECK(bench.view.presentation.open);
}

TEST_CASE("letters answer a question, also D, which elsewhere changes the theme", "[presentation]") {
  WallBench bench("10");
  bench.go_to(hang_page);
  bench.driver.key(ImGuiKey_B);
  const lessons::Guess* guess = bench.lessons.reading().guess(bench.page().step);
  REQUIRE(guess != nullptr);
  CHECK(guess->chosen == std::vector<std::size_t>{1});
  bench.driver.click("Option/3");
  CHECK(bench.lessons.reading().guess(bench.page().step)->chosen == std::vector<std::size_t>{2});
  CHECK(bench.view.presentation.theme == ThemeChoice::Light);
  bench.driver.key(ImGuiKey_D);  // there is no fourth option
  CHECK(bench.view.presentation.theme == ThemeChoice::Dark);
  bench.go_to(8);
  REQUIRE(bench.lessons.reading().step()->prediction->options.size() == 4);
  bench.driver.key(ImGuiKey_D);
  CHECK(bench.view.presentation.theme == ThemeChoice::Dark);
  CHECK(bench.lessons.reading().guess(bench.page().step)->chosen == std::vector<std::size_t>{3});
}

TEST_CASE("the wall is light whatever the window is, and its theme is its own", "[presentation]") {
  WallBench bench("4", {.size = {1024, 768}, .theme = ThemeChoice::Dark});
  bench.view.theme = ThemeChoice::Dark;
  CHECK(bench.view.presentation.theme == ThemeChoice::Light);
  bench.driver.key(ImGuiKey_D);
  bench.driver.key(ImGuiKey_Escape);
  CHECK(bench.view.theme == ThemeChoice::Dark);
}

TEST_CASE("a number is typed after A, and Enter gives the keys back", "[presentation]") {
  WallBench bench("12");
  bench.go_to(4);
  bench.driver.key(ImGuiKey_A);
  bench.driver.frames(3);
  bench.driver.type("0.4");
  bench.driver.key(ImGuiKey_Enter);
  const lessons::Guess* guess = bench.lessons.reading().guess(bench.page().step);
  REQUIRE(guess != nullptr);
  CHECK(guess->number == 0.4);
  CHECK(bench.lessons.reading().number() == 4);
  bench.driver.key(ImGuiKey_1);
  CHECK(bench.view.presentation.shown == Presented::Code);
}

TEST_CASE("a question on the wall leaves the keys alone until somebody asks to answer", "[presentation]") {
  for (const char* lesson : {"4", "5", "10", "12"}) {
    WallBench bench(lesson);
    for (std::size_t i = 0; i < page_count(bench); ++i) {
      bench.driver.key(ImGuiKey_4);
      bench.go_to(i);
      bench.driver.key(ImGuiKey_Enter);  // one step on, and back: as a class comes to it
      bench.driver.key(ImGuiKey_PageUp);
      bench.driver.frames(3);
      bench.driver.key(ImGuiKey_3);
      INFO(where(bench));
      CHECK(bench.view.presentation.shown == Presented::Timeline);
    }
  }
}

TEST_CASE("cards are moved on the wall by the keyboard alone", "[presentation]") {
  WallBench bench("4");
  bench.go_to(1);
  bench.driver.key(ImGuiKey_Tab);
  bench.driver.frames(3);
  CHECK(bench.driver.has_ring("Order/slow"));
  bench.driver.key(ImGuiKey_Enter);
  for (int i = 0; i < 3; ++i) bench.driver.key(ImGuiKey_DownArrow);
  bench.driver.key(ImGuiKey_Enter);
  const lessons::Guess* guess = bench.lessons.reading().guess(bench.page().step);
  REQUIRE(guess != nullptr);
  CHECK(guess->chosen == std::vector<std::size_t>{1, 2, 3, 0});
  CHECK(bench.lessons.reading().number() == 1);
}

TEST_CASE("a page that is higher than the wall comes part by part", "[presentation]") {
  WallBench bench("12");
  CHECK(bench.driver.shows("What do your calls do with their time?"));
  CHECK_FALSE(bench.driver.shows("def crunch"));
  bench.driver.key(ImGuiKey_PageDown);
  bench.driver.frames(2);
  CHECK(bench.lessons.reading().number() == 0);
  CHECK(bench.driver.shows("def crunch"));
  bench.driver.key(ImGuiKey_PageDown);
  CHECK(bench.lessons.reading().number() == 1);
  bench.driver.key(ImGuiKey_PageUp);
  bench.driver.frames(3);
  CHECK(bench.lessons.reading().number() == 0);
  CHECK(bench.driver.shows("def crunch"));  // one comes back to its end
}

TEST_CASE("without a lesson the wall has the code, the stage and the timeline of the experiment", "[presentation]") {
  WallBench bench("");
  CHECK(bench.view.presentation.shown == Presented::Timeline);
  CHECK(bench.driver.shows("loiter"));
  bench.driver.key(ImGuiKey_4);
  CHECK(bench.driver.shows("No lesson is open."));
  bench.driver.key(ImGuiKey_3);
  bench.lab.set_instant(true);
  bench.driver.key(ImGuiKey_Space);
  while (bench.lab.is_going()) bench.driver.frames(1);
  bench.driver.frames(3);
  CHECK(bench.driver.shows("loiter(4)"));
  check_texts(bench, 24.0F);
}

TEST_CASE("F1 lists the keys of the wall", "[presentation]") {
  WallBench bench("4");
  bench.driver.key(ImGuiKey_F1);
  CHECK(bench.driver.shows("count a show of hands"));
  bench.driver.key(ImGuiKey_Escape);
  CHECK_FALSE(bench.driver.shows("count a show of hands"));
  CHECK(bench.view.presentation.open);
}

TEST_CASE("the pointer has a ring around it while it moves, and for two seconds more", "[presentation]") {
  WallBench bench("4");
  bench.driver.hover(ImVec2{500, 400});
  const Picture with = bench.driver.picture();
  bench.driver.wait(2.5);
  const Picture without = bench.driver.picture();
  CHECK(with.pixels != without.pixels);
}

TEST_CASE("every page of every lesson stands on a wall of 1024 by 768: from 24 up, nothing cut, nothing overlapping",
          "[presentation]") {
  for (int number = 1; number <= 14; ++number) {
    WallBench bench(std::to_string(number));
    on_every_page(bench, [&] {
      check_texts(bench, 24.0F);
      check_nothing_overlaps(bench);
    });
  }
}

TEST_CASE("every page of every lesson stands on a wall of 3840 by 2160 just so", "[presentation]") {
  for (int number = 1; number <= 14; ++number) {
    WallBench bench(std::to_string(number), {.size = {3840, 2160}});
    on_every_page(bench, [&] {
      check_texts(bench, 67.0F);
      check_nothing_overlaps(bench);
    });
  }
}

TEST_CASE("while a card has the keyboard the wall keeps its keys, and Esc lets the card go before the wall",
          "[presentation]") {
  WallBench bench("4");
  bench.go_to(1);
  const auto& show = bench.view.presentation;
  const auto take_card = [&] {
    for (int i = 0; i < 3 && !show.had_ring; ++i) {
      bench.driver.key(ImGuiKey_Tab);
      bench.driver.frames(3);
    }
    REQUIRE(show.had_ring);
  };
  take_card();
  bench.driver.key(ImGuiKey_1);
  bench.driver.frames(2);
  CHECK(show.shown == Presented::Code);
  bench.driver.key(ImGuiKey_4);
  bench.driver.frames(2);
  take_card();
  bench.driver.key(ImGuiKey_Escape);
  bench.driver.frames(3);
  CHECK(show.open);
  CHECK_FALSE(show.had_ring);
  take_card();
  bench.driver.key(ImGuiKey_Space);
  bench.driver.frames(3);
  CHECK(bench.lab.has_run());
  CHECK(show.shown == Presented::Timeline);
  bench.driver.key(ImGuiKey_4);
  bench.driver.key(ImGuiKey_PageDown);  // the next page begins without it
  bench.driver.frames(3);
  CHECK_FALSE(show.had_ring);
  bench.driver.key(ImGuiKey_Escape);
  bench.driver.frames(3);
  CHECK_FALSE(show.open);
}

TEST_CASE("a pointer that rests goes with its halo, and with what it has called up", "[presentation]") {
  WallBench bench("4");
  bench.go_to(1);
  bench.driver.hover({500, 300});
  CHECK(ImGui::IsMousePosValid());
  bench.driver.wait(3.0);
  CHECK_FALSE(ImGui::IsMousePosValid());
  bench.driver.hover({400, 300});
  CHECK(ImGui::IsMousePosValid());
}

TEST_CASE("a sketch on the wall counts with its first bar, and is laid over the run when it is revealed",
          "[presentation]") {
  WallBench bench("2");
  bench.go_to(1);
  REQUIRE(bench.lessons.waits_for_answer());
  bench.driver.key(ImGuiKey_Tab);
  bench.driver.frames(2);
  bench.driver.key(ImGuiKey_RightArrow);
  bench.driver.frames(3);
  CHECK_FALSE(bench.lessons.waits_for_answer());
  bench.run_lab();
  bench.driver.key(ImGuiKey_3);
  bench.driver.frames(3);
  CHECK_FALSE(bench.driver.shows("first difference"));
  bench.driver.key(ImGuiKey_R);
  bench.driver.frames(3);
  CHECK(bench.driver.shows("first difference"));
}
