// Panel: what the panels have in common, beyond widgets.
//
// Shape    Free functions for the inside of a panel.
// Units    Pixels.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "gui/box.hpp"
#include "gui/frame.hpp"
#include "gui/text.hpp"
#include "views/rect.hpp"
#include "views/text_width.hpp"

namespace loiter::gui {

// The rest of the current window, from the cursor on.
[[nodiscard]] Box rest_of_window();

// In the middle of a box: what an empty panel says, such as which key to press.
void draw_empty(const Look& look, const Box& box, std::string_view sentence);

// Facts at the pointer: the first line strong, Python's repr (if the last line is one) in the code's letters.
// `left` puts it to the left of the pointer: what is right of it must stay in sight.
void facts_tooltip(const Look& look, std::span<const std::string> facts, bool left = false);

// How views measure text.
[[nodiscard]] views::TextWidth text_width_for_views(const Look& look);

[[nodiscard]] inline Box on_screen(const views::Rect& rect, ImVec2 origin) {
  return {rect.x0 + origin.x, rect.y0 + origin.y, rect.x1 + origin.x, rect.y1 + origin.y};
}

// The tag of a lane; its full name is told when the pointer rests on it.
void draw_tag(const Frame& frame, ImDrawList& list, const Box& box, LaneId lane);

// In a child of lines that are all as high: it stops at whole lines, so that none is cut in half at its upper edge.
void scroll_by_whole_lines(float line_height);
// In such a child: brings a line into sight.
void scroll_to_line(std::size_t line, float line_height);

// A key that belongs to the item with this id while it has the keyboard: it then moves nothing else.
[[nodiscard]] bool own_key_pressed(ImGuiID item, ImGuiKey key, bool repeat = true);

}  // namespace loiter::gui
