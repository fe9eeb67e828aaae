#include "lessons/lesson.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/text.hpp"
#include "trace/names.hpp"

namespace loiter::lessons {
namespace {

std::vector<std::string> words_in(const std::string& text) {
  std::vector<std::string> words;
  std::string word;
  for (const char c : text) {
    if (c != ' ' && c != '\t' && c != ',' && c != '\r') {
      word += c;
    } else if (!word.empty()) {
      words.push_back(std::exchange(word, {}));
    }
  }
  if (!word.empty()) words.push_back(word);
  return words;
}

template <class E>
Result<void> take(std::optional<E>& into, const std::string& name, const std::string& value) {
  const auto known = trace::from_name<E>(value);
  if (!known) return fail(fmt::format("{} is {}, not '{}'.", name, trace::names_in_words<E>(), printable(value, 40)));
  into = known;
  return {};
}

Result<void> take_number(std::optional<std::int64_t>& into, const std::string& name, const std::string& value) {
  const auto number = parse_integer(value);
  if (!number || *number < 1)
    return fail(fmt::format("{} is a whole number from 1, not '{}'.", name, printable(value, 40)));
  into = number;
  return {};
}

Result<void> take_change(experiments::Choices& choices, const std::string& name, const std::string& value) {
  if (name == "mode") return take(choices.mode, name, value);
  if (name == "collect") return take(choices.collect, name, value);
  if (name == "gil") return take(choices.gil, name, value);
  if (name == "workers") {
    auto taken = take_number(choices.workers, name, value);
    if (taken && *choices.workers > experiments::most_workers(choices.mode)) {
      return fail(fmt::format("workers is at most {}.", experiments::most_workers(choices.mode)));
    }
    return taken;
  }
  if (name == "cores") return take_number(choices.cores, name, value);
  if (name == "scenario") {  // another one of the lab's own
    choices.scenario.reset();
    choices.experiment = value;
    return {};
  }
  choices.parameters[name] = value;  // complete() knows them
  return {};
}

bool is(const Answer& answer, const OptionValue& value) {
  if (answer.kind == AnswerKind::Number) return std::abs(answer.number - std::get<double>(value)) < 1e-6;
  std::vector<std::string> labels;
  for (const Item& item : answer.items) labels.push_back(item.label);
  if (answer.kind == AnswerKind::Order) return value == OptionValue(labels);
  return answer.kind == AnswerKind::Truth ? value == OptionValue(answer.truth) : value == OptionValue(answer.word);
}

}  // namespace

Result<experiments::Choices> with_changes(const Lab& lab, const Try& task, const std::string& typed) {
  experiments::Choices choices = lab.choices;
  const auto words = words_in(typed);
  const std::string example = task.may_change.empty() ? "workers" : task.may_change.front();
  if (words.empty()) return fail(fmt::format("Type what you change, such as {}=...", example));
  for (const std::string& word : words) {
    const std::size_t equals = word.find('=');
    const std::string name = word.substr(0, equals);
    if (equals == std::string::npos || name.empty()) {
      return fail(fmt::format("'{}' changes nothing: type NAME=VALUE, such as {}=...", printable(word, 40), example));
    }
    if (std::ranges::find(task.may_change, name) == task.may_change.end()) {
      return fail(fmt::format("'{}' is not to be changed here.{} You may change: {}.", printable(name, 40),
                              did_you_mean(name, task.may_change), join(task.may_change, ", ")));
    }
    if (auto taken = take_change(choices, name, word.substr(equals + 1)); !taken) return tl::unexpected(taken.error());
  }
  return choices;
}

Met meets(const Goal& goal, const trace::Run& run) {
  const auto answer = answer_of(goal.question, run);
  if (!answer) return {.met = false, .was = answer.error().message};
  const Quantity* quantity = find_quantity(goal.question.quantity);
  Met met{.met = true, .was = text_of(*answer, quantity == nullptr ? "" : quantity->unit)};
  constexpr double rounding = 1e-6;
  if (goal.is && !is(*answer, *goal.is)) met.met = false;
  if (goal.at_least && answer->number < *goal.at_least - rounding) met.met = false;
  if (goal.at_most && answer->number > *goal.at_most + rounding) met.met = false;
  return met;
}

std::string text_of(const Goal& goal) {
  const Quantity* quantity = find_quantity(goal.question.quantity);
  std::string text(quantity == nullptr ? std::string_view(goal.question.quantity) : quantity->help);
  const std::string unit = quantity == nullptr || quantity->unit.empty() ? "" : fmt::format(" {}", quantity->unit);
  const auto put = [&](std::string_view words, const std::string& instead) {
    if (const std::size_t at = text.find(words); at != std::string::npos) text.replace(at, words.size(), instead);
  };
  put("that time", fmt::format("{:g} s", to_seconds(goal.question.at)));
  if (!goal.question.of.empty()) put("that future", goal.question.of);
  text += ":";
  if (goal.is) text += fmt::format(" {}{}", text_of(*goal.is), unit);
  if (goal.at_least) text += fmt::format(" at least {:g}{}", *goal.at_least, unit);
  if (goal.at_least && goal.at_most) text += " and";
  if (goal.at_most) text += fmt::format(" at most {:g}{}", *goal.at_most, unit);
  return text;
}

}  // namespace loiter::lessons
