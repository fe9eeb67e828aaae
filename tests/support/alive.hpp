// Whether a process still runs. One that has ended and waits to be reaped by somebody else does not.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <fstream>
#include <string>

namespace loiter::testing {

inline bool is_alive(pid_t pid) {
  std::ifstream stat("/proc/" + std::to_string(pid) + "/stat");
  std::string text;
  std::getline(stat, text);
  const std::size_t at = text.rfind(") ");  // its name may have spaces
  return at != std::string::npos && text[at + 2] != 'Z' && text[at + 2] != 'X';
}

// Within that time.
inline bool has_gone(pid_t pid, std::chrono::seconds patience = std::chrono::seconds(20)) {
  const auto until = std::chrono::steady_clock::now() + patience;
  while (is_alive(pid)) {
    if (std::chrono::steady_clock::now() > until) return false;
  }
  return true;
}

}  // namespace loiter::testing
