#include "gui/transcript_panel.hpp"

#include <imgui_internal.h>

#include <algorithm>
#include <cmath>
#include <string>

#include "base/text.hpp"
#include "gui/panel.hpp"
#include "gui/test_hooks.hpp"
#include "gui/widget_core.hpp"
#include "gui/widgets.hpp"
#include "views/status_text.hpp"
#include "views/words.hpp"

namespace loiter::gui {
namespace {

using views::TextPlace;

// From this width of the panel on, in units, each line also says which lane printed it, and in which task.
constexpr float says_who_from_width = 560;

struct Lines {
  TranscriptView& view;
  const trace::Run& run;
  Frame& frame;
  const Look& look;
  std::size_t count = 0;
  Box box;              // of the child, scrolled lines go out of it
  float edge_x = 0.0F;  // of the panel: right of the scroll bar
  float text_x = 0.0F;
  float letter = 0.0F;  // every letter of the text is this wide
  float line_height = 0.0F;
  float scroll = 0.0F;
  [[nodiscard]] float y_of(std::size_t line) const {
    return std::round(box.y0 - scroll + static_cast<float>(line) * line_height);
  }
};

TextStyle line_style(const Lines& lines, const trace::Line& line) {
  TextStyle style = code_text(lines.look);
  if (line.is_log) style.colour = lines.look.theme.state(StateLook::Raised).ink;
  return style;
}

float x_of(const Lines& lines, const trace::Line& line, std::size_t column) {
  const std::string before = views::shown_text(std::string_view(line.text).substr(0, column), lines.view.tab_stop);
  return lines.text_x + text_width(lines.look, code_text(lines.look), before);
}

TextPlace place_at(const Lines& lines, ImVec2 mouse) {
  const float row = (mouse.y - lines.box.y0 + lines.scroll) / lines.line_height;
  if (row < 0) return {0, 0};
  const auto line = static_cast<std::size_t>(row);
  if (line >= lines.count) return {lines.count - 1, lines.run.lines()[lines.count - 1].text.size()};
  const std::string& text = lines.run.lines()[line].text;
  TextPlace place{line, 0};
  while (place.column < text.size()) {
    TextPlace next = views::next_place(lines.run, place, lines.count);
    const float middle =
        (x_of(lines, lines.run.lines()[line], place.column) + x_of(lines, lines.run.lines()[line], next.column)) * 0.5F;
    if (mouse.x < middle) break;
    place = next;
  }
  return place;
}

void draw_selected_text(const Lines& lines, ImDrawList& list, std::size_t line, float y) {
  const trace::Line& printed = lines.run.lines()[line];
  const auto columns = views::selected_columns(lines.view.selection, line, printed.text.size());
  if (!columns) return;
  float x1 = x_of(lines, printed, columns->to);
  if (columns->with_end) x1 += std::round(lines.letter * 0.5F);
  const Box box{x_of(lines, printed, columns->from), y, std::min(x1, lines.box.x1), y + lines.line_height};
  fill_box(list, box, faded(lines.look.theme.text, 0.16F));
}

std::string who(const Lines& lines, const trace::Line& printed) {
  std::string words = views::lane_name(lines.run, printed.lane);
  if (printed.task != no_future) words += ", in " + views::future_name(lines.run, printed.task);
  if (printed.is_log) words += ", to stderr";
  return words;
}

void draw_line(const Lines& lines, std::size_t line, float who_x) {
  const Metrics& m = lines.look.metrics;
  const trace::Line& printed = lines.run.lines()[line];
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float y = lines.y_of(line);
  const Box row{lines.box.x0, y, lines.box.x1, y + lines.line_height};
  const Box wash{row.x0, row.y0, lines.edge_x, row.y1};
  const FutureId selected = lines.frame.selection.future;
  if (selected != no_future && printed.task == selected) selection_row(list, lines.look, wash);
  draw_selected_text(lines, list, line, y);
  TextStyle time = code_text(lines.look);
  time.colour = lines.look.theme.text2;
  const float right_of_time = lines.text_x - m.px(40);
  draw_text(list, lines.look, time, right_of_time, row.centre_y(), views::line_time(printed), Align::Right);
  const float side = m.lane_tag_small;
  const Box tag = Box::at(lines.text_x - m.px(25), std::round(row.centre_y() - side * 0.5F), side, side);
  draw_tag(lines.frame, list, tag, printed.lane);
  const bool says_who = who_x > lines.text_x;
  const Box room{lines.text_x, row.y0, (says_who ? who_x - m.gap16 : row.x1 - m.gap8), row.y1};
  draw_text_in(list, lines.look, line_style(lines, printed), room,
               views::shown_text(printed.text, lines.view.tab_stop));
  if (says_who) {
    draw_text_in(list, lines.look, note_text(lines.look), {who_x, row.y0, row.x1 - m.margin, row.y1},
                 who(lines, printed));
  }
}

void select_with_mouse(Lines& lines, const Press& press) {
  TranscriptView& view = lines.view;
  const ImGuiIO& io = ImGui::GetIO();
  const bool on_tag = io.MousePos.x < lines.text_x - lines.look.metrics.px(6);
  if (press.hovered && !on_tag) ImGui::SetMouseCursor(ImGuiMouseCursor_TextInput);
  if (ImGui::IsItemActivated() && io.MouseDown[0]) {
    const TextPlace at = place_at(lines, io.MousePos);
    const int clicks = ImGui::GetMouseClickedCount(ImGuiMouseButton_Left);
    view.selecting = !on_tag && clicks <= 1;
    if (on_tag) {
      const FutureId task = lines.run.lines()[at.line].task;
      if (task != no_future) lines.frame.selection.choose(task);
    } else if (clicks == 2) {
      view.selection = views::select_word(lines.run, at);
    } else if (clicks >= 3) {
      view.selection = views::select_line(lines.run, at.line);
    } else if (io.KeyShift) {
      view.selection.head = at;
    } else {
      view.selection = {at, at};
    }
  } else if (press.held && view.selecting) {
    view.selection.head = place_at(lines, io.MousePos);
    if (io.MousePos.y < lines.box.y0) ImGui::SetScrollY(lines.scroll - lines.line_height);
    if (io.MousePos.y > lines.box.y1) ImGui::SetScrollY(lines.scroll + lines.line_height);
  }
  if (!press.held) view.selecting = false;
}

void scroll_lines(Lines& lines, float by) {
  const float most = std::max(0.0F, static_cast<float>(lines.count) * lines.line_height - lines.box.height());
  const float target = std::clamp(lines.scroll + by * lines.line_height, 0.0F, most);
  ImGui::SetScrollY(target);
  lines.view.follow = target >= most;
}

void select_with_keys(Lines& lines, ImGuiID id) {
  TranscriptView& view = lines.view;
  if (ImGui::GetCurrentContext()->NavId != id && !ImGui::IsItemActive()) return;
  if (ImGui::IsKeyChordPressed(ImGuiMod_Ctrl | ImGuiKey_A)) view.selection = views::select_all(lines.run, lines.count);
  if (ImGui::IsKeyChordPressed(ImGuiMod_Ctrl | ImGuiKey_C) && !view.selection.empty()) {
    ImGui::SetClipboardText(views::copied_text(lines.run, view.selection).c_str());
  }
  const bool shift = ImGui::GetIO().KeyShift;
  const float page = std::max(1.0F, std::floor(lines.box.height() / lines.line_height) - 1);
  TextPlace& head = view.selection.head;
  if (shift && own_key_pressed(id, ImGuiKey_RightArrow)) head = views::next_place(lines.run, head, lines.count);
  if (shift && own_key_pressed(id, ImGuiKey_LeftArrow)) head = views::previous_place(lines.run, head);
  if (own_key_pressed(id, ImGuiKey_DownArrow)) {
    if (shift)
      head.line = std::min(head.line + 1, lines.count - 1);
    else
      scroll_lines(lines, 1);
  }
  if (own_key_pressed(id, ImGuiKey_UpArrow)) {
    if (shift)
      head.line -= head.line > 0 ? 1 : 0;
    else
      scroll_lines(lines, -1);
  }
  if (own_key_pressed(id, ImGuiKey_PageDown)) scroll_lines(lines, page);
  if (own_key_pressed(id, ImGuiKey_PageUp)) scroll_lines(lines, -page);
  if (own_key_pressed(id, ImGuiKey_Home, false)) scroll_lines(lines, -1e9F);
  if (own_key_pressed(id, ImGuiKey_End, false)) scroll_lines(lines, 1e9F);
}

// The right part of a wide panel would be empty: there it says who printed each line.
float who_column(const Lines& lines, int first, int last) {
  const Metrics& m = lines.look.metrics;
  if (lines.box.width() < m.px(says_who_from_width)) return 0;
  float longest = m.px(220);
  for (int line = first; line < last; ++line) {
    const std::string& printed = lines.run.lines()[static_cast<std::size_t>(line)].text;
    const std::string text = views::shown_text(printed, lines.view.tab_stop);
    longest = std::max(longest, text_width(lines.look, code_text(lines.look), text));
  }
  // It moves to the right when a longer line comes, and then stays: a column that moves with every scroll is no column.
  lines.view.who_from = std::max(lines.view.who_from, longest);
  return std::round(std::min(lines.text_x + lines.view.who_from + m.gap24, lines.box.x0 + lines.box.width() * 0.66F));
}

// Deep indentation must not push the words out of the panel: all tabs become narrower, and then stay so.
void fit_tabs(const Lines& lines, int first, int last, float who_x) {
  const Metrics& m = lines.look.metrics;
  const float end = who_x > lines.text_x ? who_x - m.gap16 : lines.box.x1 - m.gap8;
  const auto columns = static_cast<std::size_t>(std::max(0.0F, (end - lines.text_x) / lines.letter));
  std::size_t& stop = lines.view.tab_stop;
  for (int line = first; line < last && stop > 1; ++line) {
    stop = views::tab_stop_to_fit(lines.run.lines()[static_cast<std::size_t>(line)].text, columns, stop);
  }
}

void draw_seen_lines(const Lines& lines) {
  const auto first = static_cast<int>(lines.scroll / lines.line_height);
  const auto fits = static_cast<int>(lines.box.height() / lines.line_height) + 2;
  const int last = std::min(first + fits, static_cast<int>(lines.count));
  const float who_x = who_column(lines, first, last);
  fit_tabs(lines, first, last, who_x);
  for (int line = first; line < last; ++line) draw_line(lines, static_cast<std::size_t>(line), who_x);
}

// Scrolling up lets go of the end, coming back to it takes hold again.
void follow_or_not(TranscriptView& view, float most) {
  const float scroll = ImGui::GetScrollY();
  const bool wheel_up = ImGui::IsWindowHovered() && ImGui::GetIO().MouseWheel > 0;
  const bool moved_up = scroll < view.last_scroll && view.last_scroll <= most;
  if (view.follow && most > 0 && (wheel_up || moved_up)) view.follow = false;
  if (!view.follow && scroll >= most && scroll > view.last_scroll) view.follow = true;
  view.last_scroll = scroll;
}

void draw_lines(Lines& lines) {
  ImGui::SetCursorScreenPos(lines.box.min());
  constexpr ImGuiWindowFlags flags = ImGuiWindowFlags_NoBackground;
  if (ImGui::BeginChild("lines", {lines.box.width(), lines.box.height()}, ImGuiChildFlags_NavFlattened, flags)) {
    const float content = static_cast<float>(lines.count) * lines.line_height;
    const float most = std::max(0.0F, content - lines.box.height());
    follow_or_not(lines.view, most);
    if (lines.view.follow) ImGui::SetScrollY(most);
    lines.scroll = lines.view.follow ? most : std::min(ImGui::GetScrollY(), most);
    if (content > lines.box.height()) lines.box.x1 -= ImGui::GetStyle().ScrollbarSize;
    draw_seen_lines(lines);
    const Press press = press_area("##text", "Transcript/lines", lines.box, {.on_click = true});
    select_with_mouse(lines, press);
    select_with_keys(lines, press.id);
    focus_ring(lines.look, {.box = lines.box.inset(lines.look.metrics.px(4)), .focused = press.focused}, 0);
    ImGui::SetCursorPos({0, 0});
    ImGui::Dummy({1, content});
  }
  ImGui::EndChild();
}

}  // namespace

bool draw_transcript(TranscriptView& view, const trace::Run& run, Frame& frame) {
  const Metrics& m = frame.look.metrics;
  const Box all = rest_of_window();
  ImGui::PushID("Transcript");
  if (view.run_number != frame.run_number) {
    view = {};
    view.run_number = frame.run_number;
  }
  const bool title_pressed = frame.titled && panel_title(frame.look, "Transcript", all.width());
  const float top = all.y0 + (frame.titled ? m.px(28) : m.gap8);
  Lines lines{
      .view = view, .run = run, .frame = frame, .look = frame.look, .count = views::lines_until(run, frame.playhead)};
  // The last line stands clear of the edge, and no line is cut in half by it.
  lines.line_height = m.transcript_line;
  const float room = std::floor((all.y1 - top) / lines.line_height) * lines.line_height;
  lines.box = {all.x0, top, all.x1, top + std::max(room, lines.line_height)};
  lines.edge_x = all.x1;
  lines.letter = text_width(frame.look, code_text(frame.look), "0");
  const float time_width = lines.letter * (run.last() >= Instant{std::chrono::seconds(100)} ? 7.0F : 5.0F);
  lines.text_x = std::round(all.x0 + m.margin + std::max(m.px(36), time_width) + m.px(40));
  if (lines.count == 0) {
    const bool begun = !run.lanes().empty();
    draw_empty(frame.look, {all.x0, top, all.x1, all.y1},
               !begun        ? views::press_run_text(run)
               : run.ended() ? "The program has printed nothing."
                             : "The program has printed nothing so far.");
  } else {
    view.selection.anchor.line = std::min(view.selection.anchor.line, lines.count - 1);
    view.selection.head.line = std::min(view.selection.head.line, lines.count - 1);
    draw_lines(lines);
  }
  ImGui::PopID();
  return title_pressed;
}

}  // namespace loiter::gui
