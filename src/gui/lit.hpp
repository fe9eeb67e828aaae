// Lit: the frame around what a lesson or the tour points at.
//
// Shape    Free functions; WorkbenchView::lit says which panel.
// Threads  GUI thread.
#pragma once

#include "gui/box.hpp"
#include "gui/look.hpp"

namespace loiter::gui {

struct WorkbenchView;

// The selection's two colours, so that it is seen in both themes.
void outline_lit(ImDrawList& list, const Look& look, const Box& box);

// Around the panel that is lit: above the panels, below the tour's card and whatever opens.
void draw_lit(const WorkbenchView& view, const Look& look);

}  // namespace loiter::gui
