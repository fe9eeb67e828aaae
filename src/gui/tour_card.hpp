// Tour card: the card of the tour, beside what it speaks of, with a pointer to it.
//
// Shape    Draws a window of its own, above the panels; says which of its buttons was pressed.
// Threads  GUI thread.
#pragma once

#include <cstdint>

#include "gui/look.hpp"

namespace loiter::gui {

struct WorkbenchView;

enum class TourPress : std::uint8_t { None, Back, Next, Skip };

TourPress draw_tour_card(WorkbenchView& view, const Look& look);

}  // namespace loiter::gui
