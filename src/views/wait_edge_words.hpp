// The words beside the edges of a picture of waits: where they stand once the nodes have their places.
//
// Shape    Pure functions of a layout.
// Units    Units of the design, as the layout's.
#pragma once

#include <string>
#include <vector>

#include "views/wait_layout.hpp"

namespace loiter::views {

// Broken at the space that is nearest to the middle.
std::vector<std::string> in_two_lines(const std::string& words);

// No words under a node, or outside of a region that wide: they move along their edge; where there is no room they go.
void clear_words(WaitLayout& layout, float width);

// "main waits for the result of zip (future 2)": an edge with its ends.
std::string edge_sentence(const WaitPicture& picture, const WaitEdge& edge);

// How far a point is from an edge's line.
float distance_to(const PlacedEdge& placed, Point point);

// While nodes glide to their places: an edge whose ends are off by so much yet. What is in between follows in proportion.
PlacedEdge moved_edge(PlacedEdge placed, Point from, Point to);

}  // namespace loiter::views
