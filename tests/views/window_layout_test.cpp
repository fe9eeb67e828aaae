// Where the panels of the window go, at the widths at which something changes.
#include "views/window_layout.hpp"

#include <catch2/catch_test_macros.hpp>
#include <cmath>

using namespace loiter::views;

TEST_CASE("columns grow with the window", "[window_layout]") {
  CHECK(lay_out_window(899, 700, {}).columns == Columns::One);
  CHECK(lay_out_window(900, 700, {}).columns == Columns::Two);
  CHECK(lay_out_window(1180, 700, {}).columns == Columns::Three);
}

TEST_CASE("the setup is a row where all of it fits, else one button", "[window_layout]") {
  CHECK_FALSE(lay_out_window(1024, 640, {}).setup_is_folded);
  CHECK(lay_out_window(1000, 640, {}).setup_is_folded);
  LayoutChoices full;
  full.full_screen = PanelName::Timeline;
  CHECK(lay_out_window(800, 640, full).setup_is_folded);
}

TEST_CASE("panels share the window without overlap and without a gap", "[window_layout]") {
  for (const float width : {480.0F, 899.0F, 1024.0F, 1400.0F, 2560.0F}) {
    for (const float height : {320.0F, 640.0F, 1600.0F}) {
      INFO(width << " x " << height);
      const WindowLayout layout = lay_out_window(width, height, {});
      float area = 0;
      for (const Rect& rect : {layout.setup, layout.transport, layout.status, layout.code, layout.timeline,
                               layout.futures, layout.transcript, layout.legend, layout.tabs}) {
        CHECK(rect.x0 >= 0);
        CHECK(rect.x1 <= width);
        CHECK(rect.y1 <= height);
        area += rect.width() * rect.height();
      }
      CHECK(std::abs(area - width * height) < 1.0F);
    }
  }
}
