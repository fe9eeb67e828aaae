#include "engine/worker_program.hpp"

#include <unistd.h>

#include <filesystem>
#include <system_error>

namespace loiter::engine {

std::string worker_program() {
  constexpr const char* name = "loiter-worker";
  std::error_code error;
  const std::filesystem::path here = std::filesystem::read_symlink("/proc/self/exe", error).parent_path();
  const std::filesystem::path above = here.parent_path() / name;
  const std::filesystem::path beside = here / name;
  if (::access(beside.c_str(), X_OK) != 0 && ::access(above.c_str(), X_OK) == 0) return above;
  return beside;
}

}  // namespace loiter::engine
