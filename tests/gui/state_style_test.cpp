#include "gui/state_style.hpp"

#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <set>
#include <string>
#include <vector>

#include "gui/driver.hpp"

using namespace loiter::gui;
using namespace loiter::gui::testing;

namespace {

struct BarSeen {
  bool complete = false;
  std::string words;
};

BarSeen seen(TaskBar bar, float width) {
  bar.box = Box::at(10, 20, width, 24);
  BarSeen result;
  const Driver driver{
      in_window([&](const Look& look) { result.complete = draw_task_bar(*ImGui::GetWindowDrawList(), look, bar); })};
  result.words = driver.screen();
  return result;
}

}  // namespace

TEST_CASE("every state has a name, and no two that differ share glyph and pattern", "[states]") {
  std::set<std::string_view> names;
  std::set<Glyph> glyphs;
  for (const StateLook look : all_state_looks) {
    CHECK_FALSE(state_name(look).empty());
    names.insert(state_long_name(look));
    glyphs.insert(state_glyph(look));
  }
  CHECK(names.size() == state_look_count);
  CHECK(glyphs.size() == state_look_count - 1);  // cancelled, and cancelled and notified: the fill differs
}

TEST_CASE("a bar shows glyph, name and value as it has room for them, the value first to go", "[states]") {
  const TaskBar bar{.state = StateLook::Returned, .name = "loiter(3)", .value = "30"};
  CHECK(seen(bar, 200).words == "loiter(3) 30");
  CHECK(seen(bar, 200).complete);
  CHECK(seen(bar, 88).words == "loiter(3)");
  CHECK_FALSE(seen(bar, 88).complete);
  CHECK(seen(bar, 60).words == "loit\xE2\x80\xA6");
  CHECK(seen(bar, 30).words.empty());
  CHECK(seen(bar, 8).words.empty());
}

TEST_CASE("words never reach over the edge of their bar", "[states]") {
  for (const StateLook state : all_state_looks) {
    const Driver driver{in_window([state](const Look& look) {
      for (int i = 0; i < 40; ++i) {
        const float width = 4.0F + 4.0F * static_cast<float>(i);
        draw_task_bar(*ImGui::GetWindowDrawList(), look,
                      {.box = Box::at(10, 10.0F + 19.0F * static_cast<float>(i), width, 18),
                       .state = state,
                       .name = "loiter(12)",
                       .value = "ValueError"});
      }
    })};
    for (const DrawnText& text : driver.texts()) {
      const float row = std::floor((text.ink.centre_y() - 10.0F) / 19.0F);
      CHECK(text.ink.x0 >= 10.0F);
      CHECK(text.ink.x1 <= 10.0F + 4.0F + 4.0F * row);
    }
  }
}

TEST_CASE("text on a hatch stands on a flat plate of panel colour", "[states]") {
  for (const StateLook state : {StateLook::Raised, StateLook::CallQueue}) {
    for (const ThemeChoice theme : {ThemeChoice::Light, ThemeChoice::Dark}) {
      const Driver driver{in_window([state](const Look& look) {
                            draw_task_bar(*ImGui::GetWindowDrawList(), look,
                                          {.box = Box::at(10, 20, 180, 24), .state = state, .name = "loiter(2)"});
                          }),
                          {{240, 80}, 1.0F, theme}};
      const std::vector<DrawnText> texts = driver.texts();
      REQUIRE(texts.size() == 1);
      const Picture picture = driver.picture();
      // Just above the letters, from the first to the last.
      const int y = static_cast<int>(texts[0].baseline_y) - 12;
      for (int x = static_cast<int>(texts[0].begin_x); x < static_cast<int>(texts[0].end_x); ++x) {
        CHECK(picture.at(x, y) == theme_of(theme).panel);
      }
    }
  }
}

TEST_CASE("the words in a bar are in the colour that can be read there", "[states]") {
  for (const ThemeChoice theme : {ThemeChoice::Light, ThemeChoice::Dark}) {
    for (const StateLook state : all_state_looks) {
      const Driver driver{in_window([state](const Look& look) {
                            draw_task_bar(*ImGui::GetWindowDrawList(), look,
                                          {.box = Box::at(10, 20, 180, 24), .state = state, .name = "loiter(2)"});
                          }),
                          {{240, 80}, 1.0F, theme}};
      const std::vector<DrawnText> texts = driver.texts();
      REQUIRE(texts.size() == 1);
      const Colour ground = driver.picture().at(static_cast<int>(texts[0].end_x) + 1, 26);
      INFO(state_long_name(state));
      CHECK(contrast(texts[0].colour, ground) >= 4.5);
    }
  }
}

TEST_CASE("a stuck outline breathes three times and then is still", "[states]") {
  CHECK(stuck_pulse(0.0) == 1.0F);
  CHECK(std::abs(stuck_pulse(0.8) - 0.35F) < 1e-5F);
  CHECK(std::abs(stuck_pulse(1.6) - 1.0F) < 1e-5F);
  CHECK(std::abs(stuck_pulse(4.0) - 0.35F) < 1e-5F);
  CHECK(stuck_pulse(4.9) == 1.0F);
  CHECK(stuck_pulse(-1.0) == 1.0F);
  CHECK(stuck_pulse(1e9) == 1.0F);
}

TEST_CASE("a label in the table is in the state's ink, in the legend in the colour of text", "[states]") {
  const Driver driver{in_window([](const Look& look) {
    draw_state_label(*ImGui::GetWindowDrawList(), look, StateLook::Running, 10, 20, NameColour::Ink);
    draw_state_label(*ImGui::GetWindowDrawList(), look, StateLook::Running, 10, 60, NameColour::Text);
  })};
  const std::vector<DrawnText> texts = driver.texts();
  REQUIRE(texts.size() == 2);
  CHECK(texts[0].text == "running");
  CHECK(texts[0].colour == driver.look().theme.state(StateLook::Running).ink);
  CHECK(texts[1].colour == driver.look().theme.text);
}

TEST_CASE("a reason without room loses its first words, and never begins with a word that says nothing", "[states]") {
  const Driver driver{in_window([](const Look&) {})};
  const Look& look = driver.look();
  const TextStyle style = small_text(look);
  const std::string_view reason = "waits for the result of loiter(1)";
  std::vector<std::string> met;
  for (float room = 400.0F; room > 0.0F; room -= 1.0F) {
    const std::string left{shortened_reason(look, style, reason, room)};
    CHECK(text_width(look, style, left) <= room);
    if (met.empty() || met.back() != left) met.push_back(left);
  }
  CHECK(met == std::vector<std::string>{"waits for the result of loiter(1)", "result of loiter(1)", "loiter(1)", ""});
}
