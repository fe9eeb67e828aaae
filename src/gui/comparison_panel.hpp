// The comparison panel: the runs of one setup in every mode, one strip each, over one axis of time and one ruler, so
// that their lengths can be compared by eye; over views/comparison, views/comparison_layout and views/timeline.
//
// Each strip has a heading with its figures and below it the lanes of the timeline. Looking back, the playhead stands in
// all strips at the same instant: how far each had come by then. A heading that is pressed puts its run into every panel.
//
//   label a test finds              what it is
//   "Comparison/playhead"           the ruler, on which the playhead is moved
//   "Comparison/Threads"            a heading
//   "Threads/lanes", "Threads/main", "Threads/loiter(4)"    as in the timeline
//   "Fit"                           the button
//
// Shape    draw_comparison() draws into the rest of the current window; ComparisonView is what it remembers.
// Threads  GUI thread; never blocks.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "gui/frame.hpp"
#include "gui/timeline_panel.hpp"
#include "views/comparison.hpp"
#include "views/lane_tags.hpp"

namespace loiter::gui {

struct Comparison {
  std::vector<views::ComparedRun> runs;
  std::uint64_t number = 0;  // another number: another comparison
  std::size_t subject = 0;   // whose run the other panels show
  bool following = true;     // else all are shown at `clock`, or at their end if they were over by then
  Instant clock{};
  Instant latest{};  // how far the playhead can be moved
};

struct ComparisonView {
  TimeAxis axis;

  // Caches, nothing to set from outside.
  struct Strip {
    LanesView lanes;
    views::LaneTags tags;
  };
  std::vector<Strip> strips;
  std::uint64_t number = 0;
  std::optional<std::size_t> opened;  // the heading that was pressed last: it has the keyboard again afterwards
};

bool draw_comparison(ComparisonView& view, const Comparison& comparison, Frame& frame);

}  // namespace loiter::gui
