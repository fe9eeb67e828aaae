#include "gui/widgets.hpp"

#include <algorithm>
#include <cmath>

#include "gui/widget_core.hpp"

namespace loiter::gui {
namespace {

struct ButtonInk {
  Colour ground = 0;
  Colour line = 0;  // 0: none
  Colour words = 0;
  float line_width = 1.0F;
};

ButtonInk ink_of(const Look& look, const Press& press, const ButtonOptions& options) {
  const Theme& theme = look.theme;
  const float hairline = look.metrics.hairline;
  if (!press.enabled) {
    return {options.kind == ButtonKind::Quiet ? 0 : theme.chrome,
            options.kind == ButtonKind::Quiet ? 0 : theme.splitter, theme.text3, hairline};
  }
  if (options.kind == ButtonKind::Primary) {
    return {press.hovered && !press.held ? theme.primary_hover : theme.text, 0, theme.on_text, hairline};
  }
  if (options.on) {
    return {theme.control_active, theme.text, theme.text, look.metrics.strong_line};
  }
  if (options.kind == ButtonKind::Quiet) {
    return {press.held ? theme.control_active : press.hovered ? theme.control_hover : 0, 0, theme.text2, hairline};
  }
  return {press.held      ? theme.control_active
          : press.hovered ? theme.control_hover
                          : theme.control,
          theme.control_line, theme.text, hairline};
}

TextStyle label_style(const Look& look, const ButtonOptions& options) {
  const bool strong = options.kind == ButtonKind::Primary || options.on;
  return {strong ? Face::SansBold : Face::Sans, options.small ? look.metrics.type.small : look.metrics.type.base, 0};
}

float label_width(const Look& look, std::string_view words, const ButtonOptions& options) {
  const TextStyle style = label_style(look, options);
  const bool changes_face = options.kind != ButtonKind::Primary;
  return changes_face ? steady_width(look, style.size, words) : std::ceil(text_width(look, style, words));
}

// What stands in a button, and how wide it is.
struct ButtonContent {
  std::string_view words;
  float words_width = 0.0F;
  float gap = 0.0F;
  float width = 0.0F;
};

ButtonContent content_of(const Look& look, const char* label, const ButtonOptions& options) {
  ButtonContent content;
  content.words = options.compact ? std::string_view{} : shown_part(label);
  content.words_width = content.words.empty() ? 0.0F : label_width(look, content.words, options);
  content.gap = options.icon && !content.words.empty() ? look.metrics.gap_in_group : 0.0F;
  content.width = (options.icon ? look.metrics.icon : 0.0F) + content.gap + content.words_width;
  return content;
}

}  // namespace

float button_width(const Look& look, const char* label, const ButtonOptions& options) {
  const float padding = options.small ? look.metrics.px(10) : look.metrics.button_padding;
  return std::max(options.width, content_of(look, label, options).width + 2.0F * padding);
}

bool button(const Look& look, const char* label, const ButtonOptions& options) {
  const Metrics& metrics = look.metrics;
  const ButtonContent content = content_of(look, label, options);
  const float height = options.small ? metrics.small_control_height : metrics.control_height;
  const Box box = next_box(button_width(look, label, options), height);

  const Press press = press_area(label, shown_part(label), box, {.enabled = options.enabled});
  if (press.seen) {
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const ButtonInk ink = ink_of(look, press, options);
    if (ink.ground != 0) fill_box(list, box, ink.ground, metrics.control_radius);
    if (ink.line != 0) outline_box(list, box, ink.line, metrics.control_radius, ink.line_width);
    float x = std::round(box.centre_x() - content.width * 0.5F);
    if (options.icon) {
      draw_glyph(list, *options.icon, {x + metrics.icon * 0.5F, box.centre_y()}, metrics.icon, ink.words);
      x += metrics.icon + content.gap;
    }
    TextStyle style = label_style(look, options);
    style.colour = ink.words;
    draw_text(list, look, style, x + content.words_width * 0.5F, box.centre_y(), content.words, Align::Centre);
    focus_ring(look, press, metrics.control_radius);
  }
  tip_for_last_item(look, !options.tip.empty() ? options.tip : options.compact ? shown_part(label) : "");
  return press.pressed;
}

bool icon_button(const Look& look, const char* label, Glyph glyph, std::string_view tip) {
  const Metrics& metrics = look.metrics;
  const Box box = next_box(metrics.control_height, metrics.control_height);
  const Press press = press_area(label, shown_part(label), box, {});
  if (press.seen) {
    ImDrawList& list = *ImGui::GetWindowDrawList();
    if (press.hovered) {
      fill_box(list, box, press.held ? look.theme.control_active : look.theme.hairline, metrics.control_radius);
    }
    draw_glyph(list, glyph, box.centre(), metrics.px(18), press.hovered ? look.theme.text : look.theme.text2);
    focus_ring(look, press, metrics.control_radius);
  }
  tip_for_last_item(look, tip.empty() ? shown_part(label) : tip);
  return press.pressed;
}

bool toggle(const Look& look, const char* label, bool& on, const ButtonOptions& options) {
  ButtonOptions shown = options;
  shown.on = on;
  if (!button(look, label, shown)) return false;
  on = !on;
  return true;
}

bool check_box(const Look& look, const char* label, bool& on, bool enabled, std::string_view tip) {
  const Metrics& metrics = look.metrics;
  const std::string_view words = shown_part(label);
  const float side = metrics.px(16);
  const TextStyle style{Face::Sans, metrics.type.base, enabled ? look.theme.text : look.theme.text3};
  const float width = side + metrics.gap8 + std::ceil(text_width(look, style, words));
  const Press press = press_area(label, words, next_box(width, metrics.control_height), {.enabled = enabled});
  if (press.pressed) on = !on;
  if (press.seen) {
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const float centre_y = press.box.centre_y();
    Press square = press;
    square.box = Box::at(press.box.x0, std::round(centre_y - side * 0.5F), side, side);
    const float radius = metrics.lane_tag_radius;
    control_ground(list, look, square, radius);
    if (on) {
      fill_box(list, square.box, enabled ? look.theme.text : look.theme.text3, radius);
      draw_glyph(list, Glyph::Check, square.box.centre(), metrics.px(12), look.theme.on_text);
    }
    draw_text(list, look, style, square.box.x1 + metrics.gap8, centre_y, words);
    focus_ring(look, square, radius);
  }
  tip_for_last_item(look, tip);
  return press.pressed;
}

}  // namespace loiter::gui
