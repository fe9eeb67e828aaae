// Drawn text: which words a frame really shows, read back from what Dear ImGui has prepared for the graphics card.
//
// Every letter is a small picture in the font atlas, so its place there says which letter it is. Nothing has to be
// recorded while drawing: gui::text, ImGui::Text, an input field and a tooltip are all seen; a text outside of its clip
// rectangle is not, and one that is half outside has lost those letters.
//
// Shape    drawn_text() gives runs in drawing order: letters on one baseline, in one face, size and colour, that follow
//          each other. in_drawing_order() and in_lines() put the runs together again.
// Errors   What a filled box covers is still seen, and so are both of two texts on top of each other.
#pragma once

#include <imgui.h>

#include <string>
#include <vector>

#include "gui/box.hpp"

namespace loiter::gui::testing {

struct DrawnText {
  std::string text;
  Box ink;  // around its letters
  float baseline_y = 0.0F;
  float begin_x = 0.0F;  // where the pen was before the first letter
  float end_x = 0.0F;    // and after the last
  float size = 0.0F;
  ImU32 colour = 0;
};

[[nodiscard]] std::vector<DrawnText> drawn_text(const ImDrawData& data, const ImFontAtlas& atlas);

// One line of words: a sentence in several styles, or broken into lines, reads as one. Runs that touch are joined,
// others get a space between them.
[[nodiscard]] std::string in_drawing_order(const std::vector<DrawnText>& runs);
// What stands at one height, from left to right, is one line; lines from top to bottom.
[[nodiscard]] std::string in_lines(std::vector<DrawnText> runs);

}  // namespace loiter::gui::testing
