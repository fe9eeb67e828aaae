#include "gui/timeline_panel.hpp"

#include <algorithm>
#include <array>

#include "gui/guess_overlay.hpp"
#include "gui/timeline_parts.hpp"
#include "gui/widgets.hpp"
#include "views/status_text.hpp"

namespace loiter::gui {
namespace {

using timeline::LanesPanel;

// Letters on the wall are large beside their lanes: more lanes fit.
constexpr float wall_density = 0.64F;

void prepare(LanesPanel& p) {
  p.just_opened = timeline::update_lanes(p.view, p.run, p.frame.run_number);
  if (p.just_opened) reset_axis(p.axis);
  const float scale = p.look.metrics.scale;
  const auto measures =
      p.frame.wall ? views::TimelineMeasures::dense(scale, wall_density) : views::TimelineMeasures(scale);
  const bool scrolls = views::lanes_height(p.run, p.view.index, measures) > p.areas.lanes.height();
  if (scrolls) p.areas.all.x1 -= ImGui::GetStyle().ScrollbarSize;
  const views::TimeRange whole = views::whole_range(p.run, p.frame.playhead, p.frame.expected_end);
  update_axis(p.axis,
              {.whole = p.frame.guess == nullptr ? whole : views::with_guess(whole, *p.frame.guess),
               .width = p.time_width(),
               .playhead = p.frame.playhead,
               .following = p.frame.following},
              p.frame);
  timeline::lay_out_lanes(p, measures, scrolls ? p.view.query.scroll : 0);
}

}  // namespace

bool draw_timeline(TimelineView& view, const trace::Run& run, Frame& frame) {
  ImGui::PushID("Timeline");
  const std::array runs{&run};
  LanesPanel p{{.name = "Timeline",
                .axis = view.axis,
                .frame = frame,
                .look = frame.look,
                .areas = timeline::arrange(frame.look, runs, {}, frame.wall),
                .list = ImGui::GetWindowDrawList(),
                .unit = run.header().unit,
                .playhead = frame.playhead,
                .latest = std::max(run.last(), frame.playhead)},
               view.lanes,
               run};
  bool title_pressed = false;
  if (frame.titled) {
    ImGui::SetNextItemAllowOverlap();
    title_pressed = panel_title(p.look, "Timeline", p.areas.title.width(), {.subtitle = frame.compared_mode});
  }
  if (run.lanes().empty()) {
    draw_empty(p.look, {p.areas.all.x0, p.areas.title.y1, p.areas.all.x1, p.areas.all.y1}, views::press_run_text(run));
  } else {
    prepare(p);
    p.transfers = p.view.index.has_transfers();
    p.gil = p.view.index.has_gil();
    p.cores = p.view.index.has_core_waits();
    const auto ticks = ticks_of(p.axis, p.look, p.unit);
    const TimelineGuessOverlay guess = begin_timeline_guess(p);
    timeline::draw_above_lanes(p, ticks);
    paint_guess_flag(p, guess);
    const auto playhead = [&] {
      // Its box stands on the ruler, outside of the lanes, which are drawn after everything around them.
      ImGui::PushClipRect(p.areas.all.min(), p.areas.all.max(), false);
      timeline::draw_playhead_on(p, p.areas.all.y1);
      ImGui::PopClipRect();
    };
    timeline::draw_scrolled_lanes(p, ticks, {.on_ground = [&] { paint_guess_ground(p, guess); }, .on_top = playhead});
  }
  ImGui::PopID();
  return title_pressed;
}

}  // namespace loiter::gui
