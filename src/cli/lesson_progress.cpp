#include "cli/lesson_progress.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "base/text.hpp"
#include "cli/commands.hpp"
#include "cli/lesson_library.hpp"
#include "lessons/progress.hpp"

namespace loiter::cli {
namespace {

lessons::Progress load(const std::string& path, Terminal& terminal) {
  lessons::LoadedProgress loaded = lessons::load_progress(path);
  if (!loaded.message.empty()) complain(terminal, loaded.message);
  return std::move(loaded.progress);
}

// Also of lessons that are files somewhere: those that something is kept of.
std::vector<std::string> ids_known(const lessons::Progress& progress) {
  std::vector<std::string> ids = shipped_lesson_ids();
  for (const auto& [id, reached] : progress.lessons) {
    if (std::ranges::find(ids, id) == ids.end()) ids.push_back(id);
  }
  return ids;
}

std::optional<std::string> id_of(const std::string& name, const std::vector<std::string>& known) {
  if (std::ranges::find(known, name) != known.end()) return name;
  const FoundLesson found = find_lesson(name);  // a number, or a file
  return found.read.lesson ? std::optional(found.read.lesson->id) : std::nullopt;
}

// What of the lesson goes, and that it goes.
std::string forget(lessons::Progress& progress, const std::string& id) {
  const auto reached = progress.lessons.find(id);
  const auto answers = std::ranges::count(progress.answers, id, &lessons::Answered::lesson);
  if (reached == progress.lessons.end() && answers == 0) return fmt::format("{}: nothing was kept of it.\n", id);
  const std::string steps = reached == progress.lessons.end()
                                ? ""
                                : fmt::format("{} of {} steps, ", reached->second.step, reached->second.of);
  progress.forget(id);
  return fmt::format("{}: forgotten ({}{} prediction{}). It begins anew.\n", id, steps, answers,
                     answers == 1 ? "" : "s");
}

}  // namespace

int show_progress(Terminal& terminal) {
  const lessons::Progress progress = load(lessons::progress_path(terminal.data_folder()), terminal);
  std::vector<lessons::LessonName> names;
  for (const lessons::Lesson& lesson : shipped_lessons()) names.push_back({lesson.id, lesson.title});
  return print(terminal, lessons::text_of(progress, names));
}

int forget_progress(const std::vector<std::string>& names, Terminal& terminal) {
  const std::string path = lessons::progress_path(terminal.data_folder());
  lessons::Progress progress = load(path, terminal);
  const lessons::Progress before = progress;
  const std::vector<std::string> known = ids_known(progress);
  const bool all = names == std::vector<std::string>{"all"};
  std::string said;
  if (all) {
    for (const auto& [id, reached] : before.lessons) said += forget(progress, id);
    progress = {};
    if (said.empty()) said = "Nothing was kept of any lesson.\n";
  }
  for (const std::string& name : all ? std::vector<std::string>() : names) {
    const auto id = id_of(name, known);
    if (!id) {
      complain(terminal, fmt::format("There is no lesson '{}'.{} Lessons: {}, or all. Nothing was forgotten.",
                                     printable(name, 60), did_you_mean(name, known), join(known, ", ")));
      return Status::bad_usage;
    }
    said += forget(progress, *id);
  }
  const auto saved = progress == before ? Result<void>() : lessons::save_progress(path, progress);
  if (!saved) {
    complain(terminal, saved.error().message);
    return Status::bad_usage;
  }
  return print(terminal, said);
}

}  // namespace loiter::cli
