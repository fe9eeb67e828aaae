#include "views/wait_layout.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "views/wait_edge_words.hpp"

namespace loiter::views {
namespace {

constexpr float margin = 16.0F;
constexpr float low_node = 40.0F;
constexpr float high_node = 52.0F;
constexpr float label_gap = 44.0F;  // between a node and the only one it leads to
constexpr float low_label_gap = 30.0F;
constexpr float low_by = 6.0F;    // how much lower nodes are, too, where there is little room
constexpr float fan_gap = 26.0F;  // the same, with several
constexpr float sibling_gap = 8.0F;
constexpr float indent = 20.0F;
constexpr float bracket_step = 9.0F;  // between two edges that go back up
constexpr float row_gap = 96.0F;      // between the rows of a circle, at most
constexpr float least_row_gap = 22.0F;
constexpr float low_circle = 2 * high_node + least_row_gap;  // lower than that, a circle is drawn
constexpr float least_circle = low_circle + 14.0F;           // as high as that
constexpr float edge_room = 96.0F;                           // beside a node of a row, for an arrow with words
constexpr float least_row_node = 120.0F;
constexpr float least_lead_width = 150.0F;
constexpr float lead_gap = 30.0F;  // between those that lead into a circle, for words in one line
constexpr float least_lead_gap = 20.0F;
constexpr float beside_row = 8.0F;

float height_of(const WaitNode& node) {
  if (node.kind == WaitNode::Kind::More) return 26.0F;
  const bool in_one_line = node.note.empty() || (node.note.starts_with("future ") && !node.stuck);
  return in_one_line ? low_node : high_node;
}

// --- From top to bottom ---

class Tree {
 public:
  Tree(const WaitPicture& picture, float width, bool low)
      : m_picture(picture),
        m_width(width),
        m_low_by(low ? low_by : 0.0F),
        m_label_gap(low ? low_label_gap : label_gap) {
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
      if (node > 0) m_y += 14.0F;
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
    const float height = height_of(m_picture.nodes[node]) - m_low_by;
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
    m_y += m_label_gap;
    const float x = from.x0 + 32.0F;
    m_out.edges.push_back({index, {{x, from.y1}, {x, m_y}}, {edge.words}, {x + 14.0F, from.y1 + m_label_gap * 0.5F}});
    place(edge.to, depth);
  }

  void add_children(std::size_t node, const std::vector<std::size_t>& children, float depth) {
    const Rect from = m_out.boxes[node];
    const float x = from.x0 + 10.0F;
    bool first = true;
    for (const std::size_t index : children) {
      const WaitEdge& edge = m_picture.edges[index];
      m_y += first ? fan_gap : sibling_gap;
      const float middle = m_y + (height_of(m_picture.nodes[edge.to]) - m_low_by) * 0.5F;
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
      // The words below the node it leaves, at the right: there the way down has none. Between two that stand close
      // there is no room for them.
      const bool has_room = std::ranges::none_of(
          m_out.boxes, [&](const Rect& other) { return other.y0 > from.y0 && other.y0 < from.y1 + 20.0F; });
      m_out.edges.push_back({i,
                             {{from.x1, y0}, {out, y0}, {out, y1}, {to.x1, y1}},
                             has_room ? std::vector{edge.words} : std::vector<std::string>{},
                             {from.x1, from.y1 + 10.0F},
                             WordsSide::Left});
      if (edge.from + 1 == m_picture.nodes.size()) m_y = std::max(m_y, from.y1 + 20.0F);
    }
  }

  const WaitPicture& m_picture;
  float m_width;
  float m_low_by;
  float m_label_gap;
  float m_y = 2.0F;
  std::size_t m_back = 0;
  WaitLayout m_out;
};

// --- A circle in two rows, or a chain in one ---

class Ring {
 public:
  Ring(const WaitPicture& picture, float width, float height, const NodeWidth& node_width)
      : m_picture(picture), m_width(width), m_height(height), m_node_width(node_width), m_ring(picture.circle) {
    m_out.boxes.resize(picture.nodes.size());
    if (m_ring.empty() && is_chain()) {
      m_is_open = true;
      for (std::size_t node = 0; node < picture.nodes.size(); ++node) m_ring.push_back(node);
    }
    for (std::size_t node = 0; node < picture.nodes.size(); ++node) {
      if (std::ranges::find(m_ring, node) == m_ring.end()) m_leads.push_back(node);
    }
  }

  // Whether all of it has room.
  bool fits() {
    if (m_ring.empty()) return false;
    const std::size_t count = m_ring.size();
    for (const std::size_t top : {(count + 1) / 2, count / 2}) {
      m_top = m_is_open || count == 2 ? count : std::max<std::size_t>(1, top);
      if (fits_in_rows()) return true;
    }
    return false;
  }

  WaitLayout make() {
    place_ring();
    place_leads();
    centre();
    for (std::size_t i = 0; i < m_picture.edges.size(); ++i) connect(i);
    m_out.height = m_height;
    return std::move(m_out);
  }

 private:
  float width_of(std::size_t node) const { return std::clamp(m_node_width(m_picture.nodes[node]), 108.0F, 260.0F); }
  bool has_two_rows() const { return m_top < m_ring.size(); }

  // Each node leads to the next one, and nowhere else.
  bool is_chain() const {
    std::size_t next = 0;
    const bool in_order = std::ranges::all_of(m_picture.edges, [&next](const WaitEdge& edge) {
      ++next;
      return edge.from + 1 == next && edge.to == next;
    });
    return in_order && next + 1 == m_picture.nodes.size();
  }

  // How wide each of some nodes in a row can be.
  static float widest(float room, std::size_t nodes) {
    const auto count = static_cast<float>(nodes);
    return (room - edge_room * (count - 1)) / std::max(1.0F, count);
  }

  bool fits_in_rows() {
    m_lead_width = 0.0F;
    for (const std::size_t node : m_leads) m_lead_width = std::max(m_lead_width, width_of(node));
    // Those that lead in give way: their names may be cut, a circle may not.
    const auto longest = static_cast<float>(m_leads.size() > 1 ? std::max(m_top, m_ring.size() - m_top) : m_top);
    const float for_ring = least_row_node * longest + edge_room * (longest - 1);
    m_lead_width =
        std::min(m_lead_width, std::max(least_lead_width, std::floor(m_width - 2 * margin - edge_room - for_ring)));
    m_left = margin + (m_leads.empty() ? 0.0F : m_lead_width + edge_room);
    // One alone stands beside the upper row; several reach down beside the lower one.
    m_bottom_left = m_leads.size() > 1 ? m_left : margin;
    const float right = m_width - margin;
    m_widest_top = widest(right - m_left, m_top);
    m_widest_bottom = has_two_rows() ? widest(right - m_bottom_left, m_ring.size() - m_top) : m_widest_top;
    const float rows = has_two_rows() ? 2 * high_node + least_row_gap : high_node;
    return std::min(m_widest_top, m_widest_bottom) >= least_row_node && m_height >= rows;
  }

  void put(std::size_t node, float centre_x, float y, float most) {
    const float half = std::floor(std::min(width_of(node), most) * 0.5F);
    m_out.boxes[node] = {centre_x - half, y, centre_x + half, y + high_node};
  }

  // A row from `left` on, no wider than needed; returns where it ends.
  float place_row(const std::vector<std::size_t>& row, float left, float right, float y, float most) {
    const float gaps = static_cast<float>(row.size()) - 1;
    float natural = 0.0F;
    for (const std::size_t node : row) natural += width_of(node);
    if (natural + gaps * edge_room <= right - left) most = right - left;
    float spare = right - left;
    for (const std::size_t node : row) spare -= std::min(width_of(node), most);
    const float gap = gaps > 0 ? std::min(spare / gaps, 190.0F) : 0.0F;
    float x = left;
    for (const std::size_t node : row) {
      const float wide = std::min(width_of(node), most);
      put(node, std::round(x + wide * 0.5F), y, most);
      x += wide + gap;
    }
    return x - gap;
  }

  void place_ring() {
    const float used = has_two_rows() ? 2 * high_node + std::min(row_gap, m_height - 2 * high_node - 14.0F) : high_node;
    const float y0 = std::floor(std::max(6.0F, (m_height - used) * 0.42F));
    const float right = m_width - margin;
    const auto middle = m_ring.begin() + static_cast<std::ptrdiff_t>(m_top);
    const float end = place_row({m_ring.begin(), middle}, m_left, right, y0, m_widest_top);
    if (!has_two_rows()) return;
    const std::vector<std::size_t> back(m_ring.rbegin(), m_ring.rend() - static_cast<std::ptrdiff_t>(m_top));
    const float y1 = y0 + used - high_node;
    if (back.size() >= m_top) {
      place_row(back, m_bottom_left, right, y1, m_widest_bottom);
      return;
    }
    // Fewer than above: between the ends of the upper row.
    for (std::size_t i = 0; i < back.size(); ++i) {
      const float share = (static_cast<float>(i) + 0.5F) / static_cast<float>(back.size());
      put(back[i], std::round(m_left + (end - m_left) * share), y1, std::max(m_widest_top, end - m_left - edge_room));
    }
  }

  // Those that lead in, one below the other, beside the first of the circle.
  void place_leads() {
    if (m_leads.empty()) return;
    const float first = m_out.boxes[m_ring.front()].y0;
    const auto count = static_cast<float>(m_leads.size());
    // The last of several stands beside the lower row, so little lower that its line does not meet the circle's.
    const float end = has_two_rows() ? m_out.boxes[m_ring.back()].y1 + beside_row : m_height - 4.0F;
    const float spare = (end - first - high_node * count) / std::max(1.0F, count - 1.0F);
    const float gap = std::clamp(spare, least_lead_gap, lead_gap);
    const auto room = static_cast<std::size_t>(std::max(1.0F, (m_height - first + gap) / (high_node + gap)));
    for (std::size_t i = 0; i < m_leads.size(); ++i) {
      if (i >= room) {
        ++m_out.unplaced;
        continue;
      }
      const float y = first + static_cast<float>(i) * (high_node + gap);
      m_out.boxes[m_leads[i]] = {margin, y, margin + std::min(width_of(m_leads[i]), m_lead_width), y + high_node};
    }
  }

  void centre() {
    float left = m_width;
    float right = 0.0F;
    for (const Rect& box : m_out.boxes) {
      if (box.width() <= 0) continue;
      left = std::min(left, box.x0);
      right = std::max(right, box.x1);
    }
    const float by = std::floor((m_width - left - right) * 0.5F);
    for (Rect& box : m_out.boxes) {
      if (box.width() > 0) box = {box.x0 + by, box.y0, box.x1 + by, box.y1};
    }
  }

  void connect(std::size_t index) {
    const WaitEdge& edge = m_picture.edges[index];
    const Rect& from = m_out.boxes[edge.from];
    const Rect& to = m_out.boxes[edge.to];
    if (from.width() <= 0 || to.width() <= 0) return;
    if (edge.from == edge.to) return add_loop(index, from);
    if (has_two_rows() && is_of_ring(edge.from) && is_of_ring(edge.to) && !edge.in_circle) {
      return add_inside(index, from, to);
    }
    // A pool that is busy with several says so once.
    if (is_of_ring(edge.from) && !is_of_ring(edge.to) && is_said(edge)) return;
    const bool same_row = std::abs(from.y0 - to.y0) < (is_of_ring(edge.from) ? 1.0F : 2 * beside_row);
    if (same_row) return add_level(index, from, to);
    // Straight down or up where one stands over the other.
    if (to.y0 > from.y1) return add_down(index, from, to);
    add_up(index, from, to);
  }

  // By the circle's own way out of the node.
  bool is_said(const WaitEdge& edge) const {
    return std::ranges::any_of(m_picture.edges, [&](const WaitEdge& other) {
      return other.in_circle && other.from == edge.from && other.words == edge.words;
    });
  }
  bool is_of_ring(std::size_t node) const { return std::ranges::find(m_ring, node) != m_ring.end(); }

  // Between two nodes of the circle, but no part of it: through the middle. What the circle's own way out of the node
  // says already has no line of its own (a pool that is busy with several).
  void add_inside(std::size_t index, const Rect& from, const Rect& to) {
    const WaitEdge& edge = m_picture.edges[index];
    if (is_said(edge)) return;
    const float top = m_out.boxes[m_ring.front()].y1;
    const float bottom = m_out.boxes[m_ring.back()].y0;
    const float y = std::round((top + bottom) * 0.5F + 8.0F * static_cast<float>(m_inside++ % 2 + 1));
    const auto side = [&](const Rect& box) { return box.y1 <= top + 1.0F ? box.y1 + 4.0F : box.y0 - 4.0F; };
    const float x0 = from.x0 + from.width() * (to.x0 > from.x0 ? 0.75F : 0.25F);
    const float x1 = to.x0 + to.width() * (to.x0 > from.x0 ? 0.25F : 0.75F);
    m_out.edges.push_back({index,
                           {{x0, side(from)}, {x0, y}, {x1, y}, {x1, side(to)}},
                           {edge.words},
                           {(x0 + x1) * 0.5F, y - 10.0F},
                           WordsSide::Middle});
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
        index, {{x0, y}, {x1, y}}, in_two_lines(edge.words), {(x0 + x1) * 0.5F, y - 14.0F}, WordsSide::Middle, 28.0F};
    // Beside the lower row: clear of the circle's line, which goes up there.
    if (from.y0 != to.y0) placed.words_at.x = std::round(x0 + (x1 - x0) * 0.36F);
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
      set_words_beside(placed, edge.words, middle, (from.y1 + to.y0) * 0.5F);
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
      set_words_beside(placed, edge.words, middle, (to.y1 + from.y0) * 0.5F);
    } else if (has_neighbour(from, middle)) {
      const float start = (from.x0 + from.x1) * 0.5F;
      const float y = std::round((to.y1 + from.y0) * 0.5F);
      placed.points = {{start, from.y0 - 4.0F}, {start, y}, {middle, y}, {middle, to.y1 + 4.0F}};
      placed.words_at = {(start + middle) * 0.5F, y - 11.0F};
      placed.side = WordsSide::Middle;
    } else {
      const bool left = middle < from.x0;
      const float begin = left ? from.x0 - 4.0F : from.x1 + 4.0F;
      placed.points = {{begin, from.centre_y()}, {middle, from.centre_y()}, {middle, to.y1 + 4.0F}};
      placed.words_at = {middle + (left ? 14.0F : -12.0F), to.y1 + 28.0F};
      placed.side = left ? WordsSide::Right : WordsSide::Left;
    }
    m_out.edges.push_back(std::move(placed));
  }

  // Whether a node stands beside it in its row, on the side of x: there is an edge in between.
  bool has_neighbour(const Rect& box, float x) const {
    return std::ranges::any_of(m_out.boxes, [&](const Rect& other) {
      const bool same_row = other.width() > 0 && std::abs(other.y0 - box.y0) < 1.0F;
      return same_row && (x > box.x1 ? other.x0 > box.x1 : other.x1 < box.x0);
    });
  }

  // Beside an upright line: at its right, unless that is where the region ends.
  void set_words_beside(PlacedEdge& placed, const std::string& words, float x, float y) const {
    constexpr float usual_letter = 6.6F;
    const bool fits = x + 12.0F + usual_letter * static_cast<float>(words.size()) <= m_width - 4.0F;
    placed.words_at = {x + (fits ? 12.0F : -12.0F), y};
    placed.side = fits ? WordsSide::Right : WordsSide::Left;
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
  bool m_is_open = false;  // a chain
  std::size_t m_top = 0;   // how many of the ring stand in the upper row
  std::size_t m_inside = 0;
  float m_left = 0.0F;
  float m_bottom_left = 0.0F;
  float m_lead_width = 0.0F;
  float m_widest_top = 0.0F;
  float m_widest_bottom = 0.0F;
  WaitLayout m_out;
};

}  // namespace

WaitLayout lay_out_waits(const WaitPicture& picture, float width, float height, const NodeWidth& node_width) {
  constexpr float wide = 460.0F;
  if (width >= wide) {
    // A circle is one in a low region too, which then scrolls a little.
    const float rows = picture.circle.empty() || height >= low_circle ? height : least_circle;
    Ring ring(picture, width, rows, node_width);
    if (ring.fits()) {
      WaitLayout placed = ring.make();
      clear_words(placed, width);
      return placed;
    }
  }
  WaitLayout tree = Tree(picture, width, false).make();
  return tree.height <= height ? tree : Tree(picture, width, true).make();
}

}  // namespace loiter::views
