// What is known of a run before it goes: its lanes, and the calls that a question names. When and where they run is what
// the class is asked, so no lane has a bar, and the ruler no end.
#include <algorithm>
#include <cmath>

#include "gui/paint.hpp"
#include "gui/presentation_parts.hpp"
#include "gui/state_style.hpp"

namespace loiter::gui::wall {
namespace {

using lessons::Prediction;

constexpr float ruler_units = 44.0F;
constexpr float lane_units = 62.0F;
constexpr float least_lane_units = 46.0F;

std::size_t worker_count(const LabState& lab) {
  const auto mode = lab.choices().mode.value_or(trace::Mode::Threads);
  return mode == trace::Mode::Sequential ? 0 : static_cast<std::size_t>(lab.choices().workers.value_or(1));
}

// The calls that an order or a sketch is about; other questions may be about which there are.
std::vector<std::string> known_calls(const Presenting& p) {
  if (!p.lessons.is_open()) return {};
  for (const std::size_t step : p.reading().questions()) {
    const Prediction& prediction = *p.reading().lesson().steps[step].prediction;
    if (!prediction.items.empty()) return prediction.items;
  }
  return {};
}

bool is_about_delivery(const Presenting& p) {
  if (!p.lessons.is_open() || p.reading().step() == nullptr || !p.reading().step()->prediction) return false;
  const std::string& quantity = p.reading().step()->prediction->question.quantity;
  return quantity == "delivery_order" || quantity == "results_delivered";
}

// "? -> ? -> ?   what main receives"
void draw_deliveries(const Presenting& p, const Box& lane) {
  const Wall& wall = p.wall;
  float x = lane.x0 + wall.u(30);
  for (int i = 0; i < 3; ++i) {
    const ImVec2 at{x, lane.centre_y()};
    diamond_hollow(*p.list, at, wall.u(17), p.look().theme.text2, p.look().theme.panel, wall.u(2));
    draw_text(*p.list, p.look(), {Face::SansBold, wall.u(wall_text), p.look().theme.text2}, at.x, at.y, "?",
              Align::Centre);
    if (i < 2)
      arrow(*p.list, {x + wall.u(22), at.y}, {x + wall.u(46), at.y}, p.look().theme.text3, wall.u(2), wall.u(9));
    x += wall.u(68);
  }
  draw_text(*p.list, p.look(), wall.quiet(wall_text), x, lane.centre_y(), "what main receives");
}

// Side by side, for who executes which is not known yet; the last place says how many more there are.
void draw_calls(const Presenting& p, const std::vector<std::string>& calls, const Box& lane) {
  const Wall& wall = p.wall;
  const StateColours& pending = p.look().theme.state(StateLook::Pending);
  const TextStyle style{Face::SansBold, wall.u(wall_text), pending.ink};
  float x = lane.x0 + wall.u(8);
  for (std::size_t i = 0; i < calls.size(); ++i) {
    const float width = wall.u(50) + std::ceil(text_width(p.look(), style, calls[i]));
    const std::string more = "+ " + std::to_string(calls.size() - i);
    const bool is_last = i + 1 == calls.size();
    const float reserve = is_last ? 0.0F : wall.u(12) + text_width(p.look(), style, more);
    if (x + width + reserve > lane.x1) {
      draw_text(*p.list, p.look(), style, x, lane.centre_y(), more);
      return;
    }
    const Box bar = Box::at(x, std::round(lane.centre_y() - wall.u(19)), width, wall.u(38));
    dashed_box(*p.list, bar, pending.ink, wall.u(4), wall.u(2), {wall.u(6), wall.u(5)});
    draw_state_glyph(*p.list, p.look(), StateLook::Pending, {bar.x0 + wall.u(21), bar.centre_y()}, wall.u(26));
    draw_text(*p.list, p.look(), style, bar.x0 + wall.u(38), bar.centre_y(), calls[i]);
    x = bar.x1 + wall.u(12);
  }
}

void draw_lane(const Presenting& p, std::size_t lane, const Box& box, float time_x) {
  const Wall& wall = p.wall;
  const float side = p.look().metrics.lane_tag;
  const Box tag = Box::at(box.x0, std::round(box.centre_y() - side * 0.5F), side, side);
  draw_lane_tag(*p.list, p.look(), tag, lane, lane == 0 ? "M" : std::to_string(lane - 1));
  draw_text(*p.list, p.look(), wall.text(wall_text), tag.x1 + wall.u(12), box.centre_y(),
            lane == 0 ? "main" : "worker");
  const Box time{time_x, box.y0, box.x1, box.y1};
  const auto calls = known_calls(p);
  if (lane == 0 && is_about_delivery(p)) {
    draw_deliveries(p, time);
  } else if (lane == 0 && !calls.empty()) {
    draw_calls(p, calls, time);
  } else {
    draw_text(*p.list, p.look(), {Face::SansBold, wall.u(28), p.look().theme.text3}, time_x + wall.u(30),
              box.centre_y(), "?", Align::Centre);
  }
}

}  // namespace

float preview_height(const Presenting& p) {
  return p.wall.u(ruler_units) + p.wall.u(lane_units) * static_cast<float>(1 + worker_count(p.lab));
}

void draw_preview(const Presenting& p, const Box& box) {
  const Wall& wall = p.wall;
  const float top = box.y0 + wall.u(ruler_units);
  const std::size_t lanes = 1 + worker_count(p.lab);
  const float lane =
      std::clamp(std::floor((box.y1 - top) / static_cast<float>(lanes)), wall.u(least_lane_units), wall.u(lane_units));
  const auto fit = static_cast<std::size_t>(std::max(0.0F, std::floor((box.y1 - top) / lane)));
  if (fit < std::min<std::size_t>(lanes, 2)) return;
  const std::size_t shown = lanes <= fit ? lanes : fit - 1;
  const float time_x = box.x0 + wall.u(58) + std::ceil(text_width(p.look(), wall.text(wall_text), "worker"));
  const float bottom = top + lane * static_cast<float>(shown);
  draw_text(*p.list, p.look(), {Face::Mono, wall.u(wall_text), p.look().theme.text2}, time_x, box.y0 + wall.u(14),
            "0 s", Align::Centre);
  for (std::size_t i = 0; i < shown; ++i) {
    const float y = top + lane * static_cast<float>(i);
    draw_lane(p, i, {box.x0, y, box.x1, y + lane}, time_x);
    if (i + 1 < shown)
      horizontal_line(*p.list, box.x0, box.x1, y + lane, p.look().theme.hairline, p.look().metrics.hairline);
  }
  vertical_line(*p.list, time_x - wall.u(1), top - wall.u(14), bottom, p.look().theme.text, wall.u(3));
  arrow_head(*p.list, {time_x + wall.u(0.5F), top - wall.u(6)}, {0, 1}, wall.u(12), p.look().theme.text);
  if (shown == lanes) return;
  const std::string more = "and " + std::to_string(lanes - shown) + " more";
  draw_text(*p.list, p.look(), wall.quiet(wall_text), box.x0 + wall.u(46), bottom + lane * 0.5F, more);
}

}  // namespace loiter::gui::wall
