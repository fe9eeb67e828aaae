// Names of a scenario as a program needs them: what its author wrote may have spaces, signs, or be a word of Python's.
//
// Shape    Letters, digits and underscores; no two alike among those that were made together.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>

#include "experiments/setup.hpp"
#include "scenarios/scenario.hpp"

namespace loiter::experiments {

class ProgramNames {
 public:
  // A name that is not taken, as near to this one as can be; it is taken then.
  std::string make(std::string_view name);

 private:
  std::set<std::string> m_taken;
};

// The functions of the tasks, which begin their markers, by the names of the tasks.
std::map<std::string, std::string> function_names(const scenarios::Scenario& scenario, ProgramNames& names);
std::map<std::string, std::string> site_names(const scenarios::Scenario& scenario);

// As many as CPython's executors would have; none for a sequential one.
std::uint32_t usual_workers_of(Mode mode);

}  // namespace loiter::experiments
