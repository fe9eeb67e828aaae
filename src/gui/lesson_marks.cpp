#include "gui/lesson_marks.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <string>

namespace loiter::gui {
namespace {

using lessons::Guess;
using lessons::Prediction;
using Column = views::GuessMarks::Column;

std::map<std::string, FutureId> ids_by_label(const trace::Run& run) {
  std::map<std::string, FutureId> ids;
  for (const lessons::Item& item : lessons::futures_of(run)) ids[item.label] = item.future;
  return ids;
}

bool near(double a, double b, double tolerance) { return std::abs(a - b) <= tolerance + 1e-9; }

Column column_of(const std::string& quantity) {
  if (quantity == "submission_order") return Column::Submitted;
  if (quantity == "start_order") return Column::Began;
  return quantity == "delivery_order" ? Column::Delivered : Column::Finished;
}

void add_sketch(const Prediction& prediction, const Guess& guess, const trace::Run& run, views::GuessMarks& marks) {
  const auto answer = lessons::answer_of(prediction.question, run);
  if (!answer || !marks.bars.empty()) return;
  const auto ids = ids_by_label(run);
  for (std::size_t i = 0; i < std::min(guess.bars.size(), prediction.items.size()); ++i) {
    const auto item = std::ranges::find(answer->items, prediction.items[i], &lessons::Item::label);
    const lessons::Bar& bar = guess.bars[i];
    if (item == answer->items.end()) {  // it never began
      const auto id = ids.find(prediction.items[i]);
      if (id != ids.end())
        marks.bars.push_back({id->second, Instant(from_seconds(bar.from)), Instant(from_seconds(bar.to)), false});
      continue;
    }
    marks.bars.push_back({.future = item->future,
                          .from = Instant(from_seconds(bar.from)),
                          .until = Instant(from_seconds(bar.to)),
                          .right = near(bar.from, to_seconds(item->at), prediction.tolerance) &&
                                   near(bar.to, to_seconds(item->until), prediction.tolerance)});
  }
}

void add_order(const Prediction& prediction, const Guess& guess, const trace::Run& run, views::GuessMarks& marks) {
  auto answer = lessons::answer_of(prediction.question, run);
  if (!answer || !marks.places.empty()) return;
  std::erase_if(answer->items, [&](const lessons::Item& item) {
    return std::ranges::find(prediction.items, item.label) == prediction.items.end();
  });
  const auto ids = ids_by_label(run);
  marks.column = column_of(prediction.question.quantity);
  for (std::size_t i = 0; i < guess.chosen.size(); ++i) {
    const std::string& label = prediction.items[guess.chosen[i]];
    const auto id = ids.find(label);
    if (id == ids.end()) continue;
    views::GuessedPlace place{.future = id->second, .guessed = i + 1, .real = {}};
    const auto item = std::ranges::find(answer->items, label, &lessons::Item::label);
    if (item != answer->items.end()) place.real = static_cast<std::size_t>(item - answer->items.begin()) + 1;
    marks.places.push_back(place);
  }
}

}  // namespace

views::GuessMarks guess_marks(const lessons::Reading& reading, const std::vector<std::size_t>& questions,
                              const trace::Run& run) {
  views::GuessMarks marks;
  const auto ids = ids_by_label(run);
  for (const std::size_t step : questions) {
    const lessons::Marking* marking = reading.marking(step);
    const Guess* guess = reading.guess(step);
    if (marking == nullptr || guess == nullptr || !marking->no_answer.empty()) continue;
    const Prediction& prediction = *reading.lesson().steps[step].prediction;
    if (prediction.kind == Prediction::Kind::Sketch) add_sketch(prediction, *guess, run, marks);
    if (prediction.kind == Prediction::Kind::Order) add_order(prediction, *guess, run, marks);
    const auto& difference = marking->marked.difference;
    if (!difference) continue;
    const bool is_earlier =
        !marks.difference || !marks.difference->at || (difference->at && *difference->at < *marks.difference->at);
    if (!is_earlier) continue;
    const auto id = ids.find(difference->label);
    marks.difference = views::GuessDifference{
        .future = id == ids.end() ? no_future : id->second, .at = difference->at, .sentence = difference->sentence};
  }
  return marks;
}

}  // namespace loiter::gui
