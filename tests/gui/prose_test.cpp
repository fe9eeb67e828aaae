// The text of a lesson on the screen: headings, lists, listings in two languages, pictures, and links that can be pressed.
#include "gui/prose.hpp"

#include <catch2/catch_test_macros.hpp>

#include <fstream>

#include "gui/driver.hpp"
#include "support/temporary_folder.hpp"

using namespace loiter;
using namespace loiter::gui;
using namespace loiter::gui::testing;

namespace {

// A text in a column of its own.
struct Page {
  explicit Page(const std::string& text, float width = 300.0F, DriverOptions options = {.size = {640, 600}})
      : blocks(lessons::read_prose(text)),
        driver(in_window([this, width](const Look& look) {
                 const auto pressed = draw_prose(view, blocks, look.metrics.px(width), panel_prose(look), look);
                 if (!pressed.link.empty()) link = pressed.link;
               }),
               options) {
    driver.frames(3);
  }
  // The right end of the letters that reach furthest.
  float right() const {
    float x = 0;
    for (const DrawnText& text : driver.texts()) x = std::max(x, text.ink.x1);
    return x;
  }
  lessons::Blocks blocks;
  ProseView view;
  std::string link;
  Driver driver;
};

// A picture of one pixel, which is red.
constexpr unsigned char gif[] = {'G',  'I',  'F',  '8',  '9',  'a',  0x01, 0x00, 0x01, 0x00, 0x80, 0x00,
                                 0x00, 0xFF, 0x00, 0x00, 0x00, 0x00, 0x00, 0x2C, 0x00, 0x00, 0x00, 0x00,
                                 0x01, 0x00, 0x01, 0x00, 0x00, 0x02, 0x02, 0x44, 0x01, 0x00, 0x3B};

}  // namespace

TEST_CASE("prose has its headings, paragraphs, lists and emphasis, and breaks at the width") {
  const Page page(
      "# A heading\n\nWords of `code`, **strong** ones and more of them, so that they do not fit into one line.\n\n"
      "- first\n- second\n\n1. one\n2. two\n");
  for (const char* words : {"A heading", "code", "strong", "first", "second", "1.", "two"}) {
    INFO(words);
    CHECK(page.driver.shows(words));
  }
  CHECK(page.right() <= 300);
}

TEST_CASE("a word has no break where its look changes") {
  const Page page("It is `map`'s and nobody else's, and that is why `map`, too, stays with its comma.", 120);
  CHECK(page.driver.shows("map's"));
  CHECK(page.driver.shows("map,"));
}

TEST_CASE("a link that is pressed tells where it leads, by mouse and by keyboard") {
  Page page("Look at the [stage](panel:stage), or at [that one](<future:quick #1>).");
  page.driver.click("Link/stage");
  CHECK(page.link == "panel:stage");
  page.driver.focus("Link/that one");
  page.driver.key(ImGuiKey_Space);
  page.driver.frames(2);
  CHECK(page.link == "future:quick #1");
}

TEST_CASE("a listing in Python and the one in C++ after it share a place, or stand side by side where there is room") {
  const std::string text = "```python\nprint(1)\n```\n\n```cpp\nprint(2);\n```\n";
  Page narrow(text);
  CHECK(narrow.driver.shows("print(1)"));
  CHECK_FALSE(narrow.driver.shows("print(2);"));
  narrow.driver.click("Listing/C++");
  narrow.driver.frames(2);
  CHECK(narrow.driver.shows("print(2);"));
  const Page wide(text, 1000, {.size = {1100, 600}});
  CHECK(wide.driver.shows("print(1)"));
  CHECK(wide.driver.shows("print(2);"));
}

TEST_CASE("a long line of code is broken and keeps within its ground") {
  for (const float width : {160.0F, 300.0F}) {
    const Page page("```python\n    futures = [executor.submit(quick_or_slow, call) for call in calls]\n```\n", width);
    CHECK(page.right() <= width);
  }
}

TEST_CASE("a picture is drawn, and one that cannot be read is told in words") {
  const loiter::testing::TemporaryFolder folder;
  std::ofstream(folder / "dot.gif", std::ios::binary).write(reinterpret_cast<const char*>(gif), sizeof gif);
  std::ofstream(folder / "bad.png") << "no picture";
  Page page("![a red dot](dot.gif)\n\n![a dog](bad.png)\n\n![a cat](none.png)\n");
  page.view.folder = folder.path();
  page.view.pictures = {};
  page.driver.frames(3);
  const Box dot = page.driver.find("Picture/a red dot").box;
  CHECK(page.driver.picture().at(static_cast<int>(dot.x0), static_cast<int>(dot.y0)) == IM_COL32(255, 0, 0, 255));
  CHECK(page.driver.shows("[picture: a dog]"));
  CHECK(page.driver.shows("[picture: a cat]"));
}
