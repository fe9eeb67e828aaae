#include "gui/widgets.hpp"

#include <imgui_internal.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <numbers>

#include "gui/widget_core.hpp"

namespace loiter::gui {
namespace {

// Keeps a key for the widget that has the keyboard: Up and Down then change a value instead of moving the ring.
bool own_key_pressed(const Press& press, ImGuiKey key) {
  ImGui::SetKeyOwner(key, press.id);
  return ImGui::IsKeyPressed(key, ImGuiInputFlags_Repeat, press.id);
}

// Only while the ring is shown: after a click the arrows are the lab's own again.
bool has_keyboard(const Press& press) { return press.enabled && press.focused; }

// The number while it is typed. What is typed is kept apart, so a half-typed number changes nothing.
// Returns the number when typing has ended.
std::optional<int> typed_number(const Look& look, const Press& press, int value) {
  ImGuiStorage& storage = *ImGui::GetStateStorage();
  const bool begins = !ImGui::TempInputIsActive(press.id);
  if (begins) {  // as Dear ImGui's own sliders do when a click is to begin typing
    ImGuiContext& context = *ImGui::GetCurrentContext();
    context.NavActivateId = press.id;
    context.NavActivateFlags = ImGuiActivateFlags_PreferInput;
  }
  int typed = begins ? value : storage.GetInt(press.id, value);
  const TextStyle style{Face::MonoBold, look.metrics.type.base, look.theme.text};
  const float beside = (press.box.width() - text_width(look, style, std::to_string(typed))) * 0.5F;
  const ImVec2 padding{std::round(std::max(look.metrics.gap4, beside)),
                       std::floor((press.box.height() - style.size) * 0.5F)};
  const ScopedFont font{look.fonts, style.face, style.size};
  ImGui::PushStyleVar(ImGuiStyleVar_FrameBorderSize, 0.0F);
  ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, padding);
  ImGui::PushStyleColor(ImGuiCol_FrameBg, faded(look.theme.control, 0.0F));
  const ImVec2 after = ImGui::GetCursorPos();
  ImGui::TempInputScalar(ImRect{press.box.min(), press.box.max()}, press.id, "##value", ImGuiDataType_S32, &typed,
                         "%d");
  ImGui::SetCursorPos(after);
  ImGui::PopStyleColor();
  ImGui::PopStyleVar(2);
  outline_box(*ImGui::GetWindowDrawList(), press.box.inset(look.metrics.px(2)), look.theme.text,
              look.metrics.lane_tag_radius, look.metrics.hairline);
  storage.SetInt(press.id, typed);
  if (ImGui::TempInputIsActive(press.id)) return std::nullopt;
  return typed;
}

// Where a value lies on the track, 0 to 1, and back.
double share_of(double value, const SliderOptions& options) {
  const double share = options.logarithmic ? std::log(value / options.min) / std::log(options.max / options.min)
                                           : (value - options.min) / (options.max - options.min);
  return std::clamp(share, 0.0, 1.0);
}

double value_at(double share, const SliderOptions& options) {
  const double clamped = std::clamp(share, 0.0, 1.0);
  return options.logarithmic ? options.min * std::pow(options.max / options.min, clamped)
                             : options.min + (options.max - options.min) * clamped;
}

double dragged_value(const Look& look, const Box& track, const SliderOptions& options) {
  const auto x = static_cast<double>(ImGui::GetIO().MousePos.x);
  const double share = (x - static_cast<double>(track.x0)) / static_cast<double>(track.width());
  if (options.detent) {
    const double away = std::abs(share - share_of(*options.detent, options)) * static_cast<double>(track.width());
    if (away <= static_cast<double>(look.metrics.px(5))) return *options.detent;
  }
  return value_at(share, options);
}

double stepped_value(double value, double direction, const SliderOptions& options) {
  const double next = options.step > 0.0 && !options.logarithmic
                          ? value + direction * options.step
                          : value_at(share_of(value, options) + direction * 0.05, options);
  const bool passes = options.detent && (value - *options.detent) * (next - *options.detent) < 0.0;
  return std::clamp(passes ? *options.detent : next, options.min, options.max);
}

void draw_slider(const Look& look, const Press& press, const Box& track, double share, const SliderOptions& options) {
  const Metrics& metrics = look.metrics;
  const Theme& theme = look.theme;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float line = metrics.px(3);
  const float knob_x = std::round(track.x0 + static_cast<float>(share) * track.width());
  const float y = std::round(track.centre_y() - line * 0.5F);
  const Colour strong = press.enabled ? theme.text : theme.text3;
  fill_box(list, {track.x0, y, track.x1, y + line}, press.enabled ? theme.control_line : theme.splitter, line * 0.5F);
  if (options.fill) fill_box(list, {track.x0, y, knob_x, y + line}, strong, line * 0.5F);
  const float radius = metrics.px(8);
  const float half = line * 0.5F - std::floor(line * 0.5F);  // a line of odd thickness has its middle on half a pixel
  const ImVec2 middle{knob_x + half, y + line * 0.5F};
  list.AddCircleFilled(middle, radius - 0.5F, press.held ? theme.control_active : theme.control);
  list.PathArcTo(middle, radius - metrics.strong_line * 0.5F, 0.0F, 2.0F * std::numbers::pi_v<float>);
  list._Path.pop_back();
  list.PathStroke(strong, ImDrawFlags_Closed, metrics.strong_line);
  Press ring = press;
  ring.box = Box::around(middle, 2.0F * radius, 2.0F * radius);
  focus_ring(look, ring, radius);
}

void draw_stepper_frame(const Look& look, const Box& box, bool enabled) {
  const Metrics& metrics = look.metrics;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  fill_box(list, box, enabled ? look.theme.control : look.theme.chrome, metrics.control_radius);
  outline_box(list, box, enabled ? look.theme.control_line : look.theme.splitter, metrics.control_radius,
              metrics.hairline);
  for (const float x : {box.x0 + box.height(), box.x1 - box.height()}) {
    vertical_line(list, x, box.y0 + metrics.px(6), box.y1 - metrics.px(6), look.theme.hairline, metrics.hairline);
  }
}

bool step_button(const Look& look, const char* label, std::string_view reported, const Box& box, Glyph glyph,
                 bool enabled) {
  const Press press = press_area(label, reported, box, {.enabled = enabled, .repeat = true});
  if (press.seen) {
    ImDrawList& list = *ImGui::GetWindowDrawList();
    if (press.hovered && enabled) {
      fill_box(list, box.inset(look.metrics.px(2)), press.held ? look.theme.control_active : look.theme.control_hover,
               look.metrics.lane_tag_radius);
    }
    draw_glyph(list, glyph, box.centre(), look.metrics.icon, enabled ? look.theme.text2 : look.theme.splitter);
    focus_ring(look, press, look.metrics.control_radius);
  }
  return press.pressed;
}

}  // namespace

bool stepper(const Look& look, const char* label, int& value, const StepperOptions& options) {
  const Metrics& metrics = look.metrics;
  const int before = value;
  const std::string name{shown_part(label)};
  const TextStyle style{Face::MonoBold, metrics.type.base, options.enabled ? look.theme.text : look.theme.text3};
  const float part = metrics.control_height;
  const float digits = text_width(look, style, std::to_string(options.max)) + 2.0F * metrics.px(6);
  const float middle = std::max(part, std::ceil(digits));
  const Box box = next_box(2.0F * part + middle, part);
  draw_stepper_frame(look, box, options.enabled);

  ImGui::BeginGroup();
  ImGui::PushID(label);
  if (step_button(look, "less", name + "/less", {box.x0, box.y0, box.x0 + part, box.y1}, Glyph::Minus,
                  options.enabled && value > options.min)) {
    --value;
  }
  const bool typing = ImGui::TempInputIsActive(ImGui::GetID("##value"));
  const Press number = press_area("##value", name + "/value", {box.x0 + part, box.y0, box.x1 - part, box.y1},
                                  {.enabled = options.enabled, .inert = typing});
  if (has_keyboard(number) && !typing) {
    if (own_key_pressed(number, ImGuiKey_UpArrow)) ++value;
    if (own_key_pressed(number, ImGuiKey_DownArrow)) --value;
  }
  if (number.pressed || typing) {
    value = typed_number(look, number, value).value_or(value);
  } else if (number.seen) {
    draw_text(*ImGui::GetWindowDrawList(), look, style, number.box.centre_x(), number.box.centre_y(),
              std::to_string(value), Align::Centre);
    focus_ring(look, number, metrics.lane_tag_radius);
  }
  tip_for_last_item(look, options.tip);
  if (step_button(look, "more", name + "/more", {box.x1 - part, box.y0, box.x1, box.y1}, Glyph::Plus,
                  options.enabled && value < options.max)) {
    ++value;
  }
  ImGui::PopID();
  ImGui::EndGroup();
  value = std::clamp(value, options.min, options.max);
  return value != before;
}

bool slider(const Look& look, const char* label, double& value, const SliderOptions& options, float width) {
  const double before = value;
  const Box box = next_box(width, look.metrics.control_height);
  const Press press = press_area(label, shown_part(label), box, {.enabled = options.enabled, .on_click = true});
  const Box track = box.inset(look.metrics.px(8), 0.0F);  // the knob stays inside the item at both ends
  if (press.held && ImGui::GetCurrentContext()->ActiveIdSource == ImGuiInputSource_Mouse) {
    value = dragged_value(look, track, options);
  }
  if (has_keyboard(press)) {
    if (own_key_pressed(press, ImGuiKey_RightArrow)) value = stepped_value(value, 1.0, options);
    if (own_key_pressed(press, ImGuiKey_LeftArrow)) value = stepped_value(value, -1.0, options);
  }
  if (press.seen) draw_slider(look, press, track, share_of(value, options), options);
  tip_for_last_item(look, options.tip);
  return value != before;
}

std::string speed_text(double speed) {
  std::array<char, 32> text{};
  const int decimals = speed < 0.995 ? 2 : speed < 9.95 ? 1 : 0;
  std::snprintf(text.data(), text.size(), "%.*f", decimals, speed);
  std::string number{text.data()};
  if (number.find('.') != std::string::npos) {
    number.erase(number.find_last_not_of('0') + 1);
    if (number.back() == '.') number.pop_back();
  }
  return number + "x";
}

namespace {

// How the speed slider is divided, from the left edge of its row.
struct SpeedRow {
  float track = 0.0F;
  float ends = 0.0F;  // room for the words at each end of the track
  float value_x = 0.0F;
  float width = 0.0F;
};

TextStyle speed_end_style(const Look& look) { return {Face::Mono, look.metrics.type.small, look.theme.text2}; }
TextStyle speed_value_style(const Look& look, bool enabled) {
  return {Face::MonoBold, look.metrics.type.small, enabled ? look.theme.text : look.theme.text3};
}

SpeedRow speed_row(const Look& look, const SpeedOptions& options) {
  const Metrics& metrics = look.metrics;
  SpeedRow row;
  row.track = options.track > 0.0F ? options.track : metrics.px(150);
  row.ends = options.ends ? std::ceil(text_width(look, speed_end_style(look), "0.1x")) + metrics.px(14) : 0.0F;
  row.value_x = row.ends + row.track + (options.ends ? row.ends + metrics.gap8 : metrics.px(14));
  row.width = row.value_x + std::ceil(text_width(look, speed_value_style(look, true), "0.25x"));
  return row;
}

float speed_label_gap(const Look& look, const SpeedOptions& options) {
  return options.ends ? look.metrics.gap8 : look.metrics.gap12;
}

}  // namespace

float speed_slider_width(const Look& look, const char* label, const SpeedOptions& options) {
  return std::ceil(text_width(look, quiet_text(look), shown_part(label))) + speed_label_gap(look, options) +
         speed_row(look, options).width;
}

bool speed_slider(const Look& look, const char* label, double& speed, const SpeedOptions& options) {
  const Metrics& metrics = look.metrics;
  const double before = speed;
  const SpeedRow parts = speed_row(look, options);
  const float knob = metrics.px(8);  // how far the slider's item reaches beyond its track
  ImGui::BeginGroup();
  field_label(look, shown_part(label));
  ImGui::SameLine(0.0F, speed_label_gap(look, options));
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const Box row = next_box(parts.width, metrics.control_height);
  const Box line = Box::at(row.x0 + parts.ends, row.y0, parts.track, row.height());
  ImGui::SetCursorScreenPos({line.x0 - knob, at.y});
  const SliderOptions range{
      .min = 0.1, .max = 10.0, .logarithmic = true, .detent = 1.0, .fill = false, .enabled = options.enabled};
  slider(look, label, speed, range, parts.track + 2.0F * knob);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  for (const float x : {line.x0, line.x1 - metrics.hairline}) {
    vertical_line(list, x, row.centre_y() + metrics.px(5), row.centre_y() + metrics.px(9), look.theme.text3,
                  metrics.hairline);
  }
  if (options.ends) {
    draw_text(list, look, speed_end_style(look), row.x0, row.centre_y(), "0.1x");
    draw_text(list, look, speed_end_style(look), line.x1 + metrics.px(14), row.centre_y(), "10x");
  }
  draw_text(list, look, speed_value_style(look, options.enabled), row.x0 + parts.value_x, row.centre_y(),
            speed_text(speed));
  ImGui::SetCursorScreenPos(at);
  ImGui::Dummy({row.width(), row.height()});
  ImGui::EndGroup();
  return speed != before;
}

}  // namespace loiter::gui
