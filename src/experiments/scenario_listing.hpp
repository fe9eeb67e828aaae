// The two listings of a scenario, each a writer of its own.
//
// Shape    The Python program runs, and does what the scenario does; what its main part sees it keeps in `seen`. The C++
//          is what one would write against this lab's own floors. Every step carries its marker: "slow.2", "main.1".
#pragma once

#include <string>
#include <vector>

#include "experiments/setup.hpp"
#include "scenarios/scenario.hpp"

namespace loiter::experiments {

std::string scenario_in_python(const scenarios::Scenario& scenario, const Setup& setup);
std::string scenario_in_cpp(const scenarios::Scenario& scenario, const Setup& setup);

// "4", "0.5".
std::string number_text(double number);

// A statement on lines that the code panel shows whole, where it can be broken: Python's only inside of parentheses. Its
// marker ends the first one.
enum class Language : std::uint8_t { Python, Cpp };
std::string folded(const std::string& statement, std::size_t indent, Language language, const std::string& site);

// Whether a step of that kind is anywhere, in a task or in the program.
bool has_step(const scenarios::Scenario& scenario, scenarios::Step::Kind kind);

}  // namespace loiter::experiments
