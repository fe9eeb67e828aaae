#include "lessons/reading.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

#include "base/text.hpp"

namespace loiter::lessons {
namespace {

std::optional<Page::Kind> page_kind(Step::Kind kind) {
  switch (kind) {
    case Step::Kind::Prose:
      return Page::Kind::Prose;
    case Step::Kind::Predict:
      return Page::Kind::Question;
    case Step::Kind::Explain:
      return Page::Kind::Outcome;
    case Step::Kind::Try:
      return Page::Kind::Task;
    case Step::Kind::Lab:
    case Step::Kind::Note:
      break;
  }
  return std::nullopt;
}

// Whether a lesson that was written anew still has the same labs and questions: then what was guessed holds.
bool asks_the_same(const Lesson& a, const Lesson& b) {
  return std::ranges::equal(a.steps, b.steps, [](const Step& one, const Step& other) {
    if (one.kind != other.kind) return false;
    if (one.lab) return one.lab->setup == other.lab->setup;
    if (!one.prediction) return true;
    Prediction prediction = *one.prediction;
    prediction.line = other.prediction->line;
    for (std::size_t i = 0; i < std::min(prediction.options.size(), other.prediction->options.size()); ++i)
      prediction.options[i].line = other.prediction->options[i].line;
    return prediction == *other.prediction;
  });
}

Outcome outcome_of(const Prediction& prediction, const trace::Run& run) {
  const auto typed = right_guess(prediction, run);
  const auto right = typed ? read_guess(prediction, *typed) : fail("");
  if (!right) {
    const auto answer = answer_of(prediction.question, run);
    return {.answer = answer ? text_of(*answer, "") : answer.error().message};
  }
  const auto marked = mark(prediction, *right, run);
  return {.answer = marked ? marked->answer : marked.error().message, .right = *right};
}

}  // namespace

Reading::Reading(Lesson lesson) : m_lesson(std::move(lesson)) { find_pages(); }

void Reading::find_pages() {
  m_pages.clear();
  std::optional<std::size_t> lab;
  for (std::size_t i = 0; i < m_lesson.steps.size(); ++i) {
    if (m_lesson.steps[i].lab) lab = i;
    if (const auto kind = page_kind(m_lesson.steps[i].kind)) m_pages.push_back({*kind, i, lab});
  }
  m_pages.push_back({Page::Kind::Closing, m_lesson.steps.size(), lab});
}

void Reading::replace(Lesson lesson) {
  const bool holds = asks_the_same(m_lesson, lesson);
  m_lesson = std::move(lesson);
  find_pages();
  m_number = std::min(m_number, m_pages.size() - 1);
  if (!holds) forget();
}

void Reading::forget() {
  m_guesses.clear();
  m_marks.clear();
  m_outcomes.clear();
  m_hands.clear();
  m_runs.clear();
  m_attempts.clear();
}

void Reading::go_to(std::size_t page) { m_number = std::min(page, m_pages.size() - 1); }

void Reading::resume(std::size_t steps_done) {
  m_number = 0;
  if (steps_done >= m_lesson.steps.size()) return;  // it was read to its end
  while (m_number + 1 < m_pages.size() && m_pages[m_number].step < steps_done) ++m_number;
  // A question needs its lab, and an explanation the guesses.
  const auto kind = page().kind;
  if (kind == Page::Kind::Prose || kind == Page::Kind::Closing) return;
  while (m_number > 0 && m_pages[m_number - 1].lab == page().lab) --m_number;
}

void Reading::start_over() {
  m_number = 0;
  forget();
}

const Step* Reading::step() const {
  return page().kind == Page::Kind::Closing ? nullptr : &m_lesson.steps[page().step];
}

const Lab* Reading::lab() const { return page().lab ? &*m_lesson.steps[*page().lab].lab : nullptr; }

std::vector<Reading::NoteAt> Reading::notes() const {
  std::vector<NoteAt> notes;
  std::optional<std::size_t> lab;
  for (std::size_t i = 0; i < m_lesson.steps.size(); ++i) {
    const Step& step = m_lesson.steps[i];
    if (step.lab) lab = i;
    if (step.kind == Step::Kind::Note) notes.push_back({&step, lab == page().lab});
  }
  return notes;
}

std::vector<std::size_t> Reading::questions() const {
  std::vector<std::size_t> steps;
  for (const Page& each : m_pages) {
    if (each.kind == Page::Kind::Question && each.lab == page().lab) steps.push_back(each.step);
  }
  return steps;
}

std::size_t Reading::question_number(std::size_t step) const {
  return static_cast<std::size_t>(std::ranges::count_if(
      m_pages, [&](const Page& each) { return each.kind == Page::Kind::Question && each.step <= step; }));
}

std::size_t Reading::question_count() const {
  return static_cast<std::size_t>(std::ranges::count(m_pages, Page::Kind::Question, &Page::kind));
}

const Guess* Reading::guess(std::size_t step) const {
  const auto known = m_guesses.find(step);
  return known == m_guesses.end() ? nullptr : &known->second;
}

void Reading::set_guess(std::size_t step, Guess guess) { m_guesses[step] = std::move(guess); }

const Marking* Reading::marking(std::size_t step) const {
  const auto known = m_marks.find(step);
  return known == m_marks.end() ? nullptr : &known->second;
}

const Outcome* Reading::outcome(std::size_t step) const {
  const auto known = m_outcomes.find(step);
  return known == m_outcomes.end() ? nullptr : &known->second;
}

const std::vector<std::uint32_t>& Reading::hands(std::size_t step) const {
  static const std::vector<std::uint32_t> none;
  const auto known = m_hands.find(step);
  return known == m_hands.end() ? none : known->second;
}

void Reading::set_hands(std::size_t step, std::vector<std::uint32_t> counts) { m_hands[step] = std::move(counts); }

void Reading::take_run(const trace::Run& run) {
  if (!page().lab) return;
  m_runs.insert(*page().lab);
  for (const std::size_t i : questions()) {
    const Prediction& prediction = *m_lesson.steps[i].prediction;
    m_outcomes[i] = outcome_of(prediction, run);
    const Guess* known = guess(i);
    if (known == nullptr) continue;
    auto marked = mark(prediction, *known, run);
    if (!marked) {
      m_marks[i] = {.marked = {}, .no_answer = marked.error().message};
      continue;
    }
    Answered answered{
        .lesson = m_lesson.id, .question = static_cast<std::uint32_t>(i + 1), .right = marked->right, .beliefs = {}};
    if (marked->right) answered.beliefs = beliefs_of(prediction);
    if (!marked->right && !marked->belief.empty()) answered.beliefs.push_back(marked->belief);
    m_answers.push_back(std::move(answered));
    m_marks[i] = {.marked = std::move(*marked)};
  }
}

void Reading::ask_again() {
  if (!page().lab) return;
  m_runs.erase(*page().lab);
  for (const std::size_t i : questions()) {
    m_marks.erase(i);
    m_outcomes.erase(i);
  }
}

void Reading::take_attempt(const trace::Run& run) {
  if (page().kind != Page::Kind::Task) return;
  Attempts& attempts = m_attempts[page().step];
  ++attempts.count;
  attempts.last = {.goals = {}, .solved = true};
  for (const Goal& goal : step()->task->goals) {
    attempts.last.goals.push_back(meets(goal, run));
    attempts.last.solved = attempts.last.solved && attempts.last.goals.back().met;
  }
}

const Attempt* Reading::attempt() const {
  const auto known = m_attempts.find(page().step);
  return known == m_attempts.end() ? nullptr : &known->second.last;
}

std::size_t Reading::attempts() const {
  const auto known = m_attempts.find(page().step);
  return known == m_attempts.end() ? 0 : known->second.count;
}

std::vector<Answered> Reading::take_answers() { return std::exchange(m_answers, {}); }

std::size_t Reading::right() const {
  return static_cast<std::size_t>(
      std::ranges::count_if(m_marks, [](const auto& each) { return each.second.marked.right; }));
}

std::vector<std::string> Reading::beliefs() const {
  std::set<std::string> met;
  for (const Step& step : m_lesson.steps) {
    if (step.prediction) std::ranges::copy(beliefs_of(*step.prediction), std::inserter(met, met.end()));
  }
  std::vector<std::string> in_order;
  for (const Belief& belief : all_beliefs()) {
    if (met.contains(std::string(belief.id))) in_order.emplace_back(belief.id);
  }
  return in_order;
}

std::string text_of(const Prediction& prediction, const Guess& guess) {
  std::vector<std::string> parts;
  switch (prediction.kind) {
    case Prediction::Kind::Choose:
    case Prediction::Kind::ChooseSeveral:
      for (const std::size_t i : guess.chosen) parts.push_back(prediction.options[i].says);
      return parts.empty() ? "none of them" : join(parts, "; ");
    case Prediction::Kind::Order:
      for (const std::size_t i : guess.chosen) parts.push_back(prediction.items[i]);
      return join(parts, ", ");
    case Prediction::Kind::Number:
      if (const Quantity* quantity = find_quantity(prediction.question.quantity);
          quantity != nullptr && !quantity->unit.empty())
        return fmt::format("{:g} {}", guess.number, quantity->unit);
      return fmt::format("{:g}", guess.number);
    case Prediction::Kind::Sketch:
      for (std::size_t i = 0; i < guess.bars.size(); ++i)
        parts.push_back(fmt::format("{} {:g} to {:g} s", prediction.items[i], guess.bars[i].from, guess.bars[i].to));
      return join(parts, ", ");
  }
  return "";
}

std::string text_of(const Reading& reading) {
  std::string text = fmt::format("{}\n", reading.lesson().title);
  for (const Page& page : reading.pages()) {
    if (page.kind != Page::Kind::Question) continue;
    const Prediction& prediction = *reading.lesson().steps[page.step].prediction;
    text += fmt::format("\n{}. {}\n", reading.question_number(page.step), prediction.ask);
    const auto& hands = reading.hands(page.step);
    for (std::size_t i = 0; i < std::min(hands.size(), prediction.options.size()); ++i)
      text += fmt::format("   {} hand{}: {}\n", hands[i], hands[i] == 1 ? "" : "s", prediction.options[i].says);
    const Guess* guess = reading.guess(page.step);
    if (guess != nullptr) text += fmt::format("   Predicted: {}\n", text_of(prediction, *guess));
    const Marking* marking = reading.marking(page.step);
    if (marking == nullptr) {
      text += "   Not run yet.\n";
    } else if (!marking->no_answer.empty()) {
      text += fmt::format("   The run had no answer: {}.\n", marking->no_answer);
    } else {
      text += fmt::format("   {}: {}\n", marking->marked.right ? "Right" : "It was", marking->marked.answer);
      if (const Belief* belief = find_belief(marking->marked.belief))
        text += fmt::format("   The belief behind it: {}.\n", belief->name);
      if (!marking->marked.sentence.empty()) text += fmt::format("   {}\n", marking->marked.sentence);
    }
  }
  return text;
}

}  // namespace loiter::lessons
