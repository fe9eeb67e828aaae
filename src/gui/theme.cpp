#include "gui/theme.hpp"

#include <algorithm>
#include <cmath>

namespace loiter::gui {
namespace {

// Light hatches of waiting and of the call queue are darker than their hue: the hue itself reaches only 2:1 on its
// tint, these reach 3:1 and still read as orange and as sky blue. Dark tints need no help.
constexpr Theme light_theme{
    .choice = ThemeChoice::Light,
    .chrome = rgb(0xF2F4F6),
    .panel = rgb(0xFFFFFF),
    .sunk = rgb(0xF7F8FA),
    .text = rgb(0x1C2126),
    .text2 = rgb(0x545F6A),
    .text3 = rgb(0x8B949D),
    .control_line = rgb(0x8B949D),
    .splitter = rgb(0xD3D8DE),
    .hairline = rgb(0xE4E7EB),
    .grid = rgb(0xECEFF2),
    .on_text = rgb(0xFFFFFF),
    .control = rgb(0xFFFFFF),
    .control_hover = rgb(0xF0F2F5),
    .control_active = rgb(0xE4E7EB),
    .primary_hover = rgb(0x343B42),
    .selection_wash = rgb(0xFBF3B4),
    .selection_line = rgb(0x1C2126),
    .lit = rgb(0xF0E442),
    .states{{
        {rgb(0x5C6570), rgb(0xF1F3F5), rgb(0xFFFFFF), rgb(0x8B949D), rgb(0x5C6570)},
        {rgb(0x0072B2), rgb(0xE7F2FA), rgb(0xFFFFFF), rgb(0x0072B2), rgb(0x0072B2)},
        {rgb(0x007B5A), rgb(0xE3F4EE), rgb(0xFFFFFF), rgb(0x009E73), rgb(0x007B5A)},
        {rgb(0xB94C00), rgb(0xFDF0E6), rgb(0xFFFFFF), rgb(0xD55E00), rgb(0xB94C00)},
        {rgb(0x9D4277), rgb(0xF7E8F1), rgb(0xFFFFFF), rgb(0xCC79A7), rgb(0x9D4277)},
        {rgb(0x9D4277), rgb(0xF7E8F1), rgb(0xFFFFFF), rgb(0xCC79A7), rgb(0x9D4277)},
        {rgb(0x845700), rgb(0xFDF1D6), rgb(0xFFFFFF), rgb(0xE69F00), rgb(0xB87A00)},
        {rgb(0x1C6D9C), rgb(0xE7F4FC), rgb(0xFFFFFF), rgb(0x56B4E9), rgb(0x2C8CC4)},
        {rgb(0xB94C00), rgb(0xFEF1E8), rgb(0xFFFFFF), rgb(0xD55E00), rgb(0xB94C00)},
    }},
    .lane_tags{rgb(0x30373E), rgb(0x5B4E8C), rgb(0x7A5C34), rgb(0x2F6B6B), rgb(0x8A4A55), rgb(0x4F6331)},
};

constexpr Theme dark_theme{
    .choice = ThemeChoice::Dark,
    .chrome = rgb(0x131619),
    .panel = rgb(0x1A1E22),
    .sunk = rgb(0x16191D),
    .text = rgb(0xE7EAED),
    .text2 = rgb(0xA5AEB7),
    .text3 = rgb(0x6F7881),
    .control_line = rgb(0x6B747D),
    .splitter = rgb(0x353B42),
    .hairline = rgb(0x2A2F35),
    .grid = rgb(0x252A2F),
    .on_text = rgb(0x14171A),
    .control = rgb(0x1A1E22),
    .control_hover = rgb(0x23282D),
    .control_active = rgb(0x2A2F35),
    .primary_hover = rgb(0xC9CFD5),
    .selection_wash = rgb(0x35330F),
    .selection_line = rgb(0xF0E442),
    .lit = rgb(0xF0E442),
    .states{{
        {rgb(0x9CA6B0), rgb(0x24292E), rgb(0x0F1316), rgb(0x8B949D), rgb(0x9CA6B0)},
        {rgb(0x4AA5E2), rgb(0x17303F), rgb(0x07121A), rgb(0x0072B2), rgb(0x4AA5E2)},
        {rgb(0x2FBB91), rgb(0x15332A), rgb(0x04140E), rgb(0x009E73), rgb(0x2FBB91)},
        {rgb(0xF58A4B), rgb(0x3D2415), rgb(0x190B02), rgb(0xD55E00), rgb(0xF58A4B)},
        {rgb(0xDC93BC), rgb(0x382432), rgb(0x1A0A13), rgb(0xCC79A7), rgb(0xDC93BC)},
        {rgb(0xDC93BC), rgb(0x382432), rgb(0x1A0A13), rgb(0xCC79A7), rgb(0xDC93BC)},
        {rgb(0xEBB040), rgb(0x382C12), rgb(0x191101), rgb(0xE69F00), rgb(0xE69F00)},
        {rgb(0x93CFF5), rgb(0x1A3140), rgb(0x07121A), rgb(0x56B4E9), rgb(0x56B4E9)},
        {rgb(0xF58A4B), rgb(0x3D2415), rgb(0x190B02), rgb(0xD55E00), rgb(0xF58A4B)},
    }},
    .lane_tags{rgb(0xDDE2E7), rgb(0xB3A6E0), rgb(0xD0AE80), rgb(0x85C2C2), rgb(0xDDA0AA), rgb(0xA9BF86)},
};

double linear(Colour colour, int shift) {
  const double part = static_cast<double>((colour >> shift) & 0xFFU) / 255.0;
  return part <= 0.04045 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4);
}

double luminance(Colour colour) {
  return 0.2126 * linear(colour, IM_COL32_R_SHIFT) + 0.7152 * linear(colour, IM_COL32_G_SHIFT) +
         0.0722 * linear(colour, IM_COL32_B_SHIFT);
}

}  // namespace

Colour faded(Colour colour, float alpha) {
  const auto opacity = static_cast<float>((colour >> IM_COL32_A_SHIFT) & 0xFFU) * std::clamp(alpha, 0.0F, 1.0F);
  return (colour & ~IM_COL32_A_MASK) | (static_cast<Colour>(std::lround(opacity)) << IM_COL32_A_SHIFT);
}

double contrast(Colour one, Colour other) {
  const auto [dark, light] = std::minmax({luminance(one), luminance(other)});
  return (light + 0.05) / (dark + 0.05);
}

Colour Theme::lane_tag(std::size_t lane) const {
  return lane == 0 ? lane_tags[0] : lane_tags[1 + (lane - 1) % (lane_tags.size() - 1)];
}

const Theme& theme_of(ThemeChoice choice) { return choice == ThemeChoice::Dark ? dark_theme : light_theme; }

}  // namespace loiter::gui
