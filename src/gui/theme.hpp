// Theme and Metrics: every colour and every length of the screen, each in one place.
//
// Colour means state and nothing else does: the frame of the lab is grey, and the one yellow is the selection.
//
// Shape    Theme is a table of colours, light or dark. Metrics is a table of lengths for one scale. Both are values.
// Units    Colours are ImU32 as Dear ImGui packs them. Lengths are pixels: units of the design times the scale,
//          rounded to whole pixels. One unit is one pixel at scale 1.
// Errors   A scale outside 1.0 to 2.5 is clamped; on the wall, where letters are as high as the window allows, the largest
//          is another one.
#pragma once

#include "gui/state_look.hpp"

#include <imgui.h>

#include <array>
#include <cstddef>
#include <cstdint>

namespace loiter::gui {

using Colour = ImU32;

// A colour as it is written in the design: rgb(0x0072B2).
[[nodiscard]] constexpr Colour rgb(std::uint32_t hex) {
  return IM_COL32((hex >> 16U) & 0xFFU, (hex >> 8U) & 0xFFU, hex & 0xFFU, 0xFFU);
}
// The same colour, `alpha` (0 to 1) times as opaque.
[[nodiscard]] Colour faded(Colour colour, float alpha);
// How far two opaque colours stand apart for the eye: WCAG 2 contrast, 1 to 21.
[[nodiscard]] double contrast(Colour one, Colour other);

enum class ThemeChoice { Light, Dark };

// The colours of one state.
struct StateColours {
  Colour ink = 0;    // glyph, text, outline, solid bar
  Colour tint = 0;   // a quiet ground for ink
  Colour on = 0;     // text in a solid bar of ink
  Colour hue = 0;    // the colour-blind safe base colour; never text
  Colour hatch = 0;  // lines on the tint: the hue, darkened in the light theme until it stands out from the tint
};

struct Theme {
  ThemeChoice choice = ThemeChoice::Light;
  Colour chrome = 0;          // bars at top and bottom
  Colour panel = 0;           // every panel
  Colour sunk = 0;            // time after the playhead
  Colour text = 0;            // text, primary button, chosen segment
  Colour text2 = 0;           // labels, units, idle
  Colour text3 = 0;           // disabled; never information alone
  Colour control_line = 0;    // outline of controls
  Colour splitter = 0;        // between panels
  Colour hairline = 0;        // between rows
  Colour grid = 0;            // behind bars
  Colour on_text = 0;         // label of a primary button
  Colour control = 0;         // ground of a plain control
  Colour control_hover = 0;   // the same under the pointer
  Colour control_active = 0;  // the same while pressed, or when it is switched on
  Colour primary_hover = 0;   // a primary button under the pointer
  Colour selection_wash = 0;  // rows and lines that are selected
  Colour selection_line = 0;  // the frame around what is selected
  Colour lit = 0;             // the frame around a panel that is pointed at
  std::array<StateColours, state_look_count> states{};
  std::array<Colour, 6> lane_tags{};  // main first, then workers in turn

  [[nodiscard]] const StateColours& state(StateLook look) const { return states[static_cast<std::size_t>(look)]; }
  // Lane 0 is the calling program; workers follow, and their colours come round again after five.
  [[nodiscard]] Colour lane_tag(std::size_t lane) const;
};

[[nodiscard]] const Theme& theme_of(ThemeChoice choice);

// Letter sizes. A size is the em of the font in whole pixels.
struct TypeSizes {
  float tiny = 0.0F;           // 11: ruler, key caps, run label, lane tags
  float small = 0.0F;          // 12: names in bars, tables, code, transcript, edges, status line
  float base = 0.0F;           // 13: controls, panel titles, sentences
  float tile = 0.0F;           // 16: name on a tile
  float headline = 0.0F;       // 18: headline of a banner
  float clock = 0.0F;          // 22
  float show_ruler = 0.0F;     // 20: presentation, its ruler
  float show_answer = 0.0F;    // 22: presentation, an answer
  float show_code = 0.0F;      // 26: presentation, code
  float show_question = 0.0F;  // 52: presentation, the question
};

struct Metrics {
  explicit Metrics(float wanted_scale = 1.0F, float largest_scale = 2.5F);

  // Units to whole pixels.
  [[nodiscard]] float px(float units) const;
  // A line's thickness: halves are kept (1.5 stays 1.5: its outer edge is sharp), and never under one pixel.
  [[nodiscard]] float line(float units) const;

  float scale = 1.0F;
  TypeSizes type;

  // Space.
  float gap4, gap8, gap12, margin, gap16, gap24;
  // Controls.
  float control_height, small_control_height, control_radius;
  float gap_in_group, gap_between_groups, gap_between_groups_compact;
  float button_padding, segment_padding, icon;
  // Rows and strips.
  float title_strip, ruler, status_line, table_row, code_line, transcript_line;
  float setup_row, transport_row;
  // Marks.
  float bar_height, bar_radius, lane_height;
  float wait_height, wait_height_stuck, wait_radius;
  float lane_tag, lane_tag_small, lane_tag_show, lane_tag_radius;
  float node_height, node_height_two_lines, node_radius;
  float arrow_head, arrow_head_circle;
  float selection_gap;  // from the bar to its frame
  // Lines.
  float hairline, state_line, stuck_line, strong_line, circle_line;
};

// Sets the whole style, colours and lengths, from Dear ImGui's own defaults. It never scales what is already scaled,
// so it can be called again with another theme or scale.
void apply_to_imgui(const Theme& theme, const Metrics& metrics, ImGuiStyle& style);

}  // namespace loiter::gui
