// Checking lessons: what their text is wrong about, and what their experiments say to their questions.
//
// Shape    A lesson that can be read is run, unseen, on the simulated clock: each question must have its answer among
//          its options, and each task a solution that solves it and is needed.
// Threads  The thread that runs the command line.
#pragma once

#include <string>
#include <vector>

#include "cli/lesson_library.hpp"

namespace loiter::cli {

// "FILE:LINE: what is wrong.", in order of lines; none if nothing is.
std::vector<std::string> mistakes_of(const FoundLesson& found, const std::vector<std::string>& known_ids);

}  // namespace loiter::cli
