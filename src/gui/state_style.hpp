// State style: how each state looks, as a glyph with a word and as a bar. Colour is never alone: every state has its
// own glyph and its own pattern too.
//
//   pending     dashed outline          cancelled   outline, struck through; notified: filled with the tint
//   running     solid                   waiting     a thin hatched bar, its reason written above it
//   returned    solid, value at right   call queue  horizontal lines, "says running, is not"
//   raised      diagonal hatch          stuck       tint, thick outline, and a second one that pulses
//
// Shape    Free functions over a draw list.
// Units    Pixels. Boxes have whole edges.
#pragma once

#include "gui/box.hpp"
#include "gui/glyphs.hpp"
#include "gui/look.hpp"
#include "gui/paint.hpp"
#include "gui/state_look.hpp"
#include "gui/text.hpp"

#include <string_view>

namespace loiter::gui {

[[nodiscard]] std::string_view state_name(StateLook look);       // "returned": tables and the legend
[[nodiscard]] std::string_view state_long_name(StateLook look);  // "finished, returned"
[[nodiscard]] Glyph state_glyph(StateLook look);

// The glyph in the state's ink; `size` as in glyphs.hpp.
void draw_state_glyph(ImDrawList& list, const Look& look, StateLook state, ImVec2 centre, float size);
// Glyph and name, as in the table (name in ink) and in the legend (name in text). Returns the x after the name.
enum class NameColour { Ink, Text };
float draw_state_label(ImDrawList& list, const Look& look, StateLook state, float x, float centre_y, NameColour colour);

struct TaskBar {
  Box box = {};
  StateLook state = StateLook::Pending;
  std::string_view name = {};
  std::string_view value = {};     // a result, or the name of an exception; empty for none
  Corners corners = Corners::All;  // Left while the bar still grows to its right
  bool selected = false;
  bool tinted = false;  // outline on tint: the task has let the GIL go
  bool no_end = false;  // open on the right, with two chevrons
  float pulse = 1.0F;   // opacity of the outer outline of a stuck bar: see stuck_pulse
};
// Writes glyph, name and value as room allows; under 22 units nothing. Returns whether all of it was written.
bool draw_task_bar(ImDrawList& list, const Look& look, const TaskBar& bar);

// Glyph, name and value of a bar that something else was drawn over, on a plate.
void draw_bar_words_on_plate(ImDrawList& list, const Look& look, const TaskBar& bar);

// Seconds since a lane got stuck to the opacity of its outline: three breaths, then still.
[[nodiscard]] float stuck_pulse(double seconds);

// A wait: hatched, usually 8 units high (10 when stuck). Taller ones say "finished, but held back".
struct WaitBar {
  Box box = {};
  bool stuck = false;
  bool no_end = false;
  Corners corners = Corners::All;
};
void draw_wait_bar(ImDrawList& list, const Look& look, const WaitBar& bar);
// Why a lane waits, written above its bar. What has no room loses its first words ("result of loiter(1)", then
// "loiter(1)") and then everything. `room` is how far it may reach; usually the width of the bar.
void draw_wait_reason(ImDrawList& list, const Look& look, const WaitBar& bar, std::string_view reason, float room);
// The longest end of the reason that fits and begins with a word that says something.
[[nodiscard]] std::string_view shortened_reason(const Look& look, const TextStyle& style, std::string_view reason,
                                                float room);
// The part of a wait or sleep whose end is known, from the playhead to it, with a word inside if there is room.
void draw_known_future(ImDrawList& list, const Look& look, const Box& box, StateLook state, std::string_view phrase);
// A stage of a task that is quiet, such as connecting: outline on tint.
void draw_tint_bar(ImDrawList& list, const Look& look, const Box& box, StateLook state);
// A task that took no time: an upright 3 wide, usually 30 high.
void draw_instant(ImDrawList& list, const Look& look, StateLook state, ImVec2 centre, float height);

}  // namespace loiter::gui
