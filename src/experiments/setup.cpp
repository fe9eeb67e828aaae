#include "experiments/setup.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/assert.hpp"
#include "base/text.hpp"
#include "base/version.hpp"
#include "experiments/experiment.hpp"
#include "experiments/scenario_experiment.hpp"
#include "trace/names.hpp"

namespace loiter::experiments {
namespace {

constexpr std::size_t longest_text = 1000;

Result<std::string> check_count(const Parameter& parameter, const std::string& value) {
  const auto number = parse_integer(value);
  if (!number || *number < parameter.least || *number > parameter.most) {
    return fail(fmt::format("{} must be a whole number from {} to {}, not '{}'.", parameter.name, parameter.least,
                            parameter.most, printable(value, 40)));
  }
  return std::to_string(*number);
}

Result<std::string> check_time(const Parameter& parameter, const std::string& value) {
  const auto time = parse_duration(value);
  if (!time || time->count() < parameter.least || time->count() > parameter.most) {
    return fail(fmt::format("{} must be a time from {} to {} such as 250ms or 1s, not '{}'.", parameter.name,
                            format_duration(Duration{parameter.least}), format_duration(Duration{parameter.most}),
                            printable(value, 40)));
  }
  return value;
}

std::optional<double> parse_share(const std::string& value) {
  const auto share = parse_number(value);
  return share && *share >= 0 && *share <= 1 ? share : std::nullopt;
}

Result<std::string> check_share(const Parameter& parameter, const std::string& value) {
  if (!parse_share(value)) {
    return fail(
        fmt::format("{} must be a share from 0 to 1 such as 0.25, not '{}'.", parameter.name, printable(value, 40)));
  }
  return value;
}

Result<std::string> check_word(const Parameter& parameter, const std::string& value) {
  if (std::ranges::find(parameter.words, value) == parameter.words.end()) {
    return fail(fmt::format("{} must be {}, not '{}'.{}", parameter.name, join(parameter.words, " or "),
                            printable(value, 40), did_you_mean(value, parameter.words)));
  }
  return value;
}

Result<std::string> check_text(const Parameter& parameter, const std::string& value) {
  if (value.size() > longest_text || printable(value, longest_text) != value) {
    return fail(fmt::format("{} must be a printable text of at most {} characters, not '{}'.", parameter.name,
                            longest_text, printable(value, 40)));
  }
  return value;
}

}  // namespace

Result<std::string> check_parameter(const Parameter& parameter, const std::string& value) {
  switch (parameter.kind) {
    case Parameter::Kind::Count:
      return check_count(parameter, value);
    case Parameter::Kind::Time:
      return check_time(parameter, value);
    case Parameter::Kind::Share:
      return check_share(parameter, value);
    case Parameter::Kind::Word:
      return check_word(parameter, value);
    case Parameter::Kind::Text:
      break;
  }
  return check_text(parameter, value);
}

namespace {

Error unknown_parameter(const Experiment& experiment, const std::string& name) {
  std::vector<std::string> known;
  for (const Parameter& parameter : experiment.parameters) known.push_back(parameter.name);
  return {fmt::format("{} has no parameter '{}'.{} It has: {}.", experiment.name, printable(name, 40),
                      did_you_mean(name, known), join(known, ", "))};
}

Result<std::map<std::string, std::string>> complete_parameters(const Experiment& experiment,
                                                               const std::map<std::string, std::string>& chosen) {
  std::map<std::string, std::string> all;
  for (const Parameter& parameter : experiment.parameters) {
    const auto it = chosen.find(parameter.name);
    Result<std::string> value = check_parameter(parameter, it == chosen.end() ? parameter.usual : it->second);
    if (!value) return tl::unexpected(value.error());
    all[parameter.name] = std::move(*value);
  }
  for (const auto& [name, value] : chosen) {
    if (!all.contains(name)) return tl::unexpected(unknown_parameter(experiment, name));
  }
  return all;
}

}  // namespace

std::int64_t Setup::count(const std::string& parameter) const {
  const auto value = parse_integer(parameters.at(parameter));
  LOITER_ASSERT(value.has_value(), "complete() checked the parameters");
  return *value;
}

Duration Setup::time(const std::string& parameter) const {
  const auto value = parse_duration(parameters.at(parameter));
  LOITER_ASSERT(value.has_value(), "complete() checked the parameters");
  return *value;
}

double Setup::share(const std::string& parameter) const {
  const auto value = parse_share(parameters.at(parameter));
  LOITER_ASSERT(value.has_value(), "complete() checked the parameters");
  return *value;
}

std::int64_t most_workers(std::optional<Mode> mode) { return mode == Mode::Processes ? 100 : 1000; }

GilWords words_of(GilKind kind) {
  switch (kind) {
    case GilKind::None:
      return {"none (C++)", "C++ has no such lock: threads compute at the same time, on as many cores as there are."};
    case GilKind::Cpython:
      return {"GIL (CPython)",
              "CPython's global interpreter lock, as a model: of all threads of a process only the one that holds it "
              "runs; waiting lets it go, and computing gives it up when another has asked for longer than the switch "
              "interval."};
    case GilKind::PerInterpreter:
      return {"one GIL per interpreter",
              "As a model: each worker thread runs an interpreter of its own, with a lock of its own, as "
              "subinterpreters of CPython 3.12 and later do."};
    case GilKind::FreeThreaded:
      return {"free-threaded",
              "As a model: Python built without the lock, as CPython 3.13t: threads compute at the same time; that "
              "each of them is then somewhat slower is left out."};
  }
  return {};
}

namespace {

Result<void> choose_machine(const Choices& choices, Setup& setup) {
  if (choices.cores) {
    if (*choices.cores < 1 || *choices.cores > most_cores) {
      return fail(fmt::format("cores must be a whole number from 1 to {}, not {}.", most_cores, *choices.cores));
    }
    if (setup.clock == Clock::Simulated) setup.cores = static_cast<std::uint32_t>(*choices.cores);
  }
  setup.gil.kind = choices.gil.value_or(GilKind::None);
  setup.gil.interval = choices.gil_interval.value_or(GilOptions::usual_interval);
  if (setup.gil.interval < least_gil_interval || setup.gil.interval > most_gil_interval) {
    return fail(fmt::format("the GIL's interval must be from {} to {}, not {}.", format_duration(least_gil_interval),
                            format_duration(most_gil_interval), format_duration(setup.gil.interval)));
  }
  return {};
}

// Holes are filled with the experiment's defaults.
Result<Setup> complete_experiment(const Choices& choices, const Experiment& experiment) {
  Setup setup{.experiment = experiment.name};
  setup.mode = choices.mode.value_or(Mode::Threads);
  setup.clock = choices.clock.value_or(Clock::Live);
  const std::int64_t workers = choices.workers.value_or(usual_workers(experiment, setup.clock, choices.cores));
  const std::int64_t most = most_workers(setup.mode);
  if (workers < 1 || workers > most) {
    return fail(fmt::format("workers must be a whole number from 1 to {}{}, not {}.", most,
                            setup.mode == Mode::Processes ? " for processes" : "", workers));
  }
  setup.workers = setup.mode == Mode::Sequential ? 1 : static_cast<std::uint32_t>(workers);
  setup.collect = choices.collect.value_or(experiment.usual_collect);
  setup.seed = choices.seed.value_or(0);
  setup.random_order = choices.seed.value_or(0) != 0;
  if (auto machine = choose_machine(choices, setup); !machine) return tl::unexpected(machine.error());
  auto parameters = complete_parameters(experiment, choices.parameters);
  if (!parameters) return tl::unexpected(parameters.error());
  setup.parameters = std::move(*parameters);
  setup.scenario = choices.scenario;
  if (experiment.settle) {
    if (auto settled = experiment.settle(choices, setup); !settled) return tl::unexpected(settled.error());
  }
  return setup;
}

}  // namespace

Result<Setup> complete(const Choices& choices) {
  if (is_scenario(choices)) {
    auto filled = with_scenario(choices);
    return filled ? complete_experiment(*filled, *find_experiment(scenario_experiment_name))
                  : tl::unexpected(filled.error());
  }
  if (const Experiment* experiment = find_experiment(choices.experiment)) {
    return complete_experiment(choices, *experiment);
  }
  auto names = experiment_names();
  for (const ShippedScenario& shipped : shipped_scenarios()) names.push_back(shipped.name);
  return fail(fmt::format("There is no experiment or scenario '{}'.{} Known: {}.", printable(choices.experiment, 40),
                          did_you_mean(choices.experiment, names), join(names, ", ")));
}

trace::Header header_of(const Setup& setup) {
  trace::Header header;
  header.title = setup.scenario ? setup.scenario->name : setup.experiment;
  header.mode = setup.mode;
  header.workers = setup.workers;
  header.collect = setup.collect;
  header.clock = setup.clock;
  header.seed = setup.seed;
  header.cores = setup.cores;
  header.gil = setup.gil.kind;
  header.gil_interval = setup.gil.interval;
  header.unit = setup.parameters.contains("unit") ? setup.time("unit") : Duration(std::chrono::seconds(1));
  header.parameters = setup.parameters;
  if (setup.scenario) {
    header.scenario = setup.scenario->text;
    header.parameters.erase("name");  // the title says it
  }
  header.producer = std::string("loiter ") + program_version;
  return header;
}

Result<Setup> setup_of(const trace::Header& header) {
  std::optional<ScenarioText> scenario;
  if (!header.scenario.empty()) scenario = {header.title, header.scenario};
  return complete({.experiment = header.title,
                   .mode = header.mode,
                   .workers = header.workers,
                   .collect = header.collect,
                   .clock = header.clock,
                   .seed = header.seed,
                   .cores = header.cores == 0 ? std::optional<std::int64_t>() : header.cores,
                   .gil = header.gil,
                   .gil_interval = header.gil_interval,
                   .parameters = header.parameters,
                   .scenario = std::move(scenario)});
}

}  // namespace loiter::experiments
