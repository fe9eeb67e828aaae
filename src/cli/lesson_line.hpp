// `loiter lesson ...` as a value: what to do with which lessons.
//
// Errors   One sentence that names the argument and says what to write instead.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "cli/options.hpp"
#include "engine/catalogue.hpp"
#include "trace/header.hpp"

namespace loiter::cli {

struct LessonCommand {
  enum class Action { Check, New, List, Run, Progress, Forget };
  Action action = Action::List;
  std::vector<std::string> names;     // files; of run an id or a file; of new a name; of forget ids, or "all"
  std::optional<trace::Clock> clock;  // of run: in place of what the lesson says
  std::optional<engine::Pace> pace;   // of run
  bool with_notes = false;            // of run: the teacher's notes too
  bool resume = false;                // of run: where the reader left
};

// `clock` and `pace` as they were given.
Result<LessonCommand> lesson_command_of(const Given& given, std::optional<trace::Clock> clock,
                                        std::optional<engine::Pace> pace);

}  // namespace loiter::cli
