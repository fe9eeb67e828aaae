// The window's layout: where each region stands, for a size and the shares that the user gave by dragging.
//
//   wide    setup, transport | code / centre / right column | transcript, legend | status
//   medium  (900 to 1179)    | centre / right column with tabs                   |
//   narrow  (under 900)      | timeline, then one region with tabs               |
//
// Shape    A pure function of sizes. A region without room has an empty box; its panel is then a tab.
// Units    Everything in units of the design (pixels at scale 1); the caller multiplies by the scale and rounds.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "views/rect.hpp"

namespace loiter::views {

enum class Columns : std::uint8_t { Three, Two, One };

enum class PanelName : std::uint8_t { Code, Timeline, Futures, Transcript, Server };

// What the user moved: shares of the free space, each from 0 to 1, and what is hidden or fills the window.
struct LayoutChoices {
  float code_width = 0.26F;         // of the width
  float right_width = 0.21F;        // of the width
  float transcript_height = 0.20F;  // of the height between the bars
  bool code_hidden = false;
  bool futures_hidden = false;
  bool transcript_hidden = false;
  std::optional<PanelName> full_screen;
  friend bool operator==(const LayoutChoices&, const LayoutChoices&) = default;
};

enum class SplitterName : std::uint8_t { Code, Right, Transcript };

struct Splitter {
  SplitterName name = SplitterName::Code;
  Rect box;  // where it can be grabbed
  bool vertical = true;
};

struct WindowLayout {
  Columns columns = Columns::Three;
  Rect setup, transport, status;
  Rect code, timeline, futures, transcript, legend;
  Rect tabs;  // Two and One: where the panels of `tab_panels` take turns
  std::vector<PanelName> tab_panels;
  bool legend_is_a_row = false;  // one row of glyphs
  bool setup_is_folded = false;  // one button instead of a row of controls
  std::vector<Splitter> splitters;
};

WindowLayout lay_out_window(float width, float height, const LayoutChoices& choices);

// The choices after a splitter was dragged by so many units.
LayoutChoices moved_splitter(LayoutChoices choices, SplitterName splitter, float by, float width, float height);

}  // namespace loiter::views
