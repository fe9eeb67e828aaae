// The lessons at hand: the lab's own, by their ids, and files.
//
// Errors   A lesson that does not exist (with the nearest known one), or that is wrong: a line for each mistake.
// Threads  Any; files are read when they are asked for.
#pragma once

#include <string>
#include <vector>

#include "lessons/read_lesson.hpp"

namespace loiter::cli {

struct FoundLesson {
  std::string file;  // what its mistakes are called by
  lessons::ReadLesson read;
};

// An id, the name of a shipped file, or a path to a file.
FoundLesson find_lesson(const std::string& name);

// The lab's own, in the order in which they are taught.
const std::vector<lessons::Lesson>& shipped_lessons();
std::vector<std::string> shipped_lesson_ids();

}  // namespace loiter::cli
