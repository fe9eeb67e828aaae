#include "gui/sketch_board.hpp"

#include <fmt/format.h>
#include <imgui_internal.h>

#include <algorithm>
#include <cmath>
#include <string_view>

#include "gui/glyphs.hpp"
#include "gui/paint.hpp"
#include "gui/panel.hpp"
#include "gui/press.hpp"
#include "gui/text.hpp"
#include "gui/widgets.hpp"
#include "views/ruler.hpp"

namespace loiter::gui {
namespace {

using views::SketchGrip;
using views::SketchRow;

constexpr std::string_view hint =
    "Drag each bar to where you expect it, and its ends to when it begins and ends. "
    "Keys: Left and Right move it, with Shift they change its end.";

struct Board {
  SketchView& view;
  const SketchBoard& board;
  std::vector<SketchBar>& bars;
  const Look& look;
  float scale_up;
  double step = 0.0;
  double range = 0.0;  // as it is shown now
  Box ruler;
  Box rows;
  float label_x = 0.0F;
  float time_x = 0.0F;
  float scroll = 0.0F;
  views::SketchMeasures measures;
  std::string on_ruler = {};  // the times of a bar in hand that has no room for them beside it
  float on_ruler_x = 0.0F;    // their middle
  [[nodiscard]] float px(float units) const { return look.metrics.px(units * scale_up); }
  [[nodiscard]] TextStyle style(Face face, float size, Colour colour) const {
    return {face, std::round(size * scale_up), colour};
  }
  [[nodiscard]] TextStyle small(Colour colour) const { return style(Face::Sans, look.metrics.type.small, colour); }
  [[nodiscard]] ImVec2 origin() const { return {time_x, rows.y0 - scroll}; }
};

std::string times_text(const SketchBar& bar) { return fmt::format("{:.2f} s - {:.2f} s", bar.from, bar.to); }

std::vector<std::string_view> hint_lines(const Board& b, float width) {
  return b.board.enabled ? wrapped(b.look, b.small(0), hint, width) : std::vector<std::string_view>{};
}

void prepare(Board& b) {
  SketchView& view = b.view;
  const std::size_t count = b.board.labels.size();
  b.step = b.board.step_seconds > 0 ? b.board.step_seconds : views::sketch_step(b.board.range_seconds);
  if (b.bars.size() != count) {
    b.bars.assign(count, views::first_bar(b.board.range_seconds, b.step));
    view.touched.clear();
  }
  if (view.touched.size() != count) {
    view.touched.assign(count, false);
    const SketchBar untouched = views::first_bar(b.board.range_seconds, b.step);
    for (std::size_t i = 0; i < count; ++i) view.touched[i] = b.bars[i] != untouched;  // somebody has been here before
    view.drag.reset();
  }
  if (view.asked_range != b.board.range_seconds) {
    view.asked_range = b.board.range_seconds;
    view.range.jump(views::grown_range(b.board.range_seconds, b.bars));
  }
  if (!b.board.enabled) view.drag.reset();
  if (!view.drag) {
    const double grown = views::grown_range(view.range.to, b.bars);
    if (grown != view.range.to) view.range.go(grown, b.look);
  }
  b.range = view.range.value(b.look);
  view.moving = view.range.moving();
}

void arrange(Board& b, const Box& box) {
  const float margin = b.look.metrics.gap8;
  float widest = 0.0F;
  for (const std::string& label : b.board.labels) widest = std::max(widest, text_width(b.look, b.small(0), label));
  b.label_x = box.x0 + margin;
  b.time_x = std::round(b.label_x + std::min(std::ceil(widest), box.width() * 0.3F) + b.px(12));
  const auto lines = hint_lines(b, box.width() - 2 * margin).size();
  const float hints = lines > 0 ? b.px(18) * static_cast<float>(lines) + b.px(5) : 0.0F;
  const float line = b.look.metrics.hairline;
  b.ruler = {box.x0, box.y0, box.x1, box.y0 + b.px(22)};
  b.rows = {box.x0, b.ruler.y1 + line, box.x1, std::max(b.ruler.y1 + line, box.y1 - hints)};
  const float count = std::max(1.0F, static_cast<float>(b.bars.size()));
  b.measures.row_height = std::clamp(std::floor(b.rows.height() / count), b.px(28), b.px(38));
  b.measures.bar_height = b.px(24);
  b.measures.least_width = b.px(3);
  b.measures.reach = b.px(6);
  b.rows.y1 = std::min(b.rows.y1, b.rows.y0 + b.measures.row_height * count);
  const bool scrolls = b.measures.row_height * count > b.rows.height() + 0.5F;
  b.measures.width = std::max(1.0F, box.x1 - b.px(16) - b.time_x - (scrolls ? ImGui::GetStyle().ScrollbarSize : 0.0F));
}

// What of the ruler the times of the bar in hand take; nothing when they stand beside it.
Box times_on_ruler(const Board& b, const TextStyle& style) {
  if (b.on_ruler.empty()) return {};
  const float half = std::ceil(text_width(b.look, style, b.on_ruler) * 0.5F) + b.px(3);
  const float middle = std::round(std::max(b.ruler.x0 + half, std::min(b.on_ruler_x, b.ruler.x1 - half)));
  return {middle - half, b.ruler.y0, middle + half, b.ruler.y1};
}

void draw_ruler(const Board& b, const std::vector<views::Tick>& ticks) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const TextStyle style = b.style(Face::Mono, b.look.metrics.type.tiny, b.look.theme.text2);
  const TextStyle strong = b.style(Face::Mono, b.look.metrics.type.small, b.look.theme.text);
  const Box times = times_on_ruler(b, strong);
  const float y = b.ruler.y0 + b.px(8);
  horizontal_line(list, b.ruler.x0, b.ruler.x1, b.ruler.y1, b.look.theme.hairline, b.look.metrics.hairline);
  for (const views::Tick& tick : ticks) {
    const float x = std::round(tick.x + b.time_x);
    vertical_line(list, x, b.ruler.y1 - b.px(5), b.ruler.y1, b.look.theme.control_line, b.look.metrics.hairline);
    const float half = std::ceil(text_width(b.look, style, tick.label) * 0.5F);
    const bool is_free = x + half <= times.x0 || x - half >= times.x1;
    if (is_free && x + half <= b.ruler.x1) draw_text(list, b.look, style, x, y, tick.label, Align::Centre);
  }
  if (!times.empty()) draw_text(list, b.look, strong, times.centre_x(), y, b.on_ruler, Align::Centre);
}

// What the pointer and the keyboard do to a bar.
void pointer(Board& b, std::size_t i, const Press& press, const SketchRow& row) {
  const ImGuiIO& io = ImGui::GetIO();
  const SketchGrip under = views::grip_at(row, io.MousePos.x - b.time_x, b.measures.reach);
  auto& drag = b.view.drag;
  if (ImGui::IsItemActivated() && io.MouseDown[ImGuiMouseButton_Left]) drag = {i, under, b.bars[i]};
  const bool mine = drag && drag->item == i;
  if (mine && press.held && io.MouseDown[ImGuiMouseButton_Left]) {
    b.view.touched[i] = true;
    const double by = static_cast<double>(io.MousePos.x - io.MouseClickedPos[ImGuiMouseButton_Left].x) * b.range /
                      static_cast<double>(b.measures.width);
    const double step = io.KeyAlt || io.KeyShift ? 0.0 : b.step;
    // A click alone changes nothing, also where the bar does not stand on a step.
    b.bars[i] = by == 0 ? drag->start : views::dragged_bar(drag->start, drag->grip, by, step, b.range);
  } else if (mine) {
    drag.reset();
  }
  if (!b.board.enabled || (!press.hovered && !mine)) return;
  const SketchGrip grip = mine ? drag ? drag->grip : under : under;
  ImGui::SetMouseCursor(grip == SketchGrip::Middle ? ImGuiMouseCursor_ResizeAll : ImGuiMouseCursor_ResizeEW);
}

void keys(Board& b, std::size_t i, const Press& press) {
  if (!b.board.enabled || ImGui::GetCurrentContext()->NavId != press.id) return;
  if (press.pressed) b.view.touched[i] = true;  // it stays where it is
  const int by = (own_key_pressed(press.id, ImGuiKey_RightArrow) ? 1 : 0) -
                 (own_key_pressed(press.id, ImGuiKey_LeftArrow) ? 1 : 0);
  if (by == 0) return;
  const SketchGrip grip = ImGui::GetIO().KeyShift ? SketchGrip::To : SketchGrip::Middle;
  b.bars[i] = views::stepped_bar(b.bars[i], grip, by, b.step);
  b.view.touched[i] = true;
}

// From the ruler down to the ends of what is held, so that it can be compared with the others.
void paint_guides(const Board& b, const Box& bar) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  for (const float x : {bar.x0, bar.x1}) {
    dashed_line(list, {x, b.rows.y0}, {x, bar.y0}, b.look.theme.text2, b.look.metrics.hairline,
                {b.look.metrics.px(2), b.look.metrics.px(3)});
  }
}

void paint_words(const Board& b, std::size_t i, const Box& bar, bool held) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const Theme& theme = b.look.theme;
  const Colour ink = held ? theme.text : theme.state(StateLook::Pending).ink;
  float x = bar.x0 + b.px(5);
  if (bar.width() >= b.px(22)) {
    draw_glyph(list, Glyph::HollowCircle, {x + b.px(7), bar.centre_y()}, b.px(14), ink);
    x += b.px(16);
    draw_text_in(list, b.look, b.style(held ? Face::SansBold : Face::Sans, b.look.metrics.type.small, ink),
                 {x, bar.y0, bar.x1 - b.px(6), bar.y1}, b.board.labels[i]);
  }
}

// The times of a bar in hand, or the sign that nobody has placed it.
void paint_beside(Board& b, std::size_t i, const SketchRow& row, bool told) {
  if (!told && (!b.board.enabled || b.view.touched[i])) return;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const Box bar = on_screen(row.bar, b.origin());
  const TextStyle style = told ? b.style(Face::Mono, b.look.metrics.type.small, b.look.theme.text)
                               : b.style(Face::SansBold, b.look.metrics.type.base, b.look.theme.text2);
  const std::string words = told ? times_text(b.bars[i]) : "?";
  const float width = std::ceil(text_width(b.look, style, words));
  const auto left = views::words_beside(row.bar, width, b.px(8), b.measures.width + b.px(12));
  if (!left) {
    b.on_ruler = words;
    b.on_ruler_x = bar.centre_x();
    return;
  }
  const float x = b.time_x + *left;
  plate(list, b.look, Box{x, bar.y0 + b.px(4), x + width, bar.y1 - b.px(4)}.inset(-b.px(3), 0));
  draw_text(list, b.look, style, x, bar.centre_y(), words);
}

void paint_bar(Board& b, std::size_t i, const Press& press, const SketchRow& row) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const Theme& theme = b.look.theme;
  const Box bar = on_screen(row.bar, b.origin());
  const float radius = b.px(4);
  const bool held = b.view.drag && b.view.drag->item == i;
  const StateColours& colours = theme.state(StateLook::Pending);
  if (held) paint_guides(b, bar);
  if (row.upright) {
    fill_box(list, bar, held ? theme.text : colours.ink);
  } else {
    const bool lit = b.board.enabled && press.hovered;
    fill_box(list, bar, held ? theme.selection_wash : lit ? theme.control_active : colours.tint, radius);
    dashed_box(list, bar, held ? theme.selection_line : colours.ink, radius, b.look.metrics.line(1.5F * b.scale_up),
               {b.px(4), b.px(3)});
    paint_words(b, i, bar, held);
  }
  paint_beside(b, i, row, held || press.focused);
  focus_ring(b.look, {.box = bar, .id = press.id, .focused = press.focused}, radius);
}

void draw_row(Board& b, std::size_t i, const SketchRow& row) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const Box line = on_screen(row.row, b.origin());
  const bool whole = draw_text_in(list, b.look, b.small(b.look.theme.text),
                                  {b.label_x, line.y0, b.time_x - b.px(8), line.y1}, b.board.labels[i]);
  horizontal_line(list, b.rows.x0, b.rows.x1, line.y1 - b.look.metrics.hairline, b.look.theme.hairline,
                  b.look.metrics.hairline);
  ImGui::PushID(static_cast<int>(i));
  const Press press =
      press_area("##bar", "Sketch/" + b.board.labels[i], on_screen(row.grab, b.origin()), {.enabled = b.board.enabled});
  ImGui::PopID();
  pointer(b, i, press, row);
  keys(b, i, press);
  if (!b.view.drag) {
    const std::string tip =
        whole ? times_text(b.bars[i]) : fmt::format("{}: {}", b.board.labels[i], times_text(b.bars[i]));
    tip_for_last_item(b.look, tip);
  }
  if (press.seen) paint_bar(b, i, press, row);
}

void draw_rows(Board& b, const std::vector<views::Tick>& ticks) {
  ImGui::SetCursorScreenPos(b.rows.min());
  constexpr ImGuiWindowFlags flags = ImGuiWindowFlags_NoBackground;
  if (ImGui::BeginChild("rows", {b.rows.width(), b.rows.height()}, ImGuiChildFlags_NavFlattened, flags)) {
    b.scroll = ImGui::GetScrollY();
    for (const views::Tick& tick : ticks) {
      vertical_line(*ImGui::GetWindowDrawList(), std::round(tick.x + b.time_x), b.rows.y0, b.rows.y1, b.look.theme.grid,
                    b.look.metrics.hairline);
    }
    const auto rows = views::lay_out_sketch(b.bars, b.range, b.measures);
    for (std::size_t i = 0; i < rows.size(); ++i) draw_row(b, i, rows[i]);
    ImGui::SetCursorPos({0, 0});
    ImGui::Dummy({1, b.measures.row_height * static_cast<float>(rows.size())});
  }
  ImGui::EndChild();
}

void draw_hint(const Board& b, const Box& box) {
  const float margin = b.look.metrics.gap8;
  float y = b.rows.y1 + b.px(14);
  for (const std::string_view line : hint_lines(b, box.width() - 2 * margin)) {
    draw_text(*ImGui::GetWindowDrawList(), b.look, b.small(b.look.theme.text2), box.x0 + margin, y, line);
    y += b.px(18);
  }
}

}  // namespace

bool draw_sketch_board(SketchView& view, const SketchBoard& board, std::vector<SketchBar>& bars, const Look& look,
                       const Box& box, float scale_up) {
  Board b{.view = view,
          .board = board,
          .bars = bars,
          .look = look,
          .scale_up = scale_up,
          .ruler = {},
          .rows = {},
          .measures = {}};
  prepare(b);
  arrange(b, box);
  const std::vector<SketchBar> before = bars;
  const std::vector<bool> touched_before = view.touched;
  const auto ticks = views::ruler_ticks({Instant{}, Instant{from_seconds(b.range)}}, b.measures.width, b.px(64),
                                        views::RulerMeasure::Seconds, {});
  ImGui::PushID("Sketch board");
  draw_rows(b, ticks);
  draw_ruler(b, ticks);  // after them: what has no room beside a bar is told there
  draw_hint(b, box);
  ImGui::PopID();
  ImGui::SetCursorScreenPos(box.min());
  ImGui::Dummy({box.width(), box.height()});
  return bars != before || view.touched != touched_before;
}

float sketch_board_height(const SketchBoard& board, const Look& look, float width, float scale_up) {
  SketchView view;
  std::vector<SketchBar> bars;
  const Board b{.view = view,
                .board = board,
                .bars = bars,
                .look = look,
                .scale_up = scale_up,
                .ruler = {},
                .rows = {},
                .measures = {}};
  const auto hints = static_cast<float>(hint_lines(b, width - 2 * look.metrics.gap8).size());
  const auto count = static_cast<float>(std::max<std::size_t>(1, board.labels.size()));
  return b.px(22) + look.metrics.hairline + b.px(38) * count + b.px(18) * hints + (hints > 0 ? b.px(5) : 0);
}

}  // namespace loiter::gui
