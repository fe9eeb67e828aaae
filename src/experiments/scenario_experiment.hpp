// The experiment "scenario": a program that was written as text, one of the lab's own or a file's.
//
//   Choices, from a command line or a window --with_scenario()--> the same with the text in it, its mode, workers, unit
//
// Shape    A Setup carries the text, so whoever holds it can run it, and a recorded run of it opens anywhere. What is
//          chosen counts more than what the file says.
// Errors   "FILE:LINE: what is wrong and what was meant."; for the rest as complete().
// Threads  Any; the lab's scenarios are constant.
#pragma once

#include <span>
#include <string>

#include "experiments/experiment.hpp"
#include "scenarios/scenario.hpp"

namespace loiter::experiments {

inline constexpr const char* scenario_experiment_name = "scenario";

struct ShippedScenario {
  std::string name;
  std::string text;
  std::string title;
};
// In the order of their names.
std::span<const ShippedScenario> shipped_scenarios();

// A file as it is now, for Choices::scenario; complete() looks at what it says. Errors: why it cannot be opened.
Result<ScenarioText> scenario_of_file(const std::string& path);

bool is_scenario(const Choices& choices);
Result<Choices> with_scenario(const Choices& choices);

// Of a complete setup.
scenarios::Scenario scenario_of(const Setup& setup);

Experiment scenario_experiment();
Listing scenario_listing(const Setup& setup);

}  // namespace loiter::experiments
