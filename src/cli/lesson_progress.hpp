// What is kept of a reader's progress in the lessons: told, and forgotten.
//
// Errors   A file that is damaged or cannot be written, a lesson that there is not: one line on standard error.
// Threads  The thread that runs the command line.
#pragma once

#include <string>
#include <vector>

#include "cli/terminal.hpp"

namespace loiter::cli {

// Each gives the exit status.
int show_progress(Terminal& terminal);
// Lessons by id or number, or "all": they are as if they had never been read.
int forget_progress(const std::vector<std::string>& names, Terminal& terminal);

}  // namespace loiter::cli
