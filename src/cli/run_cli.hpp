// run_cli: what `loiter` with these arguments does, and its exit status. The one entry of this floor.
//
// Shape    A checked command line is carried out; a bad one is a line on standard error, status 2, and nothing else.
//          Opening the window is not this floor's: it is handed to the caller.
// Threads  The main thread.
#pragma once

#include <functional>

#include "cli/command_line.hpp"
#include "cli/terminal.hpp"

namespace loiter::cli {

// Opens the window and gives the exit status once it is closed. None: this program was built without one.
using OpenLab = std::function<int(const OpenLabCommand&)>;

int run_cli(int argc, const char* const* argv, Terminal& terminal, const OpenLab& open_lab = {});

}  // namespace loiter::cli
