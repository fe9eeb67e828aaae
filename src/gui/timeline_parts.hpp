// The parts of the timeline panel: what its ruler and its lanes share. timeline_panel.hpp is what the window sees.
//
// Shape    Panel is made anew for each frame; TimelineView is what stays.
// Units    Pixels of the display.
#pragma once

#include <vector>

#include "gui/panel.hpp"
#include "gui/timeline_panel.hpp"

namespace loiter::gui::timeline {

// How far the wheel and a key zoom by one notch.
inline constexpr double zoom_per_notch = 0.8;

// Where the parts of the panel are.
struct Areas {
  Box all;
  Box title;
  Box ruler;
  Box lanes;  // names and time
  float time_x = 0.0F;
  bool names = true;
};

struct Panel {
  TimelineView& view;
  const trace::Run& run;
  Frame& frame;
  const Look& look;
  Areas areas;
  ImDrawList* list = nullptr;
  [[nodiscard]] float time_width() const { return std::max(1.0F, areas.all.x1 - areas.time_x); }
};

// --- The visible range (timeline_panel.cpp) ---

void go_to(TimelineView& view, views::TimeRange range, const Look& look, bool glide);
// Where the glides will have gone.
[[nodiscard]] views::TimeRange target_of(const TimelineView& view);
// So that the instant at x, counted from the left of the time area, stays there.
void zoom_at(TimelineView& view, const Look& look, float x, double factor);
// The instant at a place of the display, within the run.
void move_playhead_to(Panel& p, float x);

// A worker process whose lane stands in the names with its number and a button.
[[nodiscard]] bool is_process(const trace::Lane& lane);
[[nodiscard]] float kill_button_width(const Look& look);

// --- Above the lanes (timeline_ruler.cpp) ---

[[nodiscard]] std::vector<views::Tick> ticks_of(const Panel& p);
void draw_above_lanes(Panel& p, const std::vector<views::Tick>& ticks);
// With its box on the ruler and its line down through the lanes.
void draw_playhead_on(Panel& p);

// --- The lanes and what the pointer does there (timeline_lanes.cpp) ---

void draw_lanes(Panel& p, const std::vector<views::Tick>& ticks);

}  // namespace loiter::gui::timeline
