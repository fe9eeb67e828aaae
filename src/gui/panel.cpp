#include "gui/panel.hpp"

#include <imgui_internal.h>

#include <algorithm>
#include <cmath>

#include "gui/paint.hpp"

namespace loiter::gui {

Box rest_of_window() {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const ImVec2 room = ImGui::GetContentRegionAvail();
  return Box::at(std::round(at.x), std::round(at.y), std::max(0.0F, std::floor(room.x)),
                 std::max(0.0F, std::floor(room.y)));
}

void draw_empty(const Look& look, const Box& box, std::string_view sentence) {
  const TextStyle style = quiet_text(look);
  const float width = std::max(0.0F, box.width() - 2 * look.metrics.margin);
  const auto lines = wrapped(look, style, sentence, width);
  const float step = look.metrics.px(20);
  float y = box.centre_y() - step * 0.5F * static_cast<float>(lines.size() - 1);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  for (const std::string_view line : lines) {
    if (y + step * 0.5F <= box.y1) draw_text(list, look, style, box.centre_x(), y, line, Align::Centre);
    y += step;
  }
}

void facts_tooltip(const Look& look, std::span<const std::string> facts, bool left) {
  const Metrics& metrics = look.metrics;
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2{metrics.px(10), metrics.px(7)});
  if (left) {
    const ImVec2 mouse = ImGui::GetIO().MousePos;
    ImGui::SetNextWindowPos({mouse.x - metrics.gap12, mouse.y + metrics.gap12}, ImGuiCond_Always, {1.0F, 0.0F});
  }
  if (ImGui::BeginTooltip()) {
    float width = 0.0F;
    const auto style_of = [&](std::size_t line) {
      if (line == 0) return strong_text(look);
      return facts[line].starts_with('<') ? code_text(look) : note_text(look);
    };
    const float widest = metrics.px(380);
    for (std::size_t i = 0; i < facts.size(); ++i) {
      width = std::max(width, std::min(widest, text_width(look, style_of(i), facts[i])));
    }
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2{0.0F, metrics.px(1)});
    for (std::size_t i = 0; i < facts.size(); ++i) {
      paragraph(look, style_of(i), facts[i], std::ceil(width), metrics.px(18));
    }
    ImGui::PopStyleVar();
    ImGui::EndTooltip();
  }
  ImGui::PopStyleVar();
}

views::TextWidth text_width_for_views(const Look& look) {
  const float size = look.metrics.type.small;
  return [&look, size](std::string_view text, views::TextFont font) {
    const Face face = font == views::TextFont::Mono ? Face::Mono : Face::Sans;
    return text_width(look, TextStyle{face, size, 0}, text);
  };
}

void draw_tag(const Frame& frame, ImDrawList& list, const Box& box, LaneId lane) {
  const views::LaneSign& tag = frame.tags.of(lane);
  draw_lane_tag(list, frame.look, box, tag.colour, tag.text);
}

void scroll_by_whole_lines(float line_height) {
  const float y = ImGui::GetScrollY();
  const float whole = std::round(y / line_height) * line_height;
  if (std::abs(y - whole) > 0.5F && whole <= ImGui::GetScrollMaxY()) ImGui::SetScrollY(whole);
}

void scroll_to_line(std::size_t line, float line_height) {
  const float y = static_cast<float>(line) * line_height;
  const float lowest = y + line_height - ImGui::GetWindowHeight();
  if (y < ImGui::GetScrollY()) ImGui::SetScrollY(y);
  if (lowest > ImGui::GetScrollY()) ImGui::SetScrollY(std::ceil(lowest / line_height) * line_height);
}

bool own_key_pressed(ImGuiID item, ImGuiKey key, bool repeat) {
  ImGui::SetKeyOwner(key, item);
  const ImGuiInputFlags flags = repeat ? ImGuiInputFlags_Repeat : ImGuiInputFlags_None;
  return ImGui::IsKeyPressed(key, flags, item);
}

}  // namespace loiter::gui
