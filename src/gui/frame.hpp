// Frame: what every panel is given with each frame, and what it may ask the window for.
//
//   Frame frame{.look = look, .selection = selection, .tags = tags, .playhead = now, ...};
//   draw_timeline(timeline, run, frame);
//   draw_futures(futures, run, frame);
//   if (frame.wanted_playhead) ...        // somebody has moved it
//
// Shape    Made anew for each frame; Selection and LaneTags live on with the window. A panel draws into the rest of the
//          current ImGui window or child, whatever size that has, and keeps what it must remember in its own *View.
//          Every draw_ function returns whether its title was double-clicked: full screen, and back.
// Threads  GUI thread only; no panel locks or waits.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/duration.hpp"
#include "base/ids.hpp"
#include "gui/look.hpp"
#include "trace/event.hpp"
#include "views/guess_marks.hpp"
#include "views/lane_tags.hpp"

namespace loiter::gui {

// One future, selected anywhere, is lit everywhere.
struct Selection {
  FutureId future = no_future;
  std::uint32_t moves = 0;  // how often it has changed: a panel that has seen fewer brings it into sight

  // Choosing what is selected already lets it go.
  void choose(FutureId id) {
    future = id == future ? no_future : id;
    ++moves;
  }
};

struct Frame {
  const Look& look;
  Selection& selection;
  const views::LaneTags& tags;
  Instant playhead{};
  bool following = true;         // the playhead is now, and moves with it
  bool wall = false;             // on the projector: no titles, no buttons, every lane with its name
  bool titled = true;            // false: the window has drawn the panel's strip itself, as a row of tabs
  std::uint64_t run_number = 0;  // another number: another run, and views forget what they know
  std::optional<Instant> expected_end = std::nullopt;  // of the run, if it is known beforehand
  bool can_kill = false;                               // the run goes on: its worker processes can be killed
  bool deadlock_is_told = false;                       // a banner says it: panels need not
  std::string_view compared_mode = {};                 // of a run that was opened out of a comparison; else empty
  double speed = 1.0;       // lab seconds a second: what happens faster than the eye follows does not glide
  float tabs_width = 0.0F;  // what the window has drawn into the strip of a panel that is not titled
  const views::GuessMarks* guess = nullptr;  // of a lesson's reader, to be laid over the run

  // Asked by panels.
  std::optional<Instant> wanted_playhead = std::nullopt;
  std::optional<std::string> wanted_kill = std::nullopt;                    // the lane of a worker process
  std::optional<std::size_t> wanted_run = std::nullopt;                     // of the comparison, alone in every panel
  std::vector<std::pair<std::string, std::string>> wanted_parameters = {};  // of the setup: a name, a value as typed
  std::optional<trace::GilKind> wanted_gil = std::nullopt;                  // of the next run, as the two below
  std::optional<Duration> wanted_gil_interval = std::nullopt;
  std::optional<int> wanted_cores = std::nullopt;
  std::optional<trace::Escape> wanted_escape = std::nullopt;  // out of the deadlock
  bool wants_stop = false;                                    // the end of the run
  bool wants_comparison = false;                              // all of its runs again
  bool wants_chart_closed = false;                            // the timeline again
  bool wants_stage_fold = false;                              // the stage folded to its sentence, or opened
  bool wants_now = false;                                     // back to the latest instant, and follow it
  bool moving = false;                                        // something glides: another frame is needed at once
};

// A number that glides to where it should be, fast at first (cubic out); at once when motion is off.
struct Glide {
  double from = 0.0;
  double to = 0.0;
  double began = -1.0;  // ImGui's time; negative: it has arrived

  void go(double target, const Look& look) {
    from = value(look);
    to = target;
    began = look.motion ? ImGui::GetTime() : -1.0;
  }
  void jump(double target) {
    from = to = target;
    began = -1.0;
  }
  [[nodiscard]] double value(const Look& look) {
    constexpr double seconds = 0.160;
    const double share = (ImGui::GetTime() - began) / seconds;
    if (began < 0.0 || share >= 1.0 || !look.motion) {
      began = -1.0;
      return to;
    }
    const double left = 1.0 - std::max(0.0, share);
    return to + (from - to) * left * left * left;
  }
  [[nodiscard]] bool moving() const { return began >= 0.0; }
};

}  // namespace loiter::gui
