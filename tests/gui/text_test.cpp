#include "gui/text.hpp"

#include <catch2/catch_test_macros.hpp>

#include "gui/driver.hpp"

using namespace loiter::gui;
using namespace loiter::gui::testing;

namespace {

ImDrawList& list() { return *ImGui::GetWindowDrawList(); }

}  // namespace

TEST_CASE("a text that fits is left as it is, one that does not ends in an ellipsis", "[text]") {
  const Driver driver{in_window([](const Look&) {})};
  const Look& look = driver.look();
  const TextStyle style = base_text(look);
  const std::string name = "ThreadPoolExecutor-0_1";
  const float whole = text_width(look, style, name);
  CHECK(fitted(look, style, name, whole) == name);
  const std::string cut = fitted(look, style, name, whole * 0.5F);
  CHECK(cut.starts_with("Thread"));
  CHECK(cut.ends_with("\xE2\x80\xA6"));
  CHECK(text_width(look, style, cut) <= whole * 0.5F);
  CHECK(fitted(look, style, name, 3.0F).empty());
  CHECK(fitted(look, style, "", 3.0F).empty());
}

TEST_CASE("cutting never splits a letter of several bytes", "[text]") {
  const Driver driver{in_window([](const Look&) {})};
  const Look& look = driver.look();
  const TextStyle style = base_text(look);
  const std::string word = "\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9";
  for (float width = 10.0F; width < 60.0F; width += 1.0F) {
    const std::string cut = fitted(look, style, word, width);
    const std::size_t letters = cut.find("\xE2\x80\xA6");
    CHECK((letters == std::string::npos || letters % 2 == 0));
  }
}

TEST_CASE("lines break at spaces, not inside a number", "[text]") {
  const Driver driver{in_window([](const Look&) {})};
  const Look& look = driver.look();
  const TextStyle style = base_text(look);
  const std::string_view sentence = "wakes at 5.00 s by itself";
  for (float width = 60.0F; width < 160.0F; width += 1.0F) {
    for (const std::string_view line : wrapped(look, style, sentence, width)) {
      CHECK(text_width(look, style, line) <= width);
      CHECK_FALSE(line.ends_with("5."));
      CHECK_FALSE(line.starts_with(".00"));
    }
  }
}

TEST_CASE("a line break in the text is kept, and a word wider than the line is cut", "[text]") {
  const Driver driver{in_window([](const Look&) {})};
  const Look& look = driver.look();
  const TextStyle style = base_text(look);
  CHECK(wrapped(look, style, "one\ntwo three", 500.0F) == std::vector<std::string_view>{"one", "two three"});
  CHECK(wrapped(look, style, "one\n\ntwo", 500.0F) == std::vector<std::string_view>{"one", "", "two"});
  CHECK(wrapped(look, style, "", 500.0F).empty());
  const auto lines = wrapped(look, style, "ThreadPoolExecutor", 40.0F);
  CHECK(lines.size() > 2);
  std::string joined;
  for (const std::string_view line : lines) joined += line;
  CHECK(joined == "ThreadPoolExecutor");
  CHECK(wrapped(look, style, "abc", 0.0F).size() == 3);
}

TEST_CASE("alignment puts the left edge, the middle or the right edge at x", "[text]") {
  const Driver driver{in_window([](const Look& look) {
    draw_text(list(), look, base_text(look), 300.0F, 50.0F, "HHHH", Align::Left);
    draw_text(list(), look, base_text(look), 300.0F, 100.0F, "HHHH", Align::Centre);
    draw_text(list(), look, base_text(look), 300.0F, 150.0F, "HHHH", Align::Right);
  })};
  const std::vector<DrawnText> texts = driver.texts();
  REQUIRE(texts.size() == 3);
  CHECK(std::abs(texts[0].begin_x - 300.0F) <= 0.5F);
  CHECK(std::abs((texts[1].begin_x + texts[1].end_x) * 0.5F - 300.0F) <= 1.0F);
  CHECK(std::abs(texts[2].end_x - 300.0F) <= 1.0F);
}

TEST_CASE("small words beside a large number share its baseline", "[text]") {
  const Driver driver{in_window([](const Look& look) {
    const TextStyle clock{Face::MonoBold, look.metrics.type.clock, look.theme.text};
    const float baseline = baseline_of(clock, 60.0F);
    const float x = draw_text_on_baseline(list(), look, clock, 20.0F, baseline, "3.40");
    draw_text_on_baseline(list(), look, note_text(look), x + 8.0F, baseline, "s of 5.00 s");
  })};
  const std::vector<DrawnText> texts = driver.texts();
  REQUIRE(texts.size() == 2);
  CHECK(texts[0].baseline_y == texts[1].baseline_y);
}

TEST_CASE("a sentence in several styles reads as one", "[text]") {
  const Driver driver{in_window([](const Look& look) {
    draw_runs(list(), look, 20.0F, 40.0F,
              {{base_text(look), "main waits for the result of "},
               {strong_text(look), "loiter(4)"},
               {base_text(look), ". It has 4 of 5 results."}});
  })};
  CHECK(driver.shows("main waits for the result of loiter(4). It has 4 of 5 results."));
}

TEST_CASE("a paragraph takes as much room as it has lines", "[text]") {
  float height = 0.0F;
  const Driver driver{in_window([&height](const Look& look) {
    const float before = ImGui::GetCursorScreenPos().y;
    paragraph(look, base_text(look), "one two three four five six seven", look.metrics.px(80), look.metrics.px(20));
    height = ImGui::GetItemRectMax().y - before;
  })};
  const auto lines = driver.texts().size();
  CHECK(lines > 1);
  CHECK(height == 20.0F * static_cast<float>(lines));
  CHECK(driver.shows("one two three four five six seven"));
}
