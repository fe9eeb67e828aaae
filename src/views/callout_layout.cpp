#include "views/callout_layout.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "base/assert.hpp"

namespace loiter::views {
namespace {

using Sides = std::array<CalloutSide, 4>;

// A tall column has its room beside it, a wide row below.
Sides sides_for(const Rect& target) {
  using enum CalloutSide;
  return target.height() > target.width() ? Sides{Right, Left, Below, Above} : Sides{Below, Above, Right, Left};
}

float within(float value, float least, float most) { return std::clamp(value, least, std::max(least, most)); }

Rect moved_into(const Rect& room, float x, float y, const CalloutSize& size) {
  const float x0 = std::round(within(x, room.x0, room.x1 - size.width));
  const float y0 = std::round(within(y, room.y0, room.y1 - size.height));
  return {x0, y0, x0 + size.width, y0 + size.height};
}

// The card on that side, as far as the room allows.
Rect card_on(CalloutSide side, const Rect& room, const Rect& target, const CalloutSize& size, float gap) {
  const float middle_x = (target.x0 + target.x1 - size.width) * 0.5F;
  const float middle_y = target.centre_y() - size.height * 0.5F;
  switch (side) {
    case CalloutSide::Right:
      return moved_into(room, target.x1 + gap, middle_y, size);
    case CalloutSide::Left:
      return moved_into(room, target.x0 - gap - size.width, middle_y, size);
    case CalloutSide::Below:
      return moved_into(room, middle_x, target.y1 + gap, size);
    case CalloutSide::Above:
      return moved_into(room, middle_x, target.y0 - gap - size.height, size);
    case CalloutSide::None:
      break;
  }
  return moved_into(room, middle_x, middle_y, size);
}

float common_area(const Rect& one, const Rect& other) {
  const float width = std::min(one.x1, other.x1) - std::max(one.x0, other.x0);
  const float height = std::min(one.y1, other.y1) - std::max(one.y0, other.y0);
  return std::max(0.0F, width) * std::max(0.0F, height);
}

float pointer_of(CalloutSide side, const Rect& card, const Rect& target) {
  if (side == CalloutSide::Below || side == CalloutSide::Above) {
    return std::round((std::max(card.x0, target.x0) + std::min(card.x1, target.x1)) * 0.5F);
  }
  return std::round((std::max(card.y0, target.y0) + std::min(card.y1, target.y1)) * 0.5F);
}

}  // namespace

Callout place_callout(const Rect& room, const std::optional<Rect>& target, std::span<const CalloutSize> sizes,
                      float gap) {
  LOITER_ASSERT(!sizes.empty(), "a card has a size");
  if (!target) return {.card = card_on(CalloutSide::None, room, room, sizes.front(), gap)};
  const Rect kept_free{target->x0 - gap, target->y0 - gap, target->x1 + gap, target->y1 + gap};
  Callout best;
  float least_covered = -1.0F;
  for (std::size_t i = 0; i < sizes.size(); ++i) {
    for (const CalloutSide side : sides_for(*target)) {
      const Rect card = card_on(side, room, *target, sizes[i], gap);
      if (common_area(card, kept_free) <= 0.0F) return {card, side, i, pointer_of(side, card, *target)};
      const float covered = common_area(card, *target);
      if (least_covered >= 0.0F && covered >= least_covered) continue;
      least_covered = covered;
      best = {.card = card, .size = i};
    }
  }
  return best;
}

}  // namespace loiter::views
