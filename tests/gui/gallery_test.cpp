// The gallery: pictures of every state, mark and widget, to look at beside the design.
//
//   LOITER_PICTURES=/tmp/pictures build/dev/tests/gui_tests "[gallery]"

#include <catch2/catch_test_macros.hpp>

#include <cstdlib>
#include <string>

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

}  // namespace

TEST_CASE("every sheet of the gallery can be drawn in both themes and at two scales", "[gallery]") {
  const char* folder = std::getenv("LOITER_PICTURES");
  for (const Sheet& sheet : sheets) {
    for (const ThemeChoice theme : {ThemeChoice::Light, ThemeChoice::Dark}) {
      for (const float scale : {1.0F, 2.0F}) {
        Driver driver{in_window(sheet.draw, 0.0F), {{sheet.width * scale, sheet.height * scale}, scale, theme}};
        CHECK_FALSE(driver.texts().empty());
        if (folder == nullptr) continue;
        const std::string name = std::string{sheet.name} + (theme == ThemeChoice::Light ? "-light" : "-dark") +
                                 (scale == 1.0F ? "-1x" : "-2x") + ".png";
        driver.picture(std::filesystem::path{folder} / name);
      }
    }
  }
}
