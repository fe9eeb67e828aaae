#include "gui/state_style.hpp"

#include "gui/text.hpp"
#include "views/words.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace loiter::gui {
namespace {

struct StateWords {
  std::string_view name;
  std::string_view long_name;
  Glyph glyph;
};

constexpr std::array<StateWords, state_look_count> words{{
    {"pending", "pending", Glyph::HollowCircle},
    {"running", "running", Glyph::Triangle},
    {"returned", "finished, returned", Glyph::Check},
    {"raised", "finished, raised", Glyph::Cross},
    {"cancelled", "cancelled", Glyph::StruckCircle},
    {"cancelled", "cancelled and notified", Glyph::StruckCircle},
    {"waiting", "waiting (a lane)", Glyph::Hourglass},
    {"in call queue", "in the call queue", Glyph::TriangleOutline},
    {"stuck", "stuck", Glyph::Lock},
}};

const StateWords& words_of(StateLook look) { return words[static_cast<std::size_t>(look)]; }

bool is_cancelled(StateLook state) { return state == StateLook::Cancelled || state == StateLook::CancelledNotified; }
bool is_solid(StateLook state) { return state == StateLook::Running || state == StateLook::Returned; }
bool is_hatched(StateLook state) {
  return state == StateLook::Raised || state == StateLook::CallQueue || state == StateLook::Waiting;
}

// Ground, pattern and outline: everything but the words.
void draw_ground(ImDrawList& list, const Look& look, const TaskBar& bar, const StateColours& colours) {
  const Metrics& metrics = look.metrics;
  const float radius = metrics.bar_radius;
  const auto fill = [&](Colour colour) { fill_box(list, bar.box, colour, radius, bar.corners); };
  const auto outline = [&](float thickness) {
    outline_box(list, bar.box, colours.ink, radius, thickness, bar.corners);
  };
  if (bar.tinted) {
    fill(colours.tint);
    return outline(metrics.state_line);
  }
  switch (bar.state) {
    case StateLook::Pending:
      dashed_box(list, bar.box, colours.ink, radius, metrics.state_line, {metrics.px(4), metrics.px(3)});
      break;
    case StateLook::Running:
    case StateLook::Returned:
      fill(colours.ink);
      break;
    case StateLook::Raised:
      fill(colours.tint);
      hatch_diagonal(list, bar.box, radius, colours.hatch, metrics.px(7), metrics.line(1.5F));
      outline(metrics.state_line);
      break;
    case StateLook::Cancelled:
      outline(metrics.state_line);
      break;
    case StateLook::CancelledNotified:
      fill(colours.tint);
      outline(metrics.state_line);
      break;
    case StateLook::Waiting:
      fill(colours.tint);
      hatch_diagonal(list, bar.box, radius, colours.hatch, metrics.px(5), metrics.line(2));
      outline(metrics.state_line);
      break;
    case StateLook::CallQueue:
      fill(colours.tint);
      hatch_horizontal(list, bar.box, radius, colours.hatch, metrics.px(5), metrics.hairline);
      outline(metrics.state_line);
      break;
    case StateLook::Stuck:
      fill(colours.tint);
      outline(metrics.stuck_line);
      outline_box(list, bar.box.inset(-metrics.selection_gap), faded(colours.ink, bar.pulse),
                  radius + metrics.selection_gap, metrics.hairline, bar.corners);
      break;
  }
}

// What of glyph, name and value there is room for, and where it goes.
struct BarWords {
  bool glyph = false;
  std::string name;
  bool value = false;
  bool complete = false;
  float name_x = 0.0F;
  float name_end = 0.0F;
  float value_x = 0.0F;  // left edge
};

BarWords arrange(const Look& look, const TaskBar& bar, const TextStyle& name, const TextStyle& value) {
  const Metrics& metrics = look.metrics;
  BarWords room;
  if (bar.box.width() < metrics.px(22)) {
    return room;
  }
  room.glyph = true;
  const float right = bar.box.x1 - metrics.px(7);
  room.name_x = bar.box.x0 + metrics.px(21);
  const float name_width = std::ceil(text_width(look, name, bar.name));
  const float name_room = right - room.name_x;
  if (name_room >= name_width) {
    room.name = bar.name;
  } else if (const std::string brief = views::brief_label(bar.name);
             brief.size() < bar.name.size() && name_room + metrics.px(3) >= text_width(look, name, brief)) {
    room.name = brief;
  } else if (name_room >= metrics.px(26)) {
    room.name = fitted(look, name, bar.name, name_room);
  }
  room.name_end = room.name_x + std::ceil(text_width(look, name, room.name));
  if (bar.value.empty()) {
    room.complete = room.name == bar.name;
    return room;
  }
  const float value_width = std::ceil(text_width(look, value, bar.value));
  // An exception's name belongs to the words on the plate; a value stands at the far end of the bar.
  room.value_x = bar.state == StateLook::Raised ? room.name_end + metrics.px(7) : right - value_width;
  room.value =
      room.name == bar.name && room.value_x >= room.name_end + metrics.px(4) && room.value_x + value_width <= right;
  room.complete = room.value;
  return room;
}

void draw_words(ImDrawList& list, const Look& look, const TaskBar& bar, const StateColours& colours, bool on_plate) {
  const Metrics& metrics = look.metrics;
  const Colour ink = is_solid(bar.state) && !bar.tinted && !on_plate ? colours.on : colours.ink;
  const TextStyle name{Face::SansBold, metrics.type.small, ink};
  const TextStyle value{bar.state == StateLook::Raised ? Face::SansBold : Face::MonoBold, metrics.type.small, ink};
  const BarWords room = arrange(look, bar, name, value);
  if (!room.glyph) {
    return;
  }
  const float centre_y = bar.box.centre_y();
  if (on_plate) {
    const float words_end = room.value ? room.value_x + std::ceil(text_width(look, value, bar.value)) : room.name_end;
    const float plate_end = room.name.empty() ? bar.box.x0 + metrics.px(20) : words_end + metrics.px(6);
    const float edge = metrics.px(4);
    plate(list, look,
          {bar.box.x0 + edge, bar.box.y0 + edge, std::min(plate_end, bar.box.x1 - edge), bar.box.y1 - edge});
  }
  draw_glyph(list, state_glyph(bar.state), {bar.box.x0 + metrics.px(12), centre_y}, metrics.px(12), ink);
  draw_text(list, look, name, room.name_x, centre_y, room.name);
  if (room.value) {
    draw_text(list, look, value, room.value_x, centre_y, bar.value);
  }
}

}  // namespace

std::string_view state_name(StateLook look) { return words_of(look).name; }
std::string_view state_long_name(StateLook look) { return words_of(look).long_name; }
Glyph state_glyph(StateLook look) { return words_of(look).glyph; }

void draw_state_glyph(ImDrawList& list, const Look& look, StateLook state, ImVec2 centre, float size) {
  draw_glyph(list, state_glyph(state), centre, size, look.theme.state(state).ink);
}

float draw_state_label(ImDrawList& list, const Look& look, StateLook state, float x, float centre_y,
                       NameColour colour) {
  const Metrics& metrics = look.metrics;
  draw_state_glyph(list, look, state, {x + metrics.px(8), centre_y}, metrics.px(16));
  const bool in_table = colour == NameColour::Ink;
  const TextStyle style{Face::Sans, metrics.type.small, in_table ? look.theme.state(state).ink : look.theme.text};
  return draw_text(list, look, style, x + metrics.px(in_table ? 20 : 25), centre_y, state_name(state));
}

bool draw_task_bar(ImDrawList& list, const Look& look, const TaskBar& bar) {
  const StateColours& colours = look.theme.state(bar.state);
  TaskBar shape = bar;
  if (bar.no_end) {
    shape.corners = Corners::Left;
  }
  draw_ground(list, look, shape, colours);
  draw_words(list, look, shape, colours, is_hatched(bar.state) && !bar.tinted);
  if (is_cancelled(bar.state) && bar.box.width() >= look.metrics.px(22)) {
    strike(list, bar.box.inset(look.metrics.px(4), 0.0F), faded(colours.ink, 0.6F), look.metrics.state_line);
  }
  if (bar.no_end) {
    chevrons(list, look, bar.box.x1 + look.metrics.px(3), bar.box.centre_y(), look.metrics.px(12), colours.ink);
  }
  if (bar.selected) {
    selection_frame(list, look, bar.box, look.metrics.bar_radius);
  }
  const TextStyle name{Face::SansBold, look.metrics.type.small, 0};
  const TextStyle value{bar.state == StateLook::Raised ? Face::SansBold : Face::MonoBold, look.metrics.type.small, 0};
  return arrange(look, shape, name, value).complete;
}

void draw_bar_words_on_plate(ImDrawList& list, const Look& look, const TaskBar& bar) {
  TaskBar words = bar;
  words.value = {};  // it stands at the far end, and the plate is to be short
  draw_words(list, look, words, look.theme.state(bar.state), true);
}

float stuck_pulse(double seconds) {
  constexpr double breath = 1.6;
  constexpr int breaths = 3;
  if (seconds < 0.0 || seconds >= breath * breaths) {
    return 1.0F;
  }
  const double wave = 0.5 + 0.5 * std::cos(seconds / breath * 2.0 * std::numbers::pi);
  return static_cast<float>(0.35 + 0.65 * wave);
}

void draw_wait_bar(ImDrawList& list, const Look& look, const WaitBar& bar) {
  const Metrics& metrics = look.metrics;
  const StateColours& waiting = look.theme.state(StateLook::Waiting);
  const Colour line = bar.stuck ? look.theme.state(StateLook::Stuck).ink : waiting.ink;
  const Corners corners = bar.no_end ? Corners::Left : bar.corners;
  fill_box(list, bar.box, waiting.tint, metrics.wait_radius, corners);
  hatch_diagonal(list, bar.box, metrics.wait_radius, waiting.hatch, metrics.px(5), metrics.line(2));
  outline_box(list, bar.box, line, metrics.wait_radius, bar.stuck ? metrics.state_line : metrics.hairline, corners);
  if (bar.no_end) {
    chevrons(list, look, bar.box.x1 + metrics.px(3), bar.box.centre_y(), metrics.px(10), line);
  }
}

std::string_view shortened_reason(const Look& look, const TextStyle& style, std::string_view reason, float room) {
  constexpr std::array<std::string_view, 8> small_words{"a", "an", "the", "of", "for", "in", "to", "by"};
  while (!reason.empty()) {
    const std::string_view first = reason.substr(0, reason.find(' '));
    const bool says_something = std::ranges::find(small_words, first) == small_words.end();
    if (says_something && text_width(look, style, reason) <= room) return reason;
    reason.remove_prefix(std::min(first.size() + 1, reason.size()));
  }
  return {};
}

void draw_wait_reason(ImDrawList& list, const Look& look, const WaitBar& bar, std::string_view reason, float room) {
  const Metrics& metrics = look.metrics;
  const Colour ink = look.theme.state(bar.stuck ? StateLook::Stuck : StateLook::Waiting).ink;
  const TextStyle style{bar.stuck ? Face::SansBold : Face::Sans, metrics.type.small, ink};
  const float centre_y = bar.box.y0 - metrics.gap8;
  float x = bar.box.x0 + metrics.px(2);
  if (bar.stuck) {
    draw_glyph(list, Glyph::Lock, {x + metrics.px(7), centre_y}, metrics.px(14), ink);
    x += metrics.px(21);
  }
  draw_text(list, look, style, x, centre_y, shortened_reason(look, style, reason, bar.box.x0 + room - x));
}

void draw_known_future(ImDrawList& list, const Look& look, const Box& box, StateLook state, std::string_view phrase) {
  const Metrics& metrics = look.metrics;
  fill_box(list, box, look.theme.sunk, metrics.bar_radius, Corners::Right);
  dashed_box(list, box, look.theme.state(state).ink, metrics.bar_radius, metrics.hairline,
             {metrics.px(2), metrics.px(3)});
  const TextStyle style{Face::Sans, metrics.type.small, look.theme.text2};
  draw_text_in(list, look, style, box.inset(metrics.px(12), 0.0F), phrase);
}

void draw_tint_bar(ImDrawList& list, const Look& look, const Box& box, StateLook state) {
  const StateColours& colours = look.theme.state(state);
  fill_box(list, box, colours.tint, look.metrics.bar_radius);
  outline_box(list, box, colours.ink, look.metrics.bar_radius, look.metrics.state_line);
}

void draw_instant(ImDrawList& list, const Look& look, StateLook state, ImVec2 centre, float height) {
  const float width = look.metrics.px(3);
  fill_box(list, Box::at(std::round(centre.x - width * 0.5F), std::round(centre.y - height * 0.5F), width, height),
           look.theme.state(state).ink);
}

}  // namespace loiter::gui
