// Tour steps: what the tour of the window says, step by step, and what each step points at.
//
// Shape    A constant table of texts. Each step says one thing, in at most 45 words; its keys are those that one presses
//          there, as the list of F1 names them.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <variant>

#include "views/window_layout.hpp"

namespace loiter::gui {

// What a step points at, where that is no panel.
enum class TourPlace : std::uint8_t {
  Window,    // all of it: the card stands in the middle
  Setup,     // the row of what the next run will be
  Run,       // the button
  Controls,  // the row of the run in hand, from Run to Instant
  States,    // the legend
};
using TourTarget = std::variant<TourPlace, views::PanelName>;

struct TourKey {
  std::string_view key;
  std::string_view what;
};

struct TourStep {
  std::string_view title;
  std::string_view words;
  TourTarget target = TourPlace::Window;
  std::array<TourKey, 4> keys{};  // an empty one ends them
  int instant = -1;  // of a run that is over: the per cent of it at which there is most to see; less than 0: leave it
  bool needs_run = false;
};

inline constexpr std::size_t tour_step_count = 13;
std::span<const TourStep, tour_step_count> tour_steps();

}  // namespace loiter::gui
