#include "gui/workbench_regions.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

#include "gui/flag_wall_panel.hpp"
#include "gui/legend_panel.hpp"
#include "gui/lesson_panel.hpp"
#include "gui/machine_panel.hpp"
#include "gui/paint.hpp"
#include "gui/server_panel.hpp"
#include "gui/sweep_panel.hpp"
#include "gui/text.hpp"
#include "gui/widgets.hpp"

namespace loiter::gui {
namespace {

using views::Columns;
using views::PanelName;

std::string_view title_of(PanelName panel) {
  constexpr std::array<std::string_view, views::panel_count> titles{"Code",      "Timeline", "Futures", "Transcript",
                                                                    "Server",    "Stage",    "Order",   "Waits",
                                                                    "The proof", "Machine",  "Lesson"};
  return titles[static_cast<std::size_t>(panel)];
}

class Regions {
 public:
  Regions(WorkbenchView& view, const LabState& lab, const LessonState& lessons, Frame& frame)
      : m_view(view), m_lab(lab), m_lessons(lessons), m_frame(frame) {}

  bool draw_panel(PanelName panel) {
    switch (panel) {
      case PanelName::Code:
        return draw_code(m_view.code, m_lab.run_shown(), m_frame);
      case PanelName::Timeline:
        // What a lesson's reader sketches stands where the run will be.
        if (asks_for_sketch(m_lessons)) {
          draw_sketch(m_view.lesson, m_lessons, m_lessons.reading().page().step, m_frame);
          return false;
        }
        if (m_lab.sweep() != nullptr) return draw_sweep(*m_lab.sweep(), m_frame);
        if (m_lab.shows_comparison()) return draw_comparison(m_view.comparison, comparison_of(m_lab), m_frame);
        return draw_timeline(m_view.timeline, m_lab.run_shown(), m_frame);
      case PanelName::Futures:
        return draw_futures(m_view.futures, m_lab.run_shown(), m_frame);
      case PanelName::Transcript:
        return draw_transcript(m_view.transcript, m_lab.run_shown(), m_frame);
      case PanelName::Server:
        draw_server(m_lab, m_frame);
        return false;
      case PanelName::Machine:
        draw_machine(m_lab, m_view.machine, m_frame);
        return false;
      case PanelName::Lesson:
        draw_lesson(m_view.lesson, m_lessons, m_lab, m_frame);
        return false;
      case PanelName::Stage:
        return draw_stage(m_view.stage, m_lab.run_shown(), m_view.times, m_frame);
      case PanelName::Order:
        return draw_order(m_view.order, m_lab.run_shown(), m_view.times, m_frame);
      case PanelName::Waits:
        return draw_waits(m_view.waits, m_lab.run_shown(), m_view.times, m_frame);
      case PanelName::Proof:
        return draw_proof(m_lab.run_shown(), m_view.times, m_frame);
    }
    return false;
  }

  void draw_panel_in(PanelName panel, const Box& box) {
    m_view.places[static_cast<std::size_t>(panel)] = box;
    in_region(title_of(panel), box, [&] {
      if (!draw_panel(panel)) return;
      if (m_view.layout.full_screen == panel) {
        m_view.layout.full_screen.reset();
      } else {
        m_view.layout.full_screen = panel;
      }
    });
  }

  // Panels that take turns under a row of tabs.
  void draw_tabbed(std::string_view label, const std::vector<PanelName>& panels, int& tab, const Box& box) {
    const Metrics& m = m_frame.look.metrics;
    std::vector<std::string_view> names;
    for (const PanelName panel : panels) {
      names.push_back(panel == PanelName::Proof ? "Proof" : title_of(panel));  // a tab is short
    }
    tab = std::clamp(tab, 0, static_cast<int>(names.size()) - 1);
    ImGui::SetCursorScreenPos({box.x0 + m.margin, box.y0});
    tab_row(m_frame.look, std::string(label).c_str(), names, tab, {.room = box.width() - m.margin - m.gap4});
    const float after_tabs = ImGui::GetItemRectMax().x + m.gap16;
    const PanelName panel = panels[static_cast<std::size_t>(tab)];
    const float right = box.x1 - m.margin;
    float top = box.y0 + m.title_strip;
    if (panel == PanelName::Code) {
      // Below the tabs where these leave no room beside them.
      const bool beside = after_tabs + m.px(96) <= right;
      draw_languages(m_view.code, m_frame.look, right, beside ? box.y0 : top, box.width() >= m.px(both_from_width));
      top += beside ? 0.0F : m.px(24);
    }
    if (panel == PanelName::Server) {
      const bool beside = after_tabs + m.px(150) <= right;
      draw_server_address(m_lab, m_frame.look, beside ? after_tabs : box.x0 + m.margin, right, beside ? box.y0 : top);
      top += beside ? 0.0F : m.px(24);
    }
    if (panel == PanelName::Futures && m_view.futures.count.submitted > 0) {
      draw_text(*ImGui::GetWindowDrawList(), m_frame.look, quiet_text(m_frame.look), right,
                box.y0 + m.title_strip * 0.5F, views::futures_headline(m_view.futures.count), Align::Right);
    }
    horizontal_line(*ImGui::GetWindowDrawList(), box.x0, box.x1, box.y0 + m.title_strip, m_frame.look.theme.hairline,
                    m.hairline);
    m_frame.titled = false;
    draw_panel_in(panel, {box.x0, top, box.x1, box.y1});
    m_view.places[static_cast<std::size_t>(panel)] = box;  // with the tabs, which are its title
    m_frame.titled = true;
  }

  // The same, chosen by name: which tabs there are depends on the run. Returns the one shown.
  PanelName draw_tabs_of(std::string_view label, const std::vector<PanelName>& panels, std::optional<PanelName>& chosen,
                         const Box& box) {
    const auto known = chosen ? std::ranges::find(panels, *chosen) : panels.end();
    const int shown = known == panels.end() ? 0 : static_cast<int>(known - panels.begin());
    int tab = shown;
    draw_tabbed(label, panels, tab, box);
    if (tab != shown) chosen = panels[static_cast<std::size_t>(tab)];
    return panels[static_cast<std::size_t>(tab)];
  }

  // Two and one column.
  void draw_tabs(const views::WindowLayout& layout, const Box& box) {
    if (box.empty()) return;
    std::vector<PanelName> panels = layout.tab_panels;
    panels.push_back(PanelName::Lesson);
    panels.push_back(PanelName::Machine);
    if (has_server(m_lab.experiment())) panels.push_back(PanelName::Server);
    draw_tabs_of("Tabs", panels, m_view.tab, box);
  }

  float code_height_in_lesson(const Box& box) const {
    constexpr float least_units = 560.0F;  // of the column
    const Metrics& m = m_frame.look.metrics;
    if (!m_lessons.is_open() || !m_lessons.reading().page().lab || box.height() < m.px(least_units)) return 0.0F;
    const auto lines =
        static_cast<float>(m_view.code.shown == 1 ? m_view.code.cpp.lines.size() : m_view.code.python.lines.size());
    // With where each lane is now, in short. An answer must be in sight; what is read after a run may be scrolled.
    const float wanted = m.title_strip + m.code_line * lines + m.px(120);
    const bool asks = m_lessons.reading().page().kind != lessons::Page::Kind::Outcome;
    const float least = asks ? 0.0F : box.height() * 0.32F;
    const float room = std::max(least, box.height() - m.title_strip - m_view.lesson.height);
    const float height = std::round(std::min({wanted, box.height() * 0.45F, room}));
    return height < m.px(140) ? 0.0F : height;
  }

  // The left column of three: in turn the code, the lesson, the machine, and the server of an experiment that has one.
  void draw_left(const Box& box) {
    std::vector<PanelName> panels{PanelName::Code, PanelName::Lesson, PanelName::Machine};
    if (has_server(m_lab.experiment())) panels.insert(panels.begin(), PanelName::Server);
    // A lesson's lab has its code below the words, so that its markers are seen while it runs.
    Box upper = box;
    const float code = m_view.left == PanelName::Lesson ? code_height_in_lesson(box) : 0.0F;
    upper.y1 -= code;
    const PanelName shown = draw_tabs_of("Left", panels, m_view.left, upper);
    if (code > 0) {
      const Metrics& m = m_frame.look.metrics;
      horizontal_line(*ImGui::GetWindowDrawList(), box.x0, box.x1, upper.y1, m_frame.look.theme.splitter, m.hairline);
      draw_panel_in(PanelName::Code, {box.x0, upper.y1 + m.hairline, box.x1, box.y1});
    }
    // The strip with the tabs is the title: a double click on it, and not on a control at its right.
    const Box strip{box.x0, box.y0, box.x1, box.y0 + m_frame.look.metrics.title_strip};
    const bool on_strip = ImGui::IsWindowHovered(ImGuiHoveredFlags_AllowWhenBlockedByActiveItem) &&
                          ImGui::IsMouseHoveringRect(strip.min(), strip.max());
    if (!on_strip || !ImGui::IsMouseDoubleClicked(ImGuiMouseButton_Left)) return;
    if (ImGui::GetIO().MousePos.x > strip.centre_x() && ImGui::IsAnyItemHovered()) return;
    if (m_view.layout.full_screen) {
      m_view.layout.full_screen.reset();
    } else {
      m_view.layout.full_screen = shown;
    }
  }

  // The timeline, or the order in its place, under a row of tabs. The timeline's own strip is the one with the tabs.
  void draw_timeline_or_order(const Box& box) {
    constexpr std::array<std::string_view, 2> names{"Timeline", "Order"};
    const float strip = m_frame.look.metrics.title_strip;
    m_frame.titled = false;
    m_frame.tabs_width = tab_row_width(m_frame.look, names);
    const PanelName panel = m_view.centre_tab == 0 ? PanelName::Timeline : PanelName::Order;
    m_view.places[static_cast<std::size_t>(panel)] = box;
    in_region("Centre", box, [&] {
      ImGui::SetCursorScreenPos({box.x0, panel == PanelName::Order ? box.y0 + strip : box.y0});
      draw_panel(panel);
      ImGui::SetCursorScreenPos({box.x0 + m_frame.look.metrics.margin, box.y0});
      tab_row(m_frame.look, "Centre", names, m_view.centre_tab);
    });
    m_frame.tabs_width = 0.0F;
    m_frame.titled = true;
  }

  void draw_stage_in(const Box& box, const views::WindowLayout& layout) {
    const bool is_full = m_view.layout.full_screen.has_value();
    m_view.places[static_cast<std::size_t>(PanelName::Stage)] = box;
    in_region("Stage", box, [&] {
      const StageOptions options{.can_fold = !is_full, .folded = layout.stage_is_folded};
      if (!draw_stage(m_view.stage, m_lab.run_shown(), m_view.times, m_frame, options)) return;
      if (is_full) {
        m_view.layout.full_screen.reset();
      } else {
        m_view.layout.full_screen = PanelName::Stage;
      }
    });
  }

  // The timeline; above it the wall of a run that has one.
  void draw_centre(Box box) {
    const trace::Run& run = m_lab.run_shown();
    const bool takes_all = m_lab.shows_comparison() || m_lab.sweep() != nullptr;
    const float wall = takes_all ? 0.0F : flag_wall_height(run, m_frame.look, box.width(), box.height());
    if (wall > 0) {
      in_region("Flags", {box.x0, box.y0, box.x1, box.y0 + wall},
                [&] { draw_flag_wall(run, m_lab.pictures_shown(), m_frame); });
      box.y0 += wall;
      horizontal_line(*ImGui::GetWindowDrawList(), box.x0, box.x1, box.y0, m_frame.look.theme.splitter,
                      m_frame.look.metrics.hairline);
      box.y0 += m_frame.look.metrics.hairline;
    }
    draw_panel_in(PanelName::Timeline, box);
  }

  void draw(const views::WindowLayout& layout) {
    const float scale = m_frame.look.metrics.scale;
    const auto box = [&](const views::Rect& rect) { return on_display(rect, scale); };
    // Room for the line on the left or above.
    const auto inner = [&](const views::Rect& rect) {
      Box b = box(rect);
      if (b.x0 > 0) b.x0 += m_frame.look.metrics.hairline;
      b.y0 += m_frame.look.metrics.hairline;
      return b;
    };
    const auto panel = [&](PanelName name, const views::Rect& rect) {
      if (!box(rect).empty()) draw_panel_in(name, inner(rect));
    };
    if (!box(layout.code).empty()) draw_left(inner(layout.code));
    if (!box(layout.stage).empty()) draw_stage_in(inner(layout.stage), layout);
    if (!box(layout.timeline).empty() && layout.order_is_a_tab) {
      draw_timeline_or_order(inner(layout.timeline));
    } else if (!box(layout.timeline).empty()) {
      draw_centre(inner(layout.timeline));
    }
    panel(PanelName::Order, layout.order);
    panel(PanelName::Futures, layout.futures);
    panel(PanelName::Waits, layout.waits);
    panel(PanelName::Proof, layout.proof);
    panel(PanelName::Transcript, layout.transcript);
    if (!box(layout.legend).empty()) in_region("States", inner(layout.legend), [&] { draw_legend(m_frame); });
    draw_tabs(layout, inner(layout.tabs));
  }

 private:
  WorkbenchView& m_view;
  const LabState& m_lab;
  const LessonState& m_lessons;
  Frame& m_frame;
};

}  // namespace

Box on_display(const views::Rect& rect, float scale) {
  return {std::round(rect.x0 * scale), std::round(rect.y0 * scale), std::round(rect.x1 * scale),
          std::round(rect.y1 * scale)};
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

void draw_regions(const views::WindowLayout& layout, WorkbenchView& view, const LabState& lab,
                  const LessonState& lessons, Frame& frame) {
  Regions(view, lab, lessons, frame).draw(layout);
}

}  // namespace loiter::gui
