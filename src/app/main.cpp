// loiter: the lab in a window, or one run in the terminal.
#include <array>
#include <string>

#include "app/lab.hpp"
#include "cli/process_terminal.hpp"
#include "cli/run_cli.hpp"

namespace {

using loiter::cli::OpenLabCommand;
using loiter::cli::ProcessTerminal;

// A machine without a display still sees the main job work.
int run_in_terminal(ProcessTerminal& terminal) {
  constexpr std::array<const char*, 3> arguments{"loiter", "run", "loiter"};
  return loiter::cli::run_cli(static_cast<int>(arguments.size()), arguments.data(), terminal);
}

int open_window(ProcessTerminal& terminal, const OpenLabCommand& command, bool just_the_lab) {
  const loiter::app::LabEnd end = loiter::app::open_lab(command, terminal.data_folder());
  if (end.status == 0) return 0;
  if (end.no_window && just_the_lab) {
    terminal.complain("loiter: " + end.message + " Running loiter here in the terminal instead.\n");
    return run_in_terminal(terminal);
  }
  terminal.complain("loiter: " + end.message + "\n");
  return end.status;
}

}  // namespace

int main(int argc, char** argv) {
  ProcessTerminal terminal;
  return loiter::cli::run_cli(argc, argv, terminal,
                              [&](const OpenLabCommand& command) { return open_window(terminal, command, argc == 1); });
}
