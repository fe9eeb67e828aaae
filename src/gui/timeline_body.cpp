// The picture of a timeline: where its parts are, and its lanes as a window that scrolls.
#include <algorithm>
#include <cmath>

#include "gui/timeline_parts.hpp"

namespace loiter::gui::timeline {
namespace {

// Below this width of the panel, in units, names of lanes become tags.
constexpr float names_from_width = 660;

float widest_name(const Look& look, std::span<const trace::Run* const> runs, std::string_view name, bool wall) {
  constexpr std::size_t looked_at = 64;
  float width = std::max(look.metrics.px(60), text_width(look, small_text(look), name));
  for (const trace::Run* run : runs) {
    for (std::size_t i = 0; i < std::min(looked_at, run->lanes().size()); ++i) {
      const trace::Lane& lane = run->lanes()[i];
      const float button = is_process(lane) && !wall ? look.metrics.gap8 + kill_button_width(look) : 0.0F;
      width = std::max(width, text_width(look, small_text(look), shown_name(lane, wall)) + button);
    }
  }
  return std::min(std::ceil(width), look.metrics.px(180));
}

}  // namespace

Areas arrange(const Look& look, std::span<const trace::Run* const> runs, std::string_view name, bool wall) {
  const Metrics& m = look.metrics;
  Areas areas;
  areas.all = rest_of_window();
  areas.title = Box::at(areas.all.x0, areas.all.y0, areas.all.width(), wall ? m.gap4 : m.title_strip);
  areas.ruler = Box::at(areas.all.x0, areas.title.y1, areas.all.width(), m.ruler - m.hairline);
  areas.lanes = {areas.all.x0, areas.ruler.y1 + m.hairline, areas.all.x1, areas.all.y1};
  areas.names = wall || areas.all.width() >= m.px(names_from_width);
  const float tag = m.margin + m.lane_tag + m.gap8;
  areas.time_x = std::round(areas.all.x0 + tag + (areas.names ? widest_name(look, runs, name, wall) + m.gap8 : 0));
  return areas;
}

bool update_lanes(LanesView& view, const trace::Run& run, std::uint64_t run_number) {
  const bool is_another = view.run_number != run_number;
  if (is_another) {
    view.index.clear();
    view.run_number = run_number;
    view.query.scroll = 0;
  }
  view.index.update(run);
  return is_another;
}

void lay_out_lanes(LanesPanel& p, const views::TimelineMeasures& measures, float scroll) {
  views::TimelineQuery& query = p.view.query;
  query.visible = p.axis.visible;
  query.width = p.axis.width;
  query.height = p.areas.lanes.height();
  query.scroll = scroll;
  query.playhead = p.frame.playhead;
  query.selected = p.frame.selection.future;
  query.measures = measures;
  views::lay_out_timeline(p.run, p.view.index, query, text_width_for_views(p.look), p.view.layout);
}

void draw_scrolled_lanes(LanesPanel& p, const std::vector<views::Tick>& ticks, const LanesExtras& extras) {
  const Box& area = p.areas.lanes;
  ImGui::SetCursorScreenPos(area.min());
  constexpr ImGuiWindowFlags flags = ImGuiWindowFlags_NoScrollWithMouse | ImGuiWindowFlags_NoBackground;
  if (ImGui::BeginChild("lanes", {area.width(), area.height()}, ImGuiChildFlags_NavFlattened, flags)) {
    p.list = ImGui::GetWindowDrawList();
    if (ImGui::IsWindowHovered() && ImGui::GetIO().KeyShift && ImGui::GetIO().MouseWheel != 0) {
      ImGui::SetScrollY(ImGui::GetScrollY() - ImGui::GetIO().MouseWheel * p.look.metrics.lane_height);
    }
    draw_lanes(p, ticks, extras);
    ImGui::SetCursorPos({0, 0});
    ImGui::Dummy({1, p.view.layout.content_height});
    p.view.query.scroll = ImGui::GetScrollY();
  }
  ImGui::EndChild();
}

void move_playhead_to(AxisPanel& p, float x) {
  const auto t = views::TimeScale(p.axis.visible, p.axis.width).at(static_cast<double>(x - p.areas.time_x));
  p.frame.wanted_playhead = std::clamp(t, Instant{}, p.latest);
}

}  // namespace loiter::gui::timeline
