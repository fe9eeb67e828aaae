#include "gui/widgets.hpp"

#include <array>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <cmath>
#include <filesystem>
#include <string>
#include <vector>

#include "gui/driver.hpp"

using namespace loiter::gui;
using namespace loiter::gui::testing;

namespace {

// Every widget has to work in both themes and at two scales.
DriverOptions any_screen() {
  const float scale = GENERATE(1.0F, 2.0F);
  const ThemeChoice theme = GENERATE(ThemeChoice::Light, ThemeChoice::Dark);
  return {{800.0F * scale, 300.0F * scale}, scale, theme};
}

bool whole(const Box& box) {
  return box.x0 == std::round(box.x0) && box.y0 == std::round(box.y0) && box.x1 == std::round(box.x1) &&
         box.y1 == std::round(box.y1);
}

}  // namespace

TEST_CASE("a button is pressed by a click, by Enter and by Space", "[widgets]") {
  int presses = 0;
  Driver driver{in_window([&](const Look& look) {
                  if (button(look, "Run", {.kind = ButtonKind::Primary, .icon = Glyph::Play})) ++presses;
                }),
                any_screen()};
  CHECK(driver.shows("Run"));
  CHECK(whole(driver.find("Run").box));
  driver.click("Run");
  CHECK(presses == 1);
  driver.focus("Run");
  CHECK(driver.has_ring("Run"));
  driver.key(ImGuiKey_Enter);
  CHECK(presses == 2);
  driver.key(ImGuiKey_Space);
  CHECK(presses == 3);
}

TEST_CASE("a disabled button does nothing and still explains itself", "[widgets]") {
  int presses = 0;
  Driver driver{in_window([&](const Look& look) {
                  if (button(look, "Step", {.enabled = false, .tip = "The run has ended."})) ++presses;
                }),
                any_screen()};
  CHECK_FALSE(driver.find("Step").enabled);
  driver.click("Step");
  CHECK(presses == 0);
  driver.hover("Step");
  CHECK_FALSE(driver.shows("The run has ended."));
  driver.wait(1.0);
  CHECK(driver.shows("The run has ended."));
}

TEST_CASE("a compact button hides its words, keeps its label and shows it as a tooltip", "[widgets]") {
  int presses = 0;
  Driver driver{in_window([&](const Look& look) {
                  if (button(look, "Restart", {.icon = Glyph::Restart, .compact = true})) ++presses;
                }),
                any_screen()};
  CHECK_FALSE(driver.shows("Restart"));
  driver.click("Restart");
  CHECK(presses == 1);
  driver.hover("Restart");
  driver.wait(1.0);
  CHECK(driver.shows("Restart"));
}

TEST_CASE("two buttons with the same words are two buttons", "[widgets]") {
  std::string pressed;
  Driver driver{in_window([&](const Look& look) {
    if (button(look, "Stop##banner")) pressed += "banner ";
    if (icon_button(look, "Close", Glyph::Close)) pressed += "close ";
  })};
  CHECK(driver.find("Stop").id != driver.find("Close").id);
  driver.click("Stop");
  driver.click("Close");
  CHECK(pressed == "banner close ");
}

TEST_CASE("a toggle and a check box change their value, by mouse and by keyboard", "[widgets]") {
  bool instant = false;
  bool gil = false;
  Driver driver{in_window([&](const Look& look) {
                  toggle(look, "Instant", instant);
                  check_box(look, "Model the GIL", gil);
                }),
                any_screen()};
  const float width = driver.find("Instant").box.width();
  driver.click("Instant");
  CHECK(instant);
  CHECK(driver.find("Instant").box.width() == width);
  driver.click("Model the GIL");
  CHECK(gil);
  driver.focus("Instant");
  driver.key(ImGuiKey_Space);
  CHECK_FALSE(instant);
  driver.key(ImGuiKey_DownArrow);
  CHECK(driver.has_ring("Model the GIL"));
  driver.key(ImGuiKey_Space);
  CHECK_FALSE(gil);
}

TEST_CASE("one segment of several is chosen, by mouse and by keyboard, and nothing moves", "[widgets]") {
  int mode = 1;
  int changes = 0;
  Driver driver{in_window([&](const Look& look) {
                  if (segmented(look, "Mode", {{"Sequential"}, {"Threads"}, {"Processes"}}, mode)) ++changes;
                }),
                any_screen()};
  const Box threads = driver.find("Mode/Threads").box;
  driver.click("Mode/Processes");
  CHECK(mode == 2);
  CHECK(driver.find("Mode/Threads").box.x0 == threads.x0);
  CHECK(driver.find("Mode/Threads").box.x1 == threads.x1);
  driver.click("Mode/Processes");
  CHECK(changes == 1);
  driver.focus("Processes");
  driver.key(ImGuiKey_LeftArrow);
  CHECK(driver.has_ring("Threads"));
  CHECK(mode == 2);
  driver.key(ImGuiKey_Space);
  CHECK(mode == 1);
}

TEST_CASE("a segment that cannot be chosen says why", "[widgets]") {
  int mode = 0;
  const std::array<Choice, 2> choices{{{"Threads"}, {"Processes", false, "This experiment cannot leave the process."}}};
  Driver driver{in_window([&](const Look& look) { segmented(look, "Mode", choices, mode); }), any_screen()};
  driver.click("Processes");
  CHECK(mode == 0);
  driver.hover("Processes");
  driver.wait(1.0);
  CHECK(driver.shows("This experiment cannot leave the process."));
}

TEST_CASE("a combo opens, and a row of its list is chosen by mouse", "[widgets]") {
  int chosen = 0;
  const std::array<Choice, 3> experiments{{{"loiter"}, {.label = "flags", .note = "downloads"}, {"primes"}}};
  Driver driver{
      in_window([&](const Look& look) { combo(look, "Experiment", experiments, chosen, look.metrics.px(124)); }),
      any_screen()};
  CHECK(driver.shows("loiter"));
  CHECK_FALSE(driver.has("Experiment/flags"));
  driver.click("Experiment");
  CHECK(driver.shows("downloads"));
  driver.click("Experiment/flags");
  CHECK(chosen == 1);
  CHECK_FALSE(driver.has("Experiment/flags"));
  CHECK(driver.shows("flags"));
}

TEST_CASE("a combo is opened, walked and closed by keyboard", "[widgets]") {
  int chosen = 0;
  const std::array<Choice, 3> experiments{{{"loiter"}, {"flags"}, {"primes"}}};
  Driver driver{in_window([&](const Look& look) { combo(look, "Experiment", experiments, chosen, 200.0F); }),
                any_screen()};
  driver.focus("test/Experiment");
  driver.key(ImGuiKey_Enter);
  driver.frames(2);
  CHECK(driver.has_ring("Experiment/loiter"));
  driver.key(ImGuiKey_DownArrow);
  driver.key(ImGuiKey_DownArrow);
  driver.key(ImGuiKey_Enter);
  CHECK(chosen == 2);
  CHECK_FALSE(driver.has("Experiment/primes"));
  driver.key(ImGuiKey_Enter);
  driver.frames(2);
  CHECK(driver.has_ring("Experiment/primes"));  // the chosen one, not the first
  driver.key(ImGuiKey_Escape);
  driver.frames(2);
  CHECK_FALSE(driver.has("Experiment/primes"));
  CHECK(chosen == 2);
}

TEST_CASE("tabs are chosen by mouse and by keyboard", "[widgets]") {
  int tab = 0;
  Driver driver{in_window([&](const Look& look) { tab_row(look, "Left", {"Code", "Lesson"}, tab); }), any_screen()};
  driver.click("Left/Lesson");
  CHECK(tab == 1);
  driver.focus("Lesson");
  driver.key(ImGuiKey_LeftArrow);
  driver.key(ImGuiKey_Enter);
  CHECK(tab == 0);
}

TEST_CASE("a stepper counts up and down and stops at its ends", "[widgets]") {
  int workers = 3;
  int changes = 0;
  Driver driver{in_window([&](const Look& look) {
                  if (stepper(look, "Workers", workers, {.min = 1, .max = 4})) ++changes;
                }),
                any_screen()};
  driver.click("Workers/more");
  CHECK(workers == 4);
  CHECK_FALSE(driver.find("Workers/more").enabled);
  driver.click("Workers/more");
  CHECK(workers == 4);
  CHECK(changes == 1);
  for (int i = 0; i < 5; ++i) driver.click("Workers/less");
  CHECK(workers == 1);
  CHECK(changes == 4);
}

TEST_CASE("a stepper that is held keeps counting", "[widgets]") {
  int tasks = 5;
  Driver driver{in_window([&](const Look& look) { stepper(look, "Tasks", tasks, {.min = 1, .max = 99}); })};
  driver.hover("Tasks/more");
  ImGui::GetIO().AddMouseButtonEvent(ImGuiMouseButton_Left, true);
  driver.wait(1.0);
  ImGui::GetIO().AddMouseButtonEvent(ImGuiMouseButton_Left, false);
  driver.frames(2);
  CHECK(tasks > 8);
  const int after = tasks;
  driver.wait(1.0);
  CHECK(tasks == after);
}

TEST_CASE("a stepper answers to Up and Down, and Left and Right leave it", "[widgets]") {
  int workers = 3;
  Driver driver{in_window([&](const Look& look) {
                  stepper(look, "Workers", workers, {.min = 1, .max = 64});
                  button(look, "Below");
                }),
                any_screen()};
  driver.focus("Workers/value");
  driver.key(ImGuiKey_UpArrow);
  driver.key(ImGuiKey_UpArrow);
  CHECK(workers == 5);
  driver.key(ImGuiKey_DownArrow);
  CHECK(workers == 4);
  CHECK(driver.has_ring("Workers/value"));
  driver.key(ImGuiKey_RightArrow);
  CHECK(driver.has_ring("Workers/more"));
  driver.key(ImGuiKey_Space);
  CHECK(workers == 5);
}

TEST_CASE("a number can be typed into a stepper", "[widgets]") {
  int workers = 3;
  int changes = 0;
  Driver driver{in_window([&](const Look& look) {
                  if (stepper(look, "Workers", workers, {.min = 1, .max = 64})) ++changes;
                  button(look, "Elsewhere");
                }),
                any_screen()};
  driver.click("Workers/value");
  driver.type("12");
  CHECK(workers == 3);  // not before it is finished
  driver.key(ImGuiKey_Enter);
  driver.frames(2);
  CHECK(workers == 12);
  CHECK(changes == 1);
  CHECK(driver.shows("12"));

  driver.click("Workers/value");
  driver.type("500");
  driver.click("Elsewhere");
  CHECK(workers == 64);

  driver.click("Workers/value");
  driver.type("7");
  driver.key(ImGuiKey_Escape);
  driver.frames(2);
  CHECK(workers == 64);

  driver.focus("Workers/value");
  driver.key(ImGuiKey_Enter);
  driver.frames(2);
  driver.type("8");
  driver.key(ImGuiKey_Enter);
  driver.frames(2);
  CHECK(workers == 8);
}

TEST_CASE("typing nonsense into a stepper changes nothing", "[widgets]") {
  int workers = 3;
  Driver driver{in_window([&](const Look& look) { stepper(look, "Workers", workers, {.min = 1, .max = 64}); })};
  driver.click("Workers/value");
  driver.type("many");
  driver.key(ImGuiKey_Enter);
  driver.frames(2);
  CHECK(workers == 3);
}

TEST_CASE("a disabled stepper cannot be changed in any way", "[widgets]") {
  int workers = 3;
  Driver driver{
      in_window([&](const Look& look) { stepper(look, "Workers", workers, {.min = 1, .max = 64, .enabled = false}); })};
  for (const char* part : {"Workers/less", "Workers/value", "Workers/more"}) {
    driver.click(part);
    CHECK_FALSE(driver.find(part).enabled);
  }
  driver.key(ImGuiKey_UpArrow);
  CHECK(workers == 3);
}

TEST_CASE("a slider is dragged and stepped", "[widgets]") {
  double delay = 0.5;
  Driver driver{in_window([&](const Look& look) {
                  slider(look, "Wait", delay, {.min = 0.0, .max = 1.0, .step = 0.1}, look.metrics.px(216));
                }),
                any_screen()};
  const float unit = driver.look().metrics.scale;
  driver.drag("Wait", {50.0F * unit, 0.0F});
  CHECK(std::abs(delay - 0.75) < 0.01);
  driver.drag("Wait", {500.0F * unit, 0.0F});
  CHECK(delay == 1.0);
  driver.focus("Wait");
  driver.key(ImGuiKey_LeftArrow);
  driver.key(ImGuiKey_LeftArrow);
  CHECK(std::abs(delay - 0.8) < 1e-9);
  driver.key(ImGuiKey_RightArrow);
  CHECK(std::abs(delay - 0.9) < 1e-9);
}

TEST_CASE("the speed is easy to set to exactly 1, and each half of the track is a factor of ten", "[widgets]") {
  double speed = 4.0;
  Driver driver{in_window([&](const Look& look) { speed_slider(look, "Speed", speed); }), any_screen()};
  const float unit = driver.look().metrics.scale;
  driver.drag("Speed", {3.0F * unit, 0.0F});
  CHECK(speed == 1.0);
  CHECK(driver.shows("1x"));
  driver.drag("Speed", {-75.0F * unit, 0.0F});
  CHECK(std::abs(speed - 0.1) < 0.005);
  driver.drag("Speed", {300.0F * unit, 0.0F});
  CHECK(speed == 10.0);
  driver.focus("Speed");
  for (int i = 0; i < 40; ++i) driver.key(ImGuiKey_LeftArrow);
  CHECK(std::abs(speed - 0.1) < 1e-9);
  bool met_one = false;
  for (int i = 0; i < 40; ++i) {
    driver.key(ImGuiKey_RightArrow);
    met_one = met_one || speed == 1.0;
  }
  CHECK(met_one);
}

TEST_CASE("a speed is written as short as it can be", "[widgets]") {
  CHECK(speed_text(1.0) == "1x");
  CHECK(speed_text(0.1) == "0.1x");
  CHECK(speed_text(0.25) == "0.25x");
  CHECK(speed_text(2.5) == "2.5x");
  CHECK(speed_text(4.0) == "4x");
  CHECK(speed_text(10.0) == "10x");
  CHECK(speed_text(9.99) == "10x");
}

TEST_CASE("a double click on a panel's title is noticed, a click is not", "[widgets]") {
  int doubles = 0;
  Driver driver{in_window([&](const Look& look) {
                  if (panel_title(look, "Timeline", look.metrics.px(400), {.subtitle = "1 unit = 1 s"})) ++doubles;
                }),
                any_screen()};
  CHECK(driver.shows("Timeline"));
  CHECK(driver.shows("1 unit = 1 s"));
  driver.click("Timeline/title");
  CHECK(doubles == 0);
  driver.double_click("Timeline/title");
  CHECK(doubles == 1);
}

TEST_CASE("keys, run labels and field labels show their words and are as wide as they say", "[widgets]") {
  float hint = 0.0F;
  float label = 0.0F;
  Driver driver{in_window([&](const Look& look) {
                  key_hint(look, "Space", "run");
                  hint = ImGui::GetItemRectSize().x - key_hint_width(look, "Space", "run");
                  run_label(look, RunLabel::Simulated);
                  label = ImGui::GetItemRectSize().x - run_label_width(look, RunLabel::Simulated);
                  run_label(look, RunLabel::Measured);
                  field_label(look, "Workers");
                }),
                any_screen()};
  CHECK(hint == 0.0F);
  CHECK(label == 0.0F);
  for (const char* words : {"Space run", "SIMULATED", "MEASURED", "Workers"}) CHECK(driver.shows(words));
}

TEST_CASE("a tooltip names the lesson and stays narrow", "[widgets]") {
  Driver driver{in_window([&](const Look& look) {
    tooltip(look, "as_completed gives each result as soon as it is there, whatever the order of the calls was.",
            "Order");
  })};
  driver.hover(ImVec2{100.0F, 100.0F});
  CHECK(driver.shows("as soon as it is there, whatever the order of the calls was."));
  CHECK(driver.shows("Lesson: Order"));
  for (const DrawnText& line : driver.texts()) CHECK(line.ink.width() <= 300.0F);
}

TEST_CASE("Tab walks through the widgets in their order", "[widgets]") {
  int mode = 0;
  int workers = 1;
  Driver driver{in_window([&](const Look& look) {
    button(look, "Run");
    segmented(look, "Mode", {{"Threads"}, {"Processes"}}, mode);
    stepper(look, "Workers", workers, {.min = 0, .max = 9});
  })};
  driver.focus("Run");
  for (const char* next : {"Mode/Threads", "Mode/Processes", "Workers/less", "Workers/value", "Workers/more"}) {
    driver.key(ImGuiKey_Tab);
    driver.frames(1);
    CHECK(driver.has_ring(next));
  }
}

TEST_CASE("a splitter is dragged, moved by the arrows and held within its limits", "[widgets]") {
  float width = 300.0F;
  int changes = 0;
  Driver driver{in_window([&](const Look& look) {
                  const Box line{width, 20.0F, width + look.metrics.hairline, 280.0F};
                  if (splitter(look, "Code width", line, width, 100.0F, 500.0F)) ++changes;
                }),
                {.size = {800.0F, 300.0F}}};
  driver.drag("Code width", {60.0F, 40.0F});
  CHECK(width == 360.0F);
  driver.drag("Code width", {400.0F, 0.0F});
  CHECK(width == 500.0F);
  driver.focus("Code width");
  driver.key(ImGuiKey_LeftArrow);
  CHECK(width == 492.0F);
  CHECK(changes > 3);
  changes = 0;
  driver.frames(5);
  CHECK(changes == 0);
}

TEST_CASE("a drawn area is clicked, double-clicked and right-clicked", "[widgets]") {
  std::string log;
  Driver driver{in_window([&](const Look& look) {
    const Press bar = press_area("##3", "loiter(4)", {40.0F, 40.0F, 140.0F, 64.0F});
    if (bar.pressed) log += "press ";
    if (bar.double_clicked) log += "double ";
    if (bar.right_clicked) log += "right ";
    focus_ring(look, bar, look.metrics.bar_radius);
  })};
  driver.click("loiter(4)");
  CHECK(log == "press ");
  log.clear();
  driver.double_click("loiter(4)");
  CHECK(log == "press press double ");
  log.clear();
  driver.click(ImVec2{60.0F, 50.0F}, ImGuiMouseButton_Right);
  CHECK(log == "right ");
}

TEST_CASE("the keyboard belongs to a widget while its ring is shown, it is typed into or its list is open",
          "[widgets]") {
  int workers = 3;
  int chosen = 0;
  const std::array<Choice, 2> choices{{{"loiter"}, {"flags"}}};
  bool taken = false;
  Driver driver{in_window([&](const Look& look) {
    taken = keyboard_is_taken();
    button(look, "Run");
    stepper(look, "Workers", workers, {.min = 1, .max = 64});
    combo(look, "Experiment", choices, chosen, 200.0F);
  })};
  CHECK_FALSE(taken);
  driver.click("Run");
  CHECK_FALSE(taken);
  driver.focus("Run");
  CHECK(taken);
  driver.click("Run");
  CHECK_FALSE(taken);
  driver.click("Workers/value");
  CHECK(taken);
  driver.key(ImGuiKey_Escape);
  driver.click("Run");
  CHECK_FALSE(taken);
  driver.click("Experiment");
  CHECK(taken);
}

TEST_CASE("after a click on a slider the arrows do not move it", "[widgets]") {
  double speed = 1.0;
  Driver driver{in_window([&](const Look& look) { speed_slider(look, "Speed", speed); })};
  driver.click("Speed");
  const double clicked = speed;
  driver.frames(2);
  CHECK_FALSE(driver.has_ring("Speed"));
  CHECK(speed == clicked);
}

TEST_CASE("the widgets can be used with DejaVu and with the built-in font", "[widgets]") {
  const auto folders = GENERATE(std::vector<std::filesystem::path>{},
                                std::vector<std::filesystem::path>{"/usr/share/fonts/truetype/dejavu"});
  int workers = 3;
  Driver driver{in_window([&](const Look& look) {
                  button(look, "Run", {.icon = Glyph::Play});
                  stepper(look, "Workers", workers, {.min = 1, .max = 64});
                }),
                {.size = {800.0F, 300.0F}, .font_folders = folders}};
  CHECK(driver.shows("Run"));
  driver.click("Workers/more");
  CHECK(workers == 4);
}
