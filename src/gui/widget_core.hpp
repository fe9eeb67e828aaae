// Widget core: what the widgets of widgets.hpp are made of. Panels have no need of it.
//
// Shape    press_area() adds one item to Dear ImGui and says what happens to it; the rest paints the house look.
// Threads  GUI thread, inside a window.
#pragma once

#include "gui/glyphs.hpp"
#include "gui/look.hpp"
#include "gui/paint.hpp"
#include "gui/text.hpp"

#include <string>
#include <string_view>

namespace loiter::gui {

// What the pointer and the keyboard do to an item in this frame.
struct Press {
  Box box;
  ImGuiID id = 0;
  bool seen = false;     // false: clipped away, there is nothing to draw
  bool pressed = false;  // clicked, or activated by the keyboard
  bool hovered = false;
  bool held = false;
  bool focused = false;  // by the keyboard, and that shows
  bool enabled = true;
};

struct PressOptions {
  bool enabled = true;
  bool repeat = false;    // pressed again and again while it is held
  bool on_click = false;  // pressed when the button goes down: for what is dragged
  bool double_clicks = false;
  bool inert = false;  // only takes its place: something else acts under the same id
};

// `label` makes the id (with its "##" part); `reported` is the name tests find it by. The item takes part in layout.
Press press_area(const char* label, std::string_view reported, const Box& box, const PressOptions& options);

// Around an item that has the keyboard. Nothing when it has not.
void focus_ring(const Look& look, const Press& press, float radius);

// Ground and outline of a plain control in its present condition.
void control_ground(ImDrawList& list, const Look& look, const Press& press, float radius,
                    Corners corners = Corners::All);

// "Run" of "Run##3".
[[nodiscard]] std::string_view shown_part(std::string_view label);
// The box of the next item of this size: at the cursor.
[[nodiscard]] Box next_box(float width, float height);

// Says `tip` in a tooltip after a moment over the last item, also when it is disabled. Nothing when it is empty.
void tip_for_last_item(const Look& look, std::string_view tip);

}  // namespace loiter::gui
