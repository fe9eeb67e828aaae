// The parts of a timeline: what the timeline panel and each strip of a comparison are made of. timeline_panel.hpp and
// comparison_panel.hpp are what the window sees.
//
// Shape    AxisPanel is a picture over a time axis with its ruler, LanesPanel the lanes of one run in it; both are made
//          anew for each frame. TimeAxis and LanesView are what stays.
// Units    Pixels of the display.
#pragma once

#include <algorithm>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gui/panel.hpp"
#include "gui/timeline_panel.hpp"

namespace loiter::gui::timeline {

// Where the parts of a picture are.
struct Areas {
  Box all;
  Box title;
  Box ruler;
  Box lanes;  // names and time
  float time_x = 0.0F;
  bool names = true;
};

struct AxisPanel {
  std::string_view name;  // "Timeline": also what the labels begin with that tests find
  TimeAxis& axis;
  Frame& frame;
  const Look& look;
  Areas areas;
  ImDrawList* list = nullptr;
  Duration unit{};           // of the run
  Instant playhead;          // its line can be grabbed
  Instant latest;            // how far it can be moved
  bool line = true;          // the playhead's line is seen in the lanes
  bool transfers = false;    // the title strip says what the stages of a download look like
  bool gil = false;          // so that it says what holding the GIL, and wanting it, look like
  bool cores = false;        // the same of waiting for a core
  std::string note = {};     // more for the title strip, where there is room
  Box on_ruler = {};         // what stands there: no label is written below it
  bool just_opened = false;  // out of the comparison: the way back takes the keyboard
  [[nodiscard]] float time_width() const { return std::max(1.0F, areas.all.x1 - areas.time_x); }
  // Counted from the left of the time area.
  [[nodiscard]] float playhead_x() const { return std::round(views::TimeScale(axis.visible, axis.width).x(playhead)); }
  [[nodiscard]] std::string label(std::string_view part) const { return std::string(name) + '/' + std::string(part); }
};

struct LanesPanel : AxisPanel {
  LanesView& view;
  const trace::Run& run;
};

// --- The picture (timeline_body.cpp) ---

// The parts of the rest of the window, for lanes whose names are those of these runs, and this one.
[[nodiscard]] Areas arrange(const Look& look, std::span<const trace::Run* const> runs, std::string_view name = {},
                            bool wall = false);
// Takes in what is new in the run. True when it is another run than before.
bool update_lanes(LanesView& view, const trace::Run& run, std::uint64_t run_number);
// For the range that the axis shows now. `scroll` is how far the lanes below main are scrolled.
void lay_out_lanes(LanesPanel& p, const views::TimelineMeasures& measures, float scroll);
// What a panel draws with the lanes.
struct LanesExtras {
  std::function<void()> on_ground = [] {};  // below every bar and mark
  std::function<void()> on_top = [] {};
};
// The lanes scroll as a child window, so that ImGui's scroll bar, focus and keyboard work as everywhere.
void draw_scrolled_lanes(LanesPanel& p, const std::vector<views::Tick>& ticks, const LanesExtras& extras);

// The instant at a place of the display, within the run.
void move_playhead_to(AxisPanel& p, float x);

// What stands beside its tag: on the wall threads of a pool are "worker", the tag says which.
[[nodiscard]] std::string_view shown_name(const trace::Lane& lane, bool wall);
// A worker process whose lane stands in the names with its number and a button.
[[nodiscard]] bool is_process(const trace::Lane& lane);
[[nodiscard]] float kill_button_width(const Look& look);

// --- Above the lanes (timeline_ruler.cpp) ---

void draw_above_lanes(AxisPanel& p, const std::vector<views::Tick>& ticks);
// With its box on the ruler and its line down to `bottom_y`.
void draw_playhead_on(AxisPanel& p, float bottom_y);

// --- The lanes and what the pointer does there (timeline_lanes.cpp) ---

void draw_lanes(LanesPanel& p, const std::vector<views::Tick>& ticks, const LanesExtras& extras);

}  // namespace loiter::gui::timeline
