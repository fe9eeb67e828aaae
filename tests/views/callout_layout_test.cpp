// Where the card of the tour stands: beside what it speaks of, inside the window, its pointer level with it.
#include "views/callout_layout.hpp"

#include <array>
#include <catch2/catch_test_macros.hpp>

using namespace loiter::views;

namespace {

constexpr Rect room{10, 10, 1270, 790};
constexpr float gap = 12;
constexpr std::array<CalloutSize, 2> sizes{{{360, 240}, {600, 170}}};

bool is_inside(const Rect& card, const Rect& around) {
  return card.x0 >= around.x0 && card.y0 >= around.y0 && card.x1 <= around.x1 && card.y1 <= around.y1;
}

}  // namespace

TEST_CASE("a card that speaks of nothing stands in the middle", "[callout]") {
  const Callout callout = place_callout(room, std::nullopt, sizes, gap);
  CHECK(callout.side == CalloutSide::None);
  CHECK(callout.card == Rect{460, 280, 820, 520});
}

TEST_CASE("a card stands beside a column and below a row", "[callout]") {
  const Callout beside = place_callout(room, Rect{0, 100, 330, 630}, sizes, gap);
  CHECK(beside.side == CalloutSide::Right);
  CHECK(beside.card.x0 == 342);
  CHECK(beside.pointer == 365);
  const Callout below = place_callout(room, Rect{0, 0, 1280, 44}, sizes, gap);
  CHECK(below.side == CalloutSide::Below);
  CHECK(below.card.y0 == 56);
  CHECK(below.pointer == 640);
}

TEST_CASE("a card stays inside the window, and its pointer stays with what it speaks of", "[callout]") {
  const Callout at_right = place_callout(room, Rect{1012, 90, 1280, 280}, sizes, gap);
  CHECK(at_right.side == CalloutSide::Below);
  CHECK(at_right.card.x1 == room.x1);
  CHECK(at_right.pointer == 1141);
  const Callout in_corner = place_callout(room, Rect{12, 52, 96, 80}, sizes, gap);
  CHECK(in_corner.side == CalloutSide::Below);
  CHECK(in_corner.card.x0 == room.x0);
  CHECK(in_corner.pointer == 54);
  const Callout at_bottom = place_callout(room, Rect{1012, 630, 1280, 770}, sizes, gap);
  CHECK(at_bottom.side == CalloutSide::Above);
  CHECK(is_inside(at_bottom.card, room));
}

TEST_CASE("a card takes another size where it then covers nothing of what it speaks of", "[callout]") {
  constexpr Rect low_room{10, 10, 630, 390};
  const Callout callout = place_callout(low_room, Rect{0, 84, 640, 200}, sizes, gap);
  CHECK(callout.side == CalloutSide::Below);
  CHECK(callout.card == Rect{20, 212, 620, 382});
  CHECK(callout.size == 1);
}

TEST_CASE("a card without room beside what it speaks of covers as little as it can", "[callout]") {
  constexpr Rect low_room{10, 10, 630, 390};
  constexpr Rect target{0, 84, 640, 370};
  const Callout callout = place_callout(low_room, target, sizes, gap);
  CHECK(callout.side == CalloutSide::None);
  CHECK(is_inside(callout.card, low_room));
  CHECK(callout.card.height() == 170);
}
