#include "gui/comparison_panel.hpp"

#include <algorithm>
#include <cmath>

#include "gui/comparison_heading.hpp"
#include "gui/paint.hpp"
#include "gui/timeline_parts.hpp"
#include "gui/widgets.hpp"
#include "views/comparison_layout.hpp"
#include "views/words.hpp"

namespace loiter::gui {
namespace {

using timeline::AxisPanel;
using timeline::LanesPanel;
using views::ComparedRun;
using views::ComparedStage;

// Kept room for, so that the axis stays where it is when the threads begin.
constexpr std::string_view name_to_expect = "ThreadPoolExecutor-0_0";

bool has_begun(const ComparedRun& run) { return run.stage == ComparedStage::Now || run.stage == ComparedStage::Over; }
bool goes(const ComparedRun& run) { return run.stage == ComparedStage::Now; }

// How far into a run the strip shows.
Instant shown_until(const Comparison& comparison, const ComparedRun& run) {
  return comparison.following ? run.now : std::min(comparison.clock, run.now);
}

void update_strips(ComparisonView& view, const Comparison& comparison) {
  if (view.number != comparison.number) {
    view.number = comparison.number;
    reset_axis(view.axis);
  }
  view.strips.resize(comparison.runs.size());
  for (std::size_t i = 0; i < comparison.runs.size(); ++i) {
    const ComparedRun& run = comparison.runs[i];
    if (timeline::update_lanes(view.strips[i].lanes, run.run, run.number)) view.strips[i].tags.clear();
    view.strips[i].tags.update(run.run);
  }
}

std::vector<float> lanes_heights(const ComparisonView& view, const Comparison& comparison,
                                 const views::TimelineMeasures& measures) {
  std::vector<float> heights;
  for (std::size_t i = 0; i < comparison.runs.size(); ++i) {
    const ComparedRun& run = comparison.runs[i];
    float height = views::lanes_height(run.run, view.strips[i].lanes.index, measures);
    if (run.stage != ComparedStage::Over) {
      const trace::Header& header = run.run.header();
      const auto expected = static_cast<float>(views::lanes_to_expect(header.mode, header.workers));
      height = std::max(height, expected * measures.lane_height);
    }
    heights.push_back(height);
  }
  return heights;
}

struct StripsPlan {
  views::TimelineMeasures measures;
  views::StripsLayout layout;
};

bool anything_scrolls(const views::StripsLayout& layout) {
  return layout.scrolls || std::ranges::any_of(layout.strips, &views::StripPlace::scrolls);
}

// Lanes become denser before anything scrolls.
StripsPlan plan_strips(const ComparisonView& view, const Comparison& comparison, const Look& look, float height) {
  StripsPlan plan;
  for (const float density : {0.0F, 0.25F, 0.5F, 0.75F, 1.0F}) {
    plan.measures = views::TimelineMeasures::dense(look.metrics.scale, density);
    const auto lanes = lanes_heights(view, comparison, plan.measures);
    plan.layout = views::lay_out_strips({.lanes = lanes,
                                         .heading = look.metrics.px(27),
                                         .least_lanes = 2 * plan.measures.lane_height,
                                         .height = height});
    if (!anything_scrolls(plan.layout)) break;
  }
  return plan;
}

views::TimeRange range_of_all(const Comparison& comparison) {
  std::vector<views::TimeRange> ranges;
  for (const ComparedRun& run : comparison.runs) {
    if (has_begun(run)) ranges.push_back(views::whole_range(run.run, run.now, run.expected_end));
  }
  return views::longest_range(ranges);
}

// Where a run was over: like the double bar at the end of a piece of music, and when that was.
void draw_end_mark(LanesPanel& p, const ComparedRun& run) {
  const Metrics& m = p.look.metrics;
  const float at = std::round(views::TimeScale(p.axis.visible, p.axis.width).x(run.now));
  if (at < 0 || at > p.time_width()) return;
  const float x = at + p.areas.time_x;
  const Box& lanes = p.areas.lanes;
  const float bottom = std::min(lanes.y1, lanes.y0 + p.view.layout.content_height) - m.hairline;
  vertical_line(*p.list, x, lanes.y0, bottom, p.look.theme.text, m.hairline);
  vertical_line(*p.list, x + m.px(3), lanes.y0, bottom, p.look.theme.text, m.px(3));
  const std::string stands = views::compared_text(run.stage, run.run);
  const std::string words = (stands.empty() ? "over" : stands) + " at " + views::seconds_text(run.now);
  const float left = x + m.px(14);
  const float middle = lanes.y0 + std::round(p.view.query.measures.lane_height * 0.5F);
  if (left + text_width(p.look, note_text(p.look), words) > p.areas.all.x1 - m.gap8) return;
  draw_text(*p.list, p.look, note_text(p.look), left, middle, words);
}

void draw_line_of_playhead(LanesPanel& p) {
  const float x = p.playhead_x();
  if (!p.line || x < 0 || x > p.time_width()) return;
  const float line = p.look.metrics.strong_line;
  const float left = std::round(x + p.areas.time_x) - std::floor(line * 0.5F);
  vertical_line(*p.list, left, p.areas.lanes.y0, p.areas.lanes.y1, p.look.theme.text, line);
}

// Before its turn a run has no lanes: the ground alone, with the lines of the ruler's ticks.
void draw_empty_strip(const AxisPanel& p, const std::vector<views::Tick>& ticks) {
  const Box& lanes = p.areas.lanes;
  fill_box(*p.list, {p.areas.time_x, lanes.y0, lanes.x1, lanes.y1}, p.look.theme.sunk);
  for (const views::Tick& tick : ticks) {
    const float x = std::round(tick.x + p.areas.time_x);
    if (x < p.areas.time_x) continue;
    vertical_line(*p.list, x, lanes.y0, lanes.y1, p.look.theme.grid, p.look.metrics.hairline);
  }
}

void take_requests(Frame& frame, const Frame& strip) {
  if (strip.wanted_playhead) frame.wanted_playhead = strip.wanted_playhead;
  if (strip.wanted_kill) frame.wanted_kill = strip.wanted_kill;
  frame.moving = frame.moving || strip.moving;
}

struct StripPanel {
  ComparisonView::Strip& view;
  const ComparedRun& run;
  const views::TimelineMeasures& measures;
  Box lanes;
  bool scrolls = false;
};

void draw_strip(AxisPanel& all, const Comparison& comparison, const StripPanel& strip,
                const std::vector<views::Tick>& ticks) {
  const ComparedRun& run = strip.run;
  Frame frame{.look = all.look,
              .selection = all.frame.selection,
              .tags = strip.view.tags,
              .playhead = shown_until(comparison, run),
              .following = comparison.following,
              .run_number = run.number,
              .expected_end = run.expected_end,
              .can_kill = goes(run)};
  LanesPanel p{{.name = views::mode_title(run.run.header().mode),
                .axis = all.axis,
                .frame = frame,
                .look = all.look,
                .areas = all.areas,
                .list = ImGui::GetWindowDrawList(),
                .unit = all.unit,
                .playhead = all.playhead,
                .latest = all.latest,
                // While nobody looks back each run stands where it is: one line through all would not be true.
                .line = !comparison.following || goes(run)},
               strip.view.lanes,
               run.run};
  p.areas.lanes = strip.lanes;
  if (run.run.lanes().empty()) {
    draw_empty_strip(p, ticks);
    return;
  }
  timeline::lay_out_lanes(p, strip.measures, strip.scrolls ? strip.view.lanes.query.scroll : 0);
  const bool shows_end = run.stage == ComparedStage::Over && frame.playhead == run.now;
  timeline::draw_scrolled_lanes(p, ticks,
                                {.on_ground =
                                     [&] {
                                       if (shows_end) draw_end_mark(p, run);
                                     },
                                 .on_top = [&] { draw_line_of_playhead(p); }});
  take_requests(all.frame, frame);
}

void draw_heading_of(AxisPanel& all, ComparisonView& view, std::size_t row, const Heading& heading, const Box& box) {
  const bool can_be_opened = heading.words.has_begun();
  const Press press = press_area("##heading", all.label(heading.words.mode), box, {.enabled = can_be_opened});
  if (press.seen) {
    draw_heading(*ImGui::GetWindowDrawList(), all.look, press, heading);
    focus_ring(all.look, press, 0);
    const std::string sentence = heading_sentence(heading.words);
    tip_for_last_item(all.look, can_be_opened ? sentence + " Press (Enter) to see this run in every panel." : sentence);
  }
  if (view.opened == row) {
    take_keyboard_ring();
    view.opened.reset();
  }
  if (press.pressed) all.frame.wanted_run = view.opened = row;
}

void draw_strips(AxisPanel& all, ComparisonView& view, const Comparison& comparison, const StripsPlan& plan,
                 const std::vector<views::Tick>& ticks) {
  std::vector<HeadingWords> words;
  for (const ComparedRun& run : comparison.runs) {
    const bool after_next = run.stage == ComparedStage::Next && !words.empty() && !words.back().has_begun();
    words.push_back(heading_words(run));
    if (after_next) words.back().stands = "runs after that";
  }
  const HeadingColumns columns = heading_columns(all.look, words, all.areas.all.width());
  const ImVec2 origin = ImGui::GetCursorScreenPos();
  for (std::size_t i = 0; i < comparison.runs.size(); ++i) {
    const views::StripPlace& place = plan.layout.strips[i];
    const ComparedRun& run = comparison.runs[i];
    const auto box = [&](float y0, float y1) {
      return Box{all.areas.all.x0, origin.y + y0, all.areas.lanes.x1, origin.y + y1};
    };
    ImGui::PushID(static_cast<int>(i));
    draw_heading_of(all, view, i, {words[i], columns, run.stage, run.run, i == comparison.subject},
                    box(place.y0, place.lanes_y0));
    draw_strip(all, comparison, {view.strips[i], run, plan.measures, box(place.lanes_y0, place.y1), place.scrolls},
               ticks);
    ImGui::PopID();
  }
}

}  // namespace

bool draw_comparison(ComparisonView& view, const Comparison& comparison, Frame& frame) {
  ImGui::PushID("Comparison");
  std::vector<const trace::Run*> runs;
  for (const ComparedRun& run : comparison.runs) runs.push_back(&run.run);
  AxisPanel p{.name = "Comparison",
              .axis = view.axis,
              .frame = frame,
              .look = frame.look,
              .areas = timeline::arrange(frame.look, runs, name_to_expect),
              .list = ImGui::GetWindowDrawList(),
              .unit = comparison.runs.front().run.header().unit,
              .playhead = comparison.clock,
              .latest = comparison.latest,
              .note = views::work_text(comparison.runs.front().run.header())};
  ImGui::SetNextItemAllowOverlap();
  const bool title_pressed = panel_title(p.look, "Comparison", p.areas.title.width());
  update_strips(view, comparison);
  p.gil = std::ranges::any_of(view.strips, [](const auto& strip) { return strip.lanes.index.has_gil(); });
  p.cores = std::ranges::any_of(view.strips, [](const auto& strip) { return strip.lanes.index.has_core_waits(); });
  const StripsPlan plan = plan_strips(view, comparison, p.look, p.areas.lanes.height());
  const float scroll_bar = ImGui::GetStyle().ScrollbarSize;
  if (anything_scrolls(plan.layout)) p.areas.all.x1 -= scroll_bar;
  if (plan.layout.scrolls) p.areas.lanes.x1 -= scroll_bar;
  update_axis(p.axis,
              {.whole = range_of_all(comparison),
               .width = p.time_width(),
               .playhead = comparison.clock,
               .following = comparison.following},
              frame);
  const auto ticks = ticks_of(p.axis, p.look, p.unit);
  timeline::draw_above_lanes(p, ticks);
  timeline::draw_playhead_on(p, p.areas.ruler.y1);
  ImGui::SetCursorScreenPos({p.areas.lanes.x0, p.areas.lanes.y0});
  if (ImGui::BeginChild("strips", {0, p.areas.lanes.height()}, ImGuiChildFlags_NavFlattened,
                        ImGuiWindowFlags_NoBackground)) {
    if (ImGui::IsWindowHovered(ImGuiHoveredFlags_ChildWindows) && ImGui::GetIO().KeyShift) {
      ImGui::SetScrollY(ImGui::GetScrollY() - ImGui::GetIO().MouseWheel * plan.measures.lane_height);
    }
    draw_strips(p, view, comparison, plan, ticks);
  }
  ImGui::EndChild();
  ImGui::PopID();
  return title_pressed;
}

}  // namespace loiter::gui
