// read_lesson: a lesson file as a Lesson, or all that is wrong with it.
//
// Errors   "FILE:LINE: what is wrong and what was meant.", one line each, in order of lines: of every block its first
//          mistake, and what blocks lack together. Of a file that cannot be read: "FILE: why.".
// Threads  Any.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "lessons/lesson.hpp"

namespace loiter::lessons {

// A lesson has some ten thousand bytes. What is larger is something else.
inline constexpr std::size_t most_lesson_bytes = std::size_t{256} << 10U;
inline constexpr std::size_t most_lesson_steps = 200;

struct ReadLesson {
  std::optional<Lesson> lesson;       // if nothing is wrong
  std::vector<std::string> mistakes;  // else at least one
};

// `file` is what the text is called in errors.
ReadLesson read_lesson(std::string_view text, const std::string& file);

// The bytes of a file, not looked at yet.
Result<std::string> load_lesson_text(const std::string& path);

// Whether something could be the id of a lesson: small letters, digits and hyphens.
bool is_lesson_id(std::string_view id);

}  // namespace loiter::lessons
