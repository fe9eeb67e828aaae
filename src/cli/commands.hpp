// The commands that answer in the terminal: each takes a checked Command and gives the exit status.
//
// Shape    Text goes to the terminal; a complaint is one line on standard error that begins with "loiter: ".
// Threads  The main thread; a run has its own.
#pragma once

#include <string>
#include <string_view>

#include "cli/command_line.hpp"
#include "cli/terminal.hpp"

namespace loiter::cli {

enum Status : int {
  finished = 0,
  raised = 1,
  bad_usage = 2,  // or a bad file, or output that nobody takes
  stuck = 3,
  timed_out = 4,
  stopped = 128,  // plus the signal's number
};

int run_command(const RunCommand& command, Terminal& terminal);
int compare_command(const CompareCommand& command, Terminal& terminal);
int list_command(Terminal& terminal);
int serve_command(const ServeCommand& command, Terminal& terminal);
int lesson_command(const LessonCommand& command, Terminal& terminal);
int show_text_command(const ShowTextCommand& command, Terminal& terminal);

// The lab's own lessons, a line each.
std::string list_of_lessons();

// "loiter: " and the sentence, on one line of standard error.
void complain(Terminal& terminal, std::string_view sentence);

// Writes to standard output; complains if that fails, and gives the status.
int print(Terminal& terminal, std::string_view text);

}  // namespace loiter::cli
