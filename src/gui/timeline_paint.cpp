#include "gui/timeline_paint.hpp"

#include <algorithm>
#include <cmath>

#include "gui/panel.hpp"
#include "gui/state_style.hpp"

namespace loiter::gui {
namespace {

using views::BarPart;
using views::WaitRow;

bool belongs(LaneId lane, LanesPart part) { return (lane == main_lane) == (part == LanesPart::Main); }

Colour mixed(Colour from, Colour to, float share) {
  const ImVec4 a = ImGui::ColorConvertU32ToFloat4(from);
  const ImVec4 b = ImGui::ColorConvertU32ToFloat4(to);
  const auto mix = [share](float x, float y) { return x + (y - x) * share; };
  return ImGui::ColorConvertFloat4ToU32({mix(a.x, b.x), mix(a.y, b.y), mix(a.z, b.z), 1.0F});
}

Corners corners_of(bool begins, bool ends) {
  if (begins) return ends ? Corners::All : Corners::Left;
  return ends ? Corners::Right : Corners::None;
}

// Many small tasks: the busier the darker. An exception among them is never lost: it shows at the lower edge.
void paint_blocks(ImDrawList& list, const TimelinePaint& paint, LanesPart part) {
  const Look& look = paint.frame.look;
  for (const views::BlockBox& block : paint.layout.blocks) {
    if (!belongs(block.lane, part)) continue;
    const StateColours& colours = look.theme.state(block.look);
    const Box box = on_screen(block.box, paint.origin);
    const Colour full = block.look == StateLook::Waiting ? colours.hatch : colours.ink;
    list.AddRectFilled(box.min(), box.max(), mixed(look.theme.panel, full, 0.25F + 0.75F * block.cover));
    if (!block.some_raised || block.look == StateLook::Raised) continue;
    const float height = look.metrics.px(5);
    list.AddRectFilled({box.x0, box.y1 - height - look.metrics.hairline}, {box.x1, box.y1}, look.theme.panel);
    list.AddRectFilled({box.x0, box.y1 - height}, box.max(), look.theme.state(StateLook::Raised).ink);
  }
}

// Too slim for an outline all around.
void paint_slim_away(ImDrawList& list, const Look& look, const Box& box, StateLook state) {
  const StateColours& colours = look.theme.state(state);
  const float line = look.metrics.hairline;
  if (box.width() < 3 * line) {
    list.AddRectFilled(box.min(), box.max(), mixed(look.theme.panel, colours.ink, 0.4F));
    return;
  }
  list.AddRectFilled(box.min(), box.max(), colours.tint);
  list.AddRectFilled(box.min(), {box.x1, box.y0 + line}, colours.ink);
  list.AddRectFilled({box.x0, box.y1 - line}, box.max(), colours.ink);
  list.AddRectFilled(box.min(), {box.x0 + line, box.y1}, colours.ink);
  list.AddRectFilled({box.x1 - line, box.y0}, box.max(), colours.ink);
}

// Turns that are too short to be told apart: as much of the bar as the task waited is hatched, from below; as much as it
// was away is tinted, from above.
void paint_turns(ImDrawList& list, const TimelinePaint& paint, LanesPart part) {
  const Look& look = paint.frame.look;
  for (const views::TurnsBox& turns : paint.layout.turns) {
    if (!belongs(turns.lane, part)) continue;
    Box box = on_screen(turns.box, paint.origin);
    const float height = std::round(box.height() * turns.cover);
    if (turns.away) {
      box.y1 = box.y0 + height;
      paint_slim_away(list, look, box, turns.look);
      continue;
    }
    box.y0 = box.y1 - height;
    const StateColours& waiting = look.theme.state(StateLook::Waiting);
    list.AddRectFilled(box.min(), box.max(), waiting.tint);
    hatch_diagonal(list, box, 0, waiting.hatch, look.metrics.px(5), look.metrics.line(2));
    list.AddRectFilled(box.min(), {box.x1, box.y0 + look.metrics.hairline}, waiting.ink);
  }
  for (const views::Bar& bar : paint.layout.bars) {
    if (!bar.under_turns || !belongs(bar.lane, part)) continue;
    draw_bar_words_on_plate(list, look, {.box = on_screen(bar.box, paint.origin), .state = bar.look, .name = bar.name});
  }
}

void paint_bars(ImDrawList& list, const TimelinePaint& paint, LanesPart part) {
  const Look& look = paint.frame.look;
  for (const views::Bar& bar : paint.layout.bars) {
    if (!belongs(bar.lane, part)) continue;
    const Box box = on_screen(bar.box, paint.origin);
    if (bar.part == BarPart::Quiet) {
      draw_tint_bar(list, look, box, bar.look);
    } else if (bar.part == BarPart::Away && box.width() < look.metrics.px(8)) {
      paint_slim_away(list, look, box, bar.look);
    } else if (box.width() < look.metrics.px(4)) {
      list.AddRectFilled(box.min(), box.max(), look.theme.state(bar.look).ink);  // too slim for anything else
    } else {
      draw_task_bar(list, look,
                    {.box = box,
                     .state = bar.look,
                     .name = bar.under_turns ? std::string_view{} : bar.name,
                     .value = bar.under_turns ? std::string_view{} : bar.value,
                     .corners = corners_of(bar.begins, bar.ends),
                     .tinted = bar.part == BarPart::Away,
                     .no_end = bar.no_end});
    }
  }
  for (const views::InstantMark& mark : paint.layout.instants) {
    if (!belongs(mark.lane, part)) continue;
    const ImVec2 centre{mark.x + paint.origin.x, mark.centre_y + paint.origin.y};
    draw_instant(list, look, mark.look, centre, mark.height);
  }
}

void paint_stuck_reason(ImDrawList& list, const TimelinePaint& paint, const views::WaitBox& wait, const Box& box) {
  const Look& look = paint.frame.look;
  const Colour ink = look.theme.state(StateLook::Stuck).ink;
  const float y = wait.text_y + paint.origin.y;
  draw_state_glyph(list, look, StateLook::Stuck, {box.x0 + look.metrics.px(9), y}, look.metrics.px(14));
  const TextStyle bold{Face::SansBold, look.metrics.type.small, ink};
  const float end = draw_text(list, look, bold, wait.text_x + paint.origin.x, y, wait.text);
  const TextStyle plain{Face::Sans, look.metrics.type.small, ink};
  const float room = box.x1 + look.metrics.px(14);
  if (end + text_width(look, plain, "  no end") < room) draw_text(list, look, plain, room, y, "no end", Align::Right);
}

void paint_waits(ImDrawList& list, const TimelinePaint& paint, LanesPart part) {
  const Look& look = paint.frame.look;
  const float pulse = stuck_pulse(look.motion ? paint.seconds_stuck : 1e9);
  for (const views::WaitBox& wait : paint.layout.waits) {
    if (!belongs(wait.lane, part)) continue;
    const Box box = on_screen(wait.box, paint.origin);
    if (box.width() < look.metrics.px(3)) {
      list.AddRectFilled(box.min(), {std::max(box.x1, box.x0 + 1.0F), box.y1},
                         look.theme.state(StateLook::Waiting).hatch);
      continue;
    }
    draw_wait_bar(list, look,
                  {.box = box, .stuck = wait.stuck, .no_end = wait.stuck, .corners = corners_of(true, wait.ends)});
    if (wait.stuck) {
      outline_box(list, box.inset(-look.metrics.selection_gap), faded(look.theme.state(StateLook::Stuck).ink, pulse),
                  look.metrics.wait_radius + look.metrics.selection_gap, look.metrics.hairline, Corners::Left);
      paint_stuck_reason(list, paint, wait, box);
    } else if (!wait.text.empty()) {
      const TextStyle style{Face::Sans, look.metrics.type.small, look.theme.state(StateLook::Waiting).ink};
      draw_text(list, look, style, wait.text_x + paint.origin.x, wait.text_y + paint.origin.y, wait.text);
    }
  }
}

void paint_marks(ImDrawList& list, const TimelinePaint& paint, LanesPart part) {
  const Look& look = paint.frame.look;
  for (const views::Note& note : paint.layout.notes) {
    if (!belongs(note.lane, part)) continue;
    draw_text(list, look, note_text(look), note.x + paint.origin.x, note.y + paint.origin.y, note.text);
  }
  for (const views::SelectedBox& frame : paint.layout.selected) {
    if (belongs(frame.lane, part)) {
      selection_frame(list, look, on_screen(frame.box, paint.origin), look.metrics.bar_radius);
    }
  }
  const FutureId selected = paint.frame.selection.future;
  for (const views::DeliveryMark& mark : paint.layout.deliveries) {
    if (!belongs(mark.lane, part)) continue;
    const ImVec2 at{mark.x + paint.origin.x, mark.y + paint.origin.y};
    const Colour ink = look.theme.state(mark.look).ink;
    const float edge = look.metrics.px(2);
    diamond_filled(list, at, look.metrics.px(6) + edge, look.theme.panel);  // apart from the hatch beside it
    if (mark.future == selected && selected != no_future) {
      diamond_filled(list, at, look.metrics.px(6) + 2 * edge, look.theme.selection_line);
      diamond_filled(list, at, look.metrics.px(6) + edge, look.theme.panel);
    }
    if (mark.filled) {
      diamond_filled(list, at, look.metrics.px(6), ink);
    } else {
      diamond_hollow(list, at, look.metrics.px(6), ink, look.theme.panel, look.metrics.line(1.5F));
    }
  }
}

void paint_wake_ups(ImDrawList& list, const TimelinePaint& paint, LanesPart part) {
  const Look& look = paint.frame.look;
  for (const views::WakeUp& wake : paint.layout.wake_ups) {
    if (!belongs(wake.lane, part)) continue;
    const StateLook state = wake.future == no_future ? StateLook::Waiting : StateLook::Running;
    draw_known_future(list, look, on_screen(wake.box, paint.origin), state, wake.text);
  }
}

}  // namespace

void paint_lanes(ImDrawList& list, const TimelinePaint& paint, LanesPart part) {
  paint_wake_ups(list, paint, part);
  paint_blocks(list, paint, part);
  paint_bars(list, paint, part);
  paint_turns(list, paint, part);
  paint_waits(list, paint, part);
  paint_marks(list, paint, part);
}

void paint_wait_arrows(ImDrawList& list, const TimelinePaint& paint, const trace::Run& run,
                       const views::WaitBox& wait) {
  const Look& look = paint.frame.look;
  const StateLook state = wait.stuck ? StateLook::Stuck : StateLook::Waiting;
  for (const views::WaitArrow& line : views::wait_arrows(run, paint.layout, wait)) {
    const ImVec2 from{line.x0 + paint.origin.x, line.y0 + paint.origin.y};
    const ImVec2 to{line.x1 + paint.origin.x, line.y1 + paint.origin.y};
    arrow(list, from, to, look.theme.panel, look.metrics.strong_line + look.metrics.px(3), look.metrics.arrow_head);
    arrow(list, from, to, look.theme.state(state).ink, look.metrics.strong_line, look.metrics.arrow_head);
  }
}

}  // namespace loiter::gui
