#include "gui/timeline_panel.hpp"

#include <imgui_internal.h>

#include <algorithm>
#include <cmath>
#include <string>

#include "gui/panel.hpp"
#include "gui/state_style.hpp"
#include "gui/test_hooks.hpp"
#include "gui/timeline_paint.hpp"
#include "gui/widget_core.hpp"
#include "gui/widgets.hpp"
#include "views/futures_table.hpp"
#include "views/status_text.hpp"
#include "views/words.hpp"

namespace loiter::gui {
namespace {

using views::TimelineHit;

// Free room at the ends of a range that is fitted, in units: the first and the last mark stand clear of the edges.
constexpr float margin_left = 12;
constexpr float margin_right = 18;
// Below this width of the panel, in units, names of lanes become tags.
constexpr float names_from_width = 620;
// How far the wheel zooms by one notch.
constexpr double zoom_per_notch = 0.8;
// A run that is followed is moved on when its playhead comes as near to the right edge as this share of the width.
constexpr float follow_edge = 0.92F;
constexpr float follow_place = 0.70F;

// Where the parts of the panel are.
struct Areas {
  Box all;
  Box title;
  Box ruler;
  Box lanes;  // names and time
  float time_x = 0.0F;
  bool names = true;
};

struct Panel {
  TimelineView& view;
  const trace::Run& run;
  Frame& frame;
  const Look& look;
  Areas areas;
  ImDrawList* list = nullptr;
  [[nodiscard]] float time_width() const { return std::max(1.0F, areas.all.x1 - areas.time_x); }
};

double nanoseconds(Instant t) { return static_cast<double>(t.time_since_epoch().count()); }
Instant instant(double count) { return Instant{Duration{std::llround(count)}}; }

float widest_name(const Look& look, const trace::Run& run) {
  constexpr std::size_t looked_at = 64;
  float width = look.metrics.px(60);
  for (std::size_t i = 0; i < std::min(looked_at, run.lanes().size()); ++i) {
    width = std::max(width, text_width(look, small_text(look), run.lanes()[i].name));
  }
  return std::min(std::ceil(width), look.metrics.px(180));
}

Areas arrange(const Look& look, const trace::Run& run) {
  const Metrics& m = look.metrics;
  Areas areas;
  areas.all = rest_of_window();
  areas.title = Box::at(areas.all.x0, areas.all.y0, areas.all.width(), m.title_strip);
  areas.ruler = Box::at(areas.all.x0, areas.title.y1, areas.all.width(), m.ruler - m.hairline);
  areas.lanes = {areas.all.x0, areas.ruler.y1 + m.hairline, areas.all.x1, areas.all.y1};
  areas.names = areas.all.width() >= m.px(names_from_width);
  const float tag = m.margin + m.lane_tag + m.gap8;
  areas.time_x = std::round(areas.all.x0 + tag + (areas.names ? widest_name(look, run) + m.gap8 : 0));
  return areas;
}

// --- The visible range ---

views::TimeRange range_to_fit(const Panel& p) {
  const Metrics& m = p.look.metrics;
  const auto whole = views::whole_range(p.run, p.frame.playhead, p.frame.expected_end);
  return views::with_margins(whole, p.time_width(), m.px(margin_left), m.px(margin_right));
}

void go_to(TimelineView& view, views::TimeRange range, const Look& look, bool glide) {
  if (glide && view.placed) {
    view.from.go(nanoseconds(range.from), look);
    view.to.go(nanoseconds(range.to), look);
  } else {
    view.from.jump(nanoseconds(range.from));
    view.to.jump(nanoseconds(range.to));
  }
  view.placed = true;
}

views::TimeRange target_of(const TimelineView& view) { return {instant(view.from.to), instant(view.to.to)}; }

void update_range(Panel& p) {
  TimelineView& view = p.view;
  if (view.fitted || !view.placed) {
    const auto fit = range_to_fit(p);
    if (!view.placed || fit != target_of(view)) go_to(view, fit, p.look, true);
  } else if (p.frame.following) {
    const views::TimeRange target = target_of(view);
    const float x = views::TimeScale(target, p.time_width()).x(p.frame.playhead);
    if (x > p.time_width() * follow_edge && x < p.time_width() * 2) {
      go_to(view, views::moved(target, p.time_width(), x - p.time_width() * follow_place), p.look, true);
    }
  }
  view.query.visible = {instant(view.from.value(p.look)), instant(view.to.value(p.look))};
  p.frame.moving = p.frame.moving || view.from.moving() || view.to.moving();
}

void zoom_at(TimelineView& view, const Look& look, float x, double factor) {
  view.fitted = false;
  go_to(view, views::zoomed(target_of(view), view.query.width, x, factor), look, true);
}

// --- Title and ruler ---

void draw_subtitle(Panel& p) {
  const Metrics& m = p.look.metrics;
  const std::string words = views::unit_text(p.run.header().unit);
  const bool units = p.view.measure == views::RulerMeasure::Units;
  const float after_title = p.areas.all.x0 + m.margin + text_width(p.look, strong_text(p.look), "Timeline") + m.gap16;
  const float x = std::round(std::max(p.areas.time_x + m.px(4), after_title));
  const float width = std::ceil(text_width(p.look, note_text(p.look), words));
  if (x + width > p.areas.all.x1 - m.px(90)) return;
  const Box box = Box::at(x - m.gap4, p.areas.title.centre_y() - m.px(9), width + m.gap8, m.px(18));
  const Press press = press_area("##unit", "Timeline/unit", box, {});
  if (press.pressed) p.view.measure = units ? views::RulerMeasure::Seconds : views::RulerMeasure::Units;
  if (press.hovered) fill_box(*p.list, box, p.look.theme.control_hover, m.lane_tag_radius);
  focus_ring(p.look, press, m.lane_tag_radius);
  TextStyle style = note_text(p.look);
  if (units) style.colour = p.look.theme.text;
  draw_text(*p.list, p.look, style, x, box.centre_y(), words);
  tip_for_last_item(p.look, units ? "The ruler counts units. Press to count seconds."
                                  : "The ruler counts seconds. Press to count units.");
}

void draw_fit_button(Panel& p) {
  const Metrics& m = p.look.metrics;
  const float width = m.px(38);
  ImGui::SetCursorScreenPos({p.areas.all.x1 - m.px(28) - width, p.areas.title.y0 + m.gap4});
  const ButtonOptions options{.small = true, .width = width, .tip = "Shows the whole run (F)."};
  if (button(p.look, "Fit", options)) fit_timeline(p.view);
}

// Dragging on the ruler, or on the playhead's line, moves the playhead.
void move_playhead_to(Panel& p, float x) {
  const auto t = views::TimeScale(p.view.query.visible, p.view.query.width).at(static_cast<double>(x - p.areas.time_x));
  p.frame.wanted_playhead = std::clamp(t, Instant{}, std::max(p.run.last(), p.frame.playhead));
}

void playhead_keys(Panel& p, const Press& press) {
  if (ImGui::GetCurrentContext()->NavId != press.id) return;
  if (own_key_pressed(press.id, ImGuiKey_LeftArrow)) step_playhead(p.view, p.run, p.frame, -1);
  if (own_key_pressed(press.id, ImGuiKey_RightArrow)) step_playhead(p.view, p.run, p.frame, 1);
  if (own_key_pressed(press.id, ImGuiKey_Home, false)) p.frame.wanted_playhead = Instant{};
  if (own_key_pressed(press.id, ImGuiKey_End, false)) p.frame.wants_now = true;
  if (own_key_pressed(press.id, ImGuiKey_Equal) || own_key_pressed(press.id, ImGuiKey_KeypadAdd)) {
    zoom_timeline(p.view, p.frame, zoom_per_notch);
  }
  if (own_key_pressed(press.id, ImGuiKey_Minus) || own_key_pressed(press.id, ImGuiKey_KeypadSubtract)) {
    zoom_timeline(p.view, p.frame, 1 / zoom_per_notch);
  }
}

std::vector<views::Tick> ticks_of(const Panel& p) {
  return views::ruler_ticks(p.view.query.visible, p.time_width(), p.look.metrics.px(64), p.view.measure,
                            p.run.header().unit);
}

void draw_ruler(Panel& p, const std::vector<views::Tick>& ticks) {
  const Metrics& m = p.look.metrics;
  const Box area{p.areas.time_x, p.areas.ruler.y0, p.areas.all.x1, p.areas.ruler.y1};
  const Press press = press_area("##playhead", "Timeline/playhead", area, {.on_click = true});
  if (press.held) {
    move_playhead_to(p, ImGui::GetIO().MousePos.x);
    ImGui::SetMouseCursor(ImGuiMouseCursor_ResizeEW);
  }
  playhead_keys(p, press);
  focus_ring(p.look, press, m.lane_tag_radius);
  horizontal_line(*p.list, p.areas.all.x0, p.areas.all.x1, p.areas.ruler.y1, p.look.theme.hairline, m.hairline);
  const TextStyle style{Face::Mono, m.type.tiny, p.look.theme.text2};
  const float playhead = p.view.layout.playhead_x + p.areas.time_x;
  for (const views::Tick& tick : ticks) {
    const float x = std::round(tick.x + p.areas.time_x);
    if (x < area.x0 || x > area.x1) continue;
    vertical_line(*p.list, x, p.areas.ruler.y1 - m.px(5), p.areas.ruler.y1, p.look.theme.control_line, m.hairline);
    const float half = std::ceil(text_width(p.look, style, tick.label) * 0.5F);
    const bool under_playhead = std::abs(x - playhead) < half + m.px(22);
    if (under_playhead || x + half > area.x1) continue;
    draw_text(*p.list, p.look, style, x, p.areas.ruler.y0 + m.px(7), tick.label, Align::Centre);
  }
}

void draw_playhead_on(Panel& p) {
  const Metrics& m = p.look.metrics;
  const float x = p.view.layout.playhead_x;
  if (x < 0 || x > p.time_width()) return;
  const double per_pixel = views::TimeScale(p.view.query.visible, p.time_width()).nanoseconds_per_pixel();
  const std::string time = views::playhead_text(p.frame.playhead, per_pixel);
  draw_playhead(*p.list, p.look,
                {.x = x + p.areas.time_x,
                 .top_y = p.areas.ruler.y0 - m.px(2),
                 .bottom_y = p.areas.all.y1,
                 .within_x0 = p.areas.all.x0,
                 .within_x1 = p.areas.all.x1,
                 .time = time});
}

// --- Lanes ---

// What the pointer does in the lanes: drag to move, click to select, wheel to zoom, the playhead's line to drag it.
void lanes_pointer(Panel& p, const Press& press, ImVec2 origin) {
  ImGuiIO& io = ImGui::GetIO();
  TimelineView& view = p.view;
  const float x = io.MousePos.x - origin.x;
  const bool on_playhead = std::abs(x - view.layout.playhead_x) <= p.look.metrics.px(4);
  if (press.hovered && on_playhead) ImGui::SetMouseCursor(ImGuiMouseCursor_ResizeEW);
  if (ImGui::IsItemActivated()) view.dragging_playhead = on_playhead;
  if (press.held && view.dragging_playhead) move_playhead_to(p, io.MousePos.x);
  const bool dragged = ImGui::IsMouseDragging(ImGuiMouseButton_Left);
  if (press.held && !view.dragging_playhead && dragged && io.MouseDelta.x != 0) {
    view.fitted = false;
    go_to(view, views::moved(target_of(view), p.time_width(), -io.MouseDelta.x), p.look, false);
  }
  if (press.hovered && io.MouseWheel != 0 && !io.KeyShift) {
    zoom_at(view, p.look, x, std::pow(zoom_per_notch, static_cast<double>(io.MouseWheel)));
    ImGui::SetKeyOwner(ImGuiKey_MouseWheelY, press.id);
  }
  if (press.hovered && io.MouseWheelH != 0) {
    view.fitted = false;
    go_to(view, views::moved(target_of(view), p.time_width(), -io.MouseWheelH * p.look.metrics.px(60)), p.look, true);
  }
}

TimelineHit hit_at_pointer(const Panel& p, ImVec2 origin) {
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  return views::hit_timeline(p.run, p.view.index, p.view.query, p.view.layout, mouse.x - origin.x, mouse.y - origin.y);
}

FutureId future_of(const Panel& p, const TimelineHit& hit) {
  if (hit.what != TimelineHit::What::Wait) return hit.future;
  const trace::Lane* lane = p.run.lane(hit.lane);
  if (lane == nullptr || hit.wait >= lane->waits.size()) return no_future;
  const auto& futures = lane->waits[hit.wait].what.futures;
  return futures.size() == 1 ? futures.front() : no_future;
}

std::vector<std::string> facts_of(const Panel& p, const TimelineHit& hit) {
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
      return views::future_facts(p.run, *future, t);
    }
    case TimelineHit::What::Nothing:
      break;
  }
  return {};
}

void hover_and_select(Panel& p, const Press& press, const TimelineHit& hit) {
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

// Arrows for the wait under the pointer, and for the open waits for what is selected.
void draw_arrows(const Panel& p, const TimelinePaint& paint, const TimelineHit& hit) {
  for (const views::WaitBox& wait : p.view.layout.waits) {
    const bool hovered = hit.what == TimelineHit::What::Wait && hit.lane == wait.lane && hit.wait == wait.wait;
    if (hovered) paint_wait_arrows(*p.list, paint, p.run, wait);
  }
}

// The name of a lane is an item: Tab and the arrows reach it, Enter selects what the lane is busy with.
void draw_lane_name(Panel& p, const views::LaneBox& lane, float y0) {
  const Metrics& m = p.look.metrics;
  const trace::Lane& row = p.run.lanes()[lane.index];
  const float middle = std::round(y0 + lane.y0 + m.lane_height * 0.5F);
  const Box tag = Box::at(p.areas.all.x0 + m.margin, middle - m.lane_tag * 0.5F, m.lane_tag, m.lane_tag);
  const Box area{p.areas.all.x0 + m.gap8, middle - m.px(14), p.areas.time_x - m.gap4, middle + m.px(14)};
  ImGui::PushID(static_cast<int>(lane.lane.value));
  const Press press = press_area("##lane", "Timeline/" + row.name, area, {});
  ImGui::PopID();
  if (press.seen) {
    draw_tag(p.frame, *p.list, tag, lane.lane);
    TextStyle style = small_text(p.look);
    if (!lane.present) style.colour = p.look.theme.text3;
    const Box room{tag.x1 + m.gap8, tag.y0, p.areas.time_x - m.gap4, tag.y1};
    const bool whole = p.areas.names && draw_text_in(*p.list, p.look, style, room, row.name);
    focus_ring(p.look, press, m.lane_tag_radius);
    if (!whole) tip_for_last_item(p.look, row.name);
  }
  if (!press.pressed) return;
  const trace::TaskSpan* task = trace::task_at(row, p.frame.playhead);
  if (task != nullptr) p.frame.selection.choose(task->future);
}

// Bars wide enough for words are items too: the keyboard goes from one to the next.
void add_bar_items(Panel& p, ImVec2 origin) {
  constexpr int most_items = 400;
  int items = 0;
  for (const views::Bar& bar : p.view.layout.bars) {
    if (bar.name.empty() || bar.box.width() < p.look.metrics.px(22) || ++items > most_items) continue;
    if (bar.lane != main_lane && bar.box.centre_y() < p.view.layout.main_height) continue;
    const Box box = on_screen(bar.box, origin);
    const ImGuiID id = ImGui::GetCurrentWindow()->GetID(static_cast<int>(bar.future.value) + (1 << 24));
    if (!ImGui::ItemAdd({box.min(), box.max()}, id)) continue;
    report_widget("Timeline/" + std::string(bar.name));
    const ImGuiContext& context = *ImGui::GetCurrentContext();
    if (context.NavId != id) continue;
    focus_ring(p.look, {.box = box, .id = id, .focused = context.NavCursorVisible}, p.look.metrics.bar_radius);
    if (context.NavActivateId == id) p.frame.selection.choose(bar.future);
  }
}

void draw_ground(const Panel& p, const std::vector<views::Tick>& ticks) {
  const Metrics& m = p.look.metrics;
  const Box time{p.areas.time_x, p.areas.lanes.y0, p.areas.all.x1, p.areas.lanes.y1};
  const float playhead = std::clamp(p.view.layout.playhead_x, 0.0F, p.time_width()) + time.x0;
  fill_box(*p.list, {playhead, time.y0, time.x1, time.y1}, p.look.theme.sunk);
  for (const views::Tick& tick : ticks) {
    const float x = std::round(tick.x + time.x0);
    if (x >= time.x0) vertical_line(*p.list, x, time.y0, time.y1, p.look.theme.grid, m.hairline);
  }
}

void draw_lane_lines(const Panel& p, float y0, LanesPart part) {
  const Metrics& m = p.look.metrics;
  for (const views::LaneBox& lane : p.view.layout.lanes) {
    if ((lane.lane == main_lane) != (part == LanesPart::Main)) continue;
    const float y = std::round(y0 + lane.y1 - m.hairline);
    horizontal_line(*p.list, p.areas.all.x0, p.areas.all.x1, y, p.look.theme.hairline, m.hairline);
  }
}

double seconds_stuck(const Panel& p) {
  const trace::StuckReport* report = trace::stuck_at(p.run, p.frame.playhead);
  return report == nullptr ? 0.0 : to_seconds(p.frame.playhead - report->t);
}

// Lanes below main can be scrolled; main is drawn last, on the same ground.
void draw_lanes(Panel& p, const std::vector<views::Tick>& ticks) {
  const Box& area = p.areas.lanes;
  const float main_bottom = area.y0 + p.view.layout.main_height;
  const ImVec2 origin{p.areas.time_x, area.y0};
  const TimelinePaint paint{p.frame, p.view.layout, origin, seconds_stuck(p)};
  draw_ground(p, ticks);
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
  const Press press = press_area("##lanes", "Timeline/lanes", {origin.x, area.y0, area.x1, area.y1}, {});
  ImGui::PopItemFlag();
  const TimelineHit hit = press.hovered || press.pressed ? hit_at_pointer(p, origin) : TimelineHit{};
  lanes_pointer(p, press, origin);
  hover_and_select(p, press, hit);
  draw_arrows(p, paint, hit);
  ImGui::PopClipRect();
}

void lay_out(Panel& p, float height, float scroll) {
  TimelineView& view = p.view;
  view.query.width = p.time_width();
  view.query.height = height;
  view.query.scroll = scroll;
  view.query.playhead = p.frame.playhead;
  view.query.selected = p.frame.selection.future;
  view.query.measures = views::TimelineMeasures(p.look.metrics.scale);
  update_range(p);
  views::lay_out_timeline(p.run, view.index, view.query, text_width_for_views(p.look), view.layout);
}

// The lanes scroll as a child window, so that ImGui's scroll bar, focus and keyboard work as everywhere.
void draw_scrolled_lanes(Panel& p, const std::vector<views::Tick>& ticks) {
  Box& area = p.areas.lanes;
  ImGui::SetCursorScreenPos(area.min());
  constexpr ImGuiWindowFlags flags = ImGuiWindowFlags_NoScrollWithMouse | ImGuiWindowFlags_NoBackground;
  if (ImGui::BeginChild("lanes", {area.width(), area.height()}, ImGuiChildFlags_NavFlattened, flags)) {
    p.list = ImGui::GetWindowDrawList();
    if (ImGui::IsWindowHovered() && ImGui::GetIO().KeyShift && ImGui::GetIO().MouseWheel != 0) {
      ImGui::SetScrollY(ImGui::GetScrollY() - ImGui::GetIO().MouseWheel * p.look.metrics.lane_height);
    }
    draw_lanes(p, ticks);
    // Its box stands on the ruler, outside of this child, which is drawn after everything around it.
    ImGui::PushClipRect(p.areas.all.min(), p.areas.all.max(), false);
    draw_playhead_on(p);
    ImGui::PopClipRect();
    ImGui::SetCursorPos({0, 0});
    ImGui::Dummy({1, p.view.layout.content_height});
    p.view.query.scroll = ImGui::GetScrollY();
  }
  ImGui::EndChild();
}

void prepare(Panel& p) {
  TimelineView& view = p.view;
  if (view.run_number != p.frame.run_number) {
    view.index.clear();
    view.run_number = p.frame.run_number;
    view.fitted = true;
    view.placed = false;
    view.query.scroll = 0;
  }
  view.index.update(p.run);
  const views::TimelineMeasures measures(p.look.metrics.scale);
  const float height = p.areas.lanes.height();
  const bool scrolls = views::lanes_height(p.run, view.index, measures) > height;
  if (scrolls) p.areas.all.x1 -= ImGui::GetStyle().ScrollbarSize;
  lay_out(p, height, scrolls ? view.query.scroll : 0);
}

}  // namespace

void fit_timeline(TimelineView& view) { view.fitted = true; }

void zoom_timeline(TimelineView& view, const Frame& frame, double factor) {
  const float x = view.layout.playhead_x;
  const bool seen = x >= 0 && x <= view.query.width;
  zoom_at(view, frame.look, seen ? x : view.query.width * 0.5F, factor);
}

void step_playhead(const TimelineView& view, const trace::Run& run, Frame& frame, int direction) {
  const double spacing = 64.0 * static_cast<double>(frame.look.metrics.scale);
  const auto ticks = views::ruler_ticks(view.query.visible, view.query.width, static_cast<float>(spacing),
                                        views::RulerMeasure::Seconds, run.header().unit);
  const Duration step = ticks.size() > 1 ? (ticks[1].t - ticks[0].t) / 5 : std::chrono::milliseconds(100);
  const Instant moved = frame.playhead + step * direction;
  frame.wanted_playhead = std::clamp(moved, Instant{}, std::max(run.last(), frame.playhead));
}

bool draw_timeline(TimelineView& view, const trace::Run& run, Frame& frame) {
  ImGui::PushID("Timeline");
  Panel p{view, run, frame, frame.look, arrange(frame.look, run), ImGui::GetWindowDrawList()};
  ImGui::SetNextItemAllowOverlap();
  const bool title_pressed = panel_title(p.look, "Timeline", p.areas.title.width());
  if (run.lanes().empty()) {
    draw_empty(p.look, {p.areas.all.x0, p.areas.title.y1, p.areas.all.x1, p.areas.all.y1}, views::press_run_text(run));
  } else {
    prepare(p);
    const auto ticks = ticks_of(p);
    draw_subtitle(p);
    draw_fit_button(p);
    draw_ruler(p, ticks);
    draw_scrolled_lanes(p, ticks);
  }
  ImGui::PopID();
  return title_pressed;
}

}  // namespace loiter::gui
