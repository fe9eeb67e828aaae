#include "views/wait_edge_words.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/text.hpp"

namespace loiter::views {

std::vector<std::string> in_two_lines(const std::string& words) {
  const std::size_t middle = words.size() / 2;
  std::size_t best = std::string::npos;
  for (std::size_t i = words.find(' '); i != std::string::npos; i = words.find(' ', i + 1)) {
    const auto off = [middle](std::size_t at) { return at > middle ? at - middle : middle - at; };
    if (best == std::string::npos || off(i) < off(best)) best = i;
  }
  if (best == std::string::npos) return {words};
  return {words.substr(0, best), words.substr(best + 1)};
}

namespace {

constexpr float letter = 6.6F;  // of an edge's words
constexpr float half_line = 8.0F;

Rect words_box(const PlacedEdge& placed) {
  std::size_t longest = 0;
  for (const std::string& line : placed.words) longest = std::max(longest, line.size());
  const float width = letter * static_cast<float>(longest);
  const float left = placed.side == WordsSide::Right  ? placed.words_at.x
                     : placed.side == WordsSide::Left ? placed.words_at.x - width
                                                      : placed.words_at.x - width * 0.5F;
  const float last = placed.line_step * (static_cast<float>(placed.words.size()) - 1.0F);
  return {left, placed.words_at.y - half_line, left + width, placed.words_at.y + last + half_line};
}

bool is_clear(const PlacedEdge& placed, const WaitLayout& layout, float width) {
  const Rect words = words_box(placed);
  if (words.x0 < 2.0F || words.x1 > width - 2.0F || words.y0 < 0.0F) return false;
  return std::ranges::none_of(layout.boxes, [&](const Rect& box) {
    return box.width() > 0 && words.x0 < box.x1 && words.x1 > box.x0 && words.y0 < box.y1 && words.y1 > box.y0;
  });
}

bool meets_words(const PlacedEdge& placed, const WaitLayout& layout) {
  const Rect words = words_box(placed);
  return std::ranges::any_of(layout.edges, [&](const PlacedEdge& other) {
    if (other.edge == placed.edge || other.words.empty()) return false;
    const Rect box = words_box(other);
    return words.x0 < box.x1 && words.x1 > box.x0 && words.y0 < box.y1 && words.y1 > box.y0;
  });
}

// Beside the middle of each part of the line, in one line and in two: the first place where no node is, and no words.
bool move_words(PlacedEdge& placed, const WaitLayout& layout, float width) {
  const std::vector<std::string> in_one{join(placed.words, " ")};
  for (const std::vector<std::string>& words : {in_one, in_two_lines(in_one.front())}) {
    PlacedEdge tried = placed;
    tried.words = words;
    tried.line_step = 15.0F;
    const float lines = tried.line_step * (static_cast<float>(words.size()) - 1.0F);
    for (std::size_t i = 0; i + 1 < placed.points.size(); ++i) {
      const Point middle{(placed.points[i].x + placed.points[i + 1].x) * 0.5F,
                         (placed.points[i].y + placed.points[i + 1].y) * 0.5F};
      const bool is_level = placed.points[i].y == placed.points[i + 1].y;
      const Point first =
          is_level ? Point{middle.x, middle.y - 12.0F - lines} : Point{middle.x + 12.0F, middle.y - lines * 0.5F};
      const Point second =
          is_level ? Point{middle.x, middle.y + 13.0F} : Point{middle.x - 12.0F, middle.y - lines * 0.5F};
      for (const bool is_first : {true, false}) {
        tried.words_at = is_first ? first : second;
        tried.side = is_level ? WordsSide::Middle : is_first ? WordsSide::Right : WordsSide::Left;
        if (!is_clear(tried, layout, width) || meets_words(tried, layout)) continue;
        placed = tried;
        return true;
      }
    }
  }
  return false;
}

}  // namespace

// A node is drawn over what lies under it: words that would, move aside; where there is no room at all there are none.
void clear_words(WaitLayout& layout, float width) {
  for (PlacedEdge& placed : layout.edges) {
    if (placed.words.empty() || is_clear(placed, layout, width) || move_words(placed, layout, width)) continue;
    placed.words.clear();
  }
}

std::string edge_sentence(const WaitPicture& picture, const WaitEdge& edge) {
  const auto name = [](const WaitNode& node) {
    if (node.kind != WaitNode::Kind::Future || !node.note.starts_with("future ")) return node.title;
    return node.title + " (" + node.note.substr(0, node.note.find(',')) + ")";
  };
  const bool ends_in_number = !edge.words.empty() && edge.words.back() >= '0' && edge.words.back() <= '9';
  return name(picture.nodes[edge.from]) + " " + edge.words + (ends_in_number ? ": " : " ") +
         name(picture.nodes[edge.to]);
}

float distance_to(const PlacedEdge& placed, Point point) {
  float nearest = std::numeric_limits<float>::max();
  for (std::size_t i = 0; i + 1 < placed.points.size(); ++i) {
    const Point a = placed.points[i];
    const Point along{placed.points[i + 1].x - a.x, placed.points[i + 1].y - a.y};
    const float length = along.x * along.x + along.y * along.y;
    const float dot = (point.x - a.x) * along.x + (point.y - a.y) * along.y;
    const float share = length > 0 ? std::clamp(dot / length, 0.0F, 1.0F) : 0.0F;
    nearest = std::min(nearest, std::hypot(point.x - a.x - along.x * share, point.y - a.y - along.y * share));
  }
  return nearest;
}

PlacedEdge moved_edge(PlacedEdge placed, Point from, Point to) {
  const auto move = [&](Point& point, float share) {
    point.x += from.x + (to.x - from.x) * share;
    point.y += from.y + (to.y - from.y) * share;
  };
  const auto last = static_cast<float>(std::max<std::size_t>(1, placed.points.size() - 1));
  for (std::size_t i = 0; i < placed.points.size(); ++i) move(placed.points[i], static_cast<float>(i) / last);
  move(placed.words_at, 0.5F);
  return placed;
}

}  // namespace loiter::views
