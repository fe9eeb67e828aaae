// A lesson as lines for a terminal: its prose, its labs, its questions.
//
// Shape    Pure functions; as wide as `columns`.
#pragma once

#include <string>

#include "lessons/lesson.hpp"

namespace loiter::cli {

std::string prose_text(const lessons::Blocks& prose, int columns, int indent = 0);
std::string lab_text(const lessons::Lab& lab, int columns);
// With the numbers that are typed to answer it.
std::string question_text(const lessons::Prediction& prediction, int columns);
std::string task_text(const lessons::Try& task, int columns);

}  // namespace loiter::cli
