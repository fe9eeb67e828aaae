#include "cli/lesson_library.hpp"

#include <fmt/format.h>

#include "base/assert.hpp"
#include "base/text.hpp"
#include "lessons/shelf.hpp"
#include "lessons/shipped.hpp"

namespace loiter::cli {
namespace {

FoundLesson refused(const std::string& name, std::string why) {
  return {.file = name, .read = {.lesson = {}, .mistakes = {std::move(why)}}};
}

}  // namespace

const std::vector<lessons::Lesson>& shipped_lessons() {
  static const std::vector<lessons::Lesson> all = [] {
    std::vector<lessons::Lesson> made;
    for (const lessons::ShippedLesson& shipped : lessons::shipped_lessons()) {
      auto read = lessons::read_lesson(shipped.text, fmt::format("lessons/{}.md", shipped.name));
      LOITER_ASSERT(read.lesson.has_value(), "the lab's own lessons are right: a test reads them all");
      made.push_back(std::move(*read.lesson));
    }
    return made;
  }();
  return all;
}

std::vector<std::string> shipped_lesson_ids() {
  std::vector<std::string> ids;
  for (const lessons::Lesson& lesson : shipped_lessons()) ids.push_back(lesson.id);
  return ids;
}

FoundLesson find_lesson(const std::string& name) {
  if (lessons::names_lesson_file(name)) {
    const auto text = lessons::load_lesson_text(name);
    if (!text) return refused(name, text.error().message);
    return {.file = name, .read = lessons::read_lesson(*text, name)};
  }
  const auto number = parse_integer(name);
  for (const lessons::ShippedLesson& shipped : lessons::shipped_lessons()) {
    const std::string file = fmt::format("lessons/{}.md", shipped.name);
    auto read = lessons::read_lesson(shipped.text, file);
    const bool has_number = number && parse_integer(shipped.name.substr(0, 2)) == number;
    if (has_number || shipped.name == name || (read.lesson && read.lesson->id == name)) return {file, std::move(read)};
  }
  const auto ids = shipped_lesson_ids();
  return refused(name, fmt::format("loiter: There is no lesson '{}'.{} Lessons: {}.", printable(name, 60),
                                   did_you_mean(name, ids), join(ids, ", ")));
}

}  // namespace loiter::cli
