// `loiter lesson`: check, new, list, run, progress, forget.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <ostream>
#include <system_error>

#include "base/save_file.hpp"
#include "base/text.hpp"
#include "cli/commands.hpp"
#include "cli/lesson_check.hpp"
#include "cli/lesson_library.hpp"
#include "cli/lesson_progress.hpp"
#include "cli/lesson_run.hpp"
#include "cli/lesson_skeleton.hpp"

namespace loiter::cli {
namespace {

// FILE:LINE: message, as compilers write it, for editors to jump to.
void complain_of(const std::vector<std::string>& mistakes, Terminal& terminal) {
  for (const std::string& mistake : mistakes) terminal.complain(fmt::format("{}\n", mistake));
}

int check(const LessonCommand& command, Terminal& terminal) {
  std::vector<FoundLesson> all;
  std::vector<std::string> ids = shipped_lesson_ids();
  for (const std::string& name : command.names) {
    all.push_back(find_lesson(name));
    if (all.back().read.lesson) ids.push_back(all.back().read.lesson->id);
  }
  int status = Status::finished;
  for (const FoundLesson& found : all) {
    const auto mistakes = mistakes_of(found, ids);
    complain_of(mistakes, terminal);
    if (!mistakes.empty()) {
      status = Status::bad_usage;
      continue;
    }
    const auto& steps = found.read.lesson->steps;
    const auto count = [&](lessons::Step::Kind kind) { return std::ranges::count(steps, kind, &lessons::Step::kind); };
    const int printed =
        print(terminal, fmt::format("{}: right: {} steps, labs: {}, questions: {}, tasks: {}.\n",
                                    printable(found.file, 400), steps.size(), count(lessons::Step::Kind::Lab),
                                    count(lessons::Step::Kind::Predict), count(lessons::Step::Kind::Try)));
    if (printed != Status::finished) return printed;
  }
  return status;
}

int make_new(const std::string& name, Terminal& terminal) {
  std::string id = name.substr(name.find_last_of('/') + 1);
  const std::string path = name.ends_with(".md") ? name : name + ".md";
  if (id.ends_with(".md")) id.resize(id.size() - 3);
  // The number that puts a file in its place is no part of the id.
  if (id.size() > 3 && std::isdigit(static_cast<unsigned char>(id[0])) != 0 &&
      std::isdigit(static_cast<unsigned char>(id[1])) != 0 && id[2] == '-') {
    id.erase(0, 3);
  }
  if (!lessons::is_lesson_id(id)) {
    complain(terminal,
             fmt::format("'{}' is no name for a lesson: small letters, digits and hyphens, such as my-lesson.",
                         printable(id, 60)));
    return Status::bad_usage;
  }
  std::error_code ignored;
  if (std::filesystem::exists(std::filesystem::symlink_status(path, ignored))) {
    complain(terminal,
             fmt::format("{} is there already, and is left as it is: choose another name.", printable(path, 400)));
    return Status::bad_usage;
  }
  const auto saved = save_file(path, [&](std::ostream& file) -> Result<void> {
    file << lesson_skeleton(id);
    return {};
  });
  if (!saved) {
    complain(terminal, saved.error().message);
    return Status::bad_usage;
  }
  return print(terminal, fmt::format("{0} is written. Change it, then: loiter lesson check {0}\n", path));
}

int list(Terminal& terminal) { return print(terminal, list_of_lessons()); }

int run(const LessonCommand& command, Terminal& terminal) {
  const FoundLesson found = find_lesson(command.names.front());
  if (!found.read.lesson) {
    complain_of(found.read.mistakes, terminal);
    return Status::bad_usage;
  }
  return run_lesson(*found.read.lesson, command, terminal);
}

}  // namespace

std::string list_of_lessons() {
  std::string text;
  for (std::size_t i = 0; i < shipped_lessons().size(); ++i) {
    const lessons::Lesson& lesson = shipped_lessons()[i];
    text += fmt::format("{:<26} {} ({} minutes)\n", lesson.id, lesson.title, lesson.minutes);
  }
  return text;
}

int lesson_command(const LessonCommand& command, Terminal& terminal) {
  switch (command.action) {
    case LessonCommand::Action::Check:
      return check(command, terminal);
    case LessonCommand::Action::New:
      return make_new(command.names.front(), terminal);
    case LessonCommand::Action::List:
      return list(terminal);
    case LessonCommand::Action::Run:
      return run(command, terminal);
    case LessonCommand::Action::Progress:
      return show_progress(terminal);
    case LessonCommand::Action::Forget:
      return forget_progress(command.names, terminal);
  }
  return Status::bad_usage;
}

}  // namespace loiter::cli
