// Lesson: a text that makes its reader predict what a run will do, runs it, and says why.
//
//   NN-name.md --read_lesson()--> Lesson: steps in order: prose, lab, predict, explain, try, note
//
// Shape    Plain values, complete and checked: every lab can be run, every prediction belongs to the lab before it, each
//          lab is explained before the next one begins.
// Threads  Any.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "experiments/setup.hpp"
#include "lessons/prediction.hpp"
#include "lessons/prose.hpp"

namespace loiter::lessons {

// An experiment, or a whole scenario, with its settings; it starts held.
struct Lab {
  std::uint32_t line = 0;
  experiments::Choices choices;        // as the lesson says
  experiments::Setup setup;            // the same, complete
  std::vector<std::string> show = {};  // panels that are to be open
  std::string point_at = {};           // a panel, or a future's label
  std::optional<std::uint32_t> kill_process = std::nullopt;
  Duration kill_at{};
};

// What a try wants of a run.
struct Goal {
  std::uint32_t line = 0;
  Question question;
  std::optional<OptionValue> is = std::nullopt;
  std::optional<double> at_least = std::nullopt;
  std::optional<double> at_most = std::nullopt;
};

// A task for the learner: change settings of the lab before it until the run meets every goal.
struct Try {
  std::uint32_t line = 0;
  std::string task;
  std::vector<std::string> may_change;  // "workers", "mode", "set tasks", ...
  std::vector<Goal> goals;
  std::string hint = {};
  std::string solution;  // as it would be typed: "workers=4"
};

struct Step {
  enum class Kind : std::uint8_t { Prose, Lab, Predict, Explain, Try, Note };
  Kind kind = Kind::Prose;
  std::uint32_t line = 0;
  Blocks prose = {};  // of prose, explain and note
  std::optional<Lab> lab = std::nullopt;
  std::optional<Prediction> prediction = std::nullopt;
  std::optional<Try> task = std::nullopt;
};

struct Lesson {
  std::string id;
  std::string title;
  std::uint32_t minutes = 0;
  std::vector<std::string> needs = {};  // ids of lessons to be read before
  std::string language = "en";
  std::vector<std::string> sources = {};
  std::vector<Step> steps;
};

// The choices of the lab with "workers=4 mode=threads" on top. Errors: what cannot be changed so.
Result<experiments::Choices> with_changes(const Lab& lab, const Try& task, const std::string& typed);

// Whether a run meets a goal; a quantity that it does not have is not met. What it was, in words.
struct Met {
  bool met = false;
  std::string was;
};
Met meets(const Goal& goal, const trace::Run& run);
// "how long the program took: at most 5 s"
std::string text_of(const Goal& goal);

}  // namespace loiter::lessons
