// loiter: the lab in a window, or one run in the terminal.
#include <algorithm>
#include <array>
#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

#include "app/lab.hpp"
#include "app/lab_options.hpp"
#include "cli/process_terminal.hpp"
#include "cli/run_cli.hpp"

namespace {

using loiter::app::LabEnd;
using loiter::app::LabOptions;

int say(const std::string& message, int status) {
  std::fprintf(stderr, "loiter: %s\n", message.c_str());
  return status;
}

// A machine without a display still sees the main job work.
int run_in_terminal(const LabEnd& end) {
  say(end.message + " Running loiter here in the terminal instead.", 0);
  loiter::cli::ProcessTerminal terminal;
  constexpr std::array<const char*, 3> arguments{"loiter", "run", "loiter"};
  return loiter::cli::run_cli(static_cast<int>(arguments.size()), arguments.data(), terminal);
}

int open_window(const std::vector<std::string>& arguments, bool takes_file) {
  const auto options = loiter::app::parse_lab_options(arguments, takes_file);
  if (!options) return say(options.error().message, 2);
  const LabEnd end = loiter::app::open_lab(*options);
  if (end.status == 0) return 0;
  if (end.no_window && arguments.empty()) return run_in_terminal(end);
  return say(end.message, end.status);
}

bool has(const std::vector<std::string>& arguments, std::string_view what) {
  return std::ranges::find(arguments, what) != arguments.end();
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> arguments(argv + 1, argv + argc);
  const bool asks = has(arguments, "--help") || has(arguments, "-h") || has(arguments, "--version");
  if (!asks && (arguments.empty() || arguments.front().starts_with("--"))) return open_window(arguments, false);
  if (!asks && arguments.front() == "show" && !has(arguments, "--text")) {
    return open_window({arguments.begin() + 1, arguments.end()}, true);
  }
  loiter::cli::ProcessTerminal terminal;
  return loiter::cli::run_cli(argc, argv, terminal);
}
