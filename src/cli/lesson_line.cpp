#include "cli/lesson_line.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"

namespace loiter::cli {
namespace {

const std::vector<std::string>& actions() {
  static const std::vector<std::string> words{"check", "new", "list", "run", "progress", "forget"};
  return words;
}

std::string quoted(std::string_view text) { return "'" + printable(text, 60) + "'"; }

// How many names each takes.
Result<void> check_names(const LessonCommand& command, const std::string& action) {
  using Action = LessonCommand::Action;
  const std::size_t count = command.names.size();
  switch (command.action) {
    case Action::Check:
      if (count == 0) return fail("'loiter lesson check' needs a lesson: loiter lesson check FILE.md.");
      return {};
    case Action::New:
      if (count != 1) return fail("'loiter lesson new' needs one name, such as: loiter lesson new my-lesson.");
      return {};
    case Action::Run:
      if (count != 1) {
        return fail("'loiter lesson run' needs one lesson, by its id or as a file. 'loiter lesson list' names them.");
      }
      return {};
    case Action::Forget:
      if (count == 0) return fail("'loiter lesson forget' needs to know which lessons: their ids, or all.");
      return {};
    default:
      if (count > 0)
        return fail(
            fmt::format("'loiter lesson {}' takes no name: leave {} out.", action, quoted(command.names.front())));
      return {};
  }
}

}  // namespace

Result<LessonCommand> lesson_command_of(const Given& given, std::optional<trace::Clock> clock,
                                        std::optional<engine::Pace> pace) {
  if (given.positionals.empty()) {
    return fail(fmt::format("'loiter lesson' needs to know what to do: {}.", join(actions(), ", ")));
  }
  const std::string& word = given.positionals.front();
  const auto action = std::ranges::find(actions(), word);
  if (action == actions().end()) {
    return fail(fmt::format("'loiter lesson' cannot {}.{} It can: {}.", quoted(word), did_you_mean(word, actions()),
                            join(actions(), ", ")));
  }
  LessonCommand command{.action = static_cast<LessonCommand::Action>(action - actions().begin()),
                        .names = {given.positionals.begin() + 1, given.positionals.end()},
                        .clock = clock,
                        .pace = pace,
                        .with_notes = given.has("--notes"),
                        .resume = given.has("--resume")};
  if (command.action != LessonCommand::Action::Run && !given.options.empty()) {
    return fail(fmt::format("{} is for 'loiter lesson run'.", given.options.begin()->first));
  }
  if (auto names = check_names(command, word); !names) return tl::unexpected(names.error());
  return command;
}

}  // namespace loiter::cli
