// A lesson in the terminal: its steps one after the other, its questions asked, its labs run for real and explained.
//
//   read --> ask --> run --> mark --> explain, and on; "back", "skip" and "quit" at every question
//
// Shape    Between two steps it waits for Enter if a person types there; else it reads answers only, so that a file with
//          them runs a lesson from start to end.
// Errors   Output that nobody takes, a lab that cannot be run: one line on standard error. Progress that cannot be kept is
//          said, and the lesson goes on.
// Threads  The thread that runs the command line.
#pragma once

#include "cli/lesson_line.hpp"
#include "cli/terminal.hpp"
#include "lessons/lesson.hpp"

namespace loiter::cli {

// The exit status.
int run_lesson(const lessons::Lesson& lesson, const LessonCommand& command, Terminal& terminal);

}  // namespace loiter::cli
