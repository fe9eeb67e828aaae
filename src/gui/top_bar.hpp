// Top bar: what the next run will be (setup row), and the run in hand (transport row).
//
//   loiter v | Sequential [Threads] Processes | Workers - 3 + | [map] as_completed | Tasks - 5 + | Live [Simulated]
//   > Run   || Pause   >| Step   [] Stop   |< Restart   = Compare    Speed ---o--- 1x   Instant   SIMULATED  3.40 s
//
// Shape    Each draws into its box of the current window. In a window too narrow for the row of controls the setup is
//          one button that says it all and opens them. The row of the run loses words as it gets narrower, those that
//          an icon can stand for first; never Run, the clock and the run label.
// Threads  GUI thread.
#pragma once

#include "gui/box.hpp"
#include "gui/lab_state.hpp"
#include "gui/look.hpp"
#include "gui/widgets.hpp"

namespace loiter::gui {

enum class BarSize { Wide, Compact, Folded };

// What a click in the bar asks of the window around it.
struct BarRequests {
  bool switch_theme = false;
  bool show_keys = false;
  Box controls;  // where the row's controls are
};

// Where things of the transport row are.
struct TransportPlaces {
  Box run;
  Box controls;  // from Run to Instant
};

BarRequests draw_setup_row(LabState& lab, const Look& look, const Box& box, BarSize size);
// The speed of the run and the Instant button; in the folded setup, or in the transport row.
void draw_speed(LabState& lab, const Look& look, const SpeedOptions& options);
TransportPlaces draw_transport_row(LabState& lab, const Look& look, const Box& box, BarSize size);

// What the Run button does: goes on with a held run, or begins anew with the setup as it is.
void press_run(LabState& lab);

// "loiter, 3 threads, map, simulated"
[[nodiscard]] std::string setup_sentence(const LabState& lab);
std::string setup_sentence(const engine::Setup& setup);

}  // namespace loiter::gui
