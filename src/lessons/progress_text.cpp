// Progress in words.
#include <fmt/format.h>

#include <algorithm>

#include "lessons/beliefs.hpp"
#include "lessons/progress.hpp"

namespace loiter::lessons {
namespace {

constexpr std::size_t most_columns = 80;

struct Score {
  std::size_t right = 0;
  std::size_t asked = 0;
};

// Of the answers to one question the last one counts.
Score score_of(const Progress& progress, const std::string& lesson) {
  std::map<std::uint32_t, bool> last;
  for (const Answered& answered : progress.answers) {
    if (answered.lesson == lesson) last[answered.question] = answered.right;
  }
  const auto right = std::ranges::count_if(last, [](const auto& each) { return each.second; });
  return {static_cast<std::size_t>(right), last.size()};
}

std::string text_of(const Score& score) {
  if (score.asked == 0) return "no prediction yet";
  return fmt::format("{} of {} prediction{} right", score.right, score.asked, score.asked == 1 ? "" : "s");
}

bool is_read(const Reached& reached) { return reached.step == reached.of; }

std::string text_of(const Reached& reached) {
  return is_read(reached) ? "read to its end" : fmt::format("step {} of {}", reached.step, reached.of);
}

// Titles have few letters that are wider than their bytes say, if any: nothing but the column would suffer.
std::string line_of(const Progress& progress, std::string_view number, std::string_view title, const std::string& id) {
  return fmt::format("{:>4}  {:<34} {}; {}\n", number, title, text_of(progress.lessons.at(id)),
                     text_of(score_of(progress, id)));
}

std::string lessons_text(const Progress& progress, std::span<const LessonName> in_order) {
  std::string text = "Lessons:\n";
  for (std::size_t i = 0; i < in_order.size(); ++i) {
    if (!progress.lessons.contains(in_order[i].id)) continue;
    text += line_of(progress, fmt::format("{}", i + 1), in_order[i].title, in_order[i].id);
  }
  for (const auto& [id, reached] : progress.lessons) {
    if (std::ranges::find(in_order, id, &LessonName::id) == in_order.end()) text += line_of(progress, "-", id, id);
  }
  return text;
}

std::string sum_of(const Progress& progress, std::size_t known) {
  Score all;
  std::size_t read = 0;
  for (const auto& [id, reached] : progress.lessons) {
    const Score score = score_of(progress, id);
    all.right += score.right;
    all.asked += score.asked;
    if (is_read(reached)) ++read;
  }
  const std::string of = known == 0 ? "" : fmt::format(" of {}", std::max(known, progress.lessons.size()));
  return fmt::format("Together: {}{} lessons read to the end; {}.\n", read, of, text_of(all));
}

std::string wrapped(std::string_view words, std::size_t indent) {
  std::string text;
  std::string line;
  while (!words.empty()) {
    const std::size_t end = std::min(words.find(' '), words.size());
    if (!line.empty() && indent + line.size() + 1 + end > most_columns) {
      text += fmt::format("{:{}}{}\n", "", indent, line);
      line.clear();
    }
    if (!line.empty()) line += ' ';
    line += words.substr(0, end);
    words.remove_prefix(std::min(end + 1, words.size()));
  }
  return text + fmt::format("{:{}}{}\n", "", indent, line);
}

std::string beliefs_text(const Progress& progress, BeliefState state, std::string_view heading) {
  std::string lines;
  for (const Belief& belief : all_beliefs()) {
    if (state_of(progress, belief.id) != state) continue;
    lines += fmt::format("  - {}\n", belief.name) + wrapped(belief.answer, 6);
  }
  return lines.empty() ? "" : fmt::format("\n{}\n{}", heading, lines);
}

}  // namespace

std::string text_of(const Progress& progress, std::span<const LessonName> in_order) {
  if (progress.lessons.empty()) return "No lesson has been read yet. 'loiter lesson list' names them.\n";
  std::string text = lessons_text(progress, in_order) + sum_of(progress, in_order.size());
  text += beliefs_text(progress, BeliefState::Changed, "Beliefs that you have changed, and what is so:");
  text += beliefs_text(progress, BeliefState::Open, "Beliefs that are still open, and what is so:");
  text += beliefs_text(progress, BeliefState::NotHeld,
                       "Beliefs that you did not hold when you were asked, and what is so:");
  const auto not_met = std::ranges::count_if(
      all_beliefs(), [&](const Belief& belief) { return state_of(progress, belief.id) == BeliefState::NotMet; });
  if (not_met > 0) text += fmt::format("\nNot asked about yet: {} of {} beliefs.\n", not_met, all_beliefs().size());
  return text;
}

}  // namespace loiter::lessons
