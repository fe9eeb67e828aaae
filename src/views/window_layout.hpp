// The window's layout: where each region stands, for a size and the shares that the user gave by dragging.
//
//   wide    setup, transport | code / centre / right column | transcript, legend | status
//   medium  (900 to 1179)    | centre / right column with tabs                   |
//   narrow  (under 900)      | timeline, then one region with tabs               |
//   low and narrow           | one region with tabs, the timeline among them    |
//
//   centre  stage (while lanes are stuck: waits), timeline, order
//   right   futures, waits (while lanes are stuck: the proof)
//
// Shape    A pure function of sizes. A region without room has an empty box; its panel is then a tab.
// Units    Everything in units of the design (pixels at scale 1); the caller multiplies by the scale and rounds.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "views/rect.hpp"

namespace loiter::views {

enum class Columns : std::uint8_t { Three, Two, One };

enum class PanelName : std::uint8_t {
  Code,
  Timeline,
  Futures,
  Transcript,
  Server,
  Stage,
  Order,
  Waits,
  Proof,
  Machine,
  Lesson,
};
inline constexpr std::size_t panel_count = 11;

// "timeline", as lessons name it.
std::optional<PanelName> panel_named(std::string_view name);

// What the run on the screen asks of the layout.
struct LayoutWishes {
  float banner = 0.0F;          // across the window, so high; 0: none
  bool stuck = false;           // lanes are stuck at the playhead: the circle of waits takes the place of the stage
  bool timeline_alone = false;  // a comparison, a wall of flags: it needs all of the centre
  bool lesson = false;          // a lesson is read: its column is wide, and as high as the window
  std::size_t futures = 5;      // how many there will be: few leave room in table and order for what is beside them
  std::size_t lanes = 4;        // the same of the timeline's lanes
};

// What the user moved: shares of the free space, each from 0 to 1, and what is hidden or fills the window.
struct LayoutChoices {
  float code_width = 0.26F;         // of the width
  float right_width = 0.21F;        // of the width
  float transcript_height = 0.20F;  // of the height between the bars
  float stage_height = 0.29F;       // of the centre's height
  float stuck_height = 0.56F;       // the same of the waits in its place
  float order_height = 0.0F;        // of the centre's height; 0: what the timeline leaves, a third at least
  float waits_height = 0.0F;        // of the right column's height; 0: what the futures leave
  bool code_hidden = false;
  bool futures_hidden = false;
  bool transcript_hidden = false;
  bool stage_hidden = false;
  bool order_hidden = false;
  bool waits_hidden = false;  // and the proof
  std::optional<PanelName> full_screen;
  friend bool operator==(const LayoutChoices&, const LayoutChoices&) = default;
};

enum class SplitterName : std::uint8_t { Code, Right, Transcript, Stage, Order, Waits };

struct Splitter {
  SplitterName name = SplitterName::Code;
  Rect box;  // where it can be grabbed
  bool vertical = true;
};

struct WindowLayout {
  Columns columns = Columns::Three;
  Rect setup, transport, banner, status;
  Rect code, timeline, futures, transcript, legend;
  Rect stage, order, waits, proof;
  bool stage_is_folded = false;  // there is room for its sentence only
  bool order_is_a_tab = false;   // of the timeline's region
  Rect tabs;                     // Two and One: where the panels of `tab_panels` take turns
  std::vector<PanelName> tab_panels;
  bool legend_is_a_row = false;  // one row of glyphs
  bool setup_is_folded = false;  // one button instead of a row of controls
  std::vector<Splitter> splitters;
};

WindowLayout lay_out_window(float width, float height, const LayoutChoices& choices, const LayoutWishes& wishes = {});

// The choices after a splitter was dragged by so many units.
LayoutChoices moved_splitter(LayoutChoices choices, SplitterName splitter, float by, float width, float height,
                             const LayoutWishes& wishes = {});
// The choices after the stage was folded to its sentence, or opened.
LayoutChoices folded_stage(LayoutChoices choices, float width, float height, const LayoutWishes& wishes = {});

// Whether a panel is hidden by choice; the timeline never is.
bool* hidden_choice(LayoutChoices& choices, PanelName panel);

}  // namespace loiter::views
