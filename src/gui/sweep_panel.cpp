#include "gui/sweep_panel.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "gui/paint.hpp"
#include "gui/panel.hpp"
#include "gui/text.hpp"
#include "gui/widgets.hpp"
#include "views/comparison.hpp"
#include "views/sweep_layout.hpp"
#include "views/words.hpp"

namespace loiter::gui {
namespace {

struct Chart {
  const SweepState& sweep;
  const Look& look;
  views::SweepChart chart;
  views::SweepLayout layout;
  Box area;  // inside the axes
  ImDrawList& list;
  [[nodiscard]] ImVec2 at(const views::ChartPoint& point) const { return {area.x0 + point.x, area.y0 + point.y}; }
};

std::string_view name_of_line(std::size_t line) { return views::mode_title(engine::compared_modes.at(line)); }

// Modes are told apart by their marks: a circle, a square, a diamond.
void draw_mark(const Chart& c, std::size_t line, ImVec2 at) {
  const float half = c.look.metrics.px(5);
  const Colour ink = c.look.theme.text;
  switch (line) {
    case 0:
      c.list.AddCircleFilled(at, half, c.look.theme.panel);
      c.list.AddCircle(at, half - 0.5F, ink, 0, c.look.metrics.line(1.5F));
      return;
    case 1:
      fill_box(c.list, Box::around(at, 2 * half - 1, 2 * half - 1), ink);
      return;
    default:
      diamond_filled(c.list, at, half + c.look.metrics.px(1), ink);
  }
}

// And by their dashes: those of the baseline are short, those of threads there are none, those of processes are long.
void draw_line(const Chart& c, std::size_t line) {
  const auto& points = c.layout.lines[line];
  const Metrics& m = c.look.metrics;
  const std::array<Dash, 3> dashes{{{m.px(2), m.px(3)}, {}, {m.px(8), m.px(4)}}};
  for (std::size_t i = 1; i < points.size(); ++i) {
    if (points[i].point != points[i - 1].point + 1) continue;  // one between them has no time
    const ImVec2 from = c.at(points[i - 1]);
    const ImVec2 to = c.at(points[i]);
    if (line == 1) {
      c.list.AddLine(from, to, c.look.theme.text, m.line(1.5F));
    } else {
      dashed_line(c.list, from, to, c.look.theme.text2, m.line(1.5F), dashes.at(std::min<std::size_t>(line, 2)));
    }
  }
  for (const views::ChartPoint& point : points) draw_mark(c, line, c.at(point));
}

void draw_axes(const Chart& c) {
  const Metrics& m = c.look.metrics;
  const TextStyle number{Face::Mono, m.type.tiny, c.look.theme.text2};
  for (const views::ChartTick& tick : c.layout.times) {
    const float y = std::round(c.area.y0 + tick.at);
    horizontal_line(c.list, c.area.x0, c.area.x1, y, c.look.theme.grid, m.hairline);
    draw_text(c.list, c.look, number, c.area.x0 - m.gap12, y, tick.label, Align::Right);
  }
  for (const views::ChartTick& tick : c.layout.values) {
    const float x = std::round(c.area.x0 + tick.at);
    vertical_line(c.list, x, c.area.y1, c.area.y1 + m.px(5), c.look.theme.control_line, m.hairline);
    draw_text(c.list, c.look, number, x, c.area.y1 + m.px(14), tick.label, Align::Centre);
  }
  horizontal_line(c.list, c.area.x0 - m.gap8, c.area.x1 + m.gap8, c.area.y1, c.look.theme.control_line, m.hairline);
  draw_text(c.list, c.look, note_text(c.look), c.area.centre_x(), c.area.y1 + m.px(31), c.sweep.plan().parameter,
            Align::Centre);
}

// At the right, as high as the end of the line, but never over each other.
void draw_names(const Chart& c) {
  struct Name {
    std::size_t line;
    float y;
  };
  const float step = c.look.metrics.px(18);
  std::vector<Name> names;
  for (std::size_t line = 0; line < c.layout.lines.size(); ++line) {
    if (!c.layout.lines[line].empty()) names.push_back({line, c.at(c.layout.lines[line].back()).y});
  }
  std::ranges::sort(names, {}, &Name::y);
  for (std::size_t i = 1; i < names.size(); ++i) names[i].y = std::max(names[i].y, names[i - 1].y + step);
  const float over = names.empty() ? 0.0F : std::max(0.0F, names.back().y - c.area.y1);
  for (const Name& name : names) {
    const float x = c.area.x1 + c.look.metrics.px(28);
    draw_mark(c, name.line, {x, std::round(name.y - over)});
    draw_text(c.list, c.look, small_text(c.look), x + c.look.metrics.gap12, name.y - over, name_of_line(name.line));
  }
}

void draw_facts(const Chart& c) {
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  if (!ImGui::IsWindowHovered()) return;
  const auto hit = views::hit_sweep(c.layout, mouse.x - c.area.x0, mouse.y - c.area.y0, c.look.metrics.px(10));
  if (!hit) return;
  const auto& run = c.chart.lines[hit->line].points[hit->point];
  std::vector<std::string> facts;
  facts.push_back(fmt::format("{} at {} {}", name_of_line(hit->line), c.sweep.plan().parameter,
                              c.sweep.points()[hit->point].value));
  facts.push_back("took " + views::seconds_text(run->time));
  if (hit->line > 0 && run->figures.speed_up)
    facts.push_back(views::figure_text(run->figures.speed_up) + " times as fast as sequential");
  facts_tooltip(c.look, facts);
}

// From the right edge of the title: what the times are, and the button. Returns where the first of them begins.
float draw_head(const SweepState& sweep, const Look& look, const Box& all, Frame& frame) {
  const Metrics& m = look.metrics;
  const bool is_over = sweep.is_over();
  const char* label = is_over ? "Close the chart" : "Stop the chart";
  const ButtonOptions options{
      .small = true, .tip = is_over ? "The last run stays on the screen." : "Ends the run and those to come (X)."};
  float x = all.x1 - m.margin - button_width(look, label, options);
  ImGui::SetCursorScreenPos({x, all.y0 + m.gap4});
  if (button(look, label, options)) (is_over ? frame.wants_chart_closed : frame.wants_stop) = true;
  const bool live = sweep.header().clock == trace::Clock::Live;
  const auto put = [&](RunLabel one) {
    x -= run_label_width(look, one) + m.gap8;
    ImGui::SetCursorScreenPos({x, all.y0 + m.px(5)});
    run_label(look, one);
  };
  if (*trace::model_label(sweep.header()) != '\0') put(RunLabel::Model);
  put(live ? RunLabel::Measured : RunLabel::Simulated);
  return x;
}

}  // namespace

bool draw_sweep(const SweepState& sweep, Frame& frame) {
  const Look& look = frame.look;
  const Metrics& m = look.metrics;
  const Box all = rest_of_window();
  ImGui::PushID("Chart");
  ImGui::SetNextItemAllowOverlap();
  const bool title_pressed = panel_title(look, "Chart", all.width());
  const float right = draw_head(sweep, look, all, frame);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float title_end = all.x0 + m.margin + text_width(look, strong_text(look), "Chart") + m.gap16;
  draw_text_in(list, look, quiet_text(look), {title_end, all.y0, right - m.gap8, all.y0 + m.title_strip},
               "total time of " + sweep.header().title + " over " + sweep.plan().parameter);
  const Box area{all.x0 + m.px(72), all.y0 + m.title_strip + m.gap16, all.x1 - m.px(132), all.y1 - m.px(50)};
  if (area.width() >= m.px(80) && area.height() >= m.px(50)) {
    Chart c{sweep, look, views::sweep_chart(sweep.points()), {}, area, list};
    c.layout = views::lay_out_sweep(c.chart, sweep.points(), area.width(), area.height(), m.px(34), m.px(26));
    draw_axes(c);
    for (std::size_t line = 0; line < c.layout.lines.size(); ++line) draw_line(c, line);
    draw_names(c);
    if (sweep.runs_over() == 0) draw_empty(look, area, "A point is drawn when its run has ended.");
    draw_facts(c);
  }
  ImGui::PopID();
  return title_pressed;
}

std::string sweep_status(const SweepState& sweep) {
  const std::string& parameter = sweep.plan().parameter;
  if (const engine::Setup* setup = sweep.next()) {
    std::string mode(views::mode_title(setup->mode));
    mode.front() = static_cast<char>(mode.front() - 'A' + 'a');
    return fmt::format("Now {} at {} {}: run {} of {}. ", mode, parameter, setup->parameters.at(parameter),
                       sweep.runs_over() + 1, sweep.runs_in_all());
  }
  const std::string seen = views::crossing_sentence(views::sweep_chart(sweep.points()), sweep.points(), parameter);
  const std::string_view how = sweep.was_stopped() ? "The chart was stopped." : "The chart is complete.";
  return fmt::format("{}{}{} Press V to draw it anew.", how, seen.empty() ? "" : " ", seen);
}

}  // namespace loiter::gui
