// The files with scenarios that lie at hand: in the folder that the lab was started in.
//
// Threads  Any; it reads the folder.
#pragma once

#include <string>
#include <vector>

namespace loiter::engine {

inline constexpr std::size_t most_scenario_files = 50;

// Their names, in order; a folder that cannot be read has none.
std::vector<std::string> scenario_files_here();

}  // namespace loiter::engine
