#include "views/wait_layout.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace loiter::views {
namespace {

constexpr float margin = 16.0F;
constexpr float low_node = 40.0F;
constexpr float high_node = 52.0F;
constexpr float label_gap = 44.0F;  // between a node and the only one it leads to
constexpr float fan_gap = 26.0F;    // the same, with several
constexpr float sibling_gap = 8.0F;
constexpr float indent = 20.0F;
constexpr float bracket_step = 9.0F;  // between two edges that go back up
constexpr float row_gap = 96.0F;      // between the rows of a circle, at most
constexpr float edge_room = 104.0F;   // beside a node of a row, for an arrow with words
constexpr float least_row_node = 120.0F;

float height_of(const WaitNode& node) {
  if (node.kind == WaitNode::Kind::More) return 26.0F;
  const bool in_one_line = node.note.empty() || (node.note.starts_with("future ") && !node.stuck);
  return in_one_line ? low_node : high_node;
}

// --- From top to bottom ---

class Tree {
 public:
  Tree(const WaitPicture& picture, float width) : m_picture(picture), m_width(width) {
    m_out.boxes.resize(picture.nodes.size());
    for (const WaitEdge& edge : picture.edges) m_back += edge.tree ? 0 : 1;
  }

  WaitLayout make() {
    std::vector<bool> is_reached(m_picture.nodes.size(), false);
    for (const WaitEdge& edge : m_picture.edges) {
      if (edge.tree) is_reached[edge.to] = true;
    }
    for (std::size_t node = 0; node < m_picture.nodes.size(); ++node) {
      if (is_reached[node]) continue;
      if (m_y > 0) m_y += 14.0F;
      place(node, 0.0F);
    }
    add_back_edges();
    m_out.height = m_y;
    return std::move(m_out);
  }

 private:
  float right_edge() const {
    return m_width - margin -
           (m_back > 0 ? 6.0F + bracket_step * static_cast<float>(std::min<std::size_t>(m_back, 4)) : 0.0F);
  }

  void place(std::size_t node, float depth) {
    const float x = margin + std::min(depth, m_width * 0.25F);
    const float height = height_of(m_picture.nodes[node]);
    m_out.boxes[node] = {x, m_y, right_edge(), m_y + height};
    m_y += height;
    std::vector<std::size_t> children;
    for (std::size_t i = 0; i < m_picture.edges.size(); ++i) {
      if (m_picture.edges[i].tree && m_picture.edges[i].from == node) children.push_back(i);
    }
    if (children.size() == 1) {
      add_only_child(node, children.front(), depth);
    } else if (!children.empty()) {
      add_children(node, children, depth);
    }
  }

  void add_only_child(std::size_t node, std::size_t index, float depth) {
    const WaitEdge& edge = m_picture.edges[index];
    const Rect from = m_out.boxes[node];
    m_y += label_gap;
    const float x = from.x0 + 32.0F;
    m_out.edges.push_back({index, {{x, from.y1}, {x, m_y}}, {edge.words}, {x + 14.0F, from.y1 + label_gap * 0.5F}});
    place(edge.to, depth);
  }

  void add_children(std::size_t node, const std::vector<std::size_t>& children, float depth) {
    const Rect from = m_out.boxes[node];
    const float x = from.x0 + 10.0F;
    bool first = true;
    for (const std::size_t index : children) {
      const WaitEdge& edge = m_picture.edges[index];
      m_y += first ? fan_gap : sibling_gap;
      const float middle = m_y + height_of(m_picture.nodes[edge.to]) * 0.5F;
      const std::vector<std::string> words = first ? std::vector{edge.words} : std::vector<std::string>{};
      m_out.edges.push_back({index,
                             {{x, from.y1}, {x, middle}, {from.x0 + indent, middle}},
                             words,
                             {x + 12.0F, from.y1 + fan_gap * 0.5F}});
      place(edge.to, depth + indent);
      first = false;
    }
  }

  void add_back_edges() {
    std::size_t number = 0;
    for (std::size_t i = 0; i < m_picture.edges.size(); ++i) {
      const WaitEdge& edge = m_picture.edges[i];
      if (edge.tree) continue;
      const Rect from = m_out.boxes[edge.from];
      const Rect to = m_out.boxes[edge.to];
      const float out = right_edge() + 4.0F + bracket_step * static_cast<float>(number % 4 + 1);
      ++number;
      const float y0 = edge.from == edge.to ? from.y0 + from.height() * 0.72F : from.centre_y();
      const float y1 =
          edge.from == edge.to ? from.y0 + from.height() * 0.28F : to.centre_y() + (edge.to > edge.from ? -6.0F : 6.0F);
      // The words below the node it leaves, at the right: there the way down has none.
      m_out.edges.push_back({i,
                             {{from.x1, y0}, {out, y0}, {out, y1}, {to.x1, y1}},
                             {edge.words},
                             {from.x1, from.y1 + 10.0F},
                             WordsSide::Left});
      if (edge.from + 1 == m_picture.nodes.size()) m_y = std::max(m_y, from.y1 + 20.0F);
    }
  }

  const WaitPicture& m_picture;
  float m_width;
  float m_y = 2.0F;
  std::size_t m_back = 0;
  WaitLayout m_out;
};

// --- A circle, or a chain, in two rows ---

class Ring {
 public:
  Ring(const WaitPicture& picture, float width, float height, const NodeWidth& node_width)
      : m_picture(picture), m_width(width), m_height(height), m_node_width(node_width) {
    m_out.boxes.resize(picture.nodes.size());
    m_ring = picture.circle;
    for (std::size_t node = 0; node < picture.nodes.size(); ++node) {
      if (!picture.nodes[node].in_circle) m_leads.push_back(node);
    }
  }

  // Whether all of it has room.
  bool fits() {
    if (m_ring.empty()) return false;
    m_top = m_ring.size() == 2 ? 2 : (m_ring.size() + 1) / 2;
    m_lead_width = 0.0F;
    for (const std::size_t node : m_leads) m_lead_width = std::max(m_lead_width, width_of(node));
    m_left = margin + (m_leads.empty() ? 0.0F : m_lead_width + edge_room - 12.0F);
    const float room = m_width - margin - m_left;
    const auto across = static_cast<float>(m_top);
    m_widest = (room - edge_room * (across - 1)) / across;
    return m_widest >= least_row_node && m_height >= 2 * high_node + 24.0F;
  }

  WaitLayout make() {
    place_ring();
    place_leads();
    for (std::size_t i = 0; i < m_picture.edges.size(); ++i) connect(i);
    m_out.height = m_height;
    return std::move(m_out);
  }

 private:
  float width_of(std::size_t node) const { return std::clamp(m_node_width(m_picture.nodes[node]), 108.0F, 260.0F); }

  void put(std::size_t node, float centre_x, float y, float widest) {
    const float half = std::floor(std::min(width_of(node), widest) * 0.5F);
    m_out.boxes[node] = {centre_x - half, y, centre_x + half, y + high_node};
  }

  void place_ring() {
    const bool two_rows = m_ring.size() > 2;
    const float used = two_rows ? 2 * high_node + std::min(row_gap, m_height - 2 * high_node - 16.0F) : high_node;
    const float y0 = std::floor(std::max(8.0F, (m_height - used) * 0.42F));
    const float y1 = two_rows ? y0 + used - high_node : y0;
    const float right = m_width - margin;
    // The first and the last of the upper row stand at its ends; one alone in the middle.
    float spare = right - m_left;
    for (std::size_t i = 0; i < m_top; ++i) spare -= std::min(width_of(m_ring[i]), m_widest);
    const float gap = m_top > 1 ? std::min(spare / static_cast<float>(m_top - 1), 190.0F) : 0.0F;
    const float whole = right - m_left - spare + gap * static_cast<float>(m_top - 1);
    float x = m_leads.empty() ? m_left + (right - m_left - whole) * 0.5F : m_left;
    const float first_x = x;
    for (std::size_t i = 0; i < m_top; ++i) {
      const float wide = std::min(width_of(m_ring[i]), m_widest);
      put(m_ring[i], std::round(x + wide * 0.5F), y0, m_widest);
      x += wide + gap;
    }
    const float last_x = x - gap;
    const std::size_t bottom = m_ring.size() - m_top;
    for (std::size_t i = 0; i < bottom; ++i) {
      const float share = (static_cast<float>(bottom - i) - 0.5F) / static_cast<float>(bottom);
      put(m_ring[m_top + i], std::round(first_x + (last_x - first_x) * share), y1, m_widest);
    }
  }

  // Those that lead in, one below the other, beside the first of the circle.
  void place_leads() {
    if (m_leads.empty()) return;
    const float first = m_out.boxes[m_ring.front()].y0;
    const auto room = static_cast<std::size_t>(std::max(1.0F, (m_height - first) / (high_node + 16.0F)));
    for (std::size_t i = 0; i < m_leads.size(); ++i) {
      if (i >= room) {
        ++m_out.unplaced;
        continue;
      }
      const float y = first + static_cast<float>(i) * (high_node + 16.0F);
      m_out.boxes[m_leads[i]] = {margin, y, margin + width_of(m_leads[i]), y + high_node};
    }
  }

  static std::vector<std::string> two_lines(const std::string& words) {
    const std::size_t middle = words.size() / 2;
    std::size_t best = std::string::npos;
    for (std::size_t i = words.find(' '); i != std::string::npos; i = words.find(' ', i + 1)) {
      const auto off = [middle](std::size_t at) { return at > middle ? at - middle : middle - at; };
      if (best == std::string::npos || off(i) < off(best)) best = i;
    }
    if (best == std::string::npos) return {words};
    return {words.substr(0, best), words.substr(best + 1)};
  }

  void connect(std::size_t index) {
    const WaitEdge& edge = m_picture.edges[index];
    const Rect& from = m_out.boxes[edge.from];
    const Rect& to = m_out.boxes[edge.to];
    if (from.width() <= 0 || to.width() <= 0) return;
    if (edge.from == edge.to) return add_loop(index, from);
    const bool same_row = std::abs(from.y0 - to.y0) < 1.0F;
    if (same_row) return add_level(index, from, to);
    // Straight down or up where one stands over the other.
    if (to.y0 > from.y1) return add_down(index, from, to);
    add_up(index, from, to);
  }

  // There and back between the same two nodes: one above the middle, one below.
  float offset_of(const WaitEdge& edge) const {
    const bool both = std::ranges::any_of(
        m_picture.edges, [&](const WaitEdge& other) { return other.from == edge.to && other.to == edge.from; });
    if (!both) return 0.0F;
    return edge.from < edge.to ? -12.0F : 12.0F;
  }

  void add_level(std::size_t index, const Rect& from, const Rect& to) {
    const WaitEdge& edge = m_picture.edges[index];
    const bool right = to.x0 > from.x0;
    const float off = offset_of(edge);
    const float y = from.centre_y() + off;
    const float x0 = right ? from.x1 + 4.0F : from.x0 - 4.0F;
    const float x1 = right ? to.x0 - 3.0F : to.x1 + 3.0F;
    PlacedEdge placed{
        index, {{x0, y}, {x1, y}}, two_lines(edge.words), {(x0 + x1) * 0.5F, y - 14.0F}, WordsSide::Middle, 28.0F};
    if (off != 0) {
      placed.words = {edge.words};
      placed.words_at.y = off < 0 ? y - 12.0F : y + 13.0F;
    }
    m_out.edges.push_back(std::move(placed));
  }

  // From its lower edge, round to the side of the one below.
  void add_down(std::size_t index, const Rect& from, const Rect& to) {
    const WaitEdge& edge = m_picture.edges[index];
    const float middle = (from.x0 + from.x1) * 0.5F;
    PlacedEdge placed{index, {}, {edge.words}, {}};
    if (middle > to.x0 - 8.0F && middle < to.x1 + 8.0F) {
      placed.points = {{middle, from.y1 + 4.0F}, {middle, to.y0 - 3.0F}};
      placed.words_at = {middle + 12.0F, (from.y1 + to.y0) * 0.5F};
    } else {
      const bool left = middle > to.x1;
      const float end = left ? to.x1 + 5.0F : to.x0 - 5.0F;
      placed.points = {{middle, from.y1 + 4.0F}, {middle, to.centre_y()}, {end, to.centre_y()}};
      placed.words_at = {middle + (left ? -12.0F : 12.0F), from.y1 + 28.0F};
      placed.side = left ? WordsSide::Left : WordsSide::Right;
    }
    m_out.edges.push_back(std::move(placed));
  }

  // From its side, round to the lower edge of the one above.
  void add_up(std::size_t index, const Rect& from, const Rect& to) {
    const WaitEdge& edge = m_picture.edges[index];
    const float middle = (to.x0 + to.x1) * 0.5F;
    PlacedEdge placed{index, {}, {edge.words}, {}};
    if (middle > from.x0 - 8.0F && middle < from.x1 + 8.0F) {
      placed.points = {{middle, from.y0 - 4.0F}, {middle, to.y1 + 3.0F}};
      placed.words_at = {middle + 12.0F, (to.y1 + from.y0) * 0.5F};
    } else {
      const bool left = middle < from.x0;
      const float begin = left ? from.x0 - 4.0F : from.x1 + 4.0F;
      placed.points = {{begin, from.centre_y()}, {middle, from.centre_y()}, {middle, to.y1 + 4.0F}};
      placed.words_at = {middle + (left ? 14.0F : -12.0F), to.y1 + 28.0F};
      placed.side = left ? WordsSide::Right : WordsSide::Left;
    }
    m_out.edges.push_back(std::move(placed));
  }

  void add_loop(std::size_t index, const Rect& box) {
    const float x0 = box.x1 - 24.0F;
    const float x1 = box.x0 + 24.0F;
    const float y = box.y1 + 34.0F;
    m_out.edges.push_back({index,
                           {{x0, box.y1 + 4.0F}, {x0, y}, {x1, y}, {x1, box.y1 + 4.0F}},
                           {m_picture.edges[index].words},
                           {(x0 + x1) * 0.5F, y + 13.0F},
                           WordsSide::Middle});
  }

  const WaitPicture& m_picture;
  float m_width;
  float m_height;
  const NodeWidth& m_node_width;
  std::vector<std::size_t> m_ring;
  std::vector<std::size_t> m_leads;
  std::size_t m_top = 0;
  float m_lead_width = 0.0F;
  float m_left = 0.0F;
  float m_widest = 0.0F;
  WaitLayout m_out;
};

}  // namespace

WaitLayout lay_out_waits(const WaitPicture& picture, float width, float height, const NodeWidth& node_width) {
  constexpr float wide = 460.0F;
  if (width >= wide) {
    Ring ring(picture, width, height, node_width);
    if (ring.fits()) return ring.make();
  }
  return Tree(picture, width).make();
}

}  // namespace loiter::views
