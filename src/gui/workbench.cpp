#include "gui/workbench.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

#include "base/text.hpp"
#include "gui/lesson_links.hpp"
#include "gui/lit.hpp"
#include "gui/paint.hpp"
#include "gui/panel.hpp"
#include "gui/presentation_keys.hpp"
#include "gui/shortcuts.hpp"
#include "gui/status_line.hpp"
#include "gui/sweep_panel.hpp"
#include "gui/text.hpp"
#include "gui/top_bar.hpp"
#include "gui/tour.hpp"
#include "gui/way_out_banner.hpp"
#include "gui/widgets.hpp"
#include "gui/workbench_regions.hpp"
#include "views/flag_wall.hpp"

namespace loiter::gui {
namespace {

using views::Columns;
using views::PanelName;

BarSize bar_size(const views::WindowLayout& layout) {
  if (layout.setup_is_folded) return BarSize::Folded;
  return layout.columns == Columns::Three ? BarSize::Wide : BarSize::Compact;
}

// New runs and listings reach the views that keep something of them.
void refresh(WorkbenchView& view, LabState& lab) {
  view.tags.update(lab.run_shown());
  if (view.generation != lab.generation()) {
    view.generation = lab.generation();
    view.tags.clear();
    view.tags.update(lab.run_shown());
    view.times.clear();
    view.machine.clear();
  }
  view.times.update(lab.run_shown());
  view.machine.update(lab.run_shown());
  if (view.family != lab.family()) {
    view.family = lab.family();
    view.selection = {};
  }
  if (view.listing_version != lab.listing_version()) {
    view.listing_version = lab.listing_version();
    const engine::Listing listing = lab.listing();
    view.code.python = views::parse_listing(listing.python, views::Language::Python);
    view.code.cpp = views::parse_listing(listing.cpp, views::Language::Cpp);
  }
}

// The lines between regions, and the handles that move them.
void draw_splitters(const views::WindowLayout& layout, const views::LayoutWishes& wishes, WorkbenchView& view,
                    const Look& look) {
  const float scale = look.metrics.scale;
  const ImVec2 display = ImGui::GetIO().DisplaySize;
  constexpr std::array<const char*, 6> labels{"Code splitter",  "Right splitter", "Transcript splitter",
                                              "Stage splitter", "Order splitter", "Waits splitter"};
  for (const views::Splitter& s : layout.splitters) {
    Box line = on_display(s.box, scale);
    if (s.vertical) {
      line.x0 = std::round(line.centre_x());
      line.x1 = line.x0 + look.metrics.hairline;
    } else {
      line.y0 = std::round(line.centre_y());
      line.y1 = line.y0 + look.metrics.hairline;
    }
    float position = s.vertical ? line.x0 : line.y0;
    const float before = position;
    const float most = s.vertical ? display.x : display.y;
    if (splitter(look, labels[static_cast<std::size_t>(s.name)], line, position, 0.0F, most)) {
      view.layout = views::moved_splitter(view.layout, s.name, (position - before) / scale, display.x / scale,
                                          display.y / scale, wishes);
    }
  }
}

void draw_grounds(const views::WindowLayout& layout, const Look& look) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float scale = look.metrics.scale;
  const Box transport = on_display(layout.transport, scale);
  const Box status = on_display(layout.status, scale);
  fill_box(list, {0, 0, transport.x1, transport.y1}, look.theme.chrome);
  fill_box(list, status, look.theme.chrome);
  horizontal_line(list, 0, transport.x1, transport.y1 - look.metrics.hairline, look.theme.splitter,
                  look.metrics.hairline);
  horizontal_line(list, 0, status.x1, status.y0, look.theme.splitter, look.metrics.hairline);
}

// Lines that no splitter draws: around the legend and the tabs.
void draw_fixed_lines(const views::WindowLayout& layout, const Look& look) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const Box legend = on_display(layout.legend, look.metrics.scale);
  const Box tabs = on_display(layout.tabs, look.metrics.scale);
  const Box stage = on_display(layout.stage, look.metrics.scale);
  if (layout.stage_is_folded)
    horizontal_line(list, stage.x0, stage.x1, stage.y1, look.theme.splitter, look.metrics.hairline);
  if (!legend.empty())
    horizontal_line(list, legend.x0, legend.x1, legend.y0, look.theme.splitter, look.metrics.hairline);
  if (tabs.empty()) return;
  if (layout.columns == Columns::Two) {
    vertical_line(list, tabs.x0, tabs.y0, legend.y1, look.theme.splitter, look.metrics.hairline);
  } else if (layout.timeline.height() > 0) {
    horizontal_line(list, tabs.x0, tabs.x1, tabs.y0, look.theme.splitter, look.metrics.hairline);
  }
}

std::string status_sentence(const LabState& lab) {
  const std::string usual = views::status_text(lab.run_shown(), lab.phase(), lab.clock());
  if (const SweepState* sweep = lab.sweep()) return sweep_status(*sweep) + (sweep->is_over() ? "" : usual);
  if (lab.comparison() == nullptr || lab.phase() == views::Phase::Looking) return usual;
  const auto runs = comparison_of(lab).runs;
  if (lab.shows_comparison() && !lab.is_going()) return views::compared_sentence(runs);
  const bool is_over = lab.phase() == views::Phase::Ended;
  return views::turn_text(runs) + (is_over ? views::opened_text(lab.run_shown()) : usual);
}

void draw_status(const Frame& frame, const LabState& lab) {
  constexpr std::array hints{KeyHint{"Space", "run"}, KeyHint{"S", "step"},    KeyHint{"R", "restart"},
                             KeyHint{"X", "stop"},    KeyHint{"C", "compare"}, KeyHint{"F1", "all keys"}};
  if (lab.message().empty()) {
    draw_status_line(frame, status_sentence(lab), hints);
  } else {
    draw_status_line(frame, lab.message(), hints, StatusKind::Error);
  }
}

void act_on_requests(const Frame& frame, LabState& lab) {
  if (frame.wanted_playhead) lab.move_playhead(*frame.wanted_playhead);
  if (frame.wanted_kill) lab.kill_worker(*frame.wanted_kill);
  if (frame.wanted_gil) lab.set_gil(*frame.wanted_gil);
  if (frame.wanted_gil_interval) lab.set_gil_interval(*frame.wanted_gil_interval);
  if (frame.wanted_cores) lab.set_cores(*frame.wanted_cores);
  for (const auto& [name, value] : frame.wanted_parameters) lab.set_parameter(name, value);
  if (frame.wanted_escape) lab.escape(*frame.wanted_escape);
  if (frame.wants_stop) lab.stop();
  if (frame.wants_chart_closed) lab.close_chart();
  if (frame.wants_now) lab.follow();
  if (frame.wanted_run) lab.open_compared_run(*frame.wanted_run);
  if (frame.wants_comparison) lab.close_compared_run();
}

views::LayoutWishes wishes_of(const LabState& lab) {
  const trace::Run& run = lab.run_shown();
  const bool has_wall = views::has_flag_wall(run) && !run.futures().empty();
  // As many as there will be, so that nothing moves while they come.
  const auto tasks = run.header().parameters.find("tasks");
  const auto expected = tasks == run.header().parameters.end() ? std::nullopt : parse_integer(tasks->second);
  const auto at_least = static_cast<std::size_t>(std::clamp<std::int64_t>(expected.value_or(0), 5, 1000));
  const bool stuck = !lab.shows_comparison() && trace::stuck_at(run, lab.playhead()) != nullptr;
  return {.stuck = stuck,
          .timeline_alone = lab.shows_comparison() || lab.sweep() != nullptr || has_wall,
          .futures = stuck ? run.futures().size() : std::max(run.futures().size(), at_least),
          .lanes = std::max<std::size_t>(run.lanes().size(), run.header().workers + 1)};
}

Frame frame_of(WorkbenchView& view, const LabState& lab, const Look& look) {
  const bool opened = lab.comparison() != nullptr && !lab.shows_comparison();
  return {.look = look,
          .selection = view.selection,
          .tags = view.tags,
          .playhead = lab.playhead(),
          .following = lab.is_following(),
          .run_number = lab.generation(),
          .expected_end = lab.expected_end(),
          .can_kill = lab.shows_run_that_goes(),
          .compared_mode = opened ? views::mode_title(lab.run_shown().header().mode) : std::string_view{},
          .speed = lab.is_instant() ? 1e9 : lab.speed()};
}

}  // namespace

namespace {

// What the reader of a lesson asked for in this frame, and what the lesson wants to be seen.
void act_on_lesson(WorkbenchView& view, LabState& lab, LessonState& lessons) {
  const auto page = [&] { return lessons.is_open() ? lessons.reading().number() + 1 : 0; };
  const auto before = page();
  for (const auto& act : std::exchange(view.lesson.wanted, {})) act(lessons);
  if (page() != before) view.lit.reset();
  for (const PanelName panel : lessons.take_panels()) show_panel(view, panel);
  if (const auto pointer = lessons.take_pointer()) {
    // Only what is in sight: no lesson is to turn itself away.
    if (pointer->panel && !view.places[static_cast<std::size_t>(*pointer->panel)].empty()) view.lit = pointer->panel;
    view.pointed_future = pointer->future;
  }
  if (!view.lesson.link.empty()) follow_link(view, lab, lessons, std::exchange(view.lesson.link, {}));
  if (view.pointed_future.empty()) return;
  const FutureId id = future_labelled(lab.run_shown(), view.pointed_future);
  if (id == no_future) return;  // not submitted yet
  view.pointed_future.clear();
  if (view.selection.future != id) view.selection.choose(id);
}

// The window as a class sees it, in letters and a theme of its own.
bool present(WorkbenchView& view, LabState& lab, LessonState& lessons, const Look& look) {
  const Wall wall = make_wall(ImGui::GetIO().DisplaySize, view.presentation.theme, look);
  const WallStyle style(wall);
  refresh(view, lab);
  view.places = {};
  Frame frame = frame_of(view, lab, wall.look);
  if (is_revealed(view.presentation, lessons)) frame.guess = lessons.marks();
  const bool moves = draw_presentation(view, lab, lessons, frame, wall);
  act_on_presentation_keys(view, lab, lessons, frame);
  act_on_requests(frame, lab);
  act_on_lesson(view, lab, lessons);
  return moves || (lab.is_going() && !lab.is_paused());
}

}  // namespace

bool is_lesson_shown(const WorkbenchView& view) {
  return view.left == PanelName::Lesson || view.tab == PanelName::Lesson;
}

void toggle_lesson(WorkbenchView& view) {
  const bool was_shown = is_lesson_shown(view);
  view.layout.code_hidden = false;
  view.left = was_shown ? std::nullopt : std::optional(PanelName::Lesson);
  view.tab = view.left;
}

void show_panel(WorkbenchView& view, PanelName panel) {
  view.layout.full_screen.reset();
  if (bool* hidden = views::hidden_choice(view.layout, panel)) *hidden = false;
}

void light_up(WorkbenchView& view, PanelName panel) {
  show_panel(view, panel);
  view.lit = panel;
  if (panel != PanelName::Lesson) view.tab = panel;
  if (panel == PanelName::Code || panel == PanelName::Lesson || panel == PanelName::Server ||
      panel == PanelName::Machine)
    view.left = panel;
  if (panel == PanelName::Timeline || panel == PanelName::Order) view.centre_tab = panel == PanelName::Order ? 1 : 0;
}

bool draw_workbench(WorkbenchView& view, LabState& lab, LessonState& lessons, const Look& look) {
  if (view.presentation.open) return present(view, lab, lessons, look);
  const ImVec2 display = ImGui::GetIO().DisplaySize;
  const float scale = look.metrics.scale;
  // A panel that fills the window has all of it.
  const auto banner = view.layout.full_screen ? std::nullopt : what_banner(view.banner, lab);
  views::LayoutWishes wishes = wishes_of(lab);
  wishes.lesson = lessons.is_open() && is_lesson_shown(view);
  wishes.timeline_alone = wishes.timeline_alone || (wishes.lesson && asks_for_sketch(lessons));
  const views::WindowLayout bars = views::lay_out_window(display.x / scale, display.y / scale, view.layout);
  const ImVec2 room{display.x, (bars.status.y0 - bars.transport.y1) * scale};
  if (banner) wishes.banner = banner_height(*banner, look, room) / scale;
  const views::WindowLayout layout = views::lay_out_window(display.x / scale, display.y / scale, view.layout, wishes);
  ImGui::SetNextWindowPos({0, 0});
  ImGui::SetNextWindowSize(display);
  ImGui::Begin("Loiter", nullptr,
               ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoBringToFrontOnFocus |
                   ImGuiWindowFlags_NoScrollWithMouse | ImGuiWindowFlags_NoSavedSettings);
  draw_grounds(layout, look);
  const BarRequests requests = draw_setup_row(lab, look, on_display(layout.setup, scale), bar_size(layout));
  const TransportPlaces transport =
      draw_transport_row(lab, look, on_display(layout.transport, scale), bar_size(layout));
  view.tour.places = {requests.controls, transport.run, transport.controls, on_display(layout.legend, scale)};
  refresh(view, lab);  // after the bars, which may have begun another run
  Frame frame = frame_of(view, lab, look);
  frame.guess = lessons.marks();
  if (banner) {
    frame.deadlock_is_told = banner->stuck;
    const Box box = on_display(layout.banner, scale);
    in_region("Way out", box, [&] { draw_banner(*banner, box, view.banner, lab, frame); });
  }
  view.places = {};
  draw_regions(layout, view, lab, lessons, frame);
  draw_fixed_lines(layout, look);
  draw_splitters(layout, wishes, view, look);
  in_region("Status", on_display(layout.status, scale), [&] { draw_status(frame, lab); });
  ImGui::End();
  draw_lit(view, look);
  draw_tour(view, lab, look);
  const bool keys_were_open = view.show_keys;
  act_on_keys(view, lab, lessons, frame);
  if (requests.switch_theme) view.theme = view.theme == ThemeChoice::Dark ? ThemeChoice::Light : ThemeChoice::Dark;
  if (requests.show_keys) view.show_keys = true;
  if (keys_were_open && draw_keys(view.show_keys, look)) start_tour(view, lab);
  act_on_requests(frame, lab);
  act_on_lesson(view, lab, lessons);
  if (frame.wants_stage_fold) {
    view.layout = views::folded_stage(view.layout, display.x / scale, display.y / scale, wishes);
  }
  return frame.moving || (lab.is_going() && !lab.is_paused()) || view.show_keys != keys_were_open;
}

}  // namespace loiter::gui
