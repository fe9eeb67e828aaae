#include "lessons/read_lesson.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "lessons/links.hpp"
#include "lessons/read_blocks.hpp"
#include "lessons/split_lesson.hpp"
#include "scenarios/read_scenario.hpp"

namespace loiter::lessons {
namespace {

using scenarios::Mistake;
using scenarios::TableReader;

void read_front(const std::string& text, Lesson& lesson) {
  const toml::table source = parse_block(text);
  TableReader table(source, "the head of a lesson", 0);
  check_keys(table, {"id", "title", "minutes", "needs", "language", "sources"});
  lesson.id = table.needed_text("id");
  if (!is_lesson_id(lesson.id)) {
    table.wrong_value("id", "a name of small letters, digits and hyphens, such as \"map-or-as-completed\"");
  }
  lesson.title = table.needed_text("title");
  if (lesson.title.empty() || printable(lesson.title, 100) != lesson.title) {
    table.wrong_value("title", "one line of at most 100 bytes");
  }
  const auto minutes = table.whole("minutes", 1, 180);
  if (!minutes) table.complain("", "The head of a lesson says how long it takes: minutes = 8.");
  lesson.minutes = static_cast<std::uint32_t>(*minutes);
  if (table.has("needs")) lesson.needs = table.needed_texts("needs");
  lesson.language = table.text("language").value_or("en");
  if (table.has("sources")) lesson.sources = table.needed_texts("sources");
}

Step read_step(const Piece& piece, const std::string& file) {
  using Kind = Step::Kind;
  Step step{.line = piece.line};
  if (piece.word != "prose") --step.line;  // that of the fence
  if (piece.word == "lab") {
    step.kind = Kind::Lab;
    step.lab = read_lab(piece.text, file);
    step.lab->line = step.line;
  } else if (piece.word == "predict") {
    step.kind = Kind::Predict;
    step.prediction = read_prediction(piece.text);
    step.prediction->line = step.line;
    for (Option& option : step.prediction->options) option.line += step.line;
  } else if (piece.word == "try") {
    step.kind = Kind::Try;
    step.task = read_try(piece.text);
    step.task->line = step.line;
    for (Goal& goal : step.task->goals) goal.line += step.line;
  } else {
    step.kind = piece.word == "explain" ? Kind::Explain : piece.word == "note" ? Kind::Note : Kind::Prose;
    step.prose = read_prose(piece.text, piece.line);
  }
  return step;
}

// What the blocks, each right by itself, lack together.
void check_order(const Lesson& lesson, std::vector<Mistake>& mistakes) {
  using Kind = Step::Kind;
  const Step* lab = nullptr;
  bool is_explained = false;
  bool asks = false;
  const auto leave_lab = [&] {
    if (lab != nullptr && !is_explained) {
      mistakes.push_back({lab->line,
                          "This lab is never explained: an 'explain' block after its questions says why it "
                          "came as it did."});
    }
  };
  for (const Step& step : lesson.steps) {
    if (step.kind == Kind::Lab) {
      leave_lab();
      lab = &step;
      is_explained = false;
    } else if (step.kind == Kind::Predict) {
      asks = true;
      if (lab == nullptr)
        mistakes.push_back({step.line, "This question belongs to no lab: put a 'lab' block before it."});
      if (is_explained) {
        mistakes.push_back({step.line,
                            "This question comes after the run of its lab: put it before the 'explain' block, "
                            "or a new 'lab' before it."});
      }
    } else if (step.kind == Kind::Explain) {
      if (lab == nullptr) mistakes.push_back({step.line, "There is no run to explain: put a 'lab' block before it."});
      is_explained = true;
    } else if (step.kind == Kind::Try && (lab == nullptr || !is_explained)) {
      mistakes.push_back(
          {step.line, "A task changes a lab that was run and explained: put it after the 'explain' block."});
    }
  }
  leave_lab();
  if (!asks) mistakes.push_back({1, "The lesson asks nothing: give it a 'predict' block."});
}

// What a task may change, and its solution, for the lab before it.
void check_tasks(const Lesson& lesson, std::vector<Mistake>& mistakes) {
  const Lab* lab = nullptr;
  for (const Step& step : lesson.steps) {
    if (step.lab) lab = &*step.lab;
    if (!step.task || lab == nullptr) continue;
    const auto changed = with_changes(*lab, *step.task, step.task->solution);
    const auto setup = changed ? experiments::complete(*changed) : tl::unexpected(changed.error());
    if (!setup) mistakes.push_back({step.line, fmt::format("The solution is none: {}", setup.error().message)});
  }
}

ReadLesson refused(std::vector<Mistake> mistakes, const std::string& file) {
  std::ranges::stable_sort(mistakes, {}, &Mistake::line);
  ReadLesson read;
  for (const Mistake& mistake : mistakes) {
    read.mistakes.push_back(
        fmt::format("{}:{}: {}", printable(file, 400), std::max<std::uint32_t>(1, mistake.line), mistake.what));
  }
  return read;
}

}  // namespace

bool is_lesson_id(std::string_view id) {
  const auto fits = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; };
  return !id.empty() && id.size() <= 60 && std::ranges::all_of(id, fits) && id.front() != '-';
}

ReadLesson read_lesson(std::string_view text, const std::string& file) {
  if (text.size() > most_lesson_bytes) {
    return refused(
        {{1, fmt::format("The file has more than {} bytes, the most a lesson may have.", most_lesson_bytes)}}, file);
  }
  if (!is_utf8(text)) {
    const auto lines = std::ranges::count(text.substr(0, utf8_prefix(text)), '\n');
    return refused({{static_cast<std::uint32_t>(lines + 1), "The file is not UTF-8 text."}}, file);
  }
  Pieces pieces = split_lesson(text);
  std::vector<Mistake> mistakes = std::move(pieces.mistakes);
  if (pieces.pieces.size() > most_lesson_steps) {
    mistakes.push_back({1, fmt::format("The lesson has more than {} steps.", most_lesson_steps)});
    return refused(std::move(mistakes), file);
  }
  Lesson lesson;
  for (const Piece& piece : pieces.pieces) {
    try {
      if (piece.word == "front") {
        read_front(piece.text, lesson);
      } else {
        lesson.steps.push_back(read_step(piece, file));
      }
    } catch (const Mistake& mistake) {
      mistakes.push_back({mistake.line + piece.line - 1, mistake.what});
    }
  }
  for (const Step& step : lesson.steps) {
    for (Fault& fault : link_faults(step.prose)) mistakes.push_back({fault.line, std::move(fault.what)});
  }
  // A block that is not there because it is wrong is missing for the others too: that would be told twice.
  if (mistakes.empty()) check_order(lesson, mistakes);
  if (mistakes.empty()) check_tasks(lesson, mistakes);
  if (!mistakes.empty()) return refused(std::move(mistakes), file);
  return {.lesson = std::move(lesson), .mistakes = {}};
}

Result<std::string> load_lesson_text(const std::string& path) { return scenarios::load_scenario_text(path); }

}  // namespace loiter::lessons
