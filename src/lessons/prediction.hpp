// Prediction: a question that is asked before the run and answered by it.
//
//   Prediction, what was typed --read_guess()--> Guess --mark(), with the run--> right or wrong, where, and why
//
// Shape    Plain values and pure functions. Five kinds: choose one, choose several, order, number, sketch.
// Units    Numbers in the unit of the quantity (seconds of lab time, bytes, how many); sketches in seconds of lab time.
// Errors   A guess that is none: one sentence that says what to type. A quantity that the run does not have: one sentence.
// Threads  Any.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/result.hpp"
#include "lessons/beliefs.hpp"
#include "lessons/quantities.hpp"

namespace loiter::lessons {

// What an option stands for: a word, truth, number, or an order by labels; or what another quantity of the same run is.
struct SameAs {
  std::string quantity;
  bool operator==(const SameAs&) const = default;
};
using OptionValue = std::variant<std::string, bool, double, std::vector<std::string>, SameAs>;
// "true", "0.5", "slow, quick"; of another quantity nothing, for it is known only with a run.
std::string text_of(const OptionValue& value);

// An answer that can be chosen; of an order or a number one that is known to be given for a reason.
struct Option {
  std::uint32_t line = 0;
  std::string says;  // of a choice
  OptionValue value;
  std::string belief = {};  // the id of who chooses it wrongly; or empty
  std::string answer = {};  // the sentence for them; empty: the belief's own
  bool operator==(const Option&) const = default;
};

struct Prediction {
  enum class Kind : std::uint8_t { Choose, ChooseSeveral, Order, Number, Sketch };
  std::uint32_t line = 0;
  Kind kind = Kind::Choose;
  std::string ask;
  Question question;
  double tolerance = 0;                 // of a number, of the ends of bars, and of options that are numbers
  std::vector<std::string> items = {};  // of an order or a sketch: the labels of the futures
  std::vector<Option> options = {};
  bool operator==(const Prediction&) const = default;
};

struct Bar {
  double from = 0;
  double to = 0;
  bool operator==(const Bar&) const = default;
};

struct Guess {
  std::vector<std::size_t> chosen = {};  // options, or of an order its items, as they stand
  double number = 0;
  std::vector<Bar> bars = {};  // of each item
  bool operator==(const Guess&) const = default;
};

// "2"; "1 3" or "none"; "3 1 2"; "5"; "0-1, 0-2, 1-4".
Result<Guess> read_guess(const Prediction& prediction, std::string_view typed);
// How to type one: "a number from 1 to 3".
std::string guess_help(const Prediction& prediction);

// Where a guess first differs from the run.
struct Difference {
  std::string label;  // of the future it is about; or empty
  std::optional<Instant> at = std::nullopt;
  std::string sentence;
};

struct Marked {
  bool right = false;
  std::string answer;  // what the run says; of a truth or a word in the words of the option that is right
  std::optional<Difference> difference = std::nullopt;
  std::string belief = {};    // the id of the one behind a wrong guess, if it is known
  std::string sentence = {};  // that answers it
};
Result<Marked> mark(const Prediction& prediction, const Guess& guess, const trace::Run& run);

// What is wrong with a prediction on its own experiment, one sentence each: no option is what happens, two are, a future is
// not there, an option is the same as another one.
struct Fault {
  std::uint32_t line = 0;
  std::string what;
};
std::vector<Fault> faults_of(const Prediction& prediction, const trace::Run& run);

// The guess that this run makes right, as it would be typed; nothing if there is none.
std::optional<std::string> right_guess(const Prediction& prediction, const trace::Run& run);

// The beliefs that a prediction is about.
std::vector<std::string> beliefs_of(const Prediction& prediction);

}  // namespace loiter::lessons
