// Press: an area of the screen that can be pressed, hovered and reached by keyboard, and that tests find by a label.
//
// Every widget is built on it; panels use it for what they draw themselves: a bar, a row, a node, a queue box.
//
//   const Press bar = press_area("##3", "loiter(4)", box, {});
//   if (bar.pressed) view.selected = future;
//   focus_ring(look, bar, look.metrics.bar_radius);
//
// Shape    press_area() adds one item to Dear ImGui, at a place of the caller's, and says what happens to it.
// Units    Pixels of the display.
// Threads  GUI thread, inside a window.
#pragma once

#include <string_view>

#include "gui/box.hpp"
#include "gui/look.hpp"

namespace loiter::gui {

// What the pointer and the keyboard do to an item in this frame.
struct Press {
  Box box;
  ImGuiID id = 0;
  bool seen = false;            // false: clipped away, there is nothing to draw
  bool pressed = false;         // clicked, or activated by the keyboard
  bool double_clicked = false;  // the second click of two; the first was `pressed` already
  bool right_clicked = false;
  bool hovered = false;
  bool held = false;
  bool focused = false;  // by the keyboard, and that shows
  bool enabled = true;
};

struct PressOptions {
  bool enabled = true;
  bool repeat = false;    // pressed again and again while it is held
  bool on_click = false;  // pressed when the button goes down: for what is dragged
  bool keyboard = true;   // false: Tab and arrows pass it by
  bool inert = false;     // only takes its place: something else acts under the same id
};

// `label` makes the id (all of it, also what follows "##"); `reported` is the name tests find it by. The item is put at
// `box` and takes part in layout from there.
Press press_area(const char* label, std::string_view reported, const Box& box, const PressOptions& options = {});

// Around an item that has the keyboard. Nothing when it has not.
void focus_ring(const Look& look, const Press& press, float radius);

// After an item: gives it the keyboard, if somebody uses that now.
void take_keyboard_ring();

// The ring goes, and keys are the lab's again.
void drop_keyboard_ring();

// A text is typed or a list is open: every key is theirs.
[[nodiscard]] bool keyboard_is_held();
// Whether keys belong to a widget now: the ring is shown, a text is typed or a list is open. When not, Space, arrows and
// letters are the lab's own shortcuts.
[[nodiscard]] bool keyboard_is_taken();

}  // namespace loiter::gui
