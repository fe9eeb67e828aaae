// Where the nodes of a picture of waits stand.
//
// In a wide region a circle is drawn as one: its nodes in a row above, from left to right, and back in a row below; who
// leads into it stands at its left. In a narrow region the picture is a tree from top to bottom, and what leads back
// up goes round at the right.
//
// Shape    A pure function of picture and size. An edge is a row of points, the last of them at its arrowhead.
// Units    Units of the design, from the top left corner of the region; the caller multiplies by the scale.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "views/rect.hpp"
#include "views/wait_picture.hpp"

namespace loiter::views {

struct Point {
  float x = 0.0F;
  float y = 0.0F;
  friend bool operator==(const Point&, const Point&) = default;
};

enum class WordsSide { Right, Left, Middle };  // of words_at

struct PlacedEdge {
  std::size_t edge = 0;            // in WaitPicture::edges
  std::vector<Point> points;       // corners; a curve is rounded at them
  std::vector<std::string> words;  // in one line or two
  Point words_at;                  // of the first line, at the middle of its height
  WordsSide side = WordsSide::Right;
  float line_step = 15.0F;
};

struct WaitLayout {
  std::vector<Rect> boxes;  // of each node; empty: it has no place
  std::vector<PlacedEdge> edges;
  float height = 0.0F;       // of all of it
  std::size_t unplaced = 0;  // nodes without a place
};

// How wide a node's words are, in units.
using NodeWidth = std::function<float(const WaitNode&)>;

WaitLayout lay_out_waits(const WaitPicture& picture, float width, float height, const NodeWidth& node_width);

}  // namespace loiter::views
