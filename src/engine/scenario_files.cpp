#include "engine/scenario_files.hpp"

#include <algorithm>
#include <filesystem>
#include <system_error>

namespace loiter::engine {

std::vector<std::string> scenario_files_here() {
  std::vector<std::string> names;
  std::error_code error;
  for (std::filesystem::directory_iterator file(".", error), end; !error && file != end; file.increment(error)) {
    if (file->path().extension() == ".toml") names.push_back(file->path().filename().string());
  }
  std::ranges::sort(names);
  if (names.size() > most_scenario_files) names.resize(most_scenario_files);
  return names;
}

}  // namespace loiter::engine
