// The gallery: pictures of every state, mark and widget, to look at beside the design.
//
//   LOITER_PICTURES=/tmp/pictures build/dev/tests/gui_tests "[gallery]"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>

#include <cstdlib>
#include <string>
#include <utility>
#include <vector>

#include "gui/driver.hpp"
#include "gui/gallery.hpp"

using namespace loiter::gui;
using namespace loiter::gui::testing;

namespace {

struct Sheet {
  const char* name;
  float width;
  float height;
  void (*draw)(const Look&);
};

constexpr Sheet sheets[] = {
    {"states", 450, 360, draw_states_sheet},
    {"widgets", 1280, 92, draw_top_bar_sheet},
    {"more_widgets", 720, 420, draw_widgets_sheet},
    {"marks", 720, 420, draw_marks_sheet},
};

const char* picture_folder() { return std::getenv("LOITER_PICTURES"); }

void keep(const Driver& driver, const std::string& name) {
  if (const char* folder = picture_folder(); folder != nullptr) {
    driver.picture(std::filesystem::path{folder} / (name + ".png"));
  }
}

std::string suffix(ThemeChoice theme, float scale) {
  return std::string{theme == ThemeChoice::Light ? "-light" : "-dark"} + (scale == 1.0F   ? "-1x"
                                                                          : scale == 1.5F ? "-1.5x"
                                                                                          : "-2x");
}

}  // namespace

TEST_CASE("every sheet of the gallery can be drawn in both themes and at three scales", "[gallery]") {
  for (const Sheet& sheet : sheets) {
    for (const ThemeChoice theme : {ThemeChoice::Light, ThemeChoice::Dark}) {
      for (const float scale : {1.0F, 1.5F, 2.0F}) {
        Driver driver{in_window(sheet.draw, 0.0F), {{sheet.width * scale, sheet.height * scale}, scale, theme}};
        CHECK_FALSE(driver.texts().empty());
        keep(driver, sheet.name + suffix(theme, scale));
      }
    }
  }
}

TEST_CASE("widgets in use: a ring, an open list, a number being typed, a tooltip", "[gallery]") {
  for (const ThemeChoice theme : {ThemeChoice::Light, ThemeChoice::Dark}) {
    Driver driver{in_window(draw_widgets_in_use_sheet, 0.0F), {{480.0F, 240.0F}, 1.0F, theme}};
    for (const char* ringed : {"Run", "Mode/Threads", "Workers/value", "Speed", "Left/Lesson", "Motion"}) {
      driver.focus(ringed);
      std::string name = ringed;
      std::ranges::replace(name, '/', '-');
      keep(driver, "ring-" + name + suffix(theme, 1.0F));
    }
    driver.click("Experiment");
    driver.hover("Experiment/primes");
    keep(driver, "combo" + suffix(theme, 1.0F));
    CHECK(driver.shows("nested waits"));
    driver.key(ImGuiKey_Escape);
    driver.click("Workers/value");
    driver.type("12");
    keep(driver, "typing" + suffix(theme, 1.0F));
    driver.key(ImGuiKey_Enter);
    driver.hover("Processes");
    driver.wait(1.0);
    keep(driver, "tooltip" + suffix(theme, 1.0F));
    CHECK(driver.shows("cannot leave the process"));
  }
}

TEST_CASE("the sheets with the fonts that stand in", "[gallery]") {
  using Folders = std::vector<std::filesystem::path>;
  for (const auto& [name, folders] : {std::pair<std::string, Folders>{"dejavu", {"/usr/share/fonts/truetype/dejavu"}},
                                      std::pair<std::string, Folders>{"built-in", {}}}) {
    for (const Sheet& sheet : sheets) {
      const Driver driver{in_window(sheet.draw, 0.0F), {.size = {sheet.width, sheet.height}, .font_folders = folders}};
      CHECK_FALSE(driver.texts().empty());
      keep(driver, sheet.name + ("-" + name));
    }
  }
}
