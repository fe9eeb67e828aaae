#include "gui/widgets.hpp"

#include <imgui_internal.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "gui/widget_core.hpp"

namespace loiter::gui {
namespace {

std::string part_of(const char* label, std::string_view part) {
  return std::string{shown_part(label)} + "/" + std::string{part};
}

// As wide in both weights, so that nothing moves when another one is chosen.
float either_width(const Look& look, float size, std::string_view words) {
  return std::ceil(
      std::max(text_width(look, {Face::Sans, size, 0}, words), text_width(look, {Face::SansBold, size, 0}, words)));
}

void draw_segment(const Look& look, const Press& press, const Choice& choice, bool chosen) {
  const Theme& theme = look.theme;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float radius = look.metrics.control_radius;
  if (chosen) {
    fill_box(list, press.box, press.enabled ? theme.text : theme.text3, radius);
  } else if (press.hovered && press.enabled) {
    const Box inner = press.box.inset(look.metrics.px(2));
    fill_box(list, inner, press.held ? theme.control_active : theme.control_hover, radius - look.metrics.px(2));
  }
  const Colour words = chosen ? theme.on_text : !press.enabled ? theme.text3 : press.hovered ? theme.text : theme.text2;
  draw_text(list, look, {chosen ? Face::SansBold : Face::Sans, look.metrics.type.base, words}, press.box.centre_x(),
            press.box.centre_y(), choice.label, Align::Centre);
}

// One row of an open combo. Returns whether it was chosen.
bool combo_row(const Look& look, const char* label, const Choice& choice, bool chosen, float width) {
  const Metrics& metrics = look.metrics;
  const Box box = next_box(width, metrics.control_height);
  const Press press =
      press_area(std::string{choice.label}.c_str(), part_of(label, choice.label), box, {.enabled = choice.enabled});
  if (chosen) ImGui::SetItemDefaultFocus();
  if (press.seen) {
    ImDrawList& list = *ImGui::GetWindowDrawList();
    if (press.hovered || press.focused) fill_box(list, box, look.theme.control_active, metrics.lane_tag_radius);
    if (chosen) {
      draw_glyph(list, Glyph::Check, {box.x0 + metrics.px(13), box.centre_y()}, metrics.icon, look.theme.text);
    }
    const Colour ink = choice.enabled ? look.theme.text : look.theme.text3;
    const TextStyle style{chosen ? Face::SansBold : Face::Sans, metrics.type.base, ink};
    const float note_x = draw_text(list, look, style, box.x0 + metrics.px(26), box.centre_y(), choice.label);
    draw_text_in(list, look, note_text(look), {note_x + metrics.gap16, box.y0, box.x1 - metrics.gap8, box.y1},
                 choice.note, Align::Right);
  }
  tip_for_last_item(look, choice.tip);
  return press.pressed;
}

float combo_list_width(const Look& look, std::span<const Choice> choices, float least) {
  float width = least;
  for (const Choice& choice : choices) {
    const float note = choice.note.empty() ? 0.0F : look.metrics.gap16 + text_width(look, note_text(look), choice.note);
    width = std::max(width, look.metrics.px(26) + either_width(look, look.metrics.type.base, choice.label) + note +
                                look.metrics.gap8);
  }
  return std::ceil(width);
}

// The list below the closed combo, while it is open.
bool combo_list(const Look& look, const char* label, const Box& box, std::span<const Choice> choices, int& chosen) {
  const Metrics& metrics = look.metrics;
  const float padding = metrics.gap4;
  const float width = combo_list_width(look, choices, box.width() - 2.0F * padding);
  const float height = std::min(metrics.control_height * static_cast<float>(choices.size()) + 2.0F * padding,
                                ImGui::GetMainViewport()->WorkSize.y * 0.7F);
  ImGui::SetNextWindowPos({box.x0, box.y1 + metrics.px(2)});
  ImGui::SetNextWindowSize({width + 2.0F * padding, height});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2{padding, padding});
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2{0.0F, 0.0F});
  bool changed = false;
  if (ImGui::BeginPopup("list")) {
    for (std::size_t i = 0; i < choices.size(); ++i) {
      ImGui::PushID(static_cast<int>(i));
      if (combo_row(look, label, choices[i], static_cast<int>(i) == chosen, width)) {
        changed = static_cast<int>(i) != chosen;
        chosen = static_cast<int>(i);
        ImGui::CloseCurrentPopup();
      }
      ImGui::PopID();
    }
    ImGui::EndPopup();
  }
  ImGui::PopStyleVar(2);
  return changed;
}

}  // namespace

bool segmented(const Look& look, const char* label, std::span<const Choice> choices, int& chosen, bool compact) {
  const Metrics& metrics = look.metrics;
  const float padding = compact ? metrics.px(8) : metrics.segment_padding;
  const auto segment_width = [&](const Choice& choice) {
    return steady_width(look, metrics.type.base, choice.label) + 2.0F * padding;
  };
  const float width = std::accumulate(choices.begin(), choices.end(), 0.0F,
                                      [&](float sum, const Choice& choice) { return sum + segment_width(choice); });
  const Box frame = next_box(width, metrics.control_height);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  fill_box(list, frame, look.theme.control, metrics.control_radius);
  outline_box(list, frame, look.theme.control_line, metrics.control_radius, metrics.hairline);

  bool changed = false;
  std::optional<Press> ringed;
  ImGui::BeginGroup();
  ImGui::PushID(label);
  float x = frame.x0;
  for (std::size_t i = 0; i < choices.size(); ++i) {
    const Choice& choice = choices[i];
    const Box box = Box::at(x, frame.y0, segment_width(choice), frame.height());
    const Press press =
        press_area(std::string{choice.label}.c_str(), part_of(label, choice.label), box, {.enabled = choice.enabled});
    x = box.x1;
    if (press.pressed && chosen != static_cast<int>(i)) {
      chosen = static_cast<int>(i);
      changed = true;
    }
    if (press.seen) draw_segment(look, press, choice, static_cast<int>(i) == chosen);
    if (press.focused) ringed = press;
    tip_for_last_item(look, choice.tip);
  }
  ImGui::PopID();
  ImGui::EndGroup();
  if (ringed) focus_ring(look, *ringed, metrics.control_radius);  // last: a neighbour must not paint over it
  return changed;
}

bool segmented(const Look& look, const char* label, std::initializer_list<Choice> choices, int& chosen, bool compact) {
  return segmented(look, label, std::span{choices.begin(), choices.size()}, chosen, compact);
}

bool combo(const Look& look, const char* label, std::span<const Choice> choices, int& chosen, float width,
           bool enabled) {
  const Metrics& metrics = look.metrics;
  ImGui::PushID(label);
  const Box box = next_box(width, metrics.control_height);
  const Press press = press_area("##closed", shown_part(label), box, {.enabled = enabled});
  if (press.seen) {
    ImDrawList& list = *ImGui::GetWindowDrawList();
    control_ground(list, look, press, metrics.control_radius);
    const bool valid = chosen >= 0 && static_cast<std::size_t>(chosen) < choices.size();
    const std::string_view words = valid ? choices[static_cast<std::size_t>(chosen)].label : std::string_view{};
    const TextStyle style{Face::SansBold, metrics.type.base, enabled ? look.theme.text : look.theme.text3};
    draw_text_in(list, look, style, {box.x0 + metrics.gap12, box.y0, box.x1 - metrics.px(26), box.y1}, words);
    draw_glyph(list, Glyph::ChevronDown, {box.x1 - metrics.px(15), box.centre_y()}, metrics.icon,
               enabled ? look.theme.text2 : look.theme.text3);
    focus_ring(look, press, metrics.control_radius);
  }
  if (press.pressed) ImGui::OpenPopup("list");
  const bool changed = combo_list(look, label, box, choices, chosen);
  ImGui::PopID();
  return changed;
}

namespace {

struct TabSizes {
  float letters = 0.0F;
  float gap = 0.0F;
  float width = 0.0F;
};

TabSizes tab_sizes(const Look& look, std::span<const std::string_view> names, const TabOptions& options) {
  const Metrics& m = look.metrics;
  const auto gaps = static_cast<float>(names.size() - 1);
  const auto words = [&](float letters) {
    float width = 0.0F;
    for (const std::string_view name : names) width += either_width(look, letters, name);
    return width;
  };
  TabSizes sizes{.letters = options.small ? m.type.small : m.type.base, .gap = m.gap16};
  if (options.room > 0 && gaps > 0) {
    const float least = m.px(6);
    if (words(sizes.letters) + gaps * least > options.room) sizes.letters = m.type.small;
    sizes.gap = std::clamp(std::floor((options.room - words(sizes.letters)) / gaps), least, m.gap16);
  }
  sizes.width = words(sizes.letters) + gaps * sizes.gap;
  return sizes;
}

}  // namespace

float tab_row_width(const Look& look, std::span<const std::string_view> names, const TabOptions& options) {
  return tab_sizes(look, names, options).width;
}

bool tab_row(const Look& look, const char* label, std::span<const std::string_view> names, int& chosen,
             const TabOptions& options) {
  const Metrics& metrics = look.metrics;
  const TabSizes sizes = tab_sizes(look, names, options);
  const float size = sizes.letters;
  const ImVec2 at = ImGui::GetCursorScreenPos();
  bool changed = false;
  float x = std::round(at.x);
  ImGui::BeginGroup();
  ImGui::PushID(label);
  for (std::size_t i = 0; i < names.size(); ++i) {
    const Box box = Box::at(x, std::round(at.y), either_width(look, size, names[i]), metrics.title_strip);
    const Press press = press_area(std::string{names[i]}.c_str(), part_of(label, names[i]), box, {});
    x = box.x1 + sizes.gap;
    if (press.pressed && chosen != static_cast<int>(i)) {
      chosen = static_cast<int>(i);
      changed = true;
    }
    if (!press.seen) continue;
    const bool is_chosen = static_cast<int>(i) == chosen;
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const Colour ink = is_chosen || press.hovered ? look.theme.text : look.theme.text2;
    draw_text(list, look, {is_chosen ? Face::SansBold : Face::Sans, size, ink}, box.x0, box.centre_y(), names[i]);
    if (is_chosen && options.underlined) {
      fill_box(list, {box.x0, box.y1 - metrics.strong_line, box.x1, box.y1}, look.theme.text);
    }
    Press ring = press;
    ring.box = box.inset(-metrics.px(2), metrics.gap4);
    focus_ring(look, ring, metrics.lane_tag_radius);
  }
  ImGui::PopID();
  ImGui::EndGroup();
  return changed;
}

bool tab_row(const Look& look, const char* label, std::initializer_list<std::string_view> names, int& chosen,
             const TabOptions& options) {
  return tab_row(look, label, std::span{names.begin(), names.size()}, chosen, options);
}

}  // namespace loiter::gui
