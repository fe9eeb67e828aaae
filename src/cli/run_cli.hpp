// run_cli: what `loiter` with these arguments does, and its exit status. The one entry of this floor.
//
// Shape    A checked command line is carried out; a bad one is a line on standard error, status 2, and nothing else.
//          The window is another floor's: the caller says how it is opened.
// Threads  The main thread.
#pragma once

#include <functional>
#include <string>

#include "cli/command_line.hpp"
#include "cli/terminal.hpp"

namespace loiter::cli {

struct Window {
  // Opens it and gives the exit status once it is closed; complains itself. None: this program was built without one.
  std::function<int(const OpenLabCommand&)> open;
  std::string help;  // lines about its options
};

int run_cli(int argc, const char* const* argv, Terminal& terminal, const Window& window = {});

}  // namespace loiter::cli
