// The tour of the window: from its beginning to its end by keyboard and by mouse, at every size, and what it leaves.
#include "gui/tour.hpp"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "gui/bench.hpp"
#include "gui/shortcuts.hpp"
#include "gui/tour_steps.hpp"

using namespace loiter;
using namespace loiter::gui;
using namespace loiter::gui::testing;
using views::PanelName;

namespace {

constexpr std::size_t run_step = 2;
constexpr std::size_t timeline_step = 4;
constexpr std::size_t order_step = 6;

struct TourBench : Bench {
  explicit TourBench(std::size_t step = 0, DriverOptions options = {}) : Bench(options) {
    start_tour(view, lab, step);
    driver.frames(3);
  }
  void end_run() {
    lab.set_instant(true);
    while (lab.is_going()) driver.frames(1);
    driver.frames(3);
  }
};

Box lit_panel(const WorkbenchView& view) { return view.lit ? view.places[static_cast<std::size_t>(*view.lit)] : Box{}; }

Box pointed_at(const TourBench& bench) {
  const TourPlaces& places = bench.view.tour.places;
  const TourTarget& target = tour_steps()[bench.view.tour.step].target;
  if (std::holds_alternative<PanelName>(target)) return lit_panel(bench.view);
  const std::array boxes{Box{}, places.setup, places.run, places.controls, places.states};
  return boxes[static_cast<std::size_t>(std::get<TourPlace>(target))];
}

std::size_t count_words(std::string_view text) { return static_cast<std::size_t>(std::ranges::count(text, ' ')) + 1; }

}  // namespace

TEST_CASE("the tour goes from start to end with Enter alone, and is then closed", "[tour]") {
  TourBench bench;
  for (std::size_t i = 0; i < tour_step_count; ++i) {
    REQUIRE(bench.view.tour.open);
    CHECK(bench.view.tour.step == i);
    CHECK(bench.driver.shows(tour_steps()[i].title));
    CHECK(bench.driver.shows(std::to_string(i + 1) + " of " + std::to_string(tour_step_count)));
    bench.driver.key(ImGuiKey_Enter);
    bench.driver.frames(2);
  }
  CHECK_FALSE(bench.view.tour.open);
  CHECK(bench.view.tour.was_seen);
  CHECK_FALSE(bench.view.lit);
}

TEST_CASE("the tour goes on and back with its buttons, and with Backspace", "[tour]") {
  TourBench bench;
  CHECK_FALSE(bench.driver.find("Tour/Back").enabled);
  bench.driver.click("Tour/Next");
  bench.driver.click("Tour/Next");
  CHECK(bench.view.tour.step == 2);
  bench.driver.click("Tour/Back");
  CHECK(bench.view.tour.step == 1);
  bench.driver.key(ImGuiKey_Backspace);
  CHECK(bench.view.tour.step == 0);
  bench.driver.key(ImGuiKey_Backspace);
  CHECK(bench.view.tour.open);
  CHECK(bench.view.tour.step == 0);
  bench.driver.click("Tour/Next");
  bench.driver.key(ImGuiKey_Enter);
  CHECK(bench.view.tour.step == 2);
  CHECK_FALSE(bench.driver.has_ring("Tour/Next"));
}

TEST_CASE("Enter goes on with the tour, and does not press again what was clicked last", "[tour]") {
  TourBench bench;
  bench.driver.click("Run");
  const auto run = bench.lab.generation();
  bench.driver.key(ImGuiKey_Enter);
  CHECK(bench.lab.generation() == run);
  CHECK(bench.view.tour.step == 1);
}

TEST_CASE("the tour is skipped with Esc or its button, and is called again with F8 or from the list of keys",
          "[tour]") {
  TourBench bench(timeline_step);
  bench.driver.key(ImGuiKey_Escape);
  bench.driver.frames(2);
  CHECK_FALSE(bench.view.tour.open);
  CHECK_FALSE(bench.driver.has("Tour/Next"));
  bench.driver.key(ImGuiKey_F8);
  bench.driver.frames(2);
  CHECK(bench.view.tour.open);
  CHECK(bench.view.tour.step == 0);
  bench.driver.click("Tour/Skip tour");
  CHECK_FALSE(bench.view.tour.open);
  bench.driver.key(ImGuiKey_F1);
  bench.driver.frames(2);
  bench.driver.click("All keys/Take the tour");
  CHECK(bench.view.tour.open);
  CHECK_FALSE(bench.view.show_keys);
  bench.driver.key(ImGuiKey_Escape);
  bench.driver.key(ImGuiKey_F1);
  bench.driver.frames(2);
  bench.driver.key(ImGuiKey_F8);
  CHECK(bench.view.tour.open);
  CHECK_FALSE(bench.view.show_keys);
}

TEST_CASE("the lab is used as ever while the tour is open", "[tour]") {
  TourBench bench(run_step);
  bench.driver.key(ImGuiKey_Space);
  CHECK(bench.lab.is_going());
  bench.driver.key(ImGuiKey_Space);
  CHECK(bench.lab.is_paused());
  bench.driver.key(ImGuiKey_Space);
  CHECK_FALSE(bench.lab.is_paused());
  bench.driver.click("Pause");
  CHECK(bench.lab.is_paused());
  bench.driver.click("Tour/Next");
  bench.driver.key(ImGuiKey_Space);  // and not the button that was clicked
  CHECK_FALSE(bench.lab.is_paused());
  bench.end_run();
  bench.driver.click("Futures/loiter(3)");
  CHECK(bench.view.selection.future == FutureId{4});
  bench.driver.key(ImGuiKey_Home);
  CHECK(bench.lab.playhead() == Instant{});
  bench.driver.key(ImGuiKey_RightArrow);
  CHECK(bench.view.tour.step == run_step + 1);
}

TEST_CASE("a list or the ring that Esc puts away leaves the tour open", "[tour]") {
  TourBench bench;
  bench.driver.click("Experiment");
  bench.driver.frames(2);
  bench.driver.key(ImGuiKey_Escape);
  bench.driver.frames(2);
  CHECK(bench.view.tour.open);
  bench.driver.focus("Run");
  bench.driver.key(ImGuiKey_Escape);
  CHECK(bench.view.tour.open);
  bench.driver.frames(2);
  bench.driver.key(ImGuiKey_Escape);
  CHECK_FALSE(bench.view.tour.open);
}

TEST_CASE("who goes on without having pressed Run sees a run of loiter at half speed all the same", "[tour]") {
  TourBench bench(run_step);
  CHECK_FALSE(bench.lab.has_run());
  bench.driver.key(ImGuiKey_Enter);
  CHECK(bench.lab.is_going());
  CHECK(bench.lab.run_shown().header().title == "loiter");
  CHECK(bench.lab.speed() == 0.5);
}

TEST_CASE("a run that is over is shown at the instant at which there is most to see", "[tour]") {
  TourBench bench(run_step);
  bench.driver.key(ImGuiKey_Space);
  bench.end_run();
  const auto run = bench.lab.generation();
  bench.driver.key(ImGuiKey_Enter);
  CHECK(bench.lab.generation() == run);
  CHECK(bench.lab.playhead() == Instant{std::chrono::milliseconds(500)});
  bench.driver.key(ImGuiKey_Escape);
  CHECK(bench.lab.is_following());
}

TEST_CASE("a run of the reader's own that goes is left alone, and so is one of loiter that is over", "[tour]") {
  const bool is_over = GENERATE(false, true);
  Bench bench;
  if (is_over) {
    bench.run_to_end();
  } else {
    bench.lab.choose_experiment("crunch");
    bench.lab.set_clock(trace::Clock::Simulated);
    bench.lab.set_speed(0.1);
    bench.driver.click("Run");
  }
  const auto run = bench.lab.generation();
  const double speed = bench.lab.speed();
  bench.driver.key(ImGuiKey_F8);
  for (std::size_t i = 0; i < tour_step_count; ++i) {
    bench.driver.frames(2);
    bench.driver.key(ImGuiKey_Enter);
  }
  CHECK_FALSE(bench.view.tour.open);
  CHECK(bench.lab.generation() == run);
  CHECK(bench.lab.speed() == speed);
}

TEST_CASE("what the tour changed for its own sake is put back", "[tour]") {
  Bench bench;
  bench.driver.set_size({1024, 640});
  bench.lab.choose_experiment("crunch");
  bench.lab.set_parameter("tasks", "7");
  bench.lab.set_instant(true);
  bench.view.layout.order_hidden = true;
  bench.view.tab = PanelName::Futures;
  start_tour(bench.view, bench.lab, order_step);
  bench.driver.frames(3);
  CHECK(bench.lab.choices().experiment == "loiter");
  CHECK_FALSE(bench.lab.is_instant());
  CHECK_FALSE(lit_panel(bench.view).empty());
  bench.driver.key(ImGuiKey_Escape);
  CHECK(bench.lab.choices().experiment == "crunch");
  CHECK(bench.lab.parameter("tasks") == "7");
  CHECK(bench.lab.is_instant());
  CHECK(bench.view.layout.order_hidden);
  CHECK(bench.view.tab == PanelName::Futures);
}

TEST_CASE("a tab that was chosen during the tour stays in front, and so do the lessons of its last step", "[tour]") {
  TourBench bench(order_step);
  bench.driver.click("Left/Machine");
  bench.driver.key(ImGuiKey_Escape);
  CHECK(bench.view.left == PanelName::Machine);
  start_tour(bench.view, bench.lab, tour_step_count - 1);
  bench.driver.frames(3);
  bench.driver.key(ImGuiKey_Enter);
  CHECK_FALSE(bench.view.tour.open);
  CHECK(bench.view.left == PanelName::Lesson);
}

TEST_CASE("the lab of a lesson is not touched by the tour", "[tour]") {
  Bench bench;
  bench.lab.choose_experiment("crunch");
  bench.lab.fix_setup({}, "A lesson has set it up.");
  for (std::size_t i = 0; i < tour_step_count; ++i) {
    start_tour(bench.view, bench.lab, i);
    bench.driver.frames(2);
    CHECK(bench.lab.choices().experiment == "crunch");
    CHECK_FALSE(bench.lab.has_run());
    CHECK(bench.lab.speed() == 1);
  }
}

TEST_CASE("what the reader changed during the tour stays", "[tour]") {
  TourBench bench;
  bench.lab.set_speed(2);
  bench.lab.choose_experiment("crunch");
  bench.driver.key(ImGuiKey_Escape);
  CHECK(bench.lab.speed() == 2);
  CHECK(bench.lab.choices().experiment == "crunch");
}

TEST_CASE("the tour comes back from a comparison with a run in every panel", "[tour]") {
  TourBench bench(tour_step_count - 2);
  bench.driver.key(ImGuiKey_C);
  bench.driver.frames(3);
  REQUIRE(bench.lab.shows_comparison());
  bench.driver.key(ImGuiKey_Backspace);
  bench.driver.frames(3);
  CHECK_FALSE(bench.lab.shows_comparison());
  CHECK(bench.lab.is_going());
}

TEST_CASE("the card of every step is inside the window, beside what it speaks of", "[tour]") {
  const ImVec2 size = GENERATE(ImVec2{1280, 800}, ImVec2{1920, 1080});
  TourBench bench(0, {.size = size});
  for (std::size_t i = 0; i < tour_step_count; ++i) {
    INFO(tour_steps()[i].title);
    const Box& card = bench.view.tour.card;
    CHECK(card.x0 >= 0);
    CHECK(card.y0 >= 0);
    CHECK(card.x1 <= size.x);
    CHECK(card.y1 <= size.y);
    const Box target = pointed_at(bench);
    CHECK(target.empty() == (i == 0));
    CHECK(card.common(target).empty());
    bench.driver.key(ImGuiKey_Enter);
    bench.driver.frames(2);
  }
}

TEST_CASE("no word of the tour is cut, however small the window", "[tour]") {
  struct Screen {
    ImVec2 size;
    float scale;
  };
  const auto screen =
      GENERATE(Screen{{1280, 800}, 1}, Screen{{1024, 640}, 1}, Screen{{1280, 800}, 2}, Screen{{640, 400}, 1});
  TourBench bench(0, {.size = screen.size, .scale = screen.scale});
  bench.view.scale = screen.scale;
  for (const TourStep& step : tour_steps()) {
    INFO(step.title << " at " << screen.size.x << " x " << screen.size.y);
    CHECK(bench.driver.shows(step.title));
    CHECK(bench.driver.shows(step.words));
    for (const TourKey& key : step.keys) CHECK(bench.driver.shows(key.what));
    const Box screen_box{0, 0, screen.size.x, screen.size.y};
    const Box& card = bench.view.tour.card;
    CHECK(card.common(screen_box).width() == card.width());
    CHECK(card.common(screen_box).height() == card.height());
    const std::string next = &step == &tour_steps().back() ? "Tour/Done" : "Tour/Next";
    CHECK(bench.driver.find(next).visible.height() == bench.driver.find(next).box.height());
    if (!std::holds_alternative<TourPlace>(step.target)) CHECK_FALSE(lit_panel(bench.view).empty());
    bench.driver.key(ImGuiKey_Enter);
    bench.driver.frames(2);
  }
}

TEST_CASE("a step of the tour says one thing in few words, and names keys that are in the list of all keys", "[tour]") {
  for (const TourStep& step : tour_steps()) {
    INFO(step.title);
    CHECK(count_words(step.words) <= 45);
    if (&step == &tour_steps().front()) continue;  // its keys are the tour's own
    for (const TourKey& key : step.keys) {
      const auto names = [&](const Shortcut& shortcut) {
        return shortcut.keys.find(key.key) != std::string_view::npos;
      };
      CHECK(std::ranges::any_of(all_shortcuts(), names));
    }
  }
}
