#include "gui/waits_paint.hpp"

#include <algorithm>
#include <cmath>

#include "gui/panel.hpp"
#include "gui/state_style.hpp"
#include "gui/text.hpp"

namespace loiter::gui {
namespace {

using views::WaitNode;
using Kind = views::WaitNode::Kind;

constexpr float corner = 14.0F;  // how far from a corner a line begins to turn

StateLook look_of(const WaitNode& node) {
  if (node.stuck) return StateLook::Stuck;
  return node.look.value_or(StateLook::Pending);
}

Colour edge_colour(const Look& look, const views::WaitEdge& edge) {
  if (edge.stuck) return look.theme.state(StateLook::Stuck).ink;
  return edge.waits ? look.theme.state(StateLook::Waiting).ink : look.theme.text2;
}

ImVec2 towards(ImVec2 from, ImVec2 to, float by) {
  const float length = std::max(1e-3F, std::hypot(to.x - from.x, to.y - from.y));
  const float share = std::min(0.5F, by / length);
  return {from.x + (to.x - from.x) * share, from.y + (to.y - from.y) * share};
}

// Through all corners, each of them rounded; the head at the last point.
void paint_path(ImDrawList& list, const Metrics& m, std::vector<ImVec2> points, Colour colour, float thickness,
                float head) {
  const ImVec2 tip = points.back();
  const ImVec2 before = points[points.size() - 2];
  const float length = std::max(1e-3F, std::hypot(tip.x - before.x, tip.y - before.y));
  const ImVec2 unit{(tip.x - before.x) / length, (tip.y - before.y) / length};
  points.back() = {tip.x - unit.x * head * 0.8F, tip.y - unit.y * head * 0.8F};
  if (points.size() == 2) make_sharp(points[0], points[1], thickness);
  list.PathLineTo(points.front());
  for (std::size_t i = 1; i + 1 < points.size(); ++i) {
    list.PathLineTo(towards(points[i], points[i - 1], m.px(corner)));
    list.PathBezierQuadraticCurveTo(points[i], towards(points[i], points[i + 1], m.px(corner)), 8);
  }
  list.PathLineTo(points.back());
  list.PathStroke(colour, ImDrawFlags_None, thickness);
  const ImVec2 at = points.size() == 2 && unit.y == 0   ? ImVec2{tip.x, points[1].y}
                    : points.size() == 2 && unit.x == 0 ? ImVec2{points[1].x, tip.y}
                                                        : tip;
  arrow_head(list, at, unit, head, colour);
}

// The sign at a node's left: whose lane it is, or how the future stands.
float paint_sign(ImDrawList& list, const Frame& frame, const WaitNode& node, float x, float y) {
  const Look& look = frame.look;
  const Metrics& m = look.metrics;
  if (node.kind == Kind::Lane) {
    draw_tag(frame, list, Box::at(x, std::round(y - m.lane_tag * 0.5F), m.lane_tag, m.lane_tag), node.lane);
    return x + m.lane_tag + m.gap8;
  }
  if (node.kind == Kind::Pool) return x;
  const StateLook state = node.look.value_or(StateLook::Pending);
  draw_state_glyph(list, look, state, {x + m.px(7), y}, m.px(15));
  return x + m.px(21);
}

void paint_words(ImDrawList& list, const Frame& frame, const WaitNode& node, const Box& box) {
  const Look& look = frame.look;
  const Metrics& m = look.metrics;
  const bool two_lines = !node.note.empty() && box.height() >= m.px(44);
  const float left = box.x0 + m.px(12);
  float right = box.x1 - m.px(10);
  const float title_y = two_lines ? box.y0 + std::round(box.height() * 0.34F) : box.centre_y();
  const float x = paint_sign(list, frame, node, left, title_y);
  const bool waits = node.kind == Kind::Lane && node.look == StateLook::Waiting && !node.stuck;
  if (waits || (node.stuck && node.kind == Kind::Lane)) {
    draw_state_glyph(list, look, node.stuck ? StateLook::Stuck : StateLook::Waiting, {right - m.px(7), title_y},
                     m.px(16));
    right -= m.px(20);
  }
  const TextStyle note{Face::Sans, m.type.small, look.theme.text2};
  if (!two_lines && !node.note.empty()) {
    const float width = text_width(look, note, node.note);
    if (x + text_width(look, strong_text(look), node.title) + m.gap8 + width <= right) {
      draw_text(list, look, note, right, title_y, node.note, Align::Right);
      right -= width + m.gap8;
    }
  }
  draw_text_in(list, look, strong_text(look), {x, title_y - m.px(9), right, title_y + m.px(9)}, node.title);
  if (!two_lines) return;
  const float note_y = box.y0 + std::round(box.height() * 0.70F);
  draw_text_in(list, look, note, {left, note_y - m.px(9), box.x1 - m.px(10), note_y + m.px(9)}, node.note);
}

}  // namespace

void paint_wait_edge(ImDrawList& list, const Look& look, const views::WaitEdge& edge, const views::PlacedEdge& placed,
                     ImVec2 origin) {
  const Metrics& m = look.metrics;
  const auto at = [&](views::Point point) { return ImVec2{origin.x + m.px(point.x), origin.y + m.px(point.y)}; };
  std::vector<ImVec2> points;
  for (const views::Point point : placed.points) points.push_back(at(point));
  const Colour colour = edge_colour(look, edge);
  paint_path(list, m, std::move(points), colour, edge.in_circle ? m.circle_line : m.strong_line,
             edge.in_circle ? m.arrow_head_circle : m.arrow_head);
  const TextStyle style{edge.in_circle ? Face::SansBold : Face::Sans, m.type.small, colour};
  ImVec2 words = at(placed.words_at);
  for (const std::string& line : placed.words) {
    const Align align = placed.side == views::WordsSide::Middle ? Align::Centre
                        : placed.side == views::WordsSide::Left ? Align::Right
                                                                : Align::Left;
    draw_text(list, look, style, words.x, words.y, line, align);
    words.y += m.px(placed.line_step);
  }
}

void paint_wait_node(ImDrawList& list, const Frame& frame, const WaitNode& node, const Box& box, float pulse) {
  const Look& look = frame.look;
  const Metrics& m = look.metrics;
  if (node.kind == Kind::More) {
    draw_text_in(list, look, note_text(look), box.inset(m.px(4), 0), node.title);
    return;
  }
  const StateColours& colours = look.theme.state(look_of(node));
  const bool is_plain =
      !node.stuck && (node.kind == Kind::Pool || (node.kind == Kind::Lane && node.look != StateLook::Waiting));
  const bool leads_in = node.stuck && !node.in_circle;
  fill_box(list, box, is_plain || leads_in ? look.theme.panel : colours.tint, m.node_radius);
  if (is_plain) {
    outline_box(list, box, look.theme.control_line, m.node_radius, m.state_line);
  } else if (node.kind == Kind::Future && look_of(node) == StateLook::Pending) {
    dashed_box(list, box, colours.ink, m.node_radius, m.state_line, {m.px(4), m.px(3)});
  } else {
    outline_box(list, box, colours.ink, m.node_radius, node.in_circle ? m.stuck_line : m.state_line);
  }
  if (node.in_circle) {
    outline_box(list, box.inset(-m.selection_gap), faded(colours.ink, pulse), m.node_radius + m.selection_gap,
                m.hairline);
  }
  paint_words(list, frame, node, box);
}

float wait_node_width(const Look& look, const WaitNode& node) {
  const Metrics& m = look.metrics;
  const bool has_glyph = node.stuck && node.kind == Kind::Lane;
  const float title = text_width(look, strong_text(look), node.title) + m.px(node.kind == Kind::Pool ? 26 : 52) +
                      (has_glyph ? m.px(20) : 0.0F);
  const float note = text_width(look, note_text(look), node.note) + m.px(26);
  return std::ceil(std::max(title, note) / m.scale);
}

}  // namespace loiter::gui
