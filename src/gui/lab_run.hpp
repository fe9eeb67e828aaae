// LabRun: a run as the window holds it: what has been folded of it, and what it was made with.
//
// Shape    A value; moved, never copied: a long run is large.
// Units    Lab time.
#pragma once

#include <cstdint>
#include <optional>

#include "engine/catalogue.hpp"
#include "gui/flag_picture.hpp"
#include "trace/run.hpp"

namespace loiter::gui {

struct LabRun {
  trace::Run run;
  std::optional<engine::Setup> setup;   // none: nothing has run, or a recorded run that this lab could not make
  Instant now{};                        // how far its clock has come
  std::optional<Instant> expected_end;  // where it can be known beforehand: a simulated run repeats exactly
  FlagPictures pictures;                // that have come
  std::uint64_t number = 0;             // each run has its own; 0: nothing has run
};

}  // namespace loiter::gui
