// The panel Waits: who waits for whom, as a graph; and the proof, when lanes are stuck. Over views/wait_picture.
//
//   label a test finds            what it is
//   "Waits/zip"                   a node: Enter or a click selects its future, of a lane what it is busy with
//   "The proof/title"             the strip of the proof
//
// Shape    Both draw into the rest of the current window; WaitsView is what they remember.
// Threads  GUI thread; never blocks.
#pragma once

#include <cstdint>
#include <map>

#include "gui/frame.hpp"
#include "trace/run.hpp"
#include "views/future_times.hpp"
#include "views/wait_layout.hpp"
#include "views/wait_picture.hpp"

namespace loiter::gui {

// A node that moves to make room for others does so before the eyes.
struct NodeMotion {
  Glide x;
  Glide y;
  std::uint64_t seen = 0;
};

struct WaitsView {
  // Caches.
  std::map<std::uint64_t, NodeMotion> nodes;  // by what they stand for
  views::WaitPicture picture;
  std::uint64_t run_number = 0;
  std::uint64_t events = 0;
  std::uint64_t frames = 0;
  Instant t{};
  FutureId selected;
  bool was_stuck = false;
  double stuck_since = 0.0;  // ImGui's time
  float width = 0.0F;
};

bool draw_waits(WaitsView& view, const trace::Run& run, const views::FutureTimes& times, Frame& frame);
bool draw_proof(const trace::Run& run, const views::FutureTimes& times, Frame& frame);

}  // namespace loiter::gui
