// The lanes of the timeline: names, bars, and what the pointer and the keyboard do there.
#include <imgui_internal.h>

#include <algorithm>
#include <cmath>
#include <string>

#include "gui/guess_overlay.hpp"
#include "gui/paint.hpp"
#include "gui/test_hooks.hpp"
#include "gui/timeline_paint.hpp"
#include "gui/timeline_parts.hpp"
#include "gui/widget_core.hpp"
#include "gui/widgets.hpp"
#include "views/futures_table.hpp"
#include "views/words.hpp"

namespace loiter::gui::timeline {
namespace {

using views::TimelineHit;

// What the pointer does in the lanes: drag to move, click to select, wheel to zoom, the playhead's line to drag it.
void lanes_pointer(LanesPanel& p, const Press& press, ImVec2 origin) {
  ImGuiIO& io = ImGui::GetIO();
  LanesView& view = p.view;
  const float x = io.MousePos.x - origin.x;
  const bool on_playhead = p.line && std::abs(x - p.playhead_x()) <= p.look.metrics.px(4);
  if (press.hovered && on_playhead) ImGui::SetMouseCursor(ImGuiMouseCursor_ResizeEW);
  if (ImGui::IsItemActivated()) view.dragging_playhead = on_playhead;
  if (press.held && view.dragging_playhead) move_playhead_to(p, io.MousePos.x);
  const bool dragged = ImGui::IsMouseDragging(ImGuiMouseButton_Left);
  if (press.held && !view.dragging_playhead && dragged && io.MouseDelta.x != 0) {
    move_axis(p.axis, p.look, -io.MouseDelta.x, false);
  }
  if (press.hovered && io.MouseWheel != 0 && !io.KeyShift) {
    zoom_axis_at(p.axis, p.look, x, std::pow(zoom_per_notch, static_cast<double>(io.MouseWheel)));
    ImGui::SetKeyOwner(ImGuiKey_MouseWheelY, press.id);
  }
  if (press.hovered && io.MouseWheelH != 0) move_axis(p.axis, p.look, -io.MouseWheelH * p.look.metrics.px(60), true);
}

TimelineHit hit_at_pointer(const LanesPanel& p, ImVec2 origin) {
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  return views::hit_timeline(p.run, p.view.index, p.view.query, p.view.layout, mouse.x - origin.x, mouse.y - origin.y);
}

FutureId future_of(const LanesPanel& p, const TimelineHit& hit) {
  if (hit.what != TimelineHit::What::Wait) return hit.future;
  const trace::Lane* lane = p.run.lane(hit.lane);
  if (lane == nullptr || hit.wait >= lane->waits.size()) return no_future;
  const auto& futures = lane->waits[hit.wait].what.futures;
  return futures.size() == 1 ? futures.front() : no_future;
}

std::vector<std::string> facts_of(const LanesPanel& p, const TimelineHit& hit) {
  const Instant t = p.frame.playhead;
  const trace::Lane* lane = p.run.lane(hit.lane);
  switch (hit.what) {
    case TimelineHit::What::Wait: {
      if (lane == nullptr || hit.wait >= lane->waits.size()) return {};
      return views::wait_facts(p.run, *lane, lane->waits[hit.wait], t);
    }
    case TimelineHit::What::Delivery: {
      const trace::Delivery& delivery = p.run.deliveries()[hit.delivery];
      return {"result of " + views::future_name(p.run, delivery.future) + " delivered",
              "at " + views::seconds_text(delivery.t) + " to " + views::lane_name(p.run, delivery.lane)};
    }
    case TimelineHit::What::Lane: {
      if (lane == nullptr || hit.t > t) return {};
      const views::Doing doing = views::doing_at(p.run, *lane, hit.t);
      return {lane->name + " at " + views::seconds_text(hit.t), doing.what};
    }
    case TimelineHit::What::Task:
    case TimelineHit::What::WakeUp: {
      const trace::FutureRow* future = p.run.future(hit.future);
      if (future == nullptr) return {};
      auto facts = views::future_facts(p.run, *future, t);
      if (p.name == "Timeline") add_guess_facts(p.frame, hit.future, facts);  // of this run, not of those compared
      return facts;
    }
    case TimelineHit::What::Nothing:
      break;
  }
  return {};
}

void hover_and_select(LanesPanel& p, const Press& press, const TimelineHit& hit) {
  const bool dragged = ImGui::GetMouseDragDelta(ImGuiMouseButton_Left, 0.0F).x != 0 || p.view.dragging_playhead;
  if (press.pressed && !dragged) {
    const FutureId future = future_of(p, hit);
    if (future != no_future || p.frame.selection.future != no_future) {
      p.frame.selection.choose(future != no_future ? future : p.frame.selection.future);
    }
  }
  if (ImGui::IsItemHovered(ImGuiHoveredFlags_ForTooltip) && !press.held) {
    const auto facts = facts_of(p, hit);
    const bool has_arrow = hit.what == TimelineHit::What::Wait;
    if (!facts.empty()) facts_tooltip(p.look, facts, has_arrow);
  }
}

// Open at the playhead, for the selected future.
bool waits_for_selected(const LanesPanel& p, const views::WaitBox& wait) {
  const FutureId selected = p.frame.selection.future;
  const trace::Lane* lane = p.run.lane(wait.lane);
  if (selected == no_future || wait.ends || lane == nullptr || wait.wait >= lane->waits.size()) return false;
  const trace::WaitSpan& span = lane->waits[wait.wait];
  const bool open = !span.ended || *span.ended > p.frame.playhead;
  return open && std::ranges::find(span.what.futures, selected) != span.what.futures.end();
}

// Arrows for the wait under the pointer, and for the open waits for what is selected.
void draw_arrows(const LanesPanel& p, const TimelinePaint& paint, const TimelineHit& hit) {
  for (const views::WaitBox& wait : p.view.layout.waits) {
    const bool hovered = hit.what == TimelineHit::What::Wait && hit.lane == wait.lane && hit.wait == wait.wait;
    if (hovered || waits_for_selected(p, wait)) paint_wait_arrows(*p.list, paint, p.run, wait);
  }
}

// What a person does to a worker process: Kill, by its button or with Delete on its name.
void draw_kill_button(LanesPanel& p, const trace::Lane& lane, const Box& box, bool wanted_by_key) {
  ImGui::PushID(static_cast<int>(lane.id.value));
  const std::string tip = lane.pid != 0 ? "Send SIGKILL to process " + std::to_string(lane.pid) + " (Delete)"
                                        : "Let this worker die at once (Delete)";
  const Press press = press_area("##kill", p.label("Kill " + lane.name), box, {});
  ImGui::PopID();
  if (press.seen) {
    control_ground(*p.list, p.look, press, p.look.metrics.lane_tag_radius);
    TextStyle style = small_text(p.look);
    style.size = p.look.metrics.type.tiny;
    const float width = text_width(p.look, style, "Kill");
    const Box inner{box.x0 + (box.width() - width) * 0.5F, box.y0, box.x1, box.y1};
    draw_text_in(*p.list, p.look, style, inner, "Kill");
    focus_ring(p.look, press, p.look.metrics.lane_tag_radius);
    tip_for_last_item(p.look, tip);
  }
  if (press.pressed || wanted_by_key) p.frame.wanted_kill = lane.name;
}

// "Process-1" above "pid 4711".
bool draw_process_name(const LanesPanel& p, const trace::Lane& lane, TextStyle style, const Box& room) {
  const float half = p.look.metrics.px(8);
  const bool two_lines = p.view.query.measures.lane_height >= 4 * half;
  if (lane.pid == 0 || !two_lines) return draw_text_in(*p.list, p.look, style, room, lane.name);
  const float middle = room.centre_y();
  const bool whole = draw_text_in(*p.list, p.look, style, {room.x0, middle - 2 * half, room.x1, middle}, lane.name);
  style.colour = p.look.theme.text3;
  style.size = p.look.metrics.type.tiny;
  draw_text_in(*p.list, p.look, style, {room.x0, middle, room.x1, middle + 2 * half - p.look.metrics.hairline},
               "pid " + std::to_string(lane.pid));
  return whole;
}

// The name of a lane is an item: Tab and the arrows reach it, Enter selects what the lane is busy with.
void draw_lane_name(LanesPanel& p, const views::LaneBox& lane, float y0) {
  const Metrics& m = p.look.metrics;
  const trace::Lane& row = p.run.lanes()[lane.index];
  const float lane_height = p.view.query.measures.lane_height;
  const float middle = std::round(y0 + lane.y0 + lane_height * 0.5F);
  const float half = std::min(m.px(14), std::floor(lane_height * 0.5F));
  const Box tag = Box::at(p.areas.all.x0 + m.margin, middle - m.lane_tag * 0.5F, m.lane_tag, m.lane_tag);
  const Box area{p.areas.all.x0 + m.gap8, middle - half, p.areas.time_x - m.gap4, middle + half};
  ImGui::PushID(static_cast<int>(lane.lane.value));
  const bool can_be_killed = is_process(row) && !row.ended && p.frame.can_kill;
  const float button = can_be_killed && p.areas.names ? kill_button_width(p.look) + m.gap8 : 0.0F;
  const Press press = press_area("##lane", p.label(row.name), {area.x0, area.y0, area.x1 - button, area.y1}, {});
  ImGui::PopID();
  if (press.seen) {
    draw_tag(p.frame, *p.list, tag, lane.lane);
    TextStyle style = small_text(p.look);
    if (!lane.present) style.colour = p.look.theme.text3;
    const Box room{tag.x1 + m.gap8, tag.y0, p.areas.time_x - m.gap4 - button, tag.y1};
    const bool whole =
        p.areas.names && (is_process(row) ? draw_process_name(p, row, style, room)
                                          : draw_text_in(*p.list, p.look, style, room, shown_name(row, p.frame.wall)));
    focus_ring(p.look, press, m.lane_tag_radius);
    if (!whole) tip_for_last_item(p.look, row.name);
  }
  const bool wanted_by_key = can_be_killed && own_key_pressed(press.id, ImGuiKey_Delete, false);
  if (button > 0) {
    const Box box{area.x1 - button + m.gap4, middle - m.px(10), area.x1 - m.gap4, middle + m.px(10)};
    draw_kill_button(p, row, box, wanted_by_key);
  } else if (wanted_by_key) {
    p.frame.wanted_kill = row.name;
  }
  if (!press.pressed) return;
  const trace::TaskSpan* task = trace::task_at(row, p.frame.playhead);
  if (task != nullptr) p.frame.selection.choose(task->future);
}

// Bars wide enough for words are items too: the keyboard goes from one to the next.
void add_bar_items(LanesPanel& p, ImVec2 origin) {
  constexpr int most_items = 400;
  int items = 0;
  for (const views::Bar& bar : p.view.layout.bars) {
    if (bar.name.empty() || bar.box.width() < p.look.metrics.px(22) || ++items > most_items) continue;
    if (bar.lane != main_lane && bar.box.centre_y() < p.view.layout.main_height) continue;
    const Box box = on_screen(bar.box, origin);
    const ImGuiID id = ImGui::GetCurrentWindow()->GetID(static_cast<int>(bar.future.value) + (1 << 24));
    if (!ImGui::ItemAdd({box.min(), box.max()}, id)) continue;
    report_widget(p.label(bar.name));
    const ImGuiContext& context = *ImGui::GetCurrentContext();
    if (context.NavId != id) continue;
    focus_ring(p.look, {.box = box, .id = id, .focused = context.NavCursorVisible}, p.look.metrics.bar_radius);
    if (context.NavActivateId == id) p.frame.selection.choose(bar.future);
  }
}

void draw_ground(const LanesPanel& p, const std::vector<views::Tick>& ticks) {
  const Metrics& m = p.look.metrics;
  const Box time{p.areas.time_x, p.areas.lanes.y0, p.areas.all.x1, p.areas.lanes.y1};
  const float playhead = std::clamp(p.view.layout.playhead_x, 0.0F, p.time_width()) + time.x0;
  fill_box(*p.list, {playhead, time.y0, time.x1, time.y1}, p.look.theme.sunk);
  for (const views::Tick& tick : ticks) {
    const float x = std::round(tick.x + time.x0);
    if (x >= time.x0) vertical_line(*p.list, x, time.y0, time.y1, p.look.theme.grid, m.hairline);
  }
}

void draw_lane_lines(const LanesPanel& p, float y0, LanesPart part) {
  const Metrics& m = p.look.metrics;
  for (const views::LaneBox& lane : p.view.layout.lanes) {
    if ((lane.lane == main_lane) != (part == LanesPart::Main)) continue;
    const float y = std::round(y0 + lane.y1 - m.hairline);
    horizontal_line(*p.list, p.areas.all.x0, p.areas.all.x1, y, p.look.theme.hairline, m.hairline);
  }
}

double seconds_stuck(const LanesPanel& p) {
  const trace::StuckReport* report = trace::stuck_at(p.run, p.frame.playhead);
  return report == nullptr ? 0.0 : to_seconds(p.frame.playhead - report->t);
}

}  // namespace

std::string_view shown_name(const trace::Lane& lane, bool wall) {
  return wall && lane.kind == trace::LaneKind::Thread ? std::string_view{"worker"} : std::string_view{lane.name};
}

bool is_process(const trace::Lane& lane) { return lane.kind == trace::LaneKind::Process; }

float kill_button_width(const Look& look) { return look.metrics.px(34); }

// Lanes below main can be scrolled; main is drawn last, on the same ground.
void draw_lanes(LanesPanel& p, const std::vector<views::Tick>& ticks, const LanesExtras& extras) {
  const Box& area = p.areas.lanes;
  const float main_bottom = area.y0 + p.view.layout.main_height;
  const ImVec2 origin{p.areas.time_x, area.y0};
  const TimelinePaint paint{p.frame, p.view.layout, origin, seconds_stuck(p)};
  draw_ground(p, ticks);
  extras.on_ground();
  const auto part = [&](LanesPart which, float top, float bottom) {
    ImGui::PushClipRect({area.x0, top}, {area.x1, bottom}, true);
    draw_lane_lines(p, area.y0, which);
    for (const views::LaneBox& lane : p.view.layout.lanes) {
      if ((lane.lane == main_lane) == (which == LanesPart::Main)) draw_lane_name(p, lane, area.y0);
    }
    ImGui::PushClipRect({origin.x, top}, {area.x1, bottom}, true);
    paint_lanes(*p.list, paint, which);
    ImGui::PopClipRect();
    ImGui::PopClipRect();
  };
  part(LanesPart::Others, main_bottom, area.y1);
  part(LanesPart::Main, area.y0, std::min(main_bottom, area.y1));

  ImGui::PushClipRect({origin.x, area.y0}, area.max(), true);
  add_bar_items(p, origin);
  ImGui::PushItemFlag(ImGuiItemFlags_NoNav, true);
  const Press press = press_area("##lanes", p.label("lanes"), {origin.x, area.y0, area.x1, area.y1}, {});
  ImGui::PopItemFlag();
  const TimelineHit hit = press.hovered || press.pressed ? hit_at_pointer(p, origin) : TimelineHit{};
  lanes_pointer(p, press, origin);
  hover_and_select(p, press, hit);
  draw_arrows(p, paint, hit);
  ImGui::PopClipRect();
  extras.on_top();
}

}  // namespace loiter::gui::timeline
