#include "gui/paint.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <utility>

namespace loiter::gui {
namespace {

struct Reach {
  float from = 0.0F;
  float to = 0.0F;
};

// Which part of a line, as distances from its start, can show inside the clip rectangle. Long lines are zoomed in:
// without this a line of a million pixels would be a hundred thousand dashes.
Reach visible_reach(const ImDrawList& list, ImVec2 from, ImVec2 unit, float length) {
  constexpr float margin = 16.0F;
  const ImVec2 low = list.GetClipRectMin();
  const ImVec2 high = list.GetClipRectMax();
  Reach reach{0.0F, length};
  const auto cut = [&reach](float start, float slope, float lowest, float highest) {
    if (std::abs(slope) < 1e-6F) {
      return;
    }
    const auto [near, far] = std::minmax({(lowest - margin - start) / slope, (highest + margin - start) / slope});
    reach = {std::max(reach.from, near), std::min(reach.to, far)};
  };
  cut(from.x, unit.x, low.x, high.x);
  cut(from.y, unit.y, low.y, high.y);
  return reach;
}

void stroke(ImDrawList& list, ImVec2 from, ImVec2 to, Colour colour, float thickness) {
  list.PathLineTo(from);
  list.PathLineTo(to);
  list.PathStroke(colour, ImDrawFlags_None, thickness);
}

ImDrawFlags rounding_flags(Corners corners) {
  switch (corners) {
    case Corners::All:
      return ImDrawFlags_RoundCornersAll;
    case Corners::Left:
      return ImDrawFlags_RoundCornersLeft;
    case Corners::Right:
      return ImDrawFlags_RoundCornersRight;
    case Corners::None:
      break;
  }
  return ImDrawFlags_RoundCornersNone;
}

float fitting_radius(const Box& box, float radius) {
  return std::max(0.0F, std::min({radius, box.width() * 0.5F, box.height() * 0.5F}));
}

// One straight side of a dashed box. Dashes keep their rhythm; what is left over makes the two corners a little
// longer, so that both ends look alike. Returns that extra length at the start and at the end.
Reach dashed_side(ImDrawList& list, ImVec2 from, ImVec2 unit, float length, Colour colour, float thickness, Dash dash) {
  const float period = dash.on + dash.off;
  const float count = std::floor((length - dash.off) / period);
  if (count < 1.0F) {
    const float half = std::max(0.0F, std::floor((length - dash.off) * 0.5F));
    return {half, half};
  }
  const float rest = length - dash.off - count * period;
  const float lead = std::floor(rest * 0.5F);
  const Reach seen = visible_reach(list, from, unit, length);
  const auto first = static_cast<std::int64_t>(std::max(0.0F, std::floor((seen.from - lead - dash.off) / period)));
  const auto last = static_cast<std::int64_t>(std::min(count, std::ceil((seen.to - lead - dash.off) / period)));
  for (std::int64_t i = first; i < last; ++i) {
    const float start = lead + dash.off + static_cast<float>(i) * period;
    stroke(list, {from.x + unit.x * start, from.y + unit.y * start},
           {from.x + unit.x * (start + dash.on), from.y + unit.y * (start + dash.on)}, colour, thickness);
  }
  return {lead, rest - lead};
}

}  // namespace

void horizontal_line(ImDrawList& list, float x0, float x1, float y, Colour colour, float thickness) {
  list.AddRectFilled({x0, y}, {x1, y + thickness}, colour);
}

void vertical_line(ImDrawList& list, float x, float y0, float y1, Colour colour, float thickness) {
  list.AddRectFilled({x, y0}, {x + thickness, y1}, colour);
}

void make_sharp(ImVec2& from, ImVec2& to, float thickness) {
  const float half = thickness * 0.5F;
  const auto snapped = [half](float middle) { return std::round(middle - half) + half; };
  if (from.y == to.y) from.y = to.y = snapped(from.y);
  if (from.x == to.x) from.x = to.x = snapped(from.x);
}

void dashed_line(ImDrawList& list, ImVec2 from, ImVec2 to, Colour colour, float thickness, Dash dash) {
  const float length = std::hypot(to.x - from.x, to.y - from.y);
  const float period = dash.on + dash.off;
  if (length < 1e-3F || period <= 0.0F) {
    return;
  }
  make_sharp(from, to, thickness);
  const ImVec2 unit{(to.x - from.x) / length, (to.y - from.y) / length};
  const Reach seen = visible_reach(list, from, unit, length);
  const auto first = static_cast<std::int64_t>(std::max(0.0F, seen.from) / period);
  const auto last = static_cast<std::int64_t>(std::ceil(std::max(0.0F, seen.to) / period));
  for (std::int64_t i = first; i < last; ++i) {
    const float at = static_cast<float>(i) * period;
    const float end = std::min(at + dash.on, length);
    stroke(list, {from.x + unit.x * at, from.y + unit.y * at}, {from.x + unit.x * end, from.y + unit.y * end}, colour,
           thickness);
  }
}

void dashed_path(ImDrawList& list, const ImVec2* points, std::size_t count, Colour colour, float thickness, Dash dash) {
  bool drawing = true;
  float left = dash.on;  // until the pen is lifted or put down again
  list.PathClear();
  for (std::size_t i = 0; i + 1 < count; ++i) {
    ImVec2 at = points[i];
    const ImVec2 next = points[i + 1];
    if (drawing) {
      list.PathLineTo(at);
    }
    float length = std::hypot(next.x - at.x, next.y - at.y);
    while (length > left) {
      at = {at.x + (next.x - at.x) * left / length, at.y + (next.y - at.y) * left / length};
      length -= left;
      list.PathLineTo(at);
      if (drawing) {
        list.PathStroke(colour, ImDrawFlags_None, thickness);
      }
      drawing = !drawing;
      left = drawing ? dash.on : dash.off;
    }
    left -= length;
  }
  if (drawing && count > 1) {
    list.PathLineTo(points[count - 1]);
    list.PathStroke(colour, ImDrawFlags_None, thickness);
  }
  list.PathClear();
}

void fill_box(ImDrawList& list, const Box& box, Colour colour, float radius, Corners corners) {
  if (!box.empty()) {
    list.AddRectFilled(box.min(), box.max(), colour, fitting_radius(box, radius), rounding_flags(corners));
  }
}

void outline_box(ImDrawList& list, const Box& box, Colour colour, float radius, float thickness, Corners corners) {
  const Box middle = box.inset(thickness * 0.5F);
  if (middle.width() <= 0.0F || middle.height() <= 0.0F) {
    fill_box(list, box, colour, radius, corners);
    return;
  }
  list.PathRect(middle.min(), middle.max(), fitting_radius(middle, radius - thickness * 0.5F), rounding_flags(corners));
  list.PathStroke(colour, ImDrawFlags_Closed, thickness);
}

void dashed_box(ImDrawList& list, const Box& box, Colour colour, float radius, float thickness, Dash dash) {
  const Box middle = box.inset(thickness * 0.5F);
  const float round = std::round(fitting_radius(box, radius));
  const float arc = std::max(0.0F, round - thickness * 0.5F);
  const float across = box.width() - 2.0F * round;
  const float down = box.height() - 2.0F * round;
  const Reach top = dashed_side(list, {box.x0 + round, middle.y0}, {1, 0}, across, colour, thickness, dash);
  dashed_side(list, {box.x0 + round, middle.y1}, {1, 0}, across, colour, thickness, dash);
  const Reach side = dashed_side(list, {middle.x0, box.y0 + round}, {0, 1}, down, colour, thickness, dash);
  dashed_side(list, {middle.x1, box.y0 + round}, {0, 1}, down, colour, thickness, dash);

  const auto corner = [&](ImVec2 centre, ImVec2 out, float along_x, float along_y) {
    // From a little down the side, round the corner, to a little along the top (mirrored for the other three).
    // No point twice: the stroke would have no direction there.
    if (along_y > 0.0F) list.PathLineTo({centre.x + out.x * arc, centre.y - out.y * along_y});
    constexpr int steps = 6;
    for (int i = 0; i <= steps; ++i) {
      const float angle = static_cast<float>(i) / steps * 1.5707963F;
      list.PathLineTo({centre.x + out.x * arc * std::cos(angle), centre.y + out.y * arc * std::sin(angle)});
    }
    if (along_x > 0.0F) list.PathLineTo({centre.x - out.x * along_x, centre.y + out.y * arc});
    list.PathStroke(colour, ImDrawFlags_None, thickness);
  };
  corner({box.x0 + round, box.y0 + round}, {-1, -1}, top.from, side.from);
  corner({box.x1 - round, box.y0 + round}, {1, -1}, top.to, side.from);
  corner({box.x1 - round, box.y1 - round}, {1, 1}, top.to, side.to);
  corner({box.x0 + round, box.y1 - round}, {-1, 1}, top.from, side.to);
}

}  // namespace loiter::gui
