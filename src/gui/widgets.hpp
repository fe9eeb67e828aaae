// Widgets: the controls of the lab, in its own look on Dear ImGui's own behaviour.
//
// Every widget works by mouse and by keyboard (Tab and arrows move a visible ring, Space or Enter press), keeps its id
// from its label ("Run##top" shows "Run"), and tells tests its label. Each stands at the ImGui cursor, is aligned to
// whole pixels and takes part in layout, so ImGui::SameLine() and cursor positions work as usual. A widget that has no
// room for its words keeps them as its tooltip.
//
//   label a test finds        widget
//   "Run"                     button, icon_button, toggle, check_box, combo, slider
//   "Mode/Threads"            one segment of segmented("Mode"); one tab of tab_row("Left"); one row of an open combo
//   "Workers/less" "/value" "/more"   the parts of stepper("Workers")
//   "Timeline/title"          the strip of panel_title("Timeline")
//
// Shape    Free functions; the caller owns every value. They return true in the frame in which the value changed.
// Units    Widths are pixels; 0 means as wide as its words.
// Threads  GUI thread, inside a window.
#pragma once

#include "gui/box.hpp"
#include "gui/glyphs.hpp"
#include "gui/look.hpp"
#include "gui/press.hpp"

#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace loiter::gui {

// Buttons.

enum class ButtonKind {
  Plain,    // outlined
  Primary,  // filled: the one thing to do here
  Quiet,    // no outline until the pointer is on it
};

struct ButtonOptions {
  ButtonKind kind = ButtonKind::Plain;
  std::optional<Glyph> icon = std::nullopt;
  bool enabled = true;
  bool on = false;       // switched on: Pause while the run is paused
  bool compact = false;  // the icon alone; the label becomes the tooltip
  bool small = false;    // 22 high
  float width = 0.0F;
  std::string_view tip = {};
};
bool button(const Look& look, const char* label, const ButtonOptions& options = {});
[[nodiscard]] float button_width(const Look& look, const char* label, const ButtonOptions& options = {});
// A round quiet button of one glyph, such as the theme's half circle. The label is its tooltip.
bool icon_button(const Look& look, const char* label, Glyph glyph, std::string_view tip = {});
// A button that stays down: "Instant".
bool toggle(const Look& look, const char* label, bool& on, const ButtonOptions& options = {});
bool check_box(const Look& look, const char* label, bool& on, bool enabled = true, std::string_view tip = {});

// Choices.

struct Choice {
  std::string_view label;
  bool enabled = true;
  std::string_view tip = {};   // what it means; why it cannot be chosen when it is not enabled
  std::string_view note = {};  // in a combo's list: a few quiet words at the right
};
// One of a few, side by side. `compact` takes the air out between the words.
bool segmented(const Look& look, const char* label, std::span<const Choice> choices, int& chosen, bool compact = false);
bool segmented(const Look& look, const char* label, std::initializer_list<Choice> choices, int& chosen,
               bool compact = false);
// One of many, in a list that drops down.
bool combo(const Look& look, const char* label, std::span<const Choice> choices, int& chosen, float width,
           bool enabled = true);

struct TabOptions {
  bool small = false;      // 12 instead of 13: "Python  C++"
  bool underlined = true;  // the chosen one
  float room = 0.0F;       // they move together, and get smaller, to fit into so much; 0: as wide as they are
};
// Words side by side, the chosen one strong and underlined. As high as a panel's title strip.
bool tab_row(const Look& look, const char* label, std::span<const std::string_view> names, int& chosen,
             const TabOptions& options = {});
bool tab_row(const Look& look, const char* label, std::initializer_list<std::string_view> names, int& chosen,
             const TabOptions& options = {});
// How wide tab_row will be: to put it at the right edge of a strip.
[[nodiscard]] float tab_row_width(const Look& look, std::span<const std::string_view> names,
                                  const TabOptions& options = {});

// Numbers.

struct StepperOptions {
  int min = 0;
  int max = 100;
  bool enabled = true;
  std::string_view tip = {};
};
// Minus, the number, plus. The number can be typed over (click or Enter) and answers to Up and Down.
bool stepper(const Look& look, const char* label, int& value, const StepperOptions& options);

struct SliderOptions {
  double min = 0.0;
  double max = 1.0;
  bool logarithmic = false;
  double step = 0.0;                  // what Left and Right change it by; 0: a twentieth of the way
  std::optional<double> detent = {};  // a value that is easy to hit
  bool fill = true;                   // the part left of the knob is dark
  bool enabled = true;
  std::string_view tip = {};
};
// The track and its knob only.
bool slider(const Look& look, const char* label, double& value, const SliderOptions& options, float width);

struct SpeedOptions {
  bool ends = true;    // "0.1x" and "10x" beside the track
  float track = 0.0F;  // its width; 0: 150 units
  bool enabled = true;
};
// "Speed 0.1x ---o--- 10x 1x": logarithmic, easy to set to exactly 1.
bool speed_slider(const Look& look, const char* label, double& speed, const SpeedOptions& options = {});
[[nodiscard]] float speed_slider_width(const Look& look, const char* label, const SpeedOptions& options = {});
// "0.25x", "1x", "10x".
[[nodiscard]] std::string speed_text(double speed);

// Layout.

// The line between two regions, dragged or moved with the arrows. `line` is where it is drawn; `position` is whatever
// the caller measures in pixels along the other axis, and changes by as much as the line is moved.
bool splitter(const Look& look, const char* label, const Box& line, float& position, float least, float most);

// Words.

// "Workers" before its stepper: quiet, as high as a control.
void field_label(const Look& look, std::string_view words);

struct TitleOptions {
  std::string_view subtitle = {};
  std::string_view tip = {};
};
// The strip at the top of a panel, `width` wide. Returns whether it was double-clicked (full screen and back).
bool panel_title(const Look& look, const char* title, float width, const TitleOptions& options = {});

void key_cap(const Look& look, std::string_view key);
// A key and what it does: [Space] run.
void key_hint(const Look& look, std::string_view key, std::string_view what);
[[nodiscard]] float key_hint_width(const Look& look, std::string_view key, std::string_view what);

// MEASURED or SIMULATED, or MODEL: says where the numbers of a run come from.
enum class RunLabel { Measured, Simulated, Model };
void run_label(const Look& look, RunLabel label);
[[nodiscard]] float run_label_width(const Look& look, RunLabel label);

// At the pointer, now.
void tooltip(const Look& look, std::string_view sentence, std::string_view lesson = {});
// After a moment over the last item, also when that is disabled. Nothing when `tip` is empty.
void tip_for_last_item(const Look& look, std::string_view tip);

}  // namespace loiter::gui
