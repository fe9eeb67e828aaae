#include "gui/futures_panel.hpp"

#include <imgui_internal.h>

#include <array>
#include <chrono>
#include <cmath>
#include <string>
#include <utility>

#include "gui/panel.hpp"
#include "gui/state_style.hpp"
#include "gui/test_hooks.hpp"
#include "gui/widget_core.hpp"
#include "gui/widgets.hpp"
#include "views/status_text.hpp"
#include "views/words.hpp"

namespace loiter::gui {
namespace {

using views::FutureCells;
using views::FuturesColumn;

// With more futures than this the order and the counts are brought up to date a few times a second only, and the more
// it costs the more seldom.
constexpr std::size_t many_futures = 20'000;
constexpr double refresh_seconds = 0.25;
constexpr double refresh_cost_share = 0.05;
// From this many lines on, lines are a little lower.
constexpr std::size_t lower_lines_from = 15;

constexpr float wide_gaps_from = 300;

struct Column {
  FuturesColumn what;
  const char* heading;
  const char* label;  // for tests
  float least;        // width in units; what is over goes to label, state and result
  float share;        // of what is over
  float from_width;   // shown from this width of the panel on
  Align align;
};

constexpr std::array<Column, 7> columns{{
    {FuturesColumn::Id, "#", "number", 16, 0, 0, Align::Left},
    {FuturesColumn::Label, "Label", "label", 56, 1.2F, 0, Align::Left},
    {FuturesColumn::State, "State", "state", 76, 0.2F, 0, Align::Left},
    {FuturesColumn::Worker, "On", "on", 24, 0, 0, Align::Left},
    {FuturesColumn::Began, "Began", "began", 48, 0.1F, 340, Align::Right},
    {FuturesColumn::Duration, "Took", "took", 48, 0.1F, 400, Align::Right},
    {FuturesColumn::Result, "Result", "result", 40, 1.0F, 0, Align::Right},
}};

struct Table {
  FuturesView& view;
  const trace::Run& run;
  Frame& frame;
  const Look& look;
  Box box;                     // the whole table
  std::array<Box, 7> cells{};  // widths of the columns; empty: not shown
  float row_height = 0.0F;
};

void place_columns(Table& table) {
  const Metrics& m = table.look.metrics;
  const float width = table.box.width() - 2 * m.margin;
  const float units = table.box.width() / m.scale;
  float least = 0;
  float shares = 0;
  std::size_t shown = 0;
  for (const Column& column : columns) {
    if (units < column.from_width) continue;
    least += m.px(column.least);
    shares += column.share;
    ++shown;
  }
  const float gap = units < wide_gaps_from ? m.gap4 : m.gap12;
  const float over = std::max(0.0F, width - least - gap * static_cast<float>(shown - 1));
  float x = table.box.x0 + m.margin;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (units < columns[i].from_width) continue;
    const float wide = std::floor(m.px(columns[i].least) + over * columns[i].share / shares);
    table.cells[i] = {x, 0, x + wide, 0};
    x += wide + gap;
  }
}

void draw_headings(Table& table, float y) {
  const Metrics& m = table.look.metrics;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float height = m.ruler;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (table.cells[i].empty() && table.cells[i].width() <= 0) continue;
    const Column& column = columns[i];
    const Box box{table.cells[i].x0, y, table.cells[i].x1, y + height};
    ImGui::PushID(static_cast<int>(i));
    const Press press = press_area("##heading", "Futures/" + std::string(column.label), box.inset(-m.px(3), 0), {});
    ImGui::PopID();
    if (press.pressed) {
      const bool same = table.view.column == column.what;
      table.view.descending = same && !table.view.descending;
      table.view.column = column.what;
    }
    const bool sorted = table.view.column == column.what;
    TextStyle style = note_text(table.look);
    if (press.hovered || sorted) style.colour = table.look.theme.text;
    const bool marked = sorted && (column.what != FuturesColumn::Id || table.view.descending);
    const float x = column.align == Align::Right ? box.x1 : box.x0;
    draw_text(list, table.look, style, x, box.centre_y(), column.heading, column.align);
    if (marked) {
      const float words = text_width(table.look, style, column.heading);
      const float side = column.align == Align::Right ? box.x1 - words - m.px(7) : box.x0 + words + m.px(7);
      const float up = table.view.descending ? -1.0F : 1.0F;
      arrow_head(list, {side, box.centre_y() - up * m.px(3)}, {0, -up}, m.px(6), style.colour);
    }
    focus_ring(table.look, press, m.lane_tag_radius);
    tip_for_last_item(table.look, marked ? "Sorted by this column. Press to turn the order round." : "");
  }
  horizontal_line(list, table.box.x0, table.box.x1, y + height, table.look.theme.hairline, m.hairline);
}

void draw_result(const Table& table, ImDrawList& list, const FutureCells& cells, const Box& box) {
  const Metrics& m = table.look.metrics;
  const bool raised = cells.look == StateLook::Raised;
  TextStyle style = code_text(table.look);
  if (raised) style = {Face::Sans, m.type.small, table.look.theme.state(StateLook::Raised).ink};
  const bool fits = text_width(table.look, style, cells.result) <= box.width();
  draw_text_in(list, table.look, style, box, fits ? cells.result : views::brief_value(cells.result), Align::Right);
}

// What has no room loses what all labels of a run have in common: "get('f1040.pdf')" becomes "f1040.pdf".
void draw_label(ImDrawList& list, const Look& look, const Box& box, const std::string& label) {
  const TextStyle style = small_text(look);
  const bool fits = text_width(look, style, label) <= box.width();
  draw_text_in(list, look, style, box, fits ? label : views::brief_label(label));
}

// Unread: nobody has asked for the result, so nobody has heard of the exception. A dot after the state says so.
void draw_state(const Table& table, ImDrawList& list, const FutureCells& cells, const Box& box) {
  const Metrics& m = table.look.metrics;
  const StateColours& colours = table.look.theme.state(cells.look);
  draw_state_glyph(list, table.look, cells.look, {box.x0 + m.px(8), box.centre_y()}, m.px(16));
  const TextStyle style{Face::Sans, m.type.small, colours.ink};
  const Box room{box.x0 + m.px(20), box.y0, box.x1, box.y1};
  const float end = room.x0 + text_width(table.look, style, fitted(table.look, style, cells.state, room.width()));
  draw_text_in(list, table.look, style, room, cells.state);
  if (cells.unread_exception) list.AddCircleFilled({end + m.px(7), box.centre_y()}, m.line(3), colours.ink);
}

void draw_cells(const Table& table, const FutureCells& cells, const Box& row) {
  const Look& look = table.look;
  const Metrics& m = look.metrics;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (table.cells[i].width() <= 0) continue;
    const Box box{table.cells[i].x0, row.y0, table.cells[i].x1, row.y1};
    switch (columns[i].what) {
      case FuturesColumn::Id:
        draw_text(list, look, {Face::Sans, m.type.small, look.theme.text2}, box.x0, box.centre_y(), cells.number);
        break;
      case FuturesColumn::Label:
        draw_label(list, look, box, cells.label);
        break;
      case FuturesColumn::State: {
        // What no worker has begun leaves the next column empty: "in call queue" is long.
        const float x1 = cells.worker ? box.x1 : table.cells[i + 1].x1;
        draw_state(table, list, cells, {box.x0, box.y0, x1, box.y1});
        break;
      }
      case FuturesColumn::Worker: {
        const float side = m.lane_tag_small;
        const Box tag = Box::at(box.x0, std::round(box.centre_y() - side * 0.5F), side, side);
        if (cells.worker) draw_tag(table.frame, list, tag, *cells.worker);
        break;
      }
      case FuturesColumn::Began:
        draw_text_in(list, look, code_text(look), box, cells.began, Align::Right);
        break;
      case FuturesColumn::Duration:
        draw_text_in(list, look, code_text(look), box, cells.duration, Align::Right);
        break;
      case FuturesColumn::Result:
        draw_result(table, list, cells, box);
        break;
    }
  }
}

void draw_row(Table& table, std::size_t line, float y) {
  const trace::FutureRow& future = table.run.futures()[table.view.order.at(line)];
  const FutureCells cells = views::future_cells(table.run, future, table.frame.playhead);
  const Box row{table.box.x0, y, table.box.x1, y + table.row_height};
  ImGui::PushID(static_cast<int>(future.id.value));
  const Press press = press_area("##row", "Futures/" + cells.label, row, {});
  ImGui::PopID();
  if (!press.seen) return;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const bool selected = table.frame.selection.future == future.id;
  if (selected) {
    selection_row(list, table.look, row);
  } else if (press.hovered) {
    fill_box(list, row, table.look.theme.control_hover);
  }
  draw_cells(table, cells, row);
  horizontal_line(list, row.x0, row.x1, row.y1 - table.look.metrics.hairline, table.look.theme.hairline,
                  table.look.metrics.hairline);
  focus_ring(table.look, {.box = row.inset(table.look.metrics.px(4)), .id = press.id, .focused = press.focused}, 0);
  if (press.pressed) table.frame.selection.choose(future.id);
  if (ImGui::IsItemHovered(ImGuiHoveredFlags_ForTooltip)) {
    facts_tooltip(table.look, views::future_facts(table.run, future, table.frame.playhead));
  }
}

void scroll_to_selected(const Table& table) {
  if (std::exchange(table.view.seen_moves, table.frame.selection.moves) == table.frame.selection.moves) return;
  const auto line = table.view.order.line_of(table.run, table.frame.selection.future);
  if (!line) return;
  scroll_to_line(*line, table.row_height);
}

void draw_rows(Table& table) {
  const float top = table.box.y0;
  ImGui::SetCursorScreenPos(table.box.min());
  constexpr ImGuiWindowFlags flags = ImGuiWindowFlags_NoBackground;
  if (ImGui::BeginChild("rows", {table.box.width(), table.box.height()}, ImGuiChildFlags_NavFlattened, flags)) {
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2{0, 0});
    scroll_by_whole_lines(table.row_height);
    scroll_to_selected(table);
    const float scrolled = ImGui::GetScrollY();
    ImGuiListClipper clipper;
    clipper.Begin(static_cast<int>(table.view.order.size()), table.row_height);
    while (clipper.Step()) {
      for (int line = clipper.DisplayStart; line < clipper.DisplayEnd; ++line) {
        draw_row(table, static_cast<std::size_t>(line),
                 std::round(top - scrolled + static_cast<float>(line) * table.row_height));
      }
    }
    ImGui::PopStyleVar();
  }
  ImGui::EndChild();
}

void update(FuturesView& view, const trace::Run& run, const Frame& frame) {
  if (view.run_number != frame.run_number) {
    view.order.clear();
    view.events = 0;
    view.counted = -1.0;
    view.run_number = frame.run_number;
  }
  const bool changed = view.events != run.event_count() || view.t != frame.playhead;
  const bool soon = run.futures().size() > many_futures && view.counted >= 0.0 &&
                    ImGui::GetTime() - view.counted < std::max(refresh_seconds, view.cost / refresh_cost_share);
  const bool by_id = view.column == FuturesColumn::Id;
  const bool asked = view.column != view.shown_column || view.descending != view.shown_descending;
  const auto began = std::chrono::steady_clock::now();
  if (by_id || asked || !soon) view.order.update(run, frame.playhead, view.column, view.descending);
  view.shown_column = view.column;
  view.shown_descending = view.descending;
  if (!changed || soon) return;
  view.cost = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
  view.count = views::count_futures(run, frame.playhead);
  view.counted = ImGui::GetTime();
  view.events = run.event_count();
  view.t = frame.playhead;
}

std::string subtitle_of(const FuturesView& view) {
  std::string words = views::futures_headline(view.count);
  if (view.count.unread_exceptions == 1) words += ", 1 unread";
  if (view.count.unread_exceptions > 1) words += ", " + std::to_string(view.count.unread_exceptions) + " unread";
  return words;
}

}  // namespace

bool draw_futures(FuturesView& view, const trace::Run& run, Frame& frame) {
  const Metrics& m = frame.look.metrics;
  const Box all = rest_of_window();
  ImGui::PushID("Futures");
  update(view, run, frame);
  bool title_pressed = false;
  float top = all.y0 + m.gap8;
  if (frame.titled) {
    const std::string subtitle = view.count.submitted == 0 ? "" : subtitle_of(view);
    title_pressed = panel_title(frame.look, "Futures", all.width(), {.subtitle = subtitle});
    top = all.y0 + m.title_strip;
  }
  Table table{view, run, frame, frame.look, {all.x0, top, all.x1, all.y1}};
  if (view.order.size() == 0) {
    const std::string words = run.lanes().empty() ? views::press_run_text(run) : "Nothing has been submitted yet.";
    draw_empty(frame.look, table.box, words);
  } else {
    table.row_height = view.order.size() >= lower_lines_from ? m.px(25) : m.table_row;
    const float headings = table.box.y0 - m.px(2);
    const float rows = static_cast<float>(view.order.size()) * table.row_height;
    table.box.y0 = headings + m.ruler + m.hairline;
    if (rows > table.box.height()) table.box.x1 -= ImGui::GetStyle().ScrollbarSize;
    place_columns(table);
    draw_headings(table, headings);
    if (rows > table.box.height()) table.box.x1 = all.x1;
    const float whole_rows = std::floor(table.box.height() / table.row_height) * table.row_height;
    if (rows > table.box.height()) table.box.y1 = table.box.y0 + std::max(whole_rows, table.row_height);
    draw_rows(table);
  }
  ImGui::PopID();
  return title_pressed;
}

}  // namespace loiter::gui
