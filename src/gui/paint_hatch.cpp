#include "gui/paint.hpp"

#include <array>
#include <cmath>
#include <numbers>

namespace loiter::gui {
namespace {

// A convex outline of few points, kept on the stack: hatching happens for hundreds of bars in every frame.
struct Outline {
  static constexpr std::size_t capacity = 32;
  std::array<ImVec2, capacity> points{};
  std::size_t count = 0;

  void add(ImVec2 point) {
    if (count < capacity) {
      points[count++] = point;
    }
  }
};

Outline rounded_outline(const Box& box, float radius) {
  constexpr int steps = 4;  // points per corner, less one
  const float round = std::max(0.0F, std::min({radius, box.width() * 0.5F, box.height() * 0.5F}));
  Outline outline;
  const std::array<ImVec2, 4> centres{ImVec2{box.x0 + round, box.y0 + round}, ImVec2{box.x1 - round, box.y0 + round},
                                      ImVec2{box.x1 - round, box.y1 - round}, ImVec2{box.x0 + round, box.y1 - round}};
  for (std::size_t corner = 0; corner < centres.size(); ++corner) {
    const int last = round > 0.0F ? steps : 0;
    for (int i = 0; i <= last; ++i) {
      const float quarter = static_cast<float>(corner) + 2.0F + static_cast<float>(i) / steps;
      const float angle = quarter * std::numbers::pi_v<float> * 0.5F;
      outline.add({centres[corner].x + round * std::cos(angle), centres[corner].y + round * std::sin(angle)});
    }
  }
  return outline;
}

// What of the outline lies on the side of the slanting line x + y = limit that `sign` says.
Outline kept(const Outline& outline, float limit, float sign) {
  Outline result;
  const auto depth = [limit, sign](ImVec2 point) { return sign * (point.x + point.y - limit); };
  for (std::size_t i = 0; i < outline.count; ++i) {
    const ImVec2 here = outline.points[i];
    const ImVec2 next = outline.points[(i + 1) % outline.count];
    const float inside_here = depth(here);
    const float inside_next = depth(next);
    if (inside_here >= 0.0F) {
      result.add(here);
    }
    if ((inside_here > 0.0F && inside_next < 0.0F) || (inside_here < 0.0F && inside_next > 0.0F)) {
      const float share = inside_here / (inside_here - inside_next);
      result.add({here.x + (next.x - here.x) * share, here.y + (next.y - here.y) * share});
    }
  }
  return result;
}

Box visible_part(const ImDrawList& list, const Box& box, float margin) {
  const ImVec2 low = list.GetClipRectMin();
  const ImVec2 high = list.GetClipRectMax();
  return box.common({low.x - margin, low.y - margin, high.x + margin, high.y + margin});
}

}  // namespace

void hatch_diagonal(ImDrawList& list, const Box& box, float radius, Colour colour, float every, float thickness) {
  const Box seen = visible_part(list, box, radius + every + 4.0F);
  if (seen.empty() || every <= 0.0F) {
    return;
  }
  const float step = every * std::numbers::sqrt2_v<float>;
  const float half = thickness * std::numbers::sqrt2_v<float> * 0.5F;
  const Outline outline = rounded_outline(seen, radius);
  // The first stripe, counted from the box's own corner: in double, because a zoomed bar may begin far off screen.
  const double anchor = static_cast<double>(box.x0) + static_cast<double>(box.y0);
  const double before = std::floor((static_cast<double>(seen.x0 + seen.y0) - anchor) / static_cast<double>(step));
  const auto first = static_cast<float>(anchor + before * static_cast<double>(step));
  for (float middle = first; middle - half < seen.x1 + seen.y1; middle += step) {
    const Outline stripe = kept(kept(outline, middle - half, 1.0F), middle + half, -1.0F);
    if (stripe.count >= 3) {
      list.AddConvexPolyFilled(stripe.points.data(), static_cast<int>(stripe.count), colour);
    }
  }
}

void hatch_horizontal(ImDrawList& list, const Box& box, float radius, Colour colour, float every, float thickness) {
  if (box.empty() || every <= 0.0F) {
    return;
  }
  for (float y = box.y0 + every; y + thickness < box.y1; y += every) {
    const float middle = y + thickness * 0.5F;
    const float into_corner = radius - std::min(middle - box.y0, box.y1 - middle);
    const float cut =
        into_corner > 0.0F ? std::round(radius - std::sqrt(radius * radius - into_corner * into_corner)) : 0.0F;
    horizontal_line(list, box.x0 + cut, box.x1 - cut, y, colour, thickness);
  }
}

void plate(ImDrawList& list, const Look& look, const Box& box) {
  fill_box(list, box, look.theme.panel, look.metrics.px(2));
}

}  // namespace loiter::gui
