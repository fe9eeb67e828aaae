// The stage: tokens go from the queue to a worker and on to the shelf of results, over views/stage.
//
// They move calmly (240 ms at speed 1), and only forwards in time: when the playhead is taken back, and from speed 4 on,
// everything stands at once where it belongs. What is too low for the boxes is the sentence alone.
//
//   label a test finds          what it is
//   "Stage/loiter(4)"           a token or the place that waits for it: Enter or a click selects the future
//   "Stage/main"                the calling program: selects what it waits for
//   "Stage/fold"                the chevron: folds the stage to its sentence, and opens it
//
// Shape    draw_stage() draws into the rest of the current window; StageView is what it remembers.
// Threads  GUI thread; never blocks.
#pragma once

#include <unordered_map>

#include "gui/box.hpp"
#include "gui/frame.hpp"
#include "trace/run.hpp"
#include "views/future_times.hpp"
#include "views/stage.hpp"

namespace loiter::gui {

// A token on its way, or where it came to rest.
struct TokenMotion {
  Box from;
  Box to;
  double began = -1.0;     // ImGui's time; negative: at rest
  bool submitted = false;  // it comes from the calling program, along the line below the boxes
  std::uint64_t seen = 0;  // the frame that saw it last
};

struct StageView {
  // Caches.
  std::unordered_map<FutureId, TokenMotion> tokens;
  std::uint64_t run_number = 0;
  std::uint64_t frames = 0;
  Instant t{};
  Box area{};
  TokenMotion gil;          // the one that is shared
  double gil_moved = -1e9;  // when it last did, in ImGui's time
};

struct StageOptions {
  bool can_fold = false;
  bool folded = false;
};

bool draw_stage(StageView& view, const trace::Run& run, const views::FutureTimes& times, Frame& frame,
                const StageOptions& options = {});

}  // namespace loiter::gui
