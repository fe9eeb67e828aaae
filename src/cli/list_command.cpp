#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "cli/commands.hpp"
#include "cli/help.hpp"
#include "trace/names.hpp"

namespace loiter::cli {
namespace {

std::string range_of(const engine::Parameter& parameter) {
  using Kind = engine::Parameter::Kind;
  switch (parameter.kind) {
    case Kind::Count:
      return fmt::format("{} to {}", parameter.least, parameter.most);
    case Kind::Time:
      return fmt::format("{:g} to {:g} s", to_seconds(Duration{parameter.least}), to_seconds(Duration{parameter.most}));
    case Kind::Share:
      return "0 to 1";
    case Kind::Word:
      if (parameter.words.size() > 8) return fmt::format("{} names, below", parameter.words.size());
      return join(parameter.words, ", ");
    case Kind::Text:
      break;
  }
  return "text";
}

std::string parameters_of(const engine::Experiment& experiment) {
  std::size_t wide = 0;
  for (const engine::Parameter& parameter : experiment.parameters) {
    wide = std::max(wide, parameter.name.size() + parameter.usual.size() + 1);
  }
  std::string text;
  for (const engine::Parameter& parameter : experiment.parameters) {
    text += fmt::format("    --set {:<{}}  {} ({})\n", parameter.name + "=" + parameter.usual, wide, parameter.help,
                        range_of(parameter));
  }
  return text;
}

std::string usual_workers_of(const engine::Experiment& experiment) {
  return experiment.usual_workers == engine::one_per_core ? "CORES" : std::to_string(experiment.usual_workers);
}

std::string modes() {
  const auto names = trace::names<trace::Mode>();
  return join(std::vector<std::string>(names.begin(), names.end()), ", ");
}

}  // namespace

int list_command(Terminal& terminal) {
  const Screen screen = terminal.screen();
  const int columns = std::clamp(screen.is_terminal ? screen.columns : 100, 40, 100);
  std::string text = "experiments, for 'loiter run NAME' and 'loiter compare NAME':\n";
  for (const engine::Experiment& experiment : engine::all_experiments()) {
    text += fmt::format("\n{}\n{}{}    --workers {}  --collect {}  --mode {}\n", experiment.name,
                        wrapped(experiment.summary, columns, 4), parameters_of(experiment),
                        usual_workers_of(experiment), trace::name_of(experiment.usual_collect), modes());
  }
  text += "\nscenarios, for 'loiter run NAME'; a file with one runs the same way:\n\n";
  for (const engine::ShippedScenario& scenario : engine::shipped_scenarios()) {
    text += fmt::format("{:<26} {}\n", scenario.name, scenario.title);
  }
  text += fmt::format("\nlessons, for 'loiter lesson run ID':\n\n{}", list_of_lessons());
  return print(terminal, text);
}

}  // namespace loiter::cli
