// The banner of a deadlock, across the window: what can never move again, and the ways out as buttons. Once one was taken
// it says what was done and what that teaches, until it is closed.
//
//   label a test finds                what it is
//   "Add a worker", ...               the ways, and "Stop the run"
//   "Close"                           of the lesson
//
// Shape    what_banner() decides what there is to say; banner_height() how much room that takes; both without drawing.
// Units    Pixels.
// Threads  GUI thread; never blocks.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/ways_out.hpp"
#include "gui/box.hpp"
#include "gui/frame.hpp"
#include "gui/lab_state.hpp"

namespace loiter::gui {

struct BannerView {
  std::uint64_t closed_run = 0;    // of the lesson that was closed: the run,
  std::size_t closed_lessons = 0;  // and how many ways had been taken by then
};

struct BannerWay {
  engine::Escape how = engine::Escape::WorkerAdded;
  std::string why_not;  // "" : it can be taken
};

struct Banner {
  bool stuck = false;  // else a lesson
  std::string headline;
  std::string sentence;
  std::vector<BannerWay> ways;
  bool can_stop = false;
};

// None: nobody is stuck at the instant shown, and no way out was taken before it, or its lesson was closed.
std::optional<Banner> what_banner(const BannerView& view, const LabState& lab);

// In a low `room`, that of banner and panels, the sentence gets fewer lines: the proof has all of it.
float banner_height(const Banner& banner, const Look& look, ImVec2 room);

// The sentence has as many lines as the box leaves it.
void draw_banner(const Banner& banner, const Box& box, BannerView& view, const LabState& lab, Frame& frame);

}  // namespace loiter::gui
