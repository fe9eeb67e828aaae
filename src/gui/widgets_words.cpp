#include <cmath>

#include "gui/widget_core.hpp"
#include "gui/widgets.hpp"

namespace loiter::gui {
namespace {

TextStyle key_style(const Look& look) { return {Face::Mono, look.metrics.type.tiny, look.theme.text}; }

float key_cap_width(const Look& look, std::string_view key) {
  return std::ceil(text_width(look, key_style(look), key)) + 2.0F * look.metrics.px(5);
}

TextStyle run_label_style(const Look& look) { return {Face::SansBold, look.metrics.type.tiny, look.theme.text}; }

std::string_view run_label_words(RunLabel label) {
  switch (label) {
    case RunLabel::Measured:
      return "MEASURED";
    case RunLabel::Simulated:
      return "SIMULATED";
    case RunLabel::Model:
      return "MODEL";
  }
  return {};
}

}  // namespace

void field_label(const Look& look, std::string_view words) {
  const TextStyle style = quiet_text(look);
  const Box box = next_box(std::ceil(text_width(look, style, words)), look.metrics.control_height);
  draw_text(*ImGui::GetWindowDrawList(), look, style, box.x0, box.centre_y(), words);
  ImGui::Dummy({box.width(), box.height()});
}

bool panel_title(const Look& look, const char* title, float width, const TitleOptions& options) {
  const Metrics& metrics = look.metrics;
  const std::string name{shown_part(title)};
  const Box box = next_box(width, metrics.title_strip);
  const Press press = press_area(title, name + "/title", box, {.keyboard = false});
  if (press.seen) {
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const float end = draw_text(list, look, strong_text(look), box.x0 + metrics.margin, box.centre_y(), name);
    const Box rest{end + metrics.px(15), box.y0, box.x1 - metrics.margin, box.y1};
    draw_text_in(list, look, quiet_text(look), rest, options.subtitle);
  }
  tip_for_last_item(look, options.tip);
  return press.double_clicked;
}

void key_cap(const Look& look, std::string_view key) {
  const float height = look.metrics.px(17);
  const Box box = next_box(key_cap_width(look, key), height);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  fill_box(list, box, look.theme.panel, look.metrics.lane_tag_radius);
  outline_box(list, box, look.theme.control_line, look.metrics.lane_tag_radius, look.metrics.hairline);
  draw_text(list, look, key_style(look), box.centre_x(), box.centre_y(), key, Align::Centre);
  ImGui::Dummy({box.width(), height});
}

float key_hint_width(const Look& look, std::string_view key, std::string_view what) {
  return key_cap_width(look, key) + look.metrics.px(7) + std::ceil(text_width(look, note_text(look), what));
}

void key_hint(const Look& look, std::string_view key, std::string_view what) {
  ImGui::BeginGroup();
  key_cap(look, key);
  ImGui::SameLine(0.0F, look.metrics.px(7));
  const Box box = next_box(std::ceil(text_width(look, note_text(look), what)), look.metrics.px(17));
  draw_text(*ImGui::GetWindowDrawList(), look, note_text(look), box.x0, box.centre_y(), what);
  ImGui::Dummy({box.width(), box.height()});
  ImGui::EndGroup();
}

float run_label_width(const Look& look, RunLabel label) {
  return std::ceil(text_width(look, run_label_style(look), run_label_words(label))) + 2.0F * look.metrics.px(8);
}

void run_label(const Look& look, RunLabel label) {
  const float height = look.metrics.px(20);
  const Box box = next_box(run_label_width(look, label), height);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  outline_box(list, box, look.theme.text2, look.metrics.lane_tag_radius, look.metrics.state_line);
  draw_text(list, look, run_label_style(look), box.centre_x(), box.centre_y(), run_label_words(label), Align::Centre);
  ImGui::Dummy({box.width(), height});
}

void tooltip(const Look& look, std::string_view sentence, std::string_view lesson) {
  const Metrics& metrics = look.metrics;
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2{metrics.px(10), metrics.px(6)});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowRounding, metrics.control_radius);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, metrics.hairline);
  if (ImGui::BeginTooltip()) {
    float width = 0.0F;
    const TextStyle style = base_text(look);
    for (const std::string_view line : wrapped(look, style, sentence, metrics.px(300))) {
      width = std::max(width, text_width(look, style, line));
    }
    paragraph(look, style, sentence, std::ceil(width), metrics.px(19));
    if (!lesson.empty()) text(look, note_text(look), "Lesson: " + std::string{lesson});
    ImGui::EndTooltip();
  }
  ImGui::PopStyleVar(3);
}

void tip_for_last_item(const Look& look, std::string_view tip) {
  if (!tip.empty() && ImGui::IsItemHovered(ImGuiHoveredFlags_ForTooltip)) {
    tooltip(look, tip);
  }
}

}  // namespace loiter::gui
