// loiter: the lab in a window, or one run in the terminal.
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "app/lab.hpp"
#include "app/lab_options.hpp"

namespace {

using loiter::app::LabEnd;
using loiter::app::LabOptions;

int say_and_end(const std::string& message, int status) {
  std::fprintf(stderr, "loiter: %s\n", message.c_str());
  return status;
}

int open_window(const std::vector<std::string>& arguments, bool takes_file) {
  const auto options = loiter::app::parse_lab_options(arguments, takes_file);
  if (!options) return say_and_end(options.error().message, 2);
  const LabEnd end = loiter::app::open_lab(*options);
  return end.status == 0 ? 0 : say_and_end(end.message, end.status);
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> arguments(argv + 1, argv + argc);
  return open_window(arguments, false);
}
