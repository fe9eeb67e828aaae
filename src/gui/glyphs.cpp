#include "gui/glyphs.hpp"

#include <algorithm>
#include <cmath>
#include <initializer_list>
#include <numbers>

namespace loiter::gui {
namespace {

constexpr float pi = std::numbers::pi_v<float>;

// Draws in grid units around the middle, y downwards.
class Pen {
 public:
  Pen(ImDrawList& list, ImVec2 centre, float size, Colour colour)
      : m_list{list}, m_centre{std::round(centre.x), std::round(centre.y)}, m_unit{size / 16.0F}, m_colour{colour} {}

  void line(std::initializer_list<ImVec2> points, float thickness, bool closed = false) {
    add(points);
    m_list.PathStroke(m_colour, closed ? ImDrawFlags_Closed : ImDrawFlags_None, thick(thickness));
  }
  // The points run clockwise.
  void fill(std::initializer_list<ImVec2> points) {
    add(points);
    m_list.PathFillConvex(m_colour);
  }
  // An upright box with sharp edges: its corners are moved to whole pixels.
  void box(float x0, float y0, float x1, float y1, float radius = 0.0F) {
    const ImVec2 low = at({x0, y0});
    const ImVec2 high = at({x1, y1});
    const float left = std::round(low.x);
    const float top = std::round(low.y);
    m_list.AddRectFilled({left, top},
                         {std::max(left + 1.0F, std::round(high.x)), std::max(top + 1.0F, std::round(high.y))},
                         m_colour, radius * m_unit);
  }
  void ring(float radius, float thickness) {
    m_list.PathArcTo(m_centre, radius * m_unit, 0.0F, 2.0F * pi);
    m_list._Path.pop_back();
    m_list.PathStroke(m_colour, ImDrawFlags_Closed, thick(thickness));
  }
  void arc(ImVec2 middle, float radius, float from, float to, float thickness) {
    m_list.PathArcTo(at(middle), radius * m_unit, from, to);
    m_list.PathStroke(m_colour, ImDrawFlags_None, thick(thickness));
  }
  void pie(float radius, float from, float to) {
    m_list.PathArcTo(m_centre, radius * m_unit, from, to);
    m_list.PathFillConvex(m_colour);
  }
  void dot(ImVec2 middle, float radius) { m_list.AddCircleFilled(at(middle), radius * m_unit, m_colour); }

 private:
  [[nodiscard]] ImVec2 at(ImVec2 point) const { return {m_centre.x + point.x * m_unit, m_centre.y + point.y * m_unit}; }
  [[nodiscard]] float thick(float units) const { return std::max(1.0F, units * m_unit); }
  void add(std::initializer_list<ImVec2> points) {
    for (const ImVec2 point : points) {
      m_list.PathLineTo(at(point));
    }
  }

  ImDrawList& m_list;
  ImVec2 m_centre;
  float m_unit;
  Colour m_colour;
};

void draw_hourglass(Pen& pen) {
  pen.box(-6.4F, -7.6F, 6.4F, -6.0F);
  pen.box(-6.4F, 6.0F, 6.4F, 7.6F);
  pen.line({{-4.6F, -6.4F}, {0.0F, 0.0F}, {4.6F, -6.4F}}, 1.5F);
  pen.fill({{0.0F, -1.4F}, {5.4F, 6.4F}, {-5.4F, 6.4F}});
}

void draw_lock(Pen& pen) {
  pen.box(-5.4F, -1.0F, 5.4F, 7.0F, 1.4F);
  pen.arc({0.0F, -3.2F}, 3.4F, -pi, 0.0F, 1.9F);
  pen.line({{-3.4F, -3.4F}, {-3.4F, 0.0F}}, 1.9F);
  pen.line({{3.4F, -3.4F}, {3.4F, 0.0F}}, 1.9F);
}

void draw_question(Pen& pen) {
  pen.ring(8.0F, 1.3F);
  pen.arc({0.0F, -1.9F}, 2.3F, -pi, pi * 0.36F, 1.5F);
  pen.line({{0.85F, 0.25F}, {0.0F, 1.1F}, {0.0F, 2.3F}}, 1.5F);
  pen.dot({0.0F, 4.3F}, 0.95F);
}

}  // namespace

void draw_glyph(ImDrawList& list, Glyph glyph, ImVec2 centre, float size, Colour colour) {
  Pen pen{list, centre, size, colour};
  switch (glyph) {
    case Glyph::HollowCircle:
      pen.ring(5.1F, 1.8F);
      break;
    case Glyph::Triangle:
    case Glyph::Play:
      pen.fill({{-4.6F, -5.7F}, {6.0F, 0.0F}, {-4.6F, 5.7F}});
      break;
    case Glyph::Check:
      pen.line({{-6.4F, 0.4F}, {-2.3F, 4.7F}, {6.4F, -5.0F}}, 2.4F);
      break;
    case Glyph::Cross:
      pen.line({{-5.0F, -5.0F}, {5.0F, 5.0F}}, 2.6F);
      pen.line({{5.0F, -5.0F}, {-5.0F, 5.0F}}, 2.6F);
      break;
    case Glyph::StruckCircle:
      pen.ring(5.1F, 1.8F);
      pen.line({{-6.6F, 6.6F}, {6.6F, -6.6F}}, 1.8F);
      break;
    case Glyph::Hourglass:
      draw_hourglass(pen);
      break;
    case Glyph::TriangleOutline:
      pen.line({{-3.9F, -4.9F}, {5.3F, 0.0F}, {-3.9F, 4.9F}}, 1.8F, true);
      break;
    case Glyph::Lock:
      draw_lock(pen);
      break;
    case Glyph::Pause:
      pen.box(-5.2F, -5.7F, -1.8F, 5.7F);
      pen.box(1.8F, -5.7F, 5.2F, 5.7F);
      break;
    case Glyph::Step:
      pen.fill({{-5.6F, -5.7F}, {3.0F, 0.0F}, {-5.6F, 5.7F}});
      pen.box(3.0F, -5.7F, 5.6F, 5.7F);
      break;
    case Glyph::Stop:
      pen.box(-5.4F, -5.4F, 5.4F, 5.4F);
      break;
    case Glyph::Restart:
      pen.fill({{5.6F, -5.7F}, {5.6F, 5.7F}, {-3.0F, 0.0F}});
      pen.box(-5.6F, -5.7F, -3.0F, 5.7F);
      break;
    case Glyph::Compare:
      pen.box(-5.7F, -5.7F, 5.7F, -2.9F);
      pen.box(-5.7F, -1.4F, 0.2F, 1.4F);
      pen.box(-5.7F, 2.9F, 2.4F, 5.7F);
      break;
    case Glyph::Minus:
      pen.box(-5.4F, -1.0F, 5.4F, 1.0F);
      break;
    case Glyph::Plus:
      pen.box(-5.4F, -1.0F, 5.4F, 1.0F);
      pen.box(-1.0F, -5.4F, 1.0F, 5.4F);
      break;
    case Glyph::ChevronDown:
      pen.line({{-5.0F, -2.6F}, {0.0F, 2.6F}, {5.0F, -2.6F}}, 2.0F);
      break;
    case Glyph::ChevronUp:
      pen.line({{-5.0F, 2.6F}, {0.0F, -2.6F}, {5.0F, 2.6F}}, 2.0F);
      break;
    case Glyph::ChevronRight:
      pen.line({{-2.6F, -5.0F}, {2.6F, 0.0F}, {-2.6F, 5.0F}}, 2.0F);
      break;
    case Glyph::ChevronLeft:
      pen.line({{2.6F, -5.0F}, {-2.6F, 0.0F}, {2.6F, 5.0F}}, 2.0F);
      break;
    case Glyph::HalfCircle:
      pen.ring(6.5F, 1.4F);
      pen.pie(6.5F, -pi * 0.5F, pi * 0.5F);
      break;
    case Glyph::Question:
      draw_question(pen);
      break;
    case Glyph::Close:
      pen.line({{-4.4F, -4.4F}, {4.4F, 4.4F}}, 1.8F);
      pen.line({{4.4F, -4.4F}, {-4.4F, 4.4F}}, 1.8F);
      break;
  }
}

}  // namespace loiter::gui
