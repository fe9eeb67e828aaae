#include "gui/workbench.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

#include "base/text.hpp"
#include "gui/flag_wall_panel.hpp"
#include "gui/legend_panel.hpp"
#include "gui/machine_panel.hpp"
#include "gui/paint.hpp"
#include "gui/panel.hpp"
#include "gui/server_panel.hpp"
#include "gui/shortcuts.hpp"
#include "gui/status_line.hpp"
#include "gui/sweep_panel.hpp"
#include "gui/text.hpp"
#include "gui/top_bar.hpp"
#include "gui/way_out_banner.hpp"
#include "gui/widgets.hpp"
#include "views/flag_wall.hpp"

namespace loiter::gui {
namespace {

using views::Columns;
using views::PanelName;

// A region of the layout in pixels of the screen.
Box on_display(const views::Rect& rect, float scale) {
  return {std::round(rect.x0 * scale), std::round(rect.y0 * scale), std::round(rect.x1 * scale),
          std::round(rect.y1 * scale)};
}

BarSize bar_size(const views::WindowLayout& layout) {
  if (layout.setup_is_folded) return BarSize::Folded;
  return layout.columns == Columns::Three ? BarSize::Wide : BarSize::Compact;
}

std::string_view title_of(PanelName panel) {
  constexpr std::array<std::string_view, views::panel_count> titles{"Code",      "Timeline", "Futures", "Transcript",
                                                                    "Server",    "Stage",    "Order",   "Waits",
                                                                    "The proof", "Machine",  "Lesson"};
  return titles[static_cast<std::size_t>(panel)];
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

// The runs of the lab's comparison as its panel takes them.
Comparison comparison_of(const LabState& lab) {
  const ComparisonState& state = *lab.comparison();
  Comparison comparison{.runs = {},
                        .number = state.number(),
                        .subject = state.subject(),
                        .following = lab.is_following(),
                        .clock = lab.clock(),
                        .latest = lab.latest()};
  const auto figures = state.figures();
  for (std::size_t i = 0; i < state.rows().size(); ++i) {
    const LabRun& run = lab.compared_run(i);
    comparison.runs.push_back({run.run, state.rows()[i].stage, run.now, figures[i], run.expected_end, run.number});
  }
  return comparison;
}

bool draw_panel(PanelName panel, WorkbenchView& view, const LabState& lab, Frame& frame) {
  switch (panel) {
    case PanelName::Code:
      return draw_code(view.code, lab.run_shown(), frame);
    case PanelName::Timeline:
      if (lab.sweep() != nullptr) return draw_sweep(*lab.sweep(), frame);
      if (lab.shows_comparison()) return draw_comparison(view.comparison, comparison_of(lab), frame);
      return draw_timeline(view.timeline, lab.run_shown(), frame);
    case PanelName::Futures:
      return draw_futures(view.futures, lab.run_shown(), frame);
    case PanelName::Transcript:
      return draw_transcript(view.transcript, lab.run_shown(), frame);
    case PanelName::Server:
      draw_server(lab, frame);
      return false;
    case PanelName::Machine:
      draw_machine(lab, view.machine, frame);
      return false;
    case PanelName::Lesson:
      draw_empty(frame.look, rest_of_window(), "No lesson is open.");
      return false;
    case PanelName::Stage:
      return draw_stage(view.stage, lab.run_shown(), view.times, frame);
    case PanelName::Order:
      return draw_order(view.order, lab.run_shown(), view.times, frame);
    case PanelName::Waits:
      return draw_waits(view.waits, lab.run_shown(), view.times, frame);
    case PanelName::Proof:
      return draw_proof(lab.run_shown(), view.times, frame);
  }
  return false;
}

// Calls draw() in a child region; the panel is clipped to it.
template <class Draw>
void in_region(std::string_view name, const Box& box, Draw draw) {
  if (box.empty()) return;
  ImGui::SetCursorScreenPos(box.min());
  const std::string id(name);
  ImGui::BeginChild(id.c_str(), {box.width(), box.height()}, ImGuiChildFlags_None,
                    ImGuiWindowFlags_NoScrollbar | ImGuiWindowFlags_NoScrollWithMouse);
  draw();
  ImGui::EndChild();
}

void draw_panel_in(PanelName panel, const Box& box, WorkbenchView& view, const LabState& lab, Frame& frame) {
  view.places[static_cast<std::size_t>(panel)] = box;
  in_region(title_of(panel), box, [&] {
    if (!draw_panel(panel, view, lab, frame)) return;
    if (view.layout.full_screen == panel) {
      view.layout.full_screen.reset();
    } else {
      view.layout.full_screen = panel;
    }
  });
}

// Panels that take turns under a row of tabs.
void draw_tabbed(std::string_view label, const std::vector<PanelName>& panels, int& tab, const Box& box,
                 WorkbenchView& view, const LabState& lab, Frame& frame) {
  const Metrics& m = frame.look.metrics;
  std::vector<std::string_view> names;
  for (const PanelName panel : panels) {
    names.push_back(panel == PanelName::Proof ? "Proof" : title_of(panel));  // a tab is short
  }
  tab = std::clamp(tab, 0, static_cast<int>(names.size()) - 1);
  ImGui::SetCursorScreenPos({box.x0 + m.margin, box.y0});
  tab_row(frame.look, std::string(label).c_str(), names, tab);
  const float after_tabs = ImGui::GetItemRectMax().x + m.gap16;
  const PanelName panel = panels[static_cast<std::size_t>(tab)];
  const float right = box.x1 - m.margin;
  float top = box.y0 + m.title_strip;
  if (panel == PanelName::Code) {
    // Below the tabs where these leave no room beside them.
    const bool beside = after_tabs + m.px(96) <= right;
    draw_languages(view.code, frame.look, right, beside ? box.y0 : top, box.width() >= m.px(both_from_width));
    top += beside ? 0.0F : m.px(24);
  }
  if (panel == PanelName::Server) {
    const bool beside = after_tabs + m.px(150) <= right;
    draw_server_address(lab, frame.look, beside ? after_tabs : box.x0 + m.margin, right, beside ? box.y0 : top);
    top += beside ? 0.0F : m.px(24);
  }
  if (panel == PanelName::Futures && view.futures.count.submitted > 0) {
    draw_text(*ImGui::GetWindowDrawList(), frame.look, quiet_text(frame.look), right, box.y0 + m.title_strip * 0.5F,
              views::futures_headline(view.futures.count), Align::Right);
  }
  horizontal_line(*ImGui::GetWindowDrawList(), box.x0, box.x1, box.y0 + m.title_strip, frame.look.theme.hairline,
                  m.hairline);
  frame.titled = false;
  draw_panel_in(panel, {box.x0, top, box.x1, box.y1}, view, lab, frame);
  frame.titled = true;
}

// The same, chosen by name: which tabs there are depends on the run. Returns the one shown.
PanelName draw_tabs_of(std::string_view label, const std::vector<PanelName>& panels, std::optional<PanelName>& chosen,
                       const Box& box, WorkbenchView& view, const LabState& lab, Frame& frame) {
  const auto known = chosen ? std::ranges::find(panels, *chosen) : panels.end();
  const int shown = known == panels.end() ? 0 : static_cast<int>(known - panels.begin());
  int tab = shown;
  draw_tabbed(label, panels, tab, box, view, lab, frame);
  if (tab != shown) chosen = panels[static_cast<std::size_t>(tab)];
  return panels[static_cast<std::size_t>(tab)];
}

// Two and one column.
void draw_tabs(const views::WindowLayout& layout, const Box& box, WorkbenchView& view, const LabState& lab,
               Frame& frame) {
  if (box.empty()) return;
  std::vector<PanelName> panels = layout.tab_panels;
  panels.push_back(PanelName::Lesson);
  panels.push_back(PanelName::Machine);
  if (has_server(lab.experiment())) panels.push_back(PanelName::Server);
  draw_tabs_of("Tabs", panels, view.tab, box, view, lab, frame);
}

// The left column of three: in turn the code, the lesson, the machine, and the server of an experiment that has one.
void draw_left(const Box& box, WorkbenchView& view, const LabState& lab, Frame& frame) {
  std::vector<PanelName> panels{PanelName::Code, PanelName::Lesson, PanelName::Machine};
  if (has_server(lab.experiment())) panels.insert(panels.begin(), PanelName::Server);
  const PanelName shown = draw_tabs_of("Left", panels, view.left, box, view, lab, frame);
  // The strip with the tabs is the title: a double click on it, and not on a control at its right.
  const Box strip{box.x0, box.y0, box.x1, box.y0 + frame.look.metrics.title_strip};
  const bool on_strip = ImGui::IsWindowHovered(ImGuiHoveredFlags_AllowWhenBlockedByActiveItem) &&
                        ImGui::IsMouseHoveringRect(strip.min(), strip.max());
  if (!on_strip || !ImGui::IsMouseDoubleClicked(ImGuiMouseButton_Left)) return;
  if (ImGui::GetIO().MousePos.x > strip.centre_x() && ImGui::IsAnyItemHovered()) return;
  if (view.layout.full_screen) {
    view.layout.full_screen.reset();
  } else {
    view.layout.full_screen = shown;
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

// The timeline, or the order in its place, under a row of tabs. The timeline's own strip is the one with the tabs.
void draw_timeline_or_order(const Box& box, WorkbenchView& view, const LabState& lab, Frame& frame) {
  constexpr std::array<std::string_view, 2> names{"Timeline", "Order"};
  const float strip = frame.look.metrics.title_strip;
  frame.titled = false;
  frame.tabs_width = tab_row_width(frame.look, names);
  const PanelName panel = view.centre_tab == 0 ? PanelName::Timeline : PanelName::Order;
  view.places[static_cast<std::size_t>(panel)] = box;
  in_region("Centre", box, [&] {
    ImGui::SetCursorScreenPos({box.x0, panel == PanelName::Order ? box.y0 + strip : box.y0});
    draw_panel(panel, view, lab, frame);
    ImGui::SetCursorScreenPos({box.x0 + frame.look.metrics.margin, box.y0});
    tab_row(frame.look, "Centre", names, view.centre_tab);
  });
  frame.tabs_width = 0.0F;
  frame.titled = true;
}

void draw_stage_in(const Box& box, const views::WindowLayout& layout, WorkbenchView& view, const LabState& lab,
                   Frame& frame) {
  const bool is_full = view.layout.full_screen.has_value();
  view.places[static_cast<std::size_t>(PanelName::Stage)] = box;
  in_region("Stage", box, [&] {
    const StageOptions options{.can_fold = !is_full, .folded = layout.stage_is_folded};
    if (!draw_stage(view.stage, lab.run_shown(), view.times, frame, options)) return;
    if (is_full) {
      view.layout.full_screen.reset();
    } else {
      view.layout.full_screen = PanelName::Stage;
    }
  });
}

// The timeline; above it the wall of a run that has one.
void draw_centre(Box box, WorkbenchView& view, const LabState& lab, Frame& frame) {
  const trace::Run& run = lab.run_shown();
  const bool takes_all = lab.shows_comparison() || lab.sweep() != nullptr;
  const float wall = takes_all ? 0.0F : flag_wall_height(run, frame.look, box.width(), box.height());
  if (wall > 0) {
    in_region("Flags", {box.x0, box.y0, box.x1, box.y0 + wall},
              [&] { draw_flag_wall(run, lab.pictures_shown(), frame); });
    box.y0 += wall;
    horizontal_line(*ImGui::GetWindowDrawList(), box.x0, box.x1, box.y0, frame.look.theme.splitter,
                    frame.look.metrics.hairline);
    box.y0 += frame.look.metrics.hairline;
  }
  draw_panel_in(PanelName::Timeline, box, view, lab, frame);
}

void draw_regions(const views::WindowLayout& layout, WorkbenchView& view, LabState& lab, Frame& frame) {
  const float scale = frame.look.metrics.scale;
  const auto box = [&](const views::Rect& rect) { return on_display(rect, scale); };
  // Room for the line on the left or above.
  const auto inner = [&](const views::Rect& rect) {
    Box b = box(rect);
    if (b.x0 > 0) b.x0 += frame.look.metrics.hairline;
    b.y0 += frame.look.metrics.hairline;
    return b;
  };
  const auto panel = [&](PanelName name, const views::Rect& rect) {
    if (!box(rect).empty()) draw_panel_in(name, inner(rect), view, lab, frame);
  };
  if (!box(layout.code).empty()) draw_left(inner(layout.code), view, lab, frame);
  if (!box(layout.stage).empty()) draw_stage_in(inner(layout.stage), layout, view, lab, frame);
  if (!box(layout.timeline).empty() && layout.order_is_a_tab) {
    draw_timeline_or_order(inner(layout.timeline), view, lab, frame);
  } else if (!box(layout.timeline).empty()) {
    draw_centre(inner(layout.timeline), view, lab, frame);
  }
  panel(PanelName::Order, layout.order);
  panel(PanelName::Futures, layout.futures);
  panel(PanelName::Waits, layout.waits);
  panel(PanelName::Proof, layout.proof);
  panel(PanelName::Transcript, layout.transcript);
  if (!box(layout.legend).empty()) in_region("States", inner(layout.legend), [&] { draw_legend(frame); });
  draw_tabs(layout, inner(layout.tabs), view, lab, frame);
}

// Around what a lesson or the tour points at: the selection's two colours, so that it is seen in both themes.
void draw_lit(const WorkbenchView& view, const Look& look) {
  if (!view.lit) return;
  const Box& box = view.places[static_cast<std::size_t>(*view.lit)];
  if (box.empty()) return;
  ImDrawList& list = *ImGui::GetForegroundDrawList();
  outline_box(list, box, look.theme.text, look.metrics.bar_radius, look.metrics.px(5));
  outline_box(list, box.inset(look.metrics.px(1)), look.theme.lit, look.metrics.bar_radius, look.metrics.px(3));
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

void light_up(WorkbenchView& view, PanelName panel) {
  view.lit = panel;
  view.layout.full_screen.reset();
  if (bool* hidden = views::hidden_choice(view.layout, panel)) *hidden = false;
  view.tab = panel;
  if (panel == PanelName::Code || panel == PanelName::Lesson || panel == PanelName::Server ||
      panel == PanelName::Machine)
    view.left = panel;
  if (panel == PanelName::Timeline || panel == PanelName::Order) view.centre_tab = panel == PanelName::Order ? 1 : 0;
}

bool draw_workbench(WorkbenchView& view, LabState& lab, const Look& look) {
  const ImVec2 display = ImGui::GetIO().DisplaySize;
  const float scale = look.metrics.scale;
  // A panel that fills the window has all of it.
  const auto banner = view.layout.full_screen ? std::nullopt : what_banner(view.banner, lab);
  views::LayoutWishes wishes = wishes_of(lab);
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
  draw_transport_row(lab, look, on_display(layout.transport, scale), bar_size(layout));
  refresh(view, lab);  // after the bars, which may have begun another run
  Frame frame = frame_of(view, lab, look);
  if (banner) {
    frame.deadlock_is_told = banner->stuck;
    const Box box = on_display(layout.banner, scale);
    in_region("Way out", box, [&] { draw_banner(*banner, box, view.banner, lab, frame); });
  }
  view.places = {};
  draw_regions(layout, view, lab, frame);
  draw_fixed_lines(layout, look);
  draw_splitters(layout, wishes, view, look);
  in_region("Status", on_display(layout.status, scale), [&] { draw_status(frame, lab); });
  ImGui::End();
  draw_lit(view, look);
  const bool keys_were_open = view.show_keys;
  act_on_keys(view, lab, frame);
  if (requests.switch_theme) view.theme = view.theme == ThemeChoice::Dark ? ThemeChoice::Light : ThemeChoice::Dark;
  if (requests.show_keys) view.show_keys = true;
  if (keys_were_open) draw_keys(view.show_keys, look);
  act_on_requests(frame, lab);
  if (frame.wants_stage_fold) {
    view.layout = views::folded_stage(view.layout, display.x / scale, display.y / scale, wishes);
  }
  return frame.moving || (lab.is_going() && !lab.is_paused()) || view.show_keys != keys_were_open;
}

}  // namespace loiter::gui
