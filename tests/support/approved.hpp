// Approved texts: what a program printed, beside what somebody once read and found right.
//
// Shape    approved(folder, name, text) compares with tests/<folder>/approved/<name>.txt. With LOITER_APPROVE=1 in the
//          environment the files are written instead: read the difference before you commit it.
#pragma once

#include <catch2/catch_test_macros.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

namespace loiter::testing {

inline std::string read_text(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

inline void approved(const std::string& folder, const std::string& name, const std::string& text) {
  const auto path = std::filesystem::path(LOITER_SOURCE_DIR) / "tests" / folder / "approved" / (name + ".txt");
  if (std::getenv("LOITER_APPROVE") != nullptr) {
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << text;
  }
  INFO(path.string());
  REQUIRE(std::filesystem::exists(path));
  CHECK(text == read_text(path));
}

}  // namespace loiter::testing
