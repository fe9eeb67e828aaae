// Draws nodes and edges of a picture of waits. No input, no state.
//
// Units    Pixels of the display; `origin` is where the layout's units begin.
#pragma once

#include "gui/frame.hpp"
#include "gui/paint.hpp"
#include "views/wait_layout.hpp"

namespace loiter::gui {

void paint_wait_edge(ImDrawList& list, const Look& look, const views::WaitEdge& edge, const views::PlacedEdge& placed,
                     ImVec2 origin);
// `pulse` is the opacity of the outer outline of what is stuck.
void paint_wait_node(ImDrawList& list, const Frame& frame, const views::WaitNode& node, const Box& box, float pulse);
// How wide its words are, in units.
[[nodiscard]] float wait_node_width(const Look& look, const views::WaitNode& node);

}  // namespace loiter::gui
