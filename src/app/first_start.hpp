// First start: whether the window begins with the tour.
//
// Shape    A pure function of what was asked for and what is remembered.
#pragma once

#include "app/settings.hpp"
#include "cli/command_line.hpp"
#include "engine/catalogue.hpp"

namespace loiter::app {

// Who asked for something of their own wants to see that; the tour comes with the next start.
inline bool begins_with_tour(const cli::OpenLabCommand& command, const Settings& settings) {
  const bool is_plain = !command.file && !command.scenario && !command.lesson && !command.run && !command.compare &&
                        !command.screenshot && command.choices.experiment == engine::experiment_names().front();
  return command.tour.has_value() || (is_plain && !settings.tour_seen);
}

}  // namespace loiter::app
