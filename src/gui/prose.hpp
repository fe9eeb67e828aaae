// Prose: the text of a lesson on the screen: headings, paragraphs with words of several looks, lists, code, pictures, links.
//
//   ProsePressed pressed = draw_prose(view, blocks, width, panel_prose(look), look);
//   if (!pressed.link.empty()) ...                              // "panel:stage", "future:slow", "lesson:...", "https://..."
//
//   label a test finds     what it is
//   "Link/stage"           a link, by its words
//   "Listing/C++"          the other language of a listing that has both
//
// Shape    Drawn at the ImGui cursor as items, as wide as asked. A Python listing and the C++ one right after it share a
//          place where there is no room for both; ProseView remembers which one is shown.
// Units    Pixels.
// Errors   A picture that cannot be read is its description in words.
// Threads  GUI thread; a picture's file is read when it is first seen.
#pragma once

#include <string>

#include "gui/look.hpp"
#include "gui/pictures.hpp"
#include "lessons/prose.hpp"

namespace loiter::gui {

struct ProseView {
  int language = 0;    // 0 Python, 1 C++
  std::string folder;  // where the files of pictures are looked for
  Pictures pictures;
};

struct ProseStyle {
  float text = 13.0F;
  float leading = 20.0F;
  float code = 12.0F;
  float code_line = 18.0F;
  float heading = 16.0F;
  float gap = 10.0F;  // between two blocks
};
ProseStyle panel_prose(const Look& look);

struct ProsePressed {
  std::string link = {};  // where it leads; empty: none was pressed
};
ProsePressed draw_prose(ProseView& view, const lessons::Blocks& blocks, float width, const ProseStyle& style,
                        const Look& look);

}  // namespace loiter::gui
