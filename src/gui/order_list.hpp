// The order list: cards that a learner puts into the order they expect.
//
//    1  [:: slow      ]     a card is dragged up or down, and the others make room;
//    2  [:: quick #1  ]     or Tab to it, Enter lifts it, Up and Down move it, Enter puts it down, Esc puts it back;
//    3  [:: quick #2  ]     Alt+Up and Alt+Down move it at once. The numbers stay where they are.
//
//   label a test finds      what it is
//   "Order/slow"            a card
//
// Shape    An item at the ImGui cursor, as wide as it is told; `order` is the caller's: which label stands at each place.
//          OrderListView is what glides, and what is held.
// Units    `width` is pixels; `scale_up` makes everything larger, for the wall.
// Errors   An order that is none of these labels becomes the order in which they are given.
// Threads  GUI thread, inside a window.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "gui/frame.hpp"

namespace loiter::gui {

struct OrderListView {
  bool moving = false;  // a card glides: another frame is needed at once

  // Nothing to set from outside.
  std::vector<Glide> places;           // of each label: where its card stands, counted in places
  std::optional<std::size_t> dragged;  // by the pointer
  std::optional<std::size_t> lifted;   // by the keyboard
  std::vector<std::size_t> before;     // what Esc brings back
};

// Returns whether the order has changed.
bool draw_order_list(OrderListView& view, const std::vector<std::string>& labels, std::vector<std::size_t>& order,
                     const Look& look, float width, bool enabled, float scale_up = 1.0F);

}  // namespace loiter::gui
