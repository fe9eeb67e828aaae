#include "lessons/prediction.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/text.hpp"

namespace loiter::lessons {
namespace {

using Kind = Prediction::Kind;

std::string_view unit_of(const Prediction& prediction) {
  const Quantity* quantity = find_quantity(prediction.question.quantity);
  return quantity == nullptr ? std::string_view() : quantity->unit;
}

bool near(double a, double b, double tolerance) { return std::abs(a - b) <= tolerance + 1e-9; }

// Of an order or a sketch only the futures that the prediction is about.
Answer about(Answer answer, const Prediction& prediction) {
  if (prediction.items.empty()) return answer;
  std::erase_if(answer.items, [&](const Item& item) {
    return std::ranges::find(prediction.items, item.label) == prediction.items.end();
  });
  return answer;
}

Result<Answer> answer_to(const Prediction& prediction, const trace::Run& run) {
  auto answer = answer_of(prediction.question, run);
  if (!answer) return answer;
  return about(std::move(*answer), prediction);
}

std::vector<std::string> labels_of(const std::vector<Item>& items) {
  std::vector<std::string> labels;
  for (const Item& item : items) labels.push_back(item.label);
  return labels;
}

// The value of an option as one of its own kind; that of another quantity computed from the run.
Result<OptionValue> resolved(const Option& option, const Prediction& prediction, const trace::Run& run) {
  const auto* same = std::get_if<SameAs>(&option.value);
  if (same == nullptr) return option.value;
  Question question = prediction.question;
  question.quantity = same->quantity;
  auto computed = answer_of(question, run);
  if (!computed) return tl::unexpected(computed.error());
  const Answer answer = about(std::move(*computed), prediction);
  switch (answer.kind) {
    case AnswerKind::Word:
      return OptionValue(answer.word);
    case AnswerKind::Truth:
      return OptionValue(answer.truth);
    case AnswerKind::Number:
      return OptionValue(answer.number);
    default:
      return OptionValue(labels_of(answer.items));
  }
}

bool is_answer(const OptionValue& value, const Answer& answer, double tolerance) {
  switch (answer.kind) {
    case AnswerKind::Word:
      return value == OptionValue(answer.word);
    case AnswerKind::Truth:
      return value == OptionValue(answer.truth);
    case AnswerKind::Number: {
      const auto* number = std::get_if<double>(&value);
      return number != nullptr && near(*number, answer.number, tolerance);
    }
    case AnswerKind::Some: {
      const auto* label = std::get_if<std::string>(&value);
      return label != nullptr && std::ranges::find(answer.items, *label, &Item::label) != answer.items.end();
    }
    default:
      return value == OptionValue(labels_of(answer.items));
  }
}

bool option_is_right(const Option& option, const Prediction& prediction, const Answer& answer, const trace::Run& run) {
  const auto value = resolved(option, prediction, run);
  return value && is_answer(*value, answer, prediction.tolerance);
}

void blame(Marked& marked, const Option& option) {
  marked.belief = option.belief;
  marked.sentence = option.answer;
  const Belief* belief = find_belief(option.belief);
  if (marked.sentence.empty() && belief != nullptr) marked.sentence = belief->answer;
}

std::string at_text(Instant at) { return fmt::format("{:.2f} s", to_seconds(at)); }

// Where two orders part.
std::optional<Difference> first_difference(const std::vector<std::string>& guessed, const std::vector<Item>& items) {
  for (std::size_t i = 0; i < std::max(guessed.size(), items.size()); ++i) {
    if (i >= items.size()) {
      return Difference{.label = guessed[i], .sentence = fmt::format("{} did not come to it in this run.", guessed[i])};
    }
    if (i < guessed.size() && guessed[i] == items[i].label) continue;
    std::string sentence = fmt::format("Number {} was {}, at {}", i + 1, items[i].label, at_text(items[i].at));
    if (i < guessed.size()) sentence += fmt::format("; you had {} there", guessed[i]);
    return Difference{.label = items[i].label, .at = items[i].at, .sentence = sentence + "."};
  }
  return std::nullopt;
}

// A truth or a word in the words of its option: "true" says little to who has not the quantity before them.
std::string told(const Prediction& prediction, const Answer& answer, const trace::Run& run) {
  if (answer.kind == AnswerKind::Truth || answer.kind == AnswerKind::Word) {
    for (const Option& option : prediction.options) {
      if (!option.says.empty() && option_is_right(option, prediction, answer, run))
        return fmt::format("'{}'", option.says);
    }
  }
  return text_of(answer, unit_of(prediction));
}

Difference difference_of(const OptionValue& guessed, const Answer& answer, const std::string& told) {
  if (const auto* order = std::get_if<std::vector<std::string>>(&guessed)) {
    if (auto difference = first_difference(*order, answer.items)) return *difference;
  }
  return {.at = answer.at, .sentence = fmt::format("It was {}.", told)};
}

void mark_choice(Marked& marked, const Prediction& prediction, const Guess& guess, const Answer& answer,
                 const trace::Run& run) {
  const Option& option = prediction.options[guess.chosen.front()];
  marked.right = option_is_right(option, prediction, answer, run);
  if (marked.right) return;
  const auto value = resolved(option, prediction, run);
  marked.difference = difference_of(value.value_or(OptionValue()), answer, marked.answer);
  blame(marked, option);
}

void mark_several(Marked& marked, const Prediction& prediction, const Guess& guess, const Answer& answer,
                  const trace::Run& run) {
  marked.right = true;
  std::optional<std::size_t> left_out;
  for (std::size_t i = 0; i < prediction.options.size(); ++i) {
    const Option& option = prediction.options[i];
    const bool is_chosen = std::ranges::find(guess.chosen, i) != guess.chosen.end();
    if (is_chosen == option_is_right(option, prediction, answer, run)) continue;
    marked.right = false;
    if (!is_chosen && !left_out) left_out = i;
    if (is_chosen && !marked.difference) {
      marked.difference = {.label = option.says, .sentence = fmt::format("'{}' is not so.", option.says)};
      blame(marked, option);
    }
  }
  if (left_out && !marked.difference) {
    const Option& option = prediction.options[*left_out];
    marked.difference = {.label = option.says, .sentence = fmt::format("'{}' is so too.", option.says)};
  }
}

// An order or a number that is known to be given for a reason.
void blame_known(Marked& marked, const Prediction& prediction, const OptionValue& guessed, const trace::Run& run) {
  for (const Option& option : prediction.options) {
    const auto value = resolved(option, prediction, run);
    if (!value) continue;
    const auto* number = std::get_if<double>(&*value);
    const auto* said = std::get_if<double>(&guessed);
    const bool is_it =
        number != nullptr && said != nullptr ? near(*number, *said, prediction.tolerance) : *value == guessed;
    if (is_it) return blame(marked, option);
  }
}

void mark_order(Marked& marked, const Prediction& prediction, const Guess& guess, const Answer& answer,
                const trace::Run& run) {
  std::vector<std::string> order;
  for (const std::size_t place : guess.chosen) order.push_back(prediction.items[place]);
  marked.difference = first_difference(order, answer.items);
  marked.right = !marked.difference;
  if (!marked.right) blame_known(marked, prediction, OptionValue(order), run);
}

void mark_number(Marked& marked, const Prediction& prediction, const Guess& guess, const Answer& answer,
                 const trace::Run& run) {
  marked.right = near(guess.number, answer.number, prediction.tolerance);
  if (marked.right) return;
  marked.difference = difference_of(OptionValue(guess.number), answer, marked.answer);
  blame_known(marked, prediction, OptionValue(guess.number), run);
}

// The difference that comes first in time, for that is where the rest of the sketch went wrong.
void mark_sketch(Marked& marked, const Prediction& prediction, const Guess& guess, const Answer& answer) {
  for (std::size_t i = 0; i < prediction.items.size(); ++i) {
    const auto item = std::ranges::find(answer.items, prediction.items[i], &Item::label);
    if (item == answer.items.end()) {
      if (!marked.difference) {
        marked.difference = {.label = prediction.items[i],
                             .sentence = fmt::format("{} never began in this run.", prediction.items[i])};
      }
      continue;
    }
    const bool begins = near(guess.bars[i].from, to_seconds(item->at), prediction.tolerance);
    const bool ends = near(guess.bars[i].to, to_seconds(item->until), prediction.tolerance);
    if (begins && ends) continue;
    const Instant at = begins ? item->until : item->at;
    if (marked.difference && marked.difference->at && *marked.difference->at <= at) continue;
    marked.difference = {.label = item->label,
                         .at = at,
                         .sentence = fmt::format("{} began at {} and ended at {}.", item->label, at_text(item->at),
                                                 at_text(item->until))};
  }
  marked.right = !marked.difference;
}

bool same_value(const OptionValue& a, const OptionValue& b, double tolerance) {
  const auto* x = std::get_if<double>(&a);
  const auto* y = std::get_if<double>(&b);
  return x != nullptr && y != nullptr ? near(*x, *y, tolerance) : a == b;
}

void check_items(const Prediction& prediction, const Answer& answer, std::vector<Fault>& faults) {
  const std::vector<std::string> known = labels_of(answer.items);
  for (const std::string& label : prediction.items) {
    if (std::ranges::find(known, label) != known.end()) continue;
    faults.push_back(
        {prediction.line,
         fmt::format("'{}' is not among the futures of {}: {}.{}", printable(label, 60), prediction.question.quantity,
                     known.empty() ? "none" : join(known, ", "), did_you_mean(label, known))});
  }
}

void check_options(const Prediction& prediction, const Answer& answer, const trace::Run& run,
                   std::vector<Fault>& faults) {
  const bool is_choice = prediction.kind == Kind::Choose || prediction.kind == Kind::ChooseSeveral;
  std::vector<std::size_t> right;
  std::vector<OptionValue> values;
  for (std::size_t i = 0; i < prediction.options.size(); ++i) {
    const Option& option = prediction.options[i];
    const auto value = resolved(option, prediction, run);
    if (!value) {
      faults.push_back({option.line, fmt::format("The run has no answer for this option: {}.", value.error().message)});
      continue;
    }
    for (const OptionValue& other : values) {
      if (!same_value(other, *value, prediction.tolerance)) continue;
      faults.push_back({option.line, fmt::format("This option is the same as one before it: {}.", text_of(*value))});
    }
    values.push_back(*value);
    if (is_answer(*value, answer, prediction.tolerance)) {
      right.push_back(i);
      if (!option.belief.empty()) {
        faults.push_back({option.line, fmt::format("This is what happens ({}), so no belief is behind it: leave "
                                                   "'belief' out, or look at the lab again.",
                                                   text_of(*value))});
      }
    } else if (option.belief.empty() && option.answer.empty()) {
      faults.push_back({option.line,
                        "This is not what happens, and nobody who says so is answered: give it a 'belief', "
                        "or an 'answer'."});
    }
  }
  const std::string what = text_of(answer, unit_of(prediction));
  if (is_choice && right.empty()) {
    faults.push_back(
        {prediction.line, fmt::format("No option is what happens: {} is {}.", prediction.question.quantity, what)});
  }
  if (prediction.kind == Kind::Choose && right.size() > 1) {
    faults.push_back({prediction.options[right[1]].line,
                      fmt::format("Options {} and {} are both what happens: {} is {}.", right[0] + 1, right[1] + 1,
                                  prediction.question.quantity, what)});
  }
}

}  // namespace

std::string text_of(const OptionValue& value) {
  if (const auto* word = std::get_if<std::string>(&value)) return *word;
  if (const auto* truth = std::get_if<bool>(&value)) return *truth ? "true" : "false";
  if (const auto* number = std::get_if<double>(&value)) return fmt::format("{:g}", *number);
  if (const auto* order = std::get_if<std::vector<std::string>>(&value)) return join(*order, ", ");
  return "";
}

Result<Marked> mark(const Prediction& prediction, const Guess& guess, const trace::Run& run) {
  const auto answer = answer_to(prediction, run);
  if (!answer) return tl::unexpected(answer.error());
  Marked marked{.answer = told(prediction, *answer, run)};
  switch (prediction.kind) {
    case Kind::Choose:
      mark_choice(marked, prediction, guess, *answer, run);
      break;
    case Kind::ChooseSeveral:
      mark_several(marked, prediction, guess, *answer, run);
      break;
    case Kind::Order:
      mark_order(marked, prediction, guess, *answer, run);
      break;
    case Kind::Number:
      mark_number(marked, prediction, guess, *answer, run);
      break;
    case Kind::Sketch:
      mark_sketch(marked, prediction, guess, *answer);
      break;
  }
  return marked;
}

std::vector<Fault> faults_of(const Prediction& prediction, const trace::Run& run) {
  std::vector<Fault> faults;
  const auto answer = answer_to(prediction, run);
  if (!answer) {
    faults.push_back(
        {prediction.line, fmt::format("The run has no {}: {}.", prediction.question.quantity, answer.error().message)});
    return faults;
  }
  check_items(prediction, *answer, faults);
  check_options(prediction, *answer, run, faults);
  return faults;
}

std::optional<std::string> right_guess(const Prediction& prediction, const trace::Run& run) {
  const auto answer = answer_to(prediction, run);
  if (!answer) return std::nullopt;
  std::vector<std::string> parts;
  switch (prediction.kind) {
    case Kind::Choose:
    case Kind::ChooseSeveral:
      for (std::size_t i = 0; i < prediction.options.size(); ++i) {
        if (option_is_right(prediction.options[i], prediction, *answer, run)) parts.push_back(std::to_string(i + 1));
      }
      if (parts.empty()) return std::nullopt;
      return join(parts, " ");
    case Kind::Number:
      return fmt::format("{}", answer->number);
    case Kind::Order:
      for (const Item& item : answer->items) {
        const auto place = std::ranges::find(prediction.items, item.label) - prediction.items.begin();
        parts.push_back(std::to_string(place + 1));
      }
      return join(parts, " ");
    case Kind::Sketch:
      for (const std::string& label : prediction.items) {
        const auto item = std::ranges::find(answer->items, label, &Item::label);
        if (item == answer->items.end()) return std::nullopt;
        parts.push_back(fmt::format("{}-{}", to_seconds(item->at), to_seconds(item->until)));
      }
      return join(parts, ", ");
  }
  return std::nullopt;
}

std::vector<std::string> beliefs_of(const Prediction& prediction) {
  std::vector<std::string> beliefs;
  for (const Option& option : prediction.options) {
    if (!option.belief.empty() && std::ranges::find(beliefs, option.belief) == beliefs.end()) {
      beliefs.push_back(option.belief);
    }
  }
  return beliefs;
}

}  // namespace loiter::lessons
