// A lab of a lesson, run: for its reader with all that it prints, or unseen to find out what it does.
//
// Errors   Why the settings cannot be run, or standard output could not be written.
// Threads  The thread that runs the command line.
#pragma once

#include <optional>

#include "base/result.hpp"
#include "cli/terminal.hpp"
#include "engine/catalogue.hpp"
#include "lessons/lesson.hpp"
#include "trace/run.hpp"

namespace loiter::cli {

// The settings, and what happens to the run.
struct LabOrder {
  engine::Choices choices;
  std::optional<std::uint32_t> kill_process;
  Duration kill_at{};
  std::optional<trace::Clock> clock;  // in place of what the lesson says
  std::optional<engine::Pace> pace;
};
LabOrder order_of(const lessons::Lab& lab);

// With its transcript, or its picture on a terminal that has one. It may have been stopped by a signal.
Result<trace::Run> run_lab(const LabOrder& order, Terminal& terminal);

// On the simulated clock, as fast as it goes; its files go to a folder that is gone afterwards.
Result<trace::Run> run_lab_unseen(LabOrder order);

}  // namespace loiter::cli
