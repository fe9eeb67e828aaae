// Paint: the marks every panel draws with, on top of Dear ImGui's draw list.
//
// Everything lands on whole pixels: boxes should have whole edges, straight outlines are drawn so that their outer
// edge is the edge of the box, and dashes are whole pixels long.
//
// Shape    Free functions; each takes the draw list first. Nothing is kept between calls.
// Units    Pixels; use look.metrics.px(units) for lengths and look.metrics.line(units) for thicknesses.
#pragma once

#include "gui/box.hpp"
#include "gui/look.hpp"

#include <cstddef>
#include <string_view>

namespace loiter::gui {

// Lines.

struct Dash {
  float on = 4.0F;
  float off = 3.0F;
};

void horizontal_line(ImDrawList& list, float x0, float x1, float y, Colour colour, float thickness = 1.0F);
void vertical_line(ImDrawList& list, float x, float y0, float y1, Colour colour, float thickness = 1.0F);
// Moves a horizontal or vertical line so that it covers whole pixels; leaves every other as it is.
void make_sharp(ImVec2& from, ImVec2& to, float thickness);
// Any direction; sharp when it is horizontal or vertical.
void dashed_line(ImDrawList& list, ImVec2 from, ImVec2 to, Colour colour, float thickness, Dash dash);
// Along a curve that is already a row of points.
void dashed_path(ImDrawList& list, const ImVec2* points, std::size_t count, Colour colour, float thickness, Dash dash);

// Boxes.

enum class Corners { All, Left, Right, None };

void fill_box(ImDrawList& list, const Box& box, Colour colour, float radius = 0.0F, Corners corners = Corners::All);
// The line lies inside the box.
void outline_box(ImDrawList& list, const Box& box, Colour colour, float radius, float thickness,
                 Corners corners = Corners::All);
void dashed_box(ImDrawList& list, const Box& box, Colour colour, float radius, float thickness, Dash dash);

// Hatches, cut off exactly at the edge of a rounded box. `every` is the distance between two lines, measured across
// them. The pattern is fixed to the left edge of the box, so it travels with a bar that is panned.
void hatch_diagonal(ImDrawList& list, const Box& box, float radius, Colour colour, float every, float thickness);
void hatch_horizontal(ImDrawList& list, const Box& box, float radius, Colour colour, float every, float thickness);
// The flat ground below a text that stands on a hatch.
void plate(ImDrawList& list, const Look& look, const Box& box);

// Marks.

// A filled triangle; `tip` is where it points to, `direction` the way it points (any length but zero).
void arrow_head(ImDrawList& list, ImVec2 tip, ImVec2 direction, float length, Colour colour);
// A line with an arrowhead at its end; the line stops inside the head.
void arrow(ImDrawList& list, ImVec2 from, ImVec2 to, Colour colour, float thickness, float head_length);
void diamond_filled(ImDrawList& list, ImVec2 centre, float half, Colour colour);
void diamond_hollow(ImDrawList& list, ImVec2 centre, float half, Colour line, Colour ground, float thickness);
// Two chevrons to the right of `x`: this has no end. Returns how wide they are.
float chevrons(ImDrawList& list, const Look& look, float x, float centre_y, float height, Colour colour);
// A struck line through the middle of a box.
void strike(ImDrawList& list, const Box& box, Colour colour, float thickness);

// Marks made of several of these.

// The playhead: a box with the time, a pointer below it, and the line down to `bottom_y`. `top_y` is the top of the
// box. The box stays within `within_x0` to `within_x1` while the pointer stays at x.
struct Playhead {
  float x = 0.0F;
  float top_y = 0.0F;
  float bottom_y = 0.0F;
  float within_x0 = 0.0F;
  float within_x1 = 0.0F;
  std::string_view time = {};
};
// Returns the box with the time: it is what the pointer can grab.
Box draw_playhead(ImDrawList& list, const Look& look, const Playhead& playhead);

// A square with the letter of a lane in panel colour. Lane 0 is the calling program ("M").
void draw_lane_tag(ImDrawList& list, const Look& look, const Box& box, std::size_t lane, std::string_view letter);
// The frame around a selected bar: 3 units outside of it, with a radius larger by 3.
void selection_frame(ImDrawList& list, const Look& look, const Box& bar, float bar_radius);
// A selected row: the wash, and a 3 units wide edge at its left.
void selection_row(ImDrawList& list, const Look& look, const Box& row);

}  // namespace loiter::gui
