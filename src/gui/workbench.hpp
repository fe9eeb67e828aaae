// Workbench: the whole window: bars, panels, splitters, keys.
//
// Shape    WorkbenchView holds what the user arranged and one small view per panel; draw_workbench() draws a frame.
// Threads  GUI thread; never blocks.
// Owner    The app, next to the LabState it shows.
#pragma once

#include <array>
#include <optional>
#include <string>

#include "gui/code_panel.hpp"
#include "gui/comparison_panel.hpp"
#include "gui/frame.hpp"
#include "gui/futures_panel.hpp"
#include "gui/lab_state.hpp"
#include "gui/lesson_panel.hpp"
#include "gui/lesson_state.hpp"
#include "gui/look.hpp"
#include "gui/order_panel.hpp"
#include "gui/presentation.hpp"
#include "gui/stage_panel.hpp"
#include "gui/timeline_panel.hpp"
#include "gui/tour.hpp"
#include "gui/transcript_panel.hpp"
#include "gui/waits_panel.hpp"
#include "gui/way_out_banner.hpp"
#include "views/future_times.hpp"
#include "views/lane_tags.hpp"
#include "views/machine.hpp"
#include "views/window_layout.hpp"

namespace loiter::gui {

struct WorkbenchView {
  ThemeChoice theme = ThemeChoice::Light;
  float scale = 1.0F;
  bool motion = true;
  views::LayoutChoices layout;
  std::optional<views::PanelName> tab;   // the one chosen in a window with tabs; none: the first
  std::optional<views::PanelName> left;  // the tab of the left column
  int centre_tab = 0;                    // of the timeline's region, where the order is a tab of it
  bool show_keys = false;
  std::optional<views::PanelName> lit;  // what a lesson or the tour points at: framed, and brought to the front
  std::string pointed_future;           // its label: selected as soon as it is there
  std::array<Box, views::panel_count> places{};  // where each panel is in this frame; empty: nowhere
  Selection selection;
  views::LaneTags tags;
  views::FutureTimes times;
  views::MachineTimes machine;
  StageView stage;
  TimelineView timeline;
  OrderView order;
  WaitsView waits;
  ComparisonView comparison;  // in the place of the timeline
  FuturesView futures;
  TranscriptView transcript;
  CodeView code;
  LessonView lesson;
  BannerView banner;
  TourView tour;
  PresentationView presentation;      // while it is open, nothing else is drawn
  std::uint64_t generation = 0;       // of the run the panels have seen
  std::uint64_t family = 0;           // of the runs among which the selection holds
  std::uint64_t listing_version = 0;  // of the listing the code panel has
};

// The Lesson panel is in front; toggle_lesson() brings it there, or what was there before it.
bool is_lesson_shown(const WorkbenchView& view);
void toggle_lesson(WorkbenchView& view);

// Opens a panel that is hidden. light_up() brings it to the front too, and frames it until `lit` is reset.
void show_panel(WorkbenchView& view, views::PanelName panel);
void light_up(WorkbenchView& view, views::PanelName panel);

// Draws everything and acts on what the user did. True while something moves, so that another frame is needed.
bool draw_workbench(WorkbenchView& view, LabState& lab, LessonState& lessons, const Look& look);

}  // namespace loiter::gui
