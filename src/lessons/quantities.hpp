// Quantities: what a lesson may ask about a run. Each has a name and is computed from the run alone, so that the answer of
// a prediction never stands in a file, and no lesson can be wrong about its own experiment.
//
//   "delivery_order", run --answer_of()--> the futures in the order in which the program got their results
//
// Shape    Pure functions of a folded run. Futures are called by their labels; where several have the same one, by
//          "quick #1", "quick #2" in the order in which they were submitted.
// Units    Times are seconds of lab time.
// Errors   A quantity that this run does not have (a future of that name, a deadlock): one sentence.
// Threads  Any.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "trace/run.hpp"

namespace loiter::lessons {

// What kind of answer a quantity gives.
enum class AnswerKind : std::uint8_t {
  Word,    // one of a few: "pending"
  Truth,   // true or false
  Number,  // seconds, bytes, or how many
  Order,   // futures, in order
  Some,    // some of the futures
  Bars,    // when each future began and ended
};
std::string_view words_of(AnswerKind kind);  // "a number", for messages

struct Quantity {
  std::string_view name;
  AnswerKind kind = AnswerKind::Number;
  std::string_view help;                // what it is, for the page of all blocks
  bool needs_time = false;              // `at`
  bool needs_future = false;            // `of`
  std::string_view unit = {};           // of a number: "s", "bytes"; empty: how many
  std::vector<std::string> words = {};  // of a Word: all it can be; empty: anything
};

std::span<const Quantity> all_quantities();
const Quantity* find_quantity(std::string_view name);
std::vector<std::string> quantity_names();

// A quantity, with what it needs.
struct Question {
  std::string quantity;
  Instant at{};
  std::string of = {};  // a future's label
  bool operator==(const Question&) const = default;
};

// A future in an answer: when it happened; of a bar, when it began and ended.
struct Item {
  std::string label;
  FutureId future;
  Instant at{};
  Instant until{};
};

struct Answer {
  AnswerKind kind = AnswerKind::Number;
  std::string word = {};
  bool truth = false;
  double number = 0;
  std::vector<Item> items = {};
  std::optional<Instant> at = std::nullopt;  // where in the run it can be seen, if at one instant
};

Result<Answer> answer_of(const Question& question, const trace::Run& run);

// The labels of all futures, in the order in which they were submitted.
std::vector<Item> futures_of(const trace::Run& run);

// "5.00 s", "true", "loiter(0), loiter(1)".
std::string text_of(const Answer& answer, std::string_view unit);

}  // namespace loiter::lessons
