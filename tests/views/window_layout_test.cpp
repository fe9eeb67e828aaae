// Where the panels of the window go, at the widths at which something changes.
#include "views/window_layout.hpp"

#include <algorithm>
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

namespace {

float area_of(const WindowLayout& layout, float width, float height) {
  float area = 0;
  for (const Rect& rect :
       {layout.setup, layout.transport, layout.status, layout.code, layout.timeline, layout.futures, layout.transcript,
        layout.legend, layout.tabs, layout.stage, layout.order, layout.waits, layout.proof}) {
    CHECK(rect.x0 >= 0);
    CHECK(rect.x1 <= width);
    CHECK(rect.y1 <= height);
    CHECK(rect.width() >= 0);
    CHECK(rect.height() >= 0);
    area += rect.width() * rect.height();
  }
  return area;
}

}  // namespace

TEST_CASE("panels share the window without overlap and without a gap", "[window_layout]") {
  for (const float width : {480.0F, 899.0F, 1024.0F, 1400.0F, 2560.0F}) {
    for (const float height : {320.0F, 640.0F, 1600.0F}) {
      for (const LayoutWishes wishes :
           {LayoutWishes{}, LayoutWishes{.stuck = true}, LayoutWishes{.timeline_alone = true},
            LayoutWishes{.futures = 1000, .lanes = 200}}) {
        INFO(width << " x " << height << (wishes.stuck ? " stuck" : "") << (wishes.timeline_alone ? " alone" : ""));
        CHECK(std::abs(area_of(lay_out_window(width, height, {}, wishes), width, height) - width * height) < 2.0F);
      }
    }
  }
}

TEST_CASE("whatever is hidden, the rest shares the window", "[window_layout]") {
  for (int hidden = 0; hidden < 64; ++hidden) {
    LayoutChoices choices;
    int bit = 1;
    for (const PanelName panel : {PanelName::Code, PanelName::Stage, PanelName::Order, PanelName::Futures,
                                  PanelName::Waits, PanelName::Transcript}) {
      *hidden_choice(choices, panel) = (hidden & bit) != 0;
      bit *= 2;
    }
    for (const bool stuck : {false, true}) {
      INFO("hidden " << hidden);
      const WindowLayout layout = lay_out_window(1280, 800, choices, {.stuck = stuck});
      // Between right column and legend a hidden transcript leaves a free place, as it always did.
      CHECK(area_of(layout, 1280, 800) <= 1280.0F * 800.0F + 2.0F);
      CHECK(layout.timeline.height() >= 120);
    }
  }
  LayoutChoices none;
  CHECK(hidden_choice(none, PanelName::Timeline) == nullptr);
}

TEST_CASE("what is too low for one column and a banner gives up the legend, then shows the timeline as a tab",
          "[window_layout]") {
  for (const float banner : {20.0F, 40.0F, 60.0F, 160.0F, 220.0F}) {
    INFO(banner);
    const LayoutWishes wishes{.banner = banner, .stuck = true};
    const WindowLayout layout = lay_out_window(640, 400, {}, wishes);
    CHECK(std::abs(area_of(layout, 640, 400) + 640 * banner - 640 * 400) < 2.0F);
    CHECK(layout.legend_is_a_row == (layout.legend.height() > 0));
    if (layout.timeline.height() > 0) CHECK(layout.tabs.height() > 90);
  }
  const WindowLayout high = lay_out_window(640, 400, {}, {.banner = 20, .stuck = true});
  CHECK(high.legend.height() > 0);
  const WindowLayout lower = lay_out_window(640, 400, {}, {.banner = 60, .stuck = true});
  CHECK(lower.legend.height() == 0);
  CHECK(lower.timeline.height() > 0);
  const WindowLayout lowest = lay_out_window(640, 400, {}, {.banner = 160, .stuck = true});
  CHECK(lowest.timeline.height() == 0);
  CHECK(lowest.tab_panels.front() == PanelName::Waits);
  CHECK(std::ranges::count(lowest.tab_panels, PanelName::Timeline) == 1);
}

TEST_CASE("the stage is its sentence where there is no room, and the order a tab of the timeline", "[window_layout]") {
  CHECK_FALSE(lay_out_window(1280, 800, {}).stage_is_folded);
  const WindowLayout medium = lay_out_window(1024, 640, {});
  CHECK(medium.stage_is_folded);
  CHECK_FALSE(medium.order_is_a_tab);
  CHECK(medium.order.height() >= 170);
  CHECK(lay_out_window(1280, 440, {}).order_is_a_tab);
}

TEST_CASE("while lanes are stuck the waits stand in the stage's place, and the proof below the futures",
          "[window_layout]") {
  const WindowLayout layout = lay_out_window(1280, 800, {}, {.stuck = true});
  CHECK(layout.stage.height() == 0);
  CHECK(layout.waits.x0 == layout.timeline.x0);
  CHECK(layout.waits.y1 == layout.timeline.y0);
  CHECK(layout.proof.x0 == layout.futures.x0);
  CHECK(lay_out_window(1000, 640, {}, {.stuck = true}).tab_panels.back() == PanelName::Proof);
  CHECK(lay_out_window(1280, 800, {}, {.timeline_alone = true}).order.height() == 0);
}

TEST_CASE("few futures leave room for the waits, and few lanes for the order", "[window_layout]") {
  const WindowLayout few = lay_out_window(1280, 800, {}, {.futures = 5, .lanes = 4});
  const WindowLayout many = lay_out_window(1280, 800, {}, {.futures = 50, .lanes = 4});
  CHECK(few.waits.height() > many.waits.height());
  CHECK(lay_out_window(1280, 1000, {}, {.futures = 8, .lanes = 2}).order.height() > few.order.height());
}

TEST_CASE("splitters move by as much as they are dragged, and stay within their limits", "[window_layout]") {
  const WindowLayout before = lay_out_window(1280, 900, {});
  const auto after = [](SplitterName splitter, float by) {
    return lay_out_window(1280, 900, moved_splitter({}, splitter, by, 1280, 900));
  };
  CHECK(std::abs(after(SplitterName::Stage, 20).stage.height() - before.stage.height() - 20) < 1);
  CHECK(std::abs(after(SplitterName::Order, 20).order.height() - before.order.height() + 20) < 1);
  CHECK(std::abs(after(SplitterName::Waits, 20).waits.height() - before.waits.height() + 20) < 1.5F);
  CHECK(after(SplitterName::Stage, -900).stage_is_folded);
  CHECK(after(SplitterName::Order, 2000).order.height() >= 120);
  const LayoutChoices folded = folded_stage({}, 1280, 900);
  CHECK(lay_out_window(1280, 900, folded).stage_is_folded);
  CHECK_FALSE(lay_out_window(1280, 900, folded_stage(folded, 1280, 900)).stage_is_folded);
}

TEST_CASE(
    "a lesson that is read has a wide column down to the status line, and in a low window the timeline is a tab") {
  LayoutWishes wishes;
  wishes.lesson = true;
  const WindowLayout wide = lay_out_window(1280, 800, {}, wishes);
  CHECK(wide.code.width() >= 392);
  CHECK(wide.code.y1 == wide.status.y0);
  CHECK(wide.transcript.x0 == wide.code.x1);
  CHECK(lay_out_window(1024, 640, {}, wishes).tabs.width() > lay_out_window(1024, 640, {}).tabs.width());
  const WindowLayout low = lay_out_window(640, 400, {}, wishes);
  CHECK(low.timeline.height() == 0);
  CHECK(low.tabs.y1 == low.status.y0);
  CHECK(low.tab_panels.front() == PanelName::Timeline);
  CHECK(lay_out_window(640, 400, {}).timeline.height() > 0);
}
