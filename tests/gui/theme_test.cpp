#include "gui/theme.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_floating_point.hpp>
#include <cmath>
#include <string>
#include <vector>

#include "gui/state_style.hpp"

using namespace loiter::gui;
using Catch::Matchers::WithinAbs;

namespace {

// What people read needs 4.5:1, what only guides the eye 3:1 (WCAG 2, levels AA of text and of graphics).
constexpr double for_words = 4.5;
constexpr double for_lines = 3.0;

const std::vector<const Theme*> both_themes{&theme_of(ThemeChoice::Light), &theme_of(ThemeChoice::Dark)};

const char* name_of(const Theme& theme) { return theme.choice == ThemeChoice::Light ? "light" : "dark"; }

}  // namespace

TEST_CASE("contrast is that of WCAG 2", "[theme]") {
  CHECK_THAT(contrast(rgb(0x000000), rgb(0xFFFFFF)), WithinAbs(21.0, 1e-9));
  CHECK_THAT(contrast(rgb(0xFFFFFF), rgb(0x000000)), WithinAbs(21.0, 1e-9));
  CHECK_THAT(contrast(rgb(0x777777), rgb(0xFFFFFF)), WithinAbs(4.478, 0.001));
  CHECK_THAT(contrast(rgb(0x123456), rgb(0x123456)), WithinAbs(1.0, 1e-9));
}

TEST_CASE("every word on a neutral ground can be read in both themes", "[theme]") {
  for (const Theme* theme : both_themes) {
    INFO(name_of(*theme));
    for (const Colour ground : {theme->chrome, theme->panel, theme->sunk, theme->selection_wash, theme->control_hover,
                                theme->control_active}) {
      CHECK(contrast(theme->text, ground) >= for_words);
      CHECK(contrast(theme->text2, ground) >= for_words);
    }
    CHECK(contrast(theme->on_text, theme->text) >= for_words);
    CHECK(contrast(theme->on_text, theme->primary_hover) >= for_words);
    CHECK(contrast(theme->text3, theme->panel) >= for_lines);
    CHECK(contrast(theme->control_line, theme->panel) >= for_lines);
    CHECK(contrast(theme->selection_line, theme->panel) >= for_lines);
  }
}

TEST_CASE("every state can be read on the panel, on its tint, on the selection and inside its own bar", "[theme]") {
  for (const Theme* theme : both_themes) {
    for (const StateLook look : all_state_looks) {
      INFO(name_of(*theme) << ", " << state_long_name(look));
      const StateColours& colours = theme->state(look);
      CHECK(contrast(colours.ink, theme->panel) >= for_words);
      CHECK(contrast(colours.ink, colours.tint) >= for_words);
      CHECK(contrast(colours.ink, theme->selection_wash) >= for_words);
      CHECK(contrast(colours.on, colours.ink) >= for_words);
      CHECK(contrast(colours.hatch, colours.tint) >= for_lines);
    }
  }
}

TEST_CASE("the letter in a lane's tag can be read, and eight lanes do not need eight colours", "[theme]") {
  for (const Theme* theme : both_themes) {
    for (std::size_t lane = 0; lane < 12; ++lane) CHECK(contrast(theme->lane_tag(lane), theme->panel) >= 6.1);
    CHECK(theme->lane_tag(1) == theme->lane_tag(6));
    CHECK(theme->lane_tag(0) != theme->lane_tag(5));
    CHECK(theme->lane_tag(6) != theme->lane_tag(0));
  }
}

TEST_CASE("lengths are whole pixels at every scale, and lines are never thinner than one", "[theme]") {
  for (const float scale : {1.0F, 1.1F, 1.25F, 1.33F, 1.5F, 1.75F, 2.0F, 2.5F}) {
    INFO("scale " << scale);
    const Metrics metrics{scale};
    for (const float length :
         {metrics.control_height, metrics.bar_height, metrics.lane_tag, metrics.type.tiny, metrics.type.small,
          metrics.type.base, metrics.margin, metrics.hairline, metrics.wait_height, metrics.selection_gap}) {
      CHECK(length == std::round(length));
      CHECK(length >= 1.0F);
    }
    CHECK(metrics.state_line >= 1.0F);
    CHECK(metrics.hairline <= metrics.state_line);
    CHECK(metrics.state_line <= metrics.stuck_line);
  }
}

TEST_CASE("at scale 1 the lengths are those of the design, at scale 2 twice as long", "[theme]") {
  const Metrics one{1.0F};
  const Metrics two{2.0F};
  CHECK(one.control_height == 28.0F);
  CHECK(one.bar_height == 24.0F);
  CHECK(one.type.base == 13.0F);
  CHECK(one.state_line == 1.5F);
  CHECK(two.control_height == 56.0F);
  CHECK(two.type.base == 26.0F);
  CHECK(two.state_line == 3.0F);
}

TEST_CASE("a scale outside of what the lab supports is clamped", "[theme]") {
  CHECK(Metrics{0.1F}.scale == 1.0F);
  CHECK(Metrics{9.0F}.scale == 2.5F);
}

TEST_CASE("setting the style twice is setting it once", "[theme]") {
  ImGuiStyle style;
  const Theme& dark = theme_of(ThemeChoice::Dark);
  apply_to_imgui(dark, Metrics{2.0F}, style);
  apply_to_imgui(dark, Metrics{2.0F}, style);
  const ImGuiStyle twice = style;
  ImGuiStyle fresh;
  apply_to_imgui(dark, Metrics{2.0F}, fresh);
  CHECK(twice.FrameRounding == fresh.FrameRounding);
  CHECK(twice.ItemSpacing.x == fresh.ItemSpacing.x);
  CHECK(twice.ScrollbarSize == 20.0F);

  // And nothing of the dark theme is left when the light one follows.
  apply_to_imgui(theme_of(ThemeChoice::Light), Metrics{1.0F}, style);
  ImGuiStyle light;
  apply_to_imgui(theme_of(ThemeChoice::Light), Metrics{1.0F}, light);
  for (int slot = 0; slot < ImGuiCol_COUNT; ++slot) {
    CHECK(ImGui::ColorConvertFloat4ToU32(style.Colors[slot]) == ImGui::ColorConvertFloat4ToU32(light.Colors[slot]));
  }
}

TEST_CASE("a faded colour keeps its hue and loses its opacity", "[theme]") {
  CHECK(faded(rgb(0x112233), 0.0F) == (rgb(0x112233) & ~IM_COL32_A_MASK));
  CHECK(faded(rgb(0x112233), 1.0F) == rgb(0x112233));
  CHECK(((faded(rgb(0x112233), 0.5F) & IM_COL32_A_MASK) >> IM_COL32_A_SHIFT) == 128U);
}
