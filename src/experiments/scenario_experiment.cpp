#include "experiments/scenario_experiment.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/assert.hpp"
#include "base/text.hpp"
#include "experiments/lab.hpp"
#include "experiments/scenario_names.hpp"
#include "experiments/scenario_player.hpp"
#include "scenarios/read_scenario.hpp"
#include "scenarios/shipped.hpp"

namespace loiter::experiments {
namespace {

constexpr const char* first_to_meet = "wait_forever";

const ShippedScenario* find_shipped(std::string_view name) {
  const auto all = shipped_scenarios();
  const auto found = std::ranges::find(all, name, &ShippedScenario::name);
  return found == all.end() ? nullptr : &*found;
}

std::vector<std::string> shipped_names() {
  std::vector<std::string> names;
  for (const ShippedScenario& shipped : shipped_scenarios()) names.push_back(shipped.name);
  return names;
}

// As one would type it: "1s", "250ms".
std::string time_text(Duration d) {
  constexpr std::int64_t ms = 1'000'000;
  if (d.count() % (1000 * ms) == 0) return fmt::format("{}s", d.count() / (1000 * ms));
  if (d.count() % ms == 0) return fmt::format("{}ms", d.count() / ms);
  return fmt::format("{}us", static_cast<double>(d.count()) / 1000);
}

}  // namespace

std::span<const ShippedScenario> shipped_scenarios() {
  static const std::vector<ShippedScenario> all = [] {
    std::vector<ShippedScenario> made;
    for (const scenarios::ShippedText& shipped : scenarios::shipped_texts()) {
      const auto scenario = scenarios::read_scenario(shipped.text, std::string(shipped.name) + ".toml");
      LOITER_ASSERT(scenario.has_value(), "the lab's own scenarios are right: a test reads them all");
      made.push_back({std::string(shipped.name), std::string(shipped.text), scenario->title});
    }
    std::ranges::sort(made, {}, &ShippedScenario::name);
    return made;
  }();
  return all;
}

Result<ScenarioText> scenario_of_file(const std::string& path) {
  auto text = scenarios::load_scenario_text(path);
  if (!text) return tl::unexpected(text.error());
  return ScenarioText{path, std::move(*text)};
}

bool is_scenario(const Choices& choices) {
  return choices.scenario || choices.experiment == scenario_experiment_name ||
         find_shipped(choices.experiment) != nullptr;
}

Result<Choices> with_scenario(const Choices& choices) {
  Choices filled = choices;
  filled.experiment = scenario_experiment_name;
  if (!filled.scenario) {
    const bool is_by_name = choices.experiment != scenario_experiment_name;
    const auto chosen = choices.parameters.find("name");
    if (is_by_name && chosen != choices.parameters.end() && chosen->second != choices.experiment) {
      return fail(fmt::format("{} is a scenario already: leave --set name={} out.", choices.experiment,
                              printable(chosen->second, 40)));
    }
    std::string name = first_to_meet;
    if (is_by_name) name = choices.experiment;
    if (!is_by_name && chosen != choices.parameters.end()) name = chosen->second;
    const ShippedScenario* shipped = find_shipped(name);
    if (shipped == nullptr) {
      const auto names = shipped_names();
      return fail(fmt::format("There is no scenario '{}'.{} Known: {}.", printable(name, 40), did_you_mean(name, names),
                              join(names, ", ")));
    }
    filled.scenario = {shipped->name, shipped->text};
  }
  const auto scenario = scenarios::read_scenario(filled.scenario->text, filled.scenario->name);
  if (!scenario) return tl::unexpected(scenario.error());
  if (!filled.mode && scenario->mode) filled.mode = static_cast<Mode>(*scenario->mode);
  if (!filled.workers)
    filled.workers = scenario->workers.value_or(usual_workers_of(filled.mode.value_or(Mode::Threads)));
  if (!filled.gil && scenario->gil) filled.gil = static_cast<GilKind>(*scenario->gil);
  if (!filled.gil_interval) filled.gil_interval = scenario->gil_interval;
  filled.parameters.try_emplace("unit", time_text(scenario->unit));
  const bool is_shipped = find_shipped(filled.scenario->name) != nullptr;
  filled.parameters["name"] = is_shipped ? filled.scenario->name : first_to_meet;
  return filled;
}

scenarios::Scenario scenario_of(const Setup& setup) {
  LOITER_ASSERT(setup.scenario.has_value(), "complete() gives a scenario its text");
  auto scenario = scenarios::read_scenario(setup.scenario->text, setup.scenario->name);
  LOITER_ASSERT(scenario.has_value(), "complete() has read the text");
  return std::move(*scenario);
}

Experiment scenario_experiment() {
  constexpr std::int64_t hour = std::chrono::nanoseconds(std::chrono::hours(1)).count();
  return {
      .name = scenario_experiment_name,
      .title = "Scenarios: programs written as text",
      .summary =
          "A program from a text file: which pool, which tasks, what the caller does. The lab brings some that get "
          "stuck, and some that nearly do; each runs by its own name too. A file of your own runs the same way.",
      .parameters = {{.name = "name",
                      .kind = Parameter::Kind::Word,
                      .help = "which of the lab's own scenarios",
                      .usual = first_to_meet,
                      .words = shipped_names()},
                     {.name = "unit",
                      .kind = Parameter::Kind::Time,
                      .help = "what one unit of loiter, crunch and timeouts lasts",
                      .usual = "1s",
                      .least = 1000,
                      .most = hour,
                      .is_rare = true}},
      .usual_workers = 1,
      .main = [](Lab& lab) { run_scenario(lab, scenario_of(lab.setup())); },
      .listing = scenario_listing,
  };
}

}  // namespace loiter::experiments
