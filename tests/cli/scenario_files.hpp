// The scenarios that these tests run, and what a run of one has observed.
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <filesystem>
#include <sstream>
#include <string>
#include <vector>

#include "cli/fake_terminal.hpp"
#include "engine/catalogue.hpp"

namespace loiter::cli {

// The lab's own by their names, and the files beside this test by their paths.
inline std::vector<std::string> all_scenarios() {
  std::vector<std::string> all;
  for (const engine::ShippedScenario& shipped : engine::shipped_scenarios()) all.push_back(shipped.name);
  std::vector<std::string> files;
  for (const auto& file : std::filesystem::directory_iterator(LOITER_SOURCE_DIR "/tests/cli/scenarios")) {
    files.push_back(file.path());
  }
  std::ranges::sort(files);
  all.insert(all.end(), files.begin(), files.end());
  return all;
}

// "wait_forever", whether it is a name or a path.
inline std::string stem(const std::string& scenario) { return std::filesystem::path(scenario).stem(); }

// Without `"t": 1.0, `: what is the same however long it takes.
inline std::string without_times(const std::string& observations) {
  std::string text;
  std::istringstream lines(observations);
  for (std::string line; std::getline(lines, line);) {
    const std::size_t at = line.find(R"(, "t": )");
    if (at != std::string::npos) {
      const std::size_t end = line.find_first_of(",}", at + 2);
      line.erase(at, end - at);
    }
    text += line + "\n";
  }
  return text;
}

inline std::string observed(const std::string& scenario, const std::string& options) {
  return ran(fmt::format("run {} --format observations {}", scenario, options)).out;
}

}  // namespace loiter::cli
