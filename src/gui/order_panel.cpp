#include "gui/order_panel.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "gui/guess_overlay.hpp"
#include "gui/order_paint.hpp"
#include "gui/panel.hpp"
#include "gui/press.hpp"
#include "gui/state_style.hpp"
#include "gui/widgets.hpp"
#include "views/futures_table.hpp"
#include "views/status_text.hpp"
#include "views/timeline.hpp"

namespace loiter::gui {
namespace {

struct Panel {
  OrderView& view;
  const trace::Run& run;
  const views::FutureTimes& times;
  Frame& frame;
  const Look& look;
  Box all;
  Box headings;
  Box lines;
  float foot = 0.0F;  // its height; 0: there is no room for it
  float line_height = 0.0F;
  views::OrderColumns columns;
};

constexpr float foot_line = 24;
constexpr float foot_lines = 3;
constexpr std::size_t lines_before_foot = 6;

void update(Panel& p) {
  OrderView& view = p.view;
  if (view.run_number != p.frame.run_number) {
    view.index.clear();
    view.run_number = p.frame.run_number;
    view.events = 0;
    view.sums = {};
    reset_axis(view.axis);
  }
  view.index.update(p.run, p.times);
  if (view.events == p.run.event_count() && view.t == p.frame.playhead) return;
  view.sums = views::order_sums(p.times, view.index, p.frame.playhead);
  view.events = p.run.event_count();
  view.t = p.frame.playhead;
}

float widest_label(const Panel& p) {
  constexpr std::size_t looked_at = 32;
  float widest = 0.0F;
  for (std::size_t row = 0; row < std::min(looked_at, p.run.futures().size()); ++row) {
    widest = std::max(widest, text_width(p.look, small_text(p.look), p.run.futures()[row].label));
  }
  return std::ceil(widest);
}

void arrange(Panel& p, float top) {
  const Metrics& m = p.look.metrics;
  const std::size_t count = p.view.sums.submitted;
  p.headings = Box::at(p.all.x0, top, p.all.width(), m.px(22));
  const float room = p.all.y1 - p.headings.y1 - m.gap4;
  const float with_foot = foot_lines * m.px(foot_line) + m.gap16;
  const float enough = static_cast<float>(std::min(count, lines_before_foot)) * m.px(24);
  p.foot = room >= with_foot + enough ? with_foot : 0.0F;
  p.line_height = views::order_line_height(count, room - p.foot, m.scale);
  const float wanted = static_cast<float>(count) * p.line_height;
  const float whole = std::floor((room - p.foot) / p.line_height) * p.line_height;
  p.lines = {p.all.x0, p.headings.y1, p.all.x1, p.headings.y1 + std::min(wanted, std::max(whole, p.line_height))};
  const bool scrolls = wanted > p.lines.height();
  const float width = p.all.width() - (scrolls ? ImGui::GetStyle().ScrollbarSize : 0.0F);
  const float number = text_width(p.look, note_text(p.look), std::to_string(p.run.futures().size()));
  p.columns = views::order_columns(width, m.scale, std::ceil(number), widest_label(p), guess_chip_room(p.frame, width));
  update_axis(p.view.axis,
              {.whole = views::whole_range(p.run, p.frame.playhead, p.frame.expected_end),
               .width = std::max(1.0F, p.columns.time_width),
               .playhead = p.frame.playhead,
               .following = p.frame.following},
              p.frame);
}

void draw_line(Panel& p, const OrderPaint& paint, const views::OrderLine& line) {
  const Metrics& m = p.look.metrics;
  const float middle = line.y + p.lines.y0;
  const float half = p.line_height * 0.5F;
  const Box box{p.all.x0, std::round(middle - half), p.all.x1, std::round(middle + half)};
  ImGui::PushID(static_cast<int>(line.row.id.value));
  const Press press = press_area("##line", "Order/" + line.row.label, box, {});
  ImGui::PopID();
  if (!press.seen) return;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const bool selected = p.frame.selection.future == line.row.id;
  if (selected) {
    selection_row(list, p.look, box);
  } else if (press.hovered) {
    fill_box(list, box, p.look.theme.control_hover);
  }
  draw_text(list, p.look, note_text(p.look), p.all.x0 + p.columns.number, middle, line.row.number);
  const TextStyle style = selected ? TextStyle{Face::SansBold, m.type.small, p.look.theme.text} : small_text(p.look);
  draw_text_in(list, p.look, style,
               {p.all.x0 + p.columns.label, box.y0, p.all.x0 + p.columns.label_end + m.gap8, box.y1}, line.row.label);
  if (p.columns.time_width > 0) paint_order_bar(list, paint, line);
  focus_ring(p.look, {.box = box.inset(m.px(4), m.px(2)), .id = press.id, .focused = press.focused}, 0);
  if (press.pressed) p.frame.selection.choose(line.row.id);
  if (!ImGui::IsItemHovered(ImGuiHoveredFlags_ForTooltip)) return;
  const trace::FutureRow* future = p.run.future(line.row.id);
  if (future == nullptr) return;
  auto facts = views::future_facts(p.run, *future, p.frame.playhead);
  const auto more = views::order_facts(p.run, line.row, p.frame.playhead);
  facts.insert(facts.end() - 1, more.begin(), more.end());
  add_guess_facts(p.frame, line.row.id, facts);
  facts_tooltip(p.look, facts);
}

void scroll_to_selected(const Panel& p) {
  if (std::exchange(p.view.seen_moves, p.frame.selection.moves) == p.frame.selection.moves) return;
  const auto row = p.times.row_of(p.run, p.frame.selection.future);
  if (row) scroll_to_line(*row, p.line_height);
}

void draw_lines(Panel& p) {
  const Metrics& m = p.look.metrics;
  const auto ticks = ticks_of(p.view.axis, p.look, p.run.header().unit);
  draw_order_headings(*ImGui::GetWindowDrawList(), p.frame, p.run, p.columns, p.headings, ticks);
  ImGui::SetCursorScreenPos(p.lines.min());
  constexpr ImGuiWindowFlags flags = ImGuiWindowFlags_NoBackground;
  if (ImGui::BeginChild("lines", {p.lines.width(), p.lines.height()}, ImGuiChildFlags_NavFlattened, flags)) {
    scroll_by_whole_lines(p.line_height);
    scroll_to_selected(p);
    const views::OrderQuery query{.playhead = p.frame.playhead,
                                  .height = p.lines.height(),
                                  .scroll = ImGui::GetScrollY(),
                                  .line_height = p.line_height,
                                  .columns = p.columns};
    views::lay_out_order(p.run, p.times, p.view.index, query, p.view.layout);
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const OrderPaint paint{p.frame, p.view.layout, p.columns, p.view.axis, p.lines.min()};
    paint_order_grid(list, paint, p.lines, ticks);
    for (const views::OrderLine& line : p.view.layout.seen) draw_line(p, paint, line);
    paint_order_curves(list, paint);
    if (p.frame.guess != nullptr) {
      paint_order_guess(list, paint, views::lay_out_order_guess(p.run, p.times, *p.frame.guess, query, p.view.layout));
    }
    if (p.columns.time_width > 0) {
      paint_order_playhead(list, paint, p.lines);
      for (const views::OrderLine& line : p.view.layout.seen) paint_order_deliveries(list, paint, line);
    }
    ImGui::SetCursorPos({0, static_cast<float>(p.view.layout.lines) * p.line_height - m.hairline});
    ImGui::Dummy({1, m.hairline});
  }
  ImGui::EndChild();
}

void draw_foot(const Panel& p) {
  const Metrics& m = p.look.metrics;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const views::OrderFoot foot = views::order_foot(p.run, p.view.sums);
  const float top = std::max(p.lines.y1 + m.gap4, p.all.y1 - p.foot);
  horizontal_line(list, p.all.x0, p.all.x1, top, p.look.theme.hairline, m.hairline);
  float y = top + m.px(18);
  const float x = p.all.x0 + m.margin + m.px(8);
  const float right = p.all.x1 - m.margin;
  const auto line = [&](const std::string& words, const std::string& sum, Colour colour) {
    const TextStyle strong{Face::SansBold, m.type.small, colour};
    const float sum_width = text_width(p.look, strong, sum);
    const TextStyle style{Face::Sans, m.type.small, colour};
    draw_text_in(list, p.look, style, {x + m.px(15), y - m.px(9), right - sum_width - m.gap12, y + m.px(9)}, words);
    draw_text(list, p.look, strong, right, y, sum, Align::Right);
    y += m.px(foot_line);
  };
  diamond_hollow(list, {x, y}, m.px(6), p.look.theme.text, p.look.theme.panel, m.line(1.5F));
  line(foot.as_completed, foot.completed, p.look.theme.text);
  diamond_filled(list, {x, y}, m.px(6), p.look.theme.state(StateLook::Returned).ink);
  line(foot.map, foot.mapped, p.look.theme.text);
  draw_wait_bar(list, p.look, {.box = Box::around({x + m.hairline, y}, m.px(18), m.px(11))});
  line(foot.held, foot.held_for, p.look.theme.state(StateLook::Waiting).ink);
}

// The sums, when there is no foot: at the right of the title, if it leaves room.
void draw_sums(const Panel& p, std::string_view headline) {
  const Metrics& m = p.look.metrics;
  const std::string words = views::order_sums_text(p.run, p.view.sums);
  const float title = p.frame.titled ? text_width(p.look, strong_text(p.look), "Order") + m.px(15) : 0.0F;
  const float left = p.all.x0 + m.margin + title + text_width(p.look, quiet_text(p.look), headline) + m.gap24;
  const float right = p.all.x1 - m.margin;
  if (p.foot > 0 || words.empty() || right - text_width(p.look, note_text(p.look), words) < left) return;
  const TextStyle style{Face::Sans, m.type.small, p.look.theme.state(StateLook::Waiting).ink};
  draw_text(*ImGui::GetWindowDrawList(), p.look, style, right, p.all.y0 + m.title_strip * 0.5F, words, Align::Right);
}

}  // namespace

bool draw_order(OrderView& view, const trace::Run& run, const views::FutureTimes& times, Frame& frame) {
  const Metrics& m = frame.look.metrics;
  ImGui::PushID("Order");
  Panel p{.view = view,
          .run = run,
          .times = times,
          .frame = frame,
          .look = frame.look,
          .all = rest_of_window(),
          .headings = {},
          .lines = {},
          .columns = {}};
  update(p);
  const std::string headline = views::order_headline(run, view.sums, run.ended() && frame.playhead >= run.last());
  bool title_pressed = false;
  float top = p.all.y0 + m.gap4;
  if (frame.titled) {
    title_pressed = panel_title(p.look, "Order", p.all.width(), {.subtitle = headline});
    top = p.all.y0 + m.title_strip;
  } else if (view.sums.submitted > 0) {
    draw_text_in(*ImGui::GetWindowDrawList(), p.look, quiet_text(p.look),
                 {p.all.x0 + m.margin, top, p.all.x1 - m.margin, top + m.px(22)}, headline);
    top += m.px(22);
  }
  if (view.sums.submitted == 0) {
    const std::string words = run.lanes().empty() ? views::press_run_text(run) : "Nothing has been submitted yet.";
    draw_empty(p.look, {p.all.x0, top, p.all.x1, p.all.y1}, words);
  } else {
    arrange(p, top);
    if (frame.titled) draw_sums(p, headline);
    draw_lines(p);
    if (p.foot > 0) draw_foot(p);
  }
  ImGui::PopID();
  return title_pressed;
}

}  // namespace loiter::gui
