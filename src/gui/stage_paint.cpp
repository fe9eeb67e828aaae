#include "gui/stage_paint.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include "gui/panel.hpp"
#include "gui/state_style.hpp"
#include "gui/text.hpp"

namespace loiter::gui {
namespace {

using views::Stage;
using views::StageBox;
using views::StagePlace;
using views::StageToken;

Dash container_dash(const Metrics& m) { return {m.px(3), m.px(3)}; }

void paint_heading(ImDrawList& list, const Look& look, const Box& area, std::string_view heading, const Box& box) {
  draw_text_in(list, look, note_text(look),
               {box.x0, area.y0, box.x1 + look.metrics.px(20), area.y0 + look.metrics.px(22)}, heading);
}

void paint_container(ImDrawList& list, const Look& look, const Box& area, const StageBox& part) {
  const Metrics& m = look.metrics;
  const Box box = stage_box(look, area, part.box);
  paint_heading(list, look, area, part.heading, box);
  dashed_box(list, box, look.theme.control_line, m.bar_radius, m.hairline, container_dash(m));
  if (!part.note.empty()) {
    draw_text(list, look, note_text(look), box.centre_x(), box.centre_y(), part.note, Align::Centre);
  }
  if (!part.more.empty()) {
    const Box more = stage_box(look, area, part.more_box);
    draw_text_in(list, look, note_text(look), more.inset(m.gap4, 0), part.more);
  }
}

void paint_arrow(ImDrawList& list, const Look& look, const Box& from, const Box& to) {
  const Metrics& m = look.metrics;
  const float y = from.centre_y();
  arrow(list, {from.x1 + m.px(6), y}, {to.x0 - m.px(5), y}, look.theme.text3, m.strong_line, m.arrow_head);
}

// Down from the program, along the bottom, up to where calls go.
void paint_submit_line(ImDrawList& list, const Look& look, const Stage& stage, const Box& area) {
  const Metrics& m = look.metrics;
  const Box from = stage_box(look, area, stage.caller.box);
  const bool has_queue = stage.queue.note != "no queue";
  const bool has_seat = !has_queue && !stage.seats.empty();
  const views::Rect& goal = has_queue ? stage.queue.box : has_seat ? stage.seats.front().box : stage.workers.box;
  const Box to = stage_box(look, area, goal);
  const float y = std::round(area.y0 + m.px(stage.submit_y));
  const float x0 = std::round(to.centre_x());
  const float x1 = std::round(from.centre_x());
  const float line = m.line(1.5F);
  const Colour colour = look.theme.text3;
  vertical_line(list, x1, from.y1 + m.px(2), y, colour, line);
  horizontal_line(list, x0, x1 + line, y, colour, line);
  vertical_line(list, x0, to.y1 + m.px(8), y + line, colour, line);
  arrow_head(list, {x0 + line * 0.5F, to.y1 + m.px(2)}, {0, -1}, m.arrow_head, colour);
  if (stage.submitted.empty()) return;
  const TextStyle style{Face::Sans, m.type.tiny, look.theme.text2};
  const float middle = std::round((x0 + x1) * 0.5F);
  const float half = std::ceil(text_width(look, style, stage.submitted) * 0.5F) + m.px(6);
  fill_box(list, {middle - half, y - m.px(7), middle + half, y + m.px(8)}, look.theme.panel);
  draw_text(list, look, style, middle, y + line * 0.5F, stage.submitted, Align::Centre);
}

// The shelf under the slots, and what lies on it.
void paint_shelf(ImDrawList& list, const Look& look, const Stage& stage, const Box& area) {
  const Metrics& m = look.metrics;
  const Box box = stage_box(look, area, stage.shelf.box);
  paint_heading(list, look, area, stage.shelf.heading, box);
  if (stage.slots.empty()) {
    draw_text(list, look, note_text(look), box.x0, box.centre_y(), "none yet");
    return;
  }
  const Box first = stage_box(look, area, stage.slots.front().box);
  const float y = first.y1 + m.px(2);
  horizontal_line(list, box.x0 - m.px(3), box.x1 + m.px(2), y, look.theme.control_line, m.strong_line);
  const float words = y + m.px(23);
  float right = box.x1;
  if (!stage.shelf.more.empty()) {
    draw_text(list, look, note_text(look), right, words, stage.shelf.more, Align::Right);
    right -= text_width(look, note_text(look), stage.shelf.more) + m.gap8;
  }
  const TextStyle style{Face::Sans, m.type.small, look.theme.state(StateLook::Returned).ink};
  draw_text_in(list, look, style, {box.x0, words - m.px(9), right, words + m.px(9)}, stage.delivered);
}

// Of many workers: the sign of the lane, where it has room, and the state.
void paint_chip(ImDrawList& list, const Frame& frame, const StageToken& token, const views::StageWorker* seat,
                const Box& box) {
  const Look& look = frame.look;
  const Metrics& m = look.metrics;
  float x = box.centre_x();
  if (box.width() >= m.px(38) && seat != nullptr && seat->lane) {
    const TextStyle style{Face::Mono, m.type.tiny, look.theme.text};
    draw_text(list, look, style, box.x0 + m.px(6), box.centre_y() - m.hairline, frame.tags.of(*seat->lane).text);
    x = box.x1 - m.px(11);
  }
  draw_state_glyph(list, look, token.look, {x, box.centre_y() - m.hairline}, m.px(12));
}

void paint_in_worker(ImDrawList& list, const Frame& frame, const Stage& stage, const StageToken& token,
                     const Box& box) {
  const Look& look = frame.look;
  const Metrics& m = look.metrics;
  const StateColours& colours = look.theme.state(token.look);
  fill_box(list, box, colours.tint, m.bar_radius);
  const auto seat = std::ranges::find(stage.seats, token.future, &views::StageWorker::task);
  const bool has_seat = seat != stage.seats.end();
  const Box inner = box.inset(m.state_line);
  if (has_seat && seat->share) {
    const float width = std::round(inner.width() * static_cast<float>(*seat->share));
    fill_box(list, {inner.x0, inner.y1 - m.px(4), inner.x0 + width, inner.y1}, colours.ink, m.hairline);
  }
  outline_box(list, box, colours.ink, m.bar_radius, m.state_line);
  const float y = box.centre_y() - m.hairline;
  if (box.width() < m.px(60)) return paint_chip(list, frame, token, has_seat ? &*seat : nullptr, box);
  draw_state_glyph(list, look, token.look, {box.x0 + m.px(13), y}, m.px(13));
  const TextStyle name{Face::SansBold, m.type.small, look.theme.text};
  const TextStyle note{Face::Mono, m.type.tiny, colours.ink};
  const float left = box.x0 + m.px(24);
  const bool has_gil_room = stage.has_gil && has_seat && box.width() >= m.px(110);
  const float right = box.x1 - m.px(has_gil_room ? 38 : 7);
  const float room = right - left - m.gap8 - text_width(look, name, token.label);
  std::string words = has_seat ? seat->note : std::string{};
  if (const std::size_t of = words.find(" of "); of != std::string::npos && text_width(look, note, words) > room) {
    words = words.substr(0, of) + " s";
  }
  const float note_width = text_width(look, note, words);
  const bool has_note = !words.empty() && note_width <= room;
  draw_text_in(list, look, name, {left, box.y0, has_note ? right - note_width - m.gap4 : right, box.y1 - m.px(2)},
               token.label);
  if (has_note) draw_text(list, look, note, right, y, words, Align::Right);
}

void paint_in_queue(ImDrawList& list, const Look& look, const StageToken& token, const Box& box) {
  const Metrics& m = look.metrics;
  const StateColours& colours = look.theme.state(token.look);
  fill_box(list, box, token.look == StateLook::Pending ? look.theme.panel : colours.tint, m.lane_tag_radius);
  if (token.look == StateLook::Pending) {
    dashed_box(list, box, colours.ink, m.lane_tag_radius, m.hairline, {m.px(4), m.px(3)});
  } else {
    hatch_horizontal(list, box, m.lane_tag_radius, colours.hatch, m.px(5), m.hairline);
    outline_box(list, box, colours.ink, m.lane_tag_radius, m.hairline);
  }
  const TextStyle style{Face::Sans, m.type.tiny, look.theme.text};
  const float glyph = box.x0 + m.px(11);
  const std::string words = fitted(look, style, token.label, box.x1 - m.px(4) - (box.x0 + m.px(20)));
  if (token.look != StateLook::Pending) {
    const float end = box.x0 + m.px(20) + text_width(look, style, words);
    plate(list, look,
          {box.x0 + m.px(3), box.y0 + m.px(3), std::min(end + m.px(4), box.x1 - m.px(3)), box.y1 - m.px(3)});
  }
  draw_state_glyph(list, look, token.look, {glyph, box.centre_y()}, m.px(11));
  draw_text(list, look, style, box.x0 + m.px(20), box.centre_y(), words);
}

void paint_on_shelf(ImDrawList& list, const Look& look, const StageToken& token, const Box& box) {
  const Metrics& m = look.metrics;
  const StateColours& colours = look.theme.state(token.look);
  const bool solid = token.look == StateLook::Returned;
  fill_box(list, box, solid ? colours.ink : colours.tint, m.bar_radius);
  if (token.look == StateLook::Raised) {
    hatch_diagonal(list, box, m.bar_radius, colours.hatch, m.px(7), m.line(1.5F));
    fill_box(list, Box::around(box.centre(), m.px(16), m.px(16)), look.theme.panel, m.px(2));
  }
  if (!solid) outline_box(list, box, colours.ink, m.bar_radius, m.state_line);
  const TextStyle style{Face::MonoBold, m.type.small, colours.on};
  if (solid && !token.value.empty() && text_width(look, style, token.value) <= box.width() - m.px(2)) {
    draw_text(list, look, style, box.centre_x(), box.centre_y(), token.value, Align::Centre);
  } else {
    draw_glyph(list, state_glyph(token.look), box.centre(), m.px(13), solid ? colours.on : colours.ink);
  }
}

}  // namespace

Box stage_box(const Look& look, const Box& area, const views::Rect& units) {
  const Metrics& m = look.metrics;
  return {area.x0 + m.px(units.x0), area.y0 + m.px(units.y0), area.x0 + m.px(units.x1), area.y0 + m.px(units.y1)};
}

void paint_stage_ground(ImDrawList& list, const Frame& frame, const Stage& stage, const Box& area) {
  const Look& look = frame.look;
  paint_submit_line(list, look, stage, area);
  paint_container(list, look, area, stage.queue);
  Box before = stage_box(look, area, stage.queue.box);
  if (stage.call_queue) {
    paint_container(list, look, area, *stage.call_queue);
    const Box box = stage_box(look, area, stage.call_queue->box);
    paint_arrow(list, look, before, box);
    before = box;
  }
  const Box workers = stage_box(look, area, stage.workers.box);
  const Box shelf = stage_box(look, area, stage.shelf.box);
  const Box caller = stage_box(look, area, stage.caller.box);
  paint_heading(list, look, area, stage.workers.heading, workers);
  if (!stage.workers.more.empty()) {
    const Box more = stage_box(look, area, stage.workers.more_box);
    const std::string words = stage.workers.more + (stage.workers.note.empty() ? "" : ", " + stage.workers.note);
    const auto lines = wrapped(look, note_text(look), words, std::max(1.0F, more.width()));
    float y = more.y0 + look.metrics.px(12);
    for (const std::string_view line : lines) {
      draw_text(list, look, note_text(look), more.x0 + look.metrics.gap4, y, line);
      y += look.metrics.px(16);
    }
  } else if (!stage.workers.note.empty()) {
    draw_text(list, look, note_text(look), workers.x0, workers.centre_y(), stage.workers.note);
  }
  if (stage.queue.note != "no queue") paint_arrow(list, look, before, workers);
  paint_arrow(list, look, workers, shelf);
  paint_arrow(list, look, shelf, caller);
  paint_shelf(list, look, stage, area);
  const bool whole = text_width(look, note_text(look), "Calling program") <= caller.width();
  paint_heading(list, look, area, whole ? "Calling program" : "Program", caller);
}

void paint_seat(ImDrawList& list, const Frame& frame, const views::StageWorker& seat, const Box& box) {
  const Look& look = frame.look;
  const Metrics& m = look.metrics;
  const bool is_chip = box.width() < m.px(60);
  Box inner = box;
  if (!is_chip) {
    if (seat.lane) {
      const float side = m.lane_tag;
      draw_tag(frame, list, Box::at(box.x0, std::round(box.centre_y() - side * 0.5F), side, side), *seat.lane);
    }
    inner.x0 += m.px(28);
  }
  const Colour line = seat.lane ? look.theme.control_line : look.theme.splitter;
  dashed_box(list, inner, line, m.bar_radius, m.hairline, container_dash(m));
  if (seat.task != no_future) return;
  if (!is_chip) {
    const Box room = inner.inset(m.px(10), 0);
    // An empty seat speaks for itself; half a word about it says less.
    if (seat.lane || text_width(look, note_text(look), seat.note) <= room.width()) {
      draw_text_in(list, look, note_text(look), room, seat.note);
    }
  } else if (seat.lane) {
    const TextStyle style{Face::Mono, m.type.tiny, look.theme.text2};
    draw_text(list, look, style, inner.centre_x(), inner.centre_y(), frame.tags.of(*seat.lane).text, Align::Centre);
  }
}

void paint_slot(ImDrawList& list, const Look& look, const views::StageSlot& slot, const Box& box) {
  const Metrics& m = look.metrics;
  const TextStyle number{Face::Mono, m.type.tiny, look.theme.text2};
  if (text_width(look, number, slot.number) <= box.width() + m.px(2)) {
    draw_text(list, look, number, box.centre_x(), box.y0 - m.px(9), slot.number, Align::Centre);
  }
  const bool waits_for_it = slot.look == StateLook::Running || slot.look == StateLook::Waiting;
  const Colour ink = look.theme.state(waits_for_it ? slot.look : StateLook::Pending).ink;
  dashed_box(list, box, ink, m.bar_radius, m.hairline, {m.px(4), m.px(3)});
  if (waits_for_it || slot.look == StateLook::CallQueue) {
    draw_state_glyph(list, look, slot.look, box.centre(), m.px(12));
  }
  if (!slot.delivered) return;
  const ImVec2 at{box.centre_x(), box.y1 + m.px(10)};
  const Colour done = look.theme.state(slot.look).ink;
  if (slot.by_map) {
    diamond_filled(list, at, m.px(4), done);
  } else {
    diamond_hollow(list, at, m.px(4), done, look.theme.panel, m.line(1.5F));
  }
}

void paint_caller(ImDrawList& list, const Frame& frame, const views::StageCaller& caller, const Box& box) {
  const Look& look = frame.look;
  const Metrics& m = look.metrics;
  const bool waits = caller.look == StateLook::Waiting || caller.look == StateLook::Stuck;
  const StateColours& colours = look.theme.state(caller.look.value_or(StateLook::Pending));
  if (caller.look) fill_box(list, box, colours.tint, m.node_radius);
  outline_box(list, box, caller.look ? colours.ink : look.theme.control_line, m.node_radius, m.state_line);
  const float left = box.x0 + m.px(10);
  const float right = box.x1 - m.px(10);
  const float step = std::round(box.height() / 5);
  const float first = box.y0 + step;
  const Box tag = Box::at(left, std::round(first - m.lane_tag * 0.5F), m.lane_tag, m.lane_tag);
  draw_tag(frame, list, tag, caller.lane);
  // The name before the glyph: what is below says the state too.
  const float name_x = tag.x1 + m.gap8;
  const bool has_glyph = caller.look && name_x + text_width(look, strong_text(look), caller.name) <= right - m.px(16);
  draw_text_in(list, look, strong_text(look), {name_x, tag.y0, right - (has_glyph ? m.px(16) : 0.0F), tag.y1},
               caller.name);
  if (has_glyph) draw_state_glyph(list, look, *caller.look, {right - m.px(6), first}, m.px(16));
  if (waits) {
    const float y = std::round(box.y0 + 2.1F * step);
    draw_wait_bar(list, look, {.box = {left, y, right, y + m.wait_height}, .stuck = caller.look == StateLook::Stuck});
  }
  const TextStyle what{Face::Sans, m.type.small, caller.look ? colours.ink : look.theme.text2};
  const float what_y = box.y1 - (caller.on.empty() ? 1.4F : 2.0F) * step + (caller.on.empty() ? 0.0F : m.px(3));
  draw_text_in(list, look, what, {left, what_y - m.px(9), right, what_y + m.px(9)}, caller.what);
  const float on_y = box.y1 - 0.9F * step;
  const TextStyle on{Face::SansBold, m.type.small, look.theme.text};
  draw_text_in(list, look, on, {left, on_y - m.px(9), right, on_y + m.px(9)}, caller.on);
}

void paint_gil(ImDrawList& list, const Look& look, const Box& box) {
  const TextStyle style{Face::SansBold, look.metrics.type.tiny, look.theme.on_text};
  const bool has_room = box.width() >= text_width(look, style, "GIL") + look.metrics.px(2);
  fill_box(list, box, look.theme.text, has_room ? look.metrics.lane_tag_radius : look.metrics.hairline);
  if (has_room) draw_text(list, look, style, box.centre_x(), box.centre_y(), "GIL", Align::Centre);
}

void paint_token(ImDrawList& list, const Frame& frame, const Stage& stage, const StageToken& token, const Box& box) {
  switch (token.place) {
    case StagePlace::Queue:
    case StagePlace::CallQueue:
      return paint_in_queue(list, frame.look, token, box);
    case StagePlace::Worker:
      return paint_in_worker(list, frame, stage, token, box);
    case StagePlace::Shelf:
      return paint_on_shelf(list, frame.look, token, box);
  }
}

}  // namespace loiter::gui
