// Callout layout: where a card stands that speaks of something on the screen, and where its pointer leaves it.
//
//   +--------+        the card is beside what it speaks of, on a side that has room for it;
//   | panel  |<| card   the pointer is on the card's edge, level with what is common to both
//   +--------+
//
// Shape    A pure function of boxes. Where no side has room for any of the sizes, the card covers as little as it can.
// Units    Pixels of the display.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "views/rect.hpp"

namespace loiter::views {

// Of the card, seen from what it speaks of.
enum class CalloutSide : std::uint8_t { None, Right, Left, Below, Above };

struct CalloutSize {
  float width = 0.0F;
  float height = 0.0F;
};

struct Callout {
  Rect card;
  CalloutSide side = CalloutSide::None;
  std::size_t size = 0;  // which of those that it may be
  float pointer = 0.0F;  // along the card's edge: an x below and above, else a y
};

// `sizes`: what the card may be, the one it would like to be first. `gap` is between the card and what it speaks of;
// nothing to speak of puts it into the middle of the room.
Callout place_callout(const Rect& room, const std::optional<Rect>& target, std::span<const CalloutSize> sizes,
                      float gap);

}  // namespace loiter::views
