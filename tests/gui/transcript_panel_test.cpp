#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include <string>

#include "gui/panel_scene.hpp"

using namespace loiter;
using namespace loiter::gui;
using namespace loiter::gui::testing;

namespace {

constexpr ImVec2 normal{620, 138};

trace::Run printing_run(int lines) {
  samples::RunBuilder b(samples::loiter_header());
  b.at(0).main_begins();
  for (int i = 0; i < lines; ++i) b.at(0.1 * i).prints("line " + std::to_string(i));
  return b.take();
}

// Where a line's text begins, and its middle.
ImVec2 begin_of(const Driver& lab, std::string_view words) {
  for (const DrawnText& text : lab.texts()) {
    if (text.text.find(words) != std::string::npos) return {text.begin_x, (text.ink.y0 + text.ink.y1) * 0.5F};
  }
  throw DriverError("no text '" + std::string(words) + "'");
}

}  // namespace

TEST_CASE("an empty transcript says what to press, or that nothing was printed", "[transcript_panel]") {
  Scene scene{trace::Run(samples::loiter_header())};
  Driver lab{scene.draw(&Scene::transcript), {.size = normal}};
  CHECK(lab.shows("Press Run (Space) to start loiter."));
  Scene silent(samples::deadlock_run(), 0);
  Driver other{silent.draw(&Scene::transcript), {.size = normal}};
  CHECK(other.shows("The program has printed nothing so far."));
}

TEST_CASE("lines carry their time, their lane and who printed them", "[transcript_panel]") {
  const float scale = GENERATE(1.0F, 2.0F);
  Scene scene(samples::loiter_run(), 3.4);
  Driver lab{scene.draw(&Scene::transcript), {.size = {normal.x * scale, normal.y * scale}, .scale = scale}};
  CHECK(lab.shows("3.00 M result 3: 30 main"));
  CHECK(lab.shows("3.00 0 loiter(3): done ThreadPoolExecutor-0_0, in loiter(3)"));
  CHECK_FALSE(lab.shows("loiter(0): begins"));  // scrolled away: the end is in sight
}

TEST_CASE("the transcript shows what was printed by the playhead", "[transcript_panel]") {
  Scene scene(samples::loiter_run(true), 1.5);
  Driver lab{scene.draw(&Scene::transcript), {.size = normal}};
  CHECK(lab.shows("result 1: 10"));
  CHECK_FALSE(lab.shows("result 2: 20"));
}

TEST_CASE("Ctrl+A and Ctrl+C copy exactly what was printed", "[transcript_panel]") {
  Scene scene(samples::loiter_run(), 0.5);
  Driver lab{scene.draw(&Scene::transcript), {.size = normal}};
  lab.click("Transcript/lines");
  lab.chord(ImGuiMod_Ctrl | ImGuiKey_A);
  lab.chord(ImGuiMod_Ctrl | ImGuiKey_C);
  CHECK(lab.clipboard() ==
        "loiter(0): begins\nloiter(0): done\nloiter(1): begins\nloiter(2): begins\nloiter(3): begins\nresult 0: 0");
}

TEST_CASE("text is selected by dragging, a word by a double click", "[transcript_panel]") {
  Scene scene(printing_run(3), 1);
  Driver lab{scene.draw(&Scene::transcript), {.size = normal}};
  const ImVec2 first = begin_of(lab, "line 0");
  const ImVec2 second = begin_of(lab, "line 1");
  lab.drag(ImVec2{first.x, first.y}, ImVec2{second.x + 30, second.y});
  lab.chord(ImGuiMod_Ctrl | ImGuiKey_C);
  CHECK(lab.clipboard() == "line 0\nline");
  lab.double_click(ImVec2{second.x + 5, second.y});
  lab.chord(ImGuiMod_Ctrl | ImGuiKey_C);
  CHECK(lab.clipboard() == "line");
  lab.click(ImVec2{first.x, first.y});
  ImGui::GetIO().AddKeyEvent(ImGuiMod_Shift, true);
  lab.frames(1);
  lab.key(ImGuiKey_RightArrow);
  lab.key(ImGuiKey_RightArrow);
  ImGui::GetIO().AddKeyEvent(ImGuiMod_Shift, false);
  lab.frames(1);
  lab.chord(ImGuiMod_Ctrl | ImGuiKey_C);
  CHECK(lab.clipboard() == "li");
}

TEST_CASE("it follows its end until it is scrolled up, and again from the end on", "[transcript_panel]") {
  Scene scene(printing_run(100), 5);
  Driver lab{scene.draw(&Scene::transcript), {.size = normal}};
  CHECK(lab.shows("line 50"));
  lab.wheel({200, 80}, 3);
  lab.frames(5);
  CHECK_FALSE(scene.transcript_view.follow);
  scene.playhead = samples::at_seconds(8);
  lab.frames(2);
  CHECK_FALSE(lab.shows("line 80"));
  for (int i = 0; i < 40; ++i) lab.wheel({200, 80}, -5);
  lab.frames(5);
  CHECK(scene.transcript_view.follow);
  scene.playhead = samples::at_seconds(9);
  lab.frames(2);
  CHECK(lab.shows("line 90"));
}

TEST_CASE("a click on a line's tag selects the future that printed it", "[transcript_panel]") {
  Scene scene(samples::loiter_run(), 0.5);
  Driver lab{scene.draw(&Scene::transcript), {.size = normal}};
  const ImVec2 line = begin_of(lab, "loiter(2): begins");
  lab.click(ImVec2{line.x - 16, line.y});
  CHECK(scene.selection.future == FutureId{3});
}

TEST_CASE("the keyboard scrolls a long transcript", "[transcript_panel]") {
  Scene scene(printing_run(100), 20);
  Driver lab{scene.draw(&Scene::transcript), {.size = normal}};
  lab.focus("Transcript/lines");
  lab.key(ImGuiKey_Home);
  lab.frames(2);
  CHECK(lab.shows("line 0"));
  lab.key(ImGuiKey_End);
  lab.frames(2);
  CHECK(lab.shows("line 99"));
}

TEST_CASE("a long line ends with an ellipsis, and is copied whole", "[transcript_panel]") {
  samples::RunBuilder b;
  const std::string text(300, 'x');
  b.at(0).main_begins().prints(text);
  Scene scene(b.take(), 1);
  Driver lab{scene.draw(&Scene::transcript), {.size = {300, 100}}};
  CHECK(lab.shows("\xE2\x80\xA6"));
  lab.click("Transcript/lines");
  lab.chord(ImGuiMod_Ctrl | ImGuiKey_A);
  lab.chord(ImGuiMod_Ctrl | ImGuiKey_C);
  CHECK(lab.clipboard() == text);
}
