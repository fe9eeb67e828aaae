#include "lessons/progress.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <ostream>
#include <system_error>

#include "base/save_file.hpp"
#include "base/text.hpp"
#include "lessons/beliefs.hpp"
#include "lessons/read_lesson.hpp"

namespace loiter::lessons {
namespace {

constexpr std::string_view first_line = "loiter-progress 1";
constexpr std::size_t most_answers = 20'000;
constexpr std::size_t most_bytes = std::size_t{4} << 20U;

std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> parts;
  for (;;) {
    const std::size_t end = std::min(text.find(separator), text.size());
    parts.emplace_back(text.substr(0, end));
    if (end == text.size()) return parts;
    text.remove_prefix(end + 1);
  }
}

std::optional<std::uint32_t> count_in(const std::string& text) {
  const auto number = parse_integer(text);
  if (!number || *number < 0 || *number > 100'000) return std::nullopt;
  return static_cast<std::uint32_t>(*number);
}

// "reached LESSON 3 12"
bool take_reached(Progress& progress, const std::vector<std::string>& words) {
  const auto step = count_in(words[2]);
  const auto of = count_in(words[3]);
  if (!is_lesson_id(words[1]) || !step || !of || *step > *of) return false;
  progress.lessons[words[1]] = {*step, *of};
  return true;
}

// "answered LESSON 3 wrong map-order", "answered LESSON 4 right -"
bool take_answered(Progress& progress, const std::vector<std::string>& words) {
  const auto question = count_in(words[2]);
  const bool is_right = words[3] == "right";
  if (!is_lesson_id(words[1]) || !question || (!is_right && words[3] != "wrong")) return false;
  Answered answered{.lesson = words[1], .question = *question, .right = is_right, .beliefs = {}};
  if (words[4] != "-") answered.beliefs = split(words[4], ',');
  for (const std::string& belief : answered.beliefs) {
    if (find_belief(belief) == nullptr) return false;
  }
  progress.answers.push_back(std::move(answered));
  return progress.answers.size() <= most_answers;
}

bool holds(const Answered& answered, std::string_view belief) {
  return std::ranges::find(answered.beliefs, belief) != answered.beliefs.end();
}

// A name that nothing has yet.
std::string set_aside_as(const std::string& path) {
  std::error_code ignored;
  std::string name = fmt::format("{}.damaged", path);
  for (int i = 2; std::filesystem::exists(name, ignored) && i < 1000; ++i) name = fmt::format("{}.damaged-{}", path, i);
  return name;
}

}  // namespace

void Progress::reach(const std::string& lesson, Reached reached) {
  Reached& known = lessons[lesson];
  known.step = known.of == reached.of ? std::max(known.step, reached.step) : reached.step;
  known.of = reached.of;
}

void Progress::answer(Answered answered) {
  answers.push_back(std::move(answered));
  if (answers.size() > most_answers) answers.erase(answers.begin());
}

void Progress::forget(const std::string& lesson) {
  lessons.erase(lesson);
  std::erase_if(answers, [&](const Answered& answered) { return answered.lesson == lesson; });
}

BeliefState state_of(const Progress& progress, std::string_view belief) {
  BeliefState state = BeliefState::NotMet;
  for (const Answered& answered : progress.answers) {
    if (!holds(answered, belief)) continue;
    if (!answered.right) {
      state = BeliefState::Open;
    } else if (state == BeliefState::Open) {
      state = BeliefState::Changed;
    } else if (state == BeliefState::NotMet) {
      state = BeliefState::NotHeld;
    }
  }
  return state;
}

std::string written(const Progress& progress) {
  std::string text = fmt::format("{}\n", first_line);
  for (const auto& [lesson, reached] : progress.lessons) {
    text += fmt::format("reached {} {} {}\n", lesson, reached.step, reached.of);
  }
  for (const Answered& answered : progress.answers) {
    text +=
        fmt::format("answered {} {} {} {}\n", answered.lesson, answered.question, answered.right ? "right" : "wrong",
                    answered.beliefs.empty() ? "-" : join(answered.beliefs, ","));
  }
  return text;
}

Result<Progress> read_progress(std::string_view text) {
  Progress progress;
  if (text.size() > most_bytes) return fail("it is too large");
  if (!text.ends_with('\n')) return fail("its end is missing");
  text.remove_suffix(1);
  std::size_t number = 0;
  for (const std::string& line : split(text, '\n')) {
    ++number;
    if (number == 1) {
      if (line != first_line) return fail("it does not begin as one of Loiter does");
      continue;
    }
    const auto words = split(line, ' ');
    const bool is_reached = words.size() == 4 && words[0] == "reached" && take_reached(progress, words);
    const bool is_answered = words.size() == 5 && words[0] == "answered" && take_answered(progress, words);
    if (!is_reached && !is_answered) return fail(fmt::format("line {} is none of its", number));
  }
  return progress;
}

LoadedProgress load_progress(const std::string& path) {
  std::error_code ignored;
  if (path.empty() || !std::filesystem::exists(path, ignored)) return {};
  std::ifstream file(path, std::ios::binary);
  std::string text(most_bytes + 1, '\0');
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(file.gcount()));
  auto progress = file.bad() || !file.is_open() ? fail("it cannot be read") : read_progress(text);
  if (progress) return {.progress = std::move(*progress)};
  const std::string aside = set_aside_as(path);
  std::error_code error;
  std::filesystem::rename(path, aside, error);
  if (error)
    return {
        .progress = {},
        .message = fmt::format("{} is damaged ({}); what you do now will replace it.", path, progress.error().message)};
  return {.progress = {},
          .message = fmt::format("{} is damaged ({}). It is kept as {}, and you begin anew.", path,
                                 progress.error().message, aside)};
}

Result<void> save_progress(const std::string& path, const Progress& progress) {
  if (path.empty()) return {};
  std::error_code error;
  std::filesystem::create_directories(std::filesystem::path(path).parent_path(), error);
  if (error) return fail(fmt::format("Your progress could not be kept in {}: {}.", path, error.message()));
  return save_file(path, [&](std::ostream& file) -> Result<void> {
    file << written(progress);
    return {};
  });
}

std::string progress_path(const std::string& data_folder) {
  return data_folder.empty() ? "" : (std::filesystem::path(data_folder) / "loiter" / "progress.txt").string();
}

}  // namespace loiter::lessons
