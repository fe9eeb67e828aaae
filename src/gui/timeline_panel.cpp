#include "gui/timeline_panel.hpp"

#include <algorithm>
#include <cmath>

#include "gui/timeline_parts.hpp"
#include "gui/widgets.hpp"
#include "views/status_text.hpp"

namespace loiter::gui {

using timeline::Areas;
using timeline::Panel;

namespace {

// Free room at the ends of a range that is fitted, in units: the first and the last mark stand clear of the edges.
constexpr float margin_left = 12;
constexpr float margin_right = 18;
// Below this width of the panel, in units, names of lanes become tags.
constexpr float names_from_width = 660;
// A run that is followed is moved on when its playhead comes as near to the right edge as this share of the width.
constexpr float follow_edge = 0.92F;
constexpr float follow_place = 0.70F;

double nanoseconds(Instant t) { return static_cast<double>(t.time_since_epoch().count()); }
Instant instant(double count) { return Instant{Duration{std::llround(count)}}; }

float widest_name(const Look& look, const trace::Run& run) {
  constexpr std::size_t looked_at = 64;
  float width = look.metrics.px(60);
  for (std::size_t i = 0; i < std::min(looked_at, run.lanes().size()); ++i) {
    const trace::Lane& lane = run.lanes()[i];
    const float button = timeline::is_process(lane) ? look.metrics.gap8 + timeline::kill_button_width(look) : 0.0F;
    width = std::max(width, text_width(look, small_text(look), lane.name) + button);
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

views::TimeRange range_to_fit(const Panel& p) {
  const Metrics& m = p.look.metrics;
  const auto whole = views::whole_range(p.run, p.frame.playhead, p.frame.expected_end);
  return views::with_margins(whole, p.time_width(), m.px(margin_left), m.px(margin_right));
}

}  // namespace

namespace timeline {

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

void zoom_at(TimelineView& view, const Look& look, float x, double factor) {
  view.fitted = false;
  go_to(view, views::zoomed(target_of(view), view.query.width, x, factor), look, true);
}

// Dragging on the ruler, or on the playhead's line, moves the playhead.
void move_playhead_to(Panel& p, float x) {
  const auto t = views::TimeScale(p.view.query.visible, p.view.query.width).at(static_cast<double>(x - p.areas.time_x));
  p.frame.wanted_playhead = std::clamp(t, Instant{}, std::max(p.run.last(), p.frame.playhead));
}

}  // namespace timeline

namespace {

void update_range(Panel& p, bool resized) {
  TimelineView& view = p.view;
  if (view.fitted || !view.placed) {
    const auto fit = range_to_fit(p);
    if (!view.placed || fit != timeline::target_of(view)) timeline::go_to(view, fit, p.look, !resized);
  } else if (p.frame.following) {
    const views::TimeRange target = timeline::target_of(view);
    const float x = views::TimeScale(target, p.time_width()).x(p.frame.playhead);
    if (x > p.time_width() * follow_edge && x < p.time_width() * 2) {
      timeline::go_to(view, views::moved(target, p.time_width(), x - p.time_width() * follow_place), p.look, true);
    }
  }
  view.query.visible = {instant(view.from.value(p.look)), instant(view.to.value(p.look))};
  p.frame.moving = p.frame.moving || view.from.moving() || view.to.moving();
}

void lay_out(Panel& p, float height, float scroll) {
  TimelineView& view = p.view;
  const bool resized = view.query.width != p.time_width();
  view.query.width = p.time_width();
  view.query.height = height;
  view.query.scroll = scroll;
  view.query.playhead = p.frame.playhead;
  view.query.selected = p.frame.selection.future;
  view.query.measures = views::TimelineMeasures(p.look.metrics.scale);
  update_range(p, resized);
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
    timeline::draw_lanes(p, ticks);
    // Its box stands on the ruler, outside of this child, which is drawn after everything around it.
    ImGui::PushClipRect(p.areas.all.min(), p.areas.all.max(), false);
    timeline::draw_playhead_on(p);
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
  timeline::zoom_at(view, frame.look, seen ? x : view.query.width * 0.5F, factor);
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
    const auto ticks = timeline::ticks_of(p);
    timeline::draw_above_lanes(p, ticks);
    draw_scrolled_lanes(p, ticks);
  }
  ImGui::PopID();
  return title_pressed;
}

}  // namespace loiter::gui
