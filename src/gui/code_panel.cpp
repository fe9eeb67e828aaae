#include "gui/code_panel.hpp"

#include <imgui_internal.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <vector>

#include "gui/panel.hpp"
#include "gui/state_style.hpp"
#include "gui/widget_core.hpp"
#include "gui/widgets.hpp"
#include "views/status_text.hpp"

namespace loiter::gui {
namespace {

using views::LanePlace;
using views::TokenKind;

// Two listings side by side from this width of the panel on, in units.
// The block below the code takes short lines when less than this share of the panel is left for the code.
constexpr float least_code_share = 0.5F;

struct Code {
  CodeView& view;
  const trace::Run& run;
  Frame& frame;
  const Look& look;
  std::vector<LanePlace> places;
};

// The text is cut with an ellipsis as a whole: what is beyond the edge is left out, token by token.
// Returns the x after it.
float draw_code_text(const Look& look, ImDrawList& list, const views::CodeLine& line, const Box& box) {
  const std::string fits = fitted(look, code_text(look), line.text, box.width());
  const bool whole = fits == line.text;
  constexpr std::size_t ellipsis_bytes = 3;
  const std::size_t kept = whole ? line.text.size() : fits.size() - std::min(fits.size(), ellipsis_bytes);
  float x = box.x0;
  for (const views::Token& token : line.tokens) {
    if (token.from >= kept) break;
    const std::string_view words =
        std::string_view(line.text).substr(token.from, std::min(token.to, kept) - token.from);
    const TextStyle style = token_style(look, look.metrics.type.small, token.kind);
    draw_text(list, look, style, x, box.centre_y(), words);
    x += text_width(look, style, words);
  }
  if (!whole && !fits.empty()) x = draw_text(list, look, code_text(look), x, box.centre_y(), "\xE2\x80\xA6");
  return x;
}

// Places are asked of one listing; the other may have the site on another line, or not at all.
std::optional<std::size_t> line_of(const Code& code, const views::Listing& listing, const LanePlace& place) {
  if (place.doing.idle || !place.doing.look) return std::nullopt;
  const trace::SiteMark* mark = trace::site_at(*code.run.lane(place.lane), code.frame.playhead);
  const auto site = mark == nullptr ? listing.sites.end() : listing.sites.find(mark->site);
  if (site == listing.sites.end()) return std::nullopt;
  return site->second;
}

std::vector<const LanePlace*> places_on(const Code& code, const views::Listing& listing, std::size_t line) {
  std::vector<const LanePlace*> found;
  for (const LanePlace& place : code.places) {
    if (line_of(code, listing, place) == line) found.push_back(&place);
  }
  return found;
}

// The first marker stands in the margin; when lanes meet on a line, the others stand behind its text.
void draw_markers(const Code& code, ImDrawList& list, const std::vector<const LanePlace*>& here, const Box& row,
                  float after_text, float right) {
  const Metrics& m = code.look.metrics;
  const float side = m.lane_tag_small;
  const float y = std::round(row.centre_y() - side * 0.5F);
  float x = row.x0 + m.px(10);
  for (const LanePlace* place : here) {
    if (x + side > right) return;
    draw_tag(code.frame, list, Box::at(std::round(x), y, side, side), place->lane);
    x = std::max(x + side + m.px(3), after_text + m.gap12);
  }
}

void draw_code_line(const Code& code, const views::Listing& listing, std::size_t line, const Box& row, float text_x) {
  const Metrics& m = code.look.metrics;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const auto here = places_on(code, listing, line);
  const FutureId selected = code.frame.selection.future;
  const bool lit = std::ranges::any_of(
      here, [&](const LanePlace* place) { return selected != no_future && place->future == selected; });
  const bool stuck =
      std::ranges::any_of(here, [](const LanePlace* place) { return place->doing.look == StateLook::Stuck; });
  if (lit) selection_row(list, code.look, row);
  const float right = row.x1 - (stuck ? m.px(30) : m.gap4);
  const float end = draw_code_text(code.look, list, listing.lines[line], {text_x, row.y0, right, row.y1});
  if (stuck) {
    const Colour ink = code.look.theme.state(StateLook::Stuck).ink;
    outline_box(list, {text_x - m.px(4), row.y0, row.x1 - m.gap8, row.y1}, ink, m.lane_tag_radius, m.state_line);
    draw_state_glyph(list, code.look, StateLook::Stuck, {row.x1 - m.px(20), row.centre_y()}, m.px(14));
  }
  draw_markers(code, list, here, row, end, right);
}

// The lines to keep in sight: that of the selected future's lane, or else of the calling program. When all lanes wait,
// which is when the picture stands still, as many others as fit too: those of stuck lanes first.
std::vector<std::size_t> lines_in_focus(const Code& code, const views::Listing& listing) {
  const FutureId selected = code.frame.selection.future;
  std::vector<std::size_t> lines;
  std::vector<std::size_t> others;
  bool is_chosen = false;
  for (const LanePlace& place : code.places) {
    const auto line = line_of(code, listing, place);
    if (!line) continue;
    const bool chosen = selected != no_future && place.future == selected;
    if (chosen && !is_chosen) lines.insert(lines.begin(), *line);
    is_chosen = is_chosen || chosen;
    if (!chosen && place.lane == main_lane) lines.push_back(*line);
    if (!chosen && place.lane != main_lane && place.doing.look == StateLook::Stuck) others.push_back(*line);
  }
  const bool is_stuck = trace::stuck_at(code.run, code.frame.playhead) != nullptr;
  if (!is_stuck) lines.resize(std::min<std::size_t>(lines.size(), 1));
  if (is_stuck) lines.insert(lines.end(), others.begin(), others.end());
  return lines;
}

// Not in every frame: only when there is something else to see, or another room for it.
void keep_in_sight(const Code& code, const views::Listing& listing, float line_height, float height) {
  const CodeFocus focus{lines_in_focus(code, listing), static_cast<std::size_t>(std::round(height / line_height))};
  CodeFocus& seen = &listing == &code.view.cpp ? code.view.cpp_focus : code.view.python_focus;
  const bool selected_anew = code.view.seen_moves != code.frame.selection.moves;
  if (focus == seen && !selected_anew) return;
  seen = focus;
  const auto now = static_cast<std::size_t>(std::round(ImGui::GetScrollY() / line_height));
  const std::size_t first = views::first_line_in_sight(focus.lines, now, focus.fit);
  if (first != now) ImGui::SetScrollY(static_cast<float>(first) * line_height);
}

// Lanes whose lines are out of sight: their tags at the right end of the first row or of the last, behind an arrow that
// says where. The code of that row ends before them.
struct OutOfSight {
  std::vector<LaneId> lanes;
  std::size_t shown = 0;
  Box box;  // empty: all are in sight
};

OutOfSight out_of_sight(const Code& code, const views::Listing& listing, const Box& box, float top, float x1,
                        bool above) {
  const Metrics& m = code.look.metrics;
  OutOfSight out;
  for (const LanePlace& place : code.places) {
    const auto line = line_of(code, listing, place);
    if (!line) continue;
    const float middle = top + (static_cast<float>(*line) + 0.5F) * m.code_line;
    if (above ? middle < box.y0 : middle > box.y1) out.lanes.push_back(place.lane);
  }
  if (out.lanes.empty()) return out;
  const float step = m.lane_tag_small + m.px(3);
  const float arrow = m.px(20);
  const auto fit = static_cast<std::size_t>(std::max(1.0F, (box.width() * 0.4F - arrow) / step));
  out.shown = std::min(out.lanes.size(), fit);
  const float width = arrow + step * static_cast<float>(out.shown);
  const float y = above ? box.y0 : box.y1 - m.code_line;
  out.box = {std::round(x1 - m.gap4 - width), y, x1 - m.gap4, y + m.code_line};
  return out;
}

void draw_out_of_sight(const Code& code, const OutOfSight& out, bool above) {
  if (out.box.empty()) return;
  const Metrics& m = code.look.metrics;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float side = m.lane_tag_small;
  const float y = out.box.centre_y();
  const float length = m.px(5);
  arrow_head(list, {out.box.x0 + m.px(11), y + (above ? -length : length)}, {0, above ? -1.0F : 1.0F}, m.px(9),
             code.look.theme.text2);
  float x = out.box.x0 + m.px(20);
  for (std::size_t i = 0; i < out.shown; ++i) {
    draw_tag(code.frame, list, Box::at(std::round(x), std::round(y - side * 0.5F), side, side), out.lanes[i]);
    x += side + m.px(3);
  }
}

void draw_listing(const Code& code, const views::Listing& listing, const char* name, const Box& box) {
  const Metrics& m = code.look.metrics;
  const float line_height = m.code_line;
  ImGui::SetCursorScreenPos(box.min());
  if (ImGui::BeginChild(name, {box.width(), box.height()}, ImGuiChildFlags_NavFlattened,
                        ImGuiWindowFlags_NoBackground)) {
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2{0, 0});
    scroll_by_whole_lines(line_height);
    keep_in_sight(code, listing, line_height, box.height());
    const float content = static_cast<float>(listing.lines.size()) * line_height;
    const float x1 = box.x1 - (content > box.height() ? ImGui::GetStyle().ScrollbarSize : 0);
    const float text_x = box.x0 + m.px(36);
    const float top = std::round(box.y0 - ImGui::GetScrollY());
    const OutOfSight above = out_of_sight(code, listing, box, top, x1, true);
    const OutOfSight below = out_of_sight(code, listing, box, top, x1, false);
    ImGuiListClipper clipper;
    clipper.Begin(static_cast<int>(listing.lines.size()), line_height);
    while (clipper.Step()) {
      for (int line = clipper.DisplayStart; line < clipper.DisplayEnd; ++line) {
        const float y = top + static_cast<float>(line) * line_height;
        Box row{box.x0, y, x1, y + line_height};
        for (const Box& tags : {above.box, below.box}) {
          if (!tags.empty() && row.y0 < tags.y1 - 1 && row.y1 > tags.y0 + 1) row.x1 = tags.x0;
        }
        draw_code_line(code, listing, static_cast<std::size_t>(line), row, text_x);
      }
    }
    ImGui::PopStyleVar();
    draw_out_of_sight(code, above, true);
    draw_out_of_sight(code, below, false);
  }
  ImGui::EndChild();
}

// --- Where each lane is now ---

Colour colour_of(const Look& look, const views::Doing& doing) {
  if (doing.idle || !doing.look) return look.theme.text2;
  return look.theme.text;
}

Colour detail_colour(const Look& look, const views::Doing& doing) {
  const bool blocked = doing.look == StateLook::Waiting || doing.look == StateLook::Stuck;
  return blocked ? look.theme.state(*doing.look).ink : look.theme.text2;
}

float place_height(const Look& look, const LanePlace& place) {
  return look.metrics.px(place.doing.detail.empty() ? 27 : 45);
}

void draw_place(Code& code, const LanePlace& place, const Box& box) {
  const Metrics& m = code.look.metrics;
  ImGui::PushID(static_cast<int>(place.lane.value));
  const Press press = press_area("##place", "Code/place " + code.run.lane(place.lane)->name,
                                 {box.x0 + m.gap4, box.y0, box.x1 - m.gap4, box.y1}, {});
  ImGui::PopID();
  if (press.pressed && place.future != no_future) code.frame.selection.choose(place.future);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  if (press.hovered) fill_box(list, press.box, code.look.theme.control_hover, m.lane_tag_radius);
  const float y = box.y0 + m.px(13);
  draw_tag(code.frame, list, Box::at(box.x0 + m.margin, std::round(y - m.lane_tag * 0.5F), m.lane_tag, m.lane_tag),
           place.lane);
  const float x = box.x0 + m.px(40);
  TextStyle style = base_text(code.look);
  style.colour = colour_of(code.look, place.doing);
  const Box first{x, y - m.gap8, box.x1 - m.margin, y + m.gap8};
  draw_text_in(list, code.look, style, first, place.doing.what);
  if (!place.doing.detail.empty()) {
    const TextStyle detail{Face::Sans, m.type.small, detail_colour(code.look, place.doing)};
    draw_text_in(list, code.look, detail, first.moved(0, m.px(19)), place.doing.detail);
  }
  focus_ring(code.look, press, m.lane_tag_radius);
}

void draw_brief(Code& code, const views::PlaceGroup& group, float x0, float x1, float y) {
  const Metrics& m = code.look.metrics;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  float x = x0 + m.margin;
  for (const LaneId lane : group.lanes) {
    if (x + m.lane_tag > x1 - m.px(60)) break;
    draw_tag(code.frame, list, Box::at(x, std::round(y - m.lane_tag * 0.5F), m.lane_tag, m.lane_tag), lane);
    x += m.lane_tag + m.gap4;
  }
  const bool blocked = group.look == StateLook::Waiting || group.look == StateLook::Stuck;
  TextStyle style = base_text(code.look);
  if (group.idle) style.colour = code.look.theme.text2;
  if (blocked) style.colour = code.look.theme.state(*group.look).ink;
  draw_text_in(list, code.look, style, {x + m.gap4, y - m.gap8, x1 - m.margin, y + m.gap8}, group.text);
}

float places_height(const Code& code) {
  float height = code.look.metrics.px(44);
  for (const LanePlace& place : code.places) height += place_height(code.look, place);
  return height;
}

void draw_places(Code& code, const Box& box, bool brief) {
  const Metrics& m = code.look.metrics;
  horizontal_line(*ImGui::GetWindowDrawList(), box.x0, box.x1, box.y0, code.look.theme.hairline, m.hairline);
  ImGui::SetCursorScreenPos({box.x0, box.y0 + m.hairline});
  const ImVec2 size{box.width(), box.height() - m.hairline};
  if (ImGui::BeginChild("places", size, ImGuiChildFlags_NavFlattened, ImGuiWindowFlags_NoBackground)) {
    ImDrawList& list = *ImGui::GetWindowDrawList();
    float y = std::round(box.y0 - ImGui::GetScrollY());
    if (brief) {
      y += m.px(20);
      for (const views::PlaceGroup& group : views::brief_places(code.places)) {
        draw_brief(code, group, box.x0, box.x1, y);
        y += m.px(27);
      }
    } else {
      draw_text(list, code.look, note_text(code.look), box.x0 + m.margin, y + m.px(21), "Where each lane is now");
      y += m.px(34);
      for (const LanePlace& place : code.places) {
        const float height = place_height(code.look, place);
        draw_place(code, place, {box.x0, y, box.x1, y + height});
        y += height;
      }
    }
    ImGui::SetCursorScreenPos({box.x0, y});
    ImGui::Dummy({1, 1});
  }
  ImGui::EndChild();
}

void draw_listings(Code& code, const Box& box) {
  const bool two = code.view.shown == 2 && !code.view.cpp.lines.empty();
  const bool cpp = code.view.shown == 1 && !code.view.cpp.lines.empty();
  if (!two) {
    draw_listing(code, cpp ? code.view.cpp : code.view.python, "code", box);
    return;
  }
  const float middle = std::round(box.centre_x());
  vertical_line(*ImGui::GetWindowDrawList(), middle, box.y0, box.y1, code.look.theme.hairline,
                code.look.metrics.hairline);
  draw_listing(code, code.view.python, "python", {box.x0, box.y0, middle, box.y1});
  draw_listing(code, code.view.cpp, "cpp", {middle + code.look.metrics.hairline, box.y0, box.x1, box.y1});
}

}  // namespace

TextStyle token_style(const Look& look, float size, TokenKind kind) {
  TextStyle style{Face::Mono, size, look.theme.text};
  if (kind == TokenKind::Keyword) style.face = Face::MonoBold;
  if (kind == TokenKind::String || kind == TokenKind::Comment) style.colour = look.theme.text2;
  return style;
}

void draw_languages(CodeView& view, const Look& look, float x1, float y0, bool both_fit) {
  constexpr std::array<std::string_view, 3> names{"Python", "C++", "Both"};
  if (!both_fit && view.shown == 2) view.shown = 0;
  const std::size_t count = view.cpp.lines.empty() ? 1 : both_fit ? 3 : 2;
  const std::span<const std::string_view> shown(names.data(), count);
  const TabOptions options{.small = true, .underlined = false};
  ImGui::SetCursorScreenPos({x1 - look.metrics.px(12) - tab_row_width(look, shown, options), y0});
  tab_row(look, "Code", shown, view.shown, options);
}

bool draw_code(CodeView& view, const trace::Run& run, Frame& frame) {
  const Metrics& m = frame.look.metrics;
  const Box all = rest_of_window();
  ImGui::PushID("Code");
  Code code{view, run, frame, frame.look, {}};
  bool title_pressed = false;
  float top = all.y0;
  if (frame.titled) {
    ImGui::SetNextItemAllowOverlap();
    title_pressed = panel_title(frame.look, "Code", all.width());
    draw_languages(view, frame.look, all.x1, all.y0, all.width() >= m.px(both_from_width));
    top += m.title_strip;
    horizontal_line(*ImGui::GetWindowDrawList(), all.x0, all.x1, top - m.hairline, frame.look.theme.hairline,
                    m.hairline);
  }
  const views::Listing& main_listing = view.shown == 1 && !view.cpp.lines.empty() ? view.cpp : view.python;
  code.places = views::where_lanes_are(run, main_listing, frame.playhead);
  if (main_listing.lines.empty()) {
    draw_empty(frame.look, {all.x0, top, all.x1, all.y1}, "This experiment has no listing.");
  } else {
    const bool both = view.shown == 2;
    const std::size_t lines =
        both ? std::max(view.python.lines.size(), view.cpp.lines.size()) : main_listing.lines.size();
    const float code_height = static_cast<float>(lines) * m.code_line + m.gap16;
    const float whole = places_height(code);
    const bool brief = top + code_height + whole > all.y1;
    const float brief_height = m.px(12) + m.px(27) * static_cast<float>(views::brief_places(code.places).size());
    const float most = (all.y1 - top) * (1 - least_code_share);
    const float below = code.places.empty() ? 0 : std::min(brief ? brief_height : whole, most);
    const float code_end = brief ? all.y1 - below : std::min(top + code_height + m.px(4), all.y1 - below);
    const float whole_lines = std::floor((code_end - top - m.px(6)) / m.code_line) * m.code_line;
    draw_listings(code, {all.x0, top + m.px(6), all.x1, top + m.px(6) + std::max(m.code_line, whole_lines)});
    if (below > 0) draw_places(code, {all.x0, std::floor(code_end), all.x1, all.y1}, brief);
  }
  view.seen_moves = frame.selection.moves;
  ImGui::PopID();
  return title_pressed;
}

}  // namespace loiter::gui
