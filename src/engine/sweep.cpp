#include "engine/sweep.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"

namespace loiter::engine {
namespace {

constexpr std::size_t most_points = 100;

std::vector<std::string> values_in(std::string_view text) {
  std::vector<std::string> values;
  for (;;) {
    const std::size_t comma = text.find(',');
    values.emplace_back(text.substr(0, comma));
    if (comma == std::string_view::npos) return values;
    text.remove_prefix(comma + 1);
  }
}

std::vector<std::string> usual_values(const Parameter& parameter) {
  if (parameter.kind == Parameter::Kind::Share) return {"0", "0.25", "0.5", "0.75", "1"};
  return parameter.words;
}

Result<const Parameter*> parameter_of(const Choices& choices, const std::string& name) {
  if (choices.parameters.contains(name)) {
    return fail(fmt::format("{0} is what --over varies: leave --set {0} out.", name));
  }
  const Experiment* const experiment = find_experiment(choices.experiment);
  if (experiment == nullptr) return fail("Only an experiment has parameters that --over can vary.");
  const auto it = std::ranges::find(experiment->parameters, name, &Parameter::name);
  if (it != experiment->parameters.end() && it->kind != Parameter::Kind::Text) return &*it;
  std::vector<std::string> known;
  for (const Parameter& parameter : experiment->parameters) {
    if (parameter.kind != Parameter::Kind::Text) known.push_back(parameter.name);
  }
  return fail(fmt::format("{} has no parameter '{}' that --over can vary.{} It has: {}.", experiment->name,
                          printable(name, 40), did_you_mean(name, known), join(known, ", ")));
}

}  // namespace

Result<std::vector<Setup>> setups_to_compare(Choices choices) {
  std::vector<Setup> setups;
  for (const trace::Mode mode : compared_modes) {
    choices.mode = mode;
    auto setup = complete(choices);
    if (!setup) return tl::unexpected(setup.error());
    setups.push_back(std::move(*setup));
  }
  return setups;
}

Result<SweepPlan> plan_sweep(const Choices& choices, std::string_view over) {
  const std::size_t equals = over.find('=');
  SweepPlan plan{.parameter = std::string(over.substr(0, equals)), .points = {}};
  const auto parameter = parameter_of(choices, plan.parameter);
  if (!parameter) return tl::unexpected(parameter.error());
  std::vector<std::string> values =
      equals == std::string_view::npos ? usual_values(**parameter) : values_in(over.substr(equals + 1));
  if (values.empty()) {
    return fail(fmt::format("--over {0} needs values, such as: --over {0}={1}.", plan.parameter, (*parameter)->usual));
  }
  if (values.size() > most_points) {
    return fail(fmt::format("--over takes at most {} values, not {}.", most_points, values.size()));
  }
  for (std::string& value : values) {
    Choices with_value = choices;
    with_value.parameters[plan.parameter] = value;
    auto setups = setups_to_compare(std::move(with_value));
    if (!setups) return tl::unexpected(setups.error());
    plan.points.push_back({.value = std::move(value), .setups = std::move(*setups)});
  }
  return plan;
}

}  // namespace loiter::engine
