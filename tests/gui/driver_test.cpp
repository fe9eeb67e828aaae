// The tools of the other tests are tested too: a check that cannot fail would hide everything.

#include "gui/driver.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_exception.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>
#include <filesystem>

#include "gui/paint.hpp"
#include "gui/text.hpp"
#include "gui/widgets.hpp"

using namespace loiter::gui;
using namespace loiter::gui::testing;
using Catch::Matchers::ContainsSubstring;
using Catch::Matchers::MessageMatches;

TEST_CASE("a label that is not there, or there twice, is an error that lists what is there", "[driver]") {
  Driver driver{in_window([](const Look& look) {
    button(look, "Run");
    ImGui::BeginChild("left", ImVec2{100.0F, 60.0F});
    button(look, "Stop");
    ImGui::EndChild();
    ImGui::BeginChild("right", ImVec2{100.0F, 60.0F});
    button(look, "Stop");
    ImGui::EndChild();
  })};
  CHECK(driver.has("Run"));
  CHECK_FALSE(driver.has("un"));
  CHECK_THROWS_MATCHES(driver.click("Start"), DriverError, MessageMatches(ContainsSubstring("test/Run")));
  CHECK_THROWS_MATCHES(driver.click("Stop"), DriverError, MessageMatches(ContainsSubstring("more than one")));
}

TEST_CASE("a widget that is scrolled away is known, but cannot be clicked", "[driver]") {
  int presses = 0;
  Driver driver{in_window([&](const Look& look) {
    ImGui::BeginChild("list", ImVec2{200.0F, 60.0F});
    for (int i = 0; i < 20; ++i) {
      if (button(look, ("Row " + std::to_string(i)).c_str())) ++presses;
    }
    ImGui::EndChild();
  })};
  CHECK(driver.has("Row 0"));
  CHECK_THROWS_AS(driver.click("Row 19"), DriverError);
  driver.wheel({20.0F, 20.0F}, -100.0F);
  driver.frames(3);
  driver.click("Row 19");
  CHECK(presses == 1);
}

TEST_CASE("the words on the screen are read back, whoever drew them", "[driver]") {
  char typed[16] = "typed";
  Driver driver{in_window([&](const Look& look) {
    text(look, code_text(look), "print(f\"result {i}: {r}\")");
    ImGui::TextUnformatted("Dear ImGui's own");
    ImGui::InputText("##in", typed, sizeof typed);
    text(look, base_text(look), "two  spaces");
  })};
  for (const char* words : {"print(f\"result {i}: {r}\")", "Dear ImGui's own", "typed", "two spaces"}) {
    CHECK(driver.shows(words));
  }
  CHECK_FALSE(driver.shows("Dear ImGui's owner"));
  CHECK(driver.screen().find("typed\n") != std::string::npos);
}

TEST_CASE("a text outside of its clip rectangle is not on the screen", "[driver]") {
  Driver driver{in_window([](const Look& look) {
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const float half = text_width(look, base_text(look), "loiter");
    list.PushClipRect({0.0F, 0.0F}, {20.0F + half, 200.0F});
    draw_text(list, look, base_text(look), 20.0F, 40.0F, "loiter(4) waits");
    draw_text(list, look, base_text(look), 300.0F, 40.0F, "unseen");
    list.PopClipRect();
  })};
  CHECK(driver.screen() == "loiter");
}

TEST_CASE("texts side by side are one line, with a space where there is a gap", "[driver]") {
  Driver driver{in_window([](const Look& look) {
    ImDrawList& list = *ImGui::GetWindowDrawList();
    draw_text(list, look, base_text(look), 200.0F, 40.0F, "right");
    draw_text(list, look, base_text(look), 20.0F, 40.0F, "left");
    draw_text(list, look, base_text(look), 20.0F, 80.0F, "below");
  })};
  CHECK(driver.screen() == "left right\nbelow");
}

TEST_CASE("theme, scale and size of the screen can be changed", "[driver]") {
  Driver driver{in_window([](const Look& look) { button(look, "Run"); })};
  CHECK(driver.find("Run").box.height() == 28.0F);
  driver.set_scale(2.0F);
  CHECK(driver.find("Run").box.height() == 56.0F);
  driver.set_theme(ThemeChoice::Dark);
  CHECK(driver.look().theme.choice == ThemeChoice::Dark);
  CHECK(driver.find("Run").box.height() == 56.0F);
  driver.set_size({320.0F, 200.0F});
  CHECK(driver.picture().width == 320);
  CHECK(driver.picture().height == 200);
}

TEST_CASE("what is copied can be read, chords arrive with their modifiers", "[driver]") {
  int copies = 0;
  Driver driver{in_window([&](const Look&) {
    if (ImGui::IsKeyChordPressed(ImGuiMod_Ctrl | ImGuiKey_C)) {
      ++copies;
      ImGui::SetClipboardText("result 1: 10");
    }
  })};
  driver.key(ImGuiKey_C);
  CHECK(copies == 0);
  driver.chord(ImGuiMod_Ctrl | ImGuiKey_C);
  CHECK(copies == 1);
  CHECK(driver.clipboard() == "result 1: 10");
}

TEST_CASE("a picture of the same frame is the same, byte for byte, and can be kept", "[driver]") {
  const auto draw = in_window([](const Look& look) { button(look, "Run", {.icon = Glyph::Play}); });
  const Driver one{draw, {{200.0F, 80.0F}}};
  const Driver two{draw, {{200.0F, 80.0F}}};
  CHECK(one.picture().pixels == two.picture().pixels);
  const std::filesystem::path path = std::filesystem::current_path() / "driver_test_folder" / "run.png";
  one.picture(path);
  CHECK(std::filesystem::file_size(path) > 200);
  std::filesystem::remove_all(path.parent_path());
}

TEST_CASE("two drivers live side by side", "[driver]") {
  int presses = 0;
  Driver outer{in_window([&](const Look& look) {
    if (button(look, "Outer")) ++presses;
  })};
  {
    const Driver inner{in_window([](const Look& look) { button(look, "Inner"); })};
    CHECK(inner.has("Inner"));
    CHECK_FALSE(inner.has("Outer"));
  }
  outer.click("Outer");
  CHECK(presses == 1);
}
