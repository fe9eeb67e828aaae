#include "experiments/scenario_listing.hpp"

#include <algorithm>

#include "base/python_text.hpp"
#include "experiments/scenario_experiment.hpp"

namespace loiter::experiments {

std::string number_text(double number) {
  std::string text = python_repr(number);
  if (text.ends_with(".0")) text.resize(text.size() - 2);
  return text;
}

namespace {

constexpr std::size_t most_columns = 40;

// Where a line of these columns can end, outside of texts: behind ", ", "(", " = " or "> "; 0: nowhere.
std::size_t place_to_break(std::string_view text, std::size_t columns, Language language) {
  std::size_t place = 0;
  int open = 0;
  char quote = 0;
  for (std::size_t i = 0; i + 1 < text.size() && i < columns; ++i) {
    const char c = text[i];
    if (quote != 0) {
      if (c == '\\') ++i;
      if (c == quote) quote = 0;
      continue;
    }
    if (c == '"' || c == '\'') quote = c;
    if (c == '(' || c == '[' || c == '{') ++open;
    if (c == ')' || c == ']' || c == '}') --open;
    if (open == 0 && language == Language::Python) continue;
    const bool is_gap = c == ' ' && (text[i - 1] == ',' || text[i - 1] == '=' || text[i - 1] == ':');
    if (i > 0 && is_gap) place = i + 1;
    if (c == '(' && text[i + 1] != ')') place = i + 1;
  }
  return place;
}

}  // namespace

std::string folded(const std::string& statement, std::size_t indent, Language language, const std::string& site) {
  std::string text;
  std::string_view rest = statement;
  std::size_t margin = indent;
  for (bool is_first = true; !rest.empty(); is_first = false) {
    const std::size_t room = margin < most_columns ? most_columns - margin : 0;
    const std::size_t place = rest.size() <= room ? 0 : place_to_break(rest, room, is_first ? language : Language::Cpp);
    std::string_view line = place == 0 ? rest : rest.substr(0, place);
    rest.remove_prefix(line.size());
    while (line.ends_with(' ')) line.remove_suffix(1);
    text += std::string(margin, ' ') + std::string(line);
    if (is_first && !site.empty()) text += (language == Language::Python ? "  #@ " : "  //@ ") + site;
    text += '\n';
    margin = indent + 4;
  }
  return text;
}

bool has_step(const scenarios::Scenario& scenario, scenarios::Step::Kind kind) {
  const auto has = [kind](const std::vector<scenarios::Step>& steps) {
    return std::ranges::find(steps, kind, &scenarios::Step::kind) != steps.end();
  };
  return has(scenario.main) ||
         std::ranges::any_of(scenario.tasks, [&](const scenarios::Task& task) { return has(task.steps); });
}

Listing scenario_listing(const Setup& setup) {
  const scenarios::Scenario scenario = scenario_of(setup);
  return {.python = scenario_in_python(scenario, setup), .cpp = scenario_in_cpp(scenario, setup)};
}

}  // namespace loiter::experiments
