#include "cli/command_line.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/text.hpp"
#include "cli/options.hpp"
#include "engine/file_serving.hpp"
#include "trace/names.hpp"

namespace loiter::cli {
namespace {

std::string quoted(std::string_view text) { return "'" + printable(text, 60) + "'"; }

// Takes the values of several results, and keeps the first error among them.
class FirstError {
 public:
  template <class Target, class Value>
  void take(Target& target, Result<Value> result) {
    if (result) {
      target = std::move(*result);
    } else if (!m_error) {
      m_error = std::move(result.error());
    }
  }
  void take(Result<void> result) {
    if (!result && !m_error) m_error = std::move(result.error());
  }
  template <class Value>
  Result<Value> or_value(Value value) const {
    if (m_error) return tl::unexpected(*m_error);
    return value;
  }
  Result<void> or_nothing() const {
    if (m_error) return tl::unexpected(*m_error);
    return {};
  }
  bool has_error() const { return m_error.has_value(); }

 private:
  std::optional<Error> m_error;
};

// --- Values ---

// None if the option was not given.
template <class T>
using Maybe = Result<std::optional<T>>;

template <class E>
Maybe<E> chosen(const Given& given, std::string_view option) {
  const auto text = given.value(option);
  if (!text) return std::optional<E>{};
  if (const auto value = trace::from_name<E>(*text)) return std::optional(*value);
  std::vector<std::string> known;
  for (const std::string_view name : trace::names<E>()) known.emplace_back(name);
  return fail(fmt::format("{} is {}, not {}.{}", option, trace::names_in_words<E>(), quoted(*text),
                          did_you_mean(*text, known)));
}

Maybe<std::int64_t> whole_number(const Given& given, std::string_view option, std::int64_t least, std::int64_t most) {
  const auto text = given.value(option);
  if (!text) return std::optional<std::int64_t>{};
  const auto value = parse_integer(*text);
  if (value && *value >= least && *value <= most) return value;
  return fail(fmt::format("{} must be a whole number from {} to {}, not {}.", option, least, most, quoted(*text)));
}

Maybe<engine::Pace> chosen_pace(const Given& given) {
  constexpr double least = 0.001;
  constexpr double most = 1000;
  const auto text = given.value("--speed");
  if (!text) return std::optional<engine::Pace>{};
  if (*text == "instant") return std::optional(engine::Pace::instant());
  const auto rate = parse_number(text->ends_with('x') ? text->substr(0, text->size() - 1) : *text);
  if (rate && *rate >= least && *rate <= most) return std::optional(engine::Pace{*rate});
  return fail(fmt::format("--speed must be a number from {} to {:g}, or instant, not {}.", least, most, quoted(*text)));
}

Maybe<Duration> positive_time(const Given& given, std::string_view option) {
  const auto text = given.value(option);
  if (!text) return std::optional<Duration>{};
  const auto time = parse_duration(*text);
  if (time && time->count() > 0) return std::optional(*time);
  return fail(fmt::format("{} must be a time over 0 such as 10 or 500ms, not {}.", option, quoted(*text)));
}

Result<std::map<std::string, std::string>> chosen_parameters(const Given& given) {
  std::map<std::string, std::string> parameters;
  const auto all = given.options.find("--set");
  if (all == given.options.end()) return parameters;
  for (const std::string& text : all->second) {
    const std::size_t equals = text.find('=');
    if (equals == std::string::npos || equals == 0) {
      return fail(fmt::format("--set takes NAME=VALUE, such as tasks=8, not {}.", quoted(text)));
    }
    const std::string name = text.substr(0, equals);
    if (!parameters.emplace(name, text.substr(equals + 1)).second) {
      return fail(fmt::format("--set {} was given twice.", printable(name, 40)));
    }
  }
  return parameters;
}

// --- What run and compare have in common ---

// A path, or the name of a scenario's file or of a recorded run.
bool names_file(std::string_view name) {
  return name.find('/') != std::string_view::npos || name.ends_with(".toml") || name.ends_with(".jsonl");
}

// Of an experiment, a scenario, or a file with one.
Result<std::string> what_to_run(const Given& given, std::string_view command) {
  if (given.positionals.empty()) {
    return fail(
        fmt::format("'loiter {}' needs the name of an experiment, such as: loiter {} {}. 'loiter list' lists all.",
                    command, command, engine::experiment_names().front()));
  }
  const std::string& name = given.positionals.front();
  if (given.positionals.size() > 1) {
    return fail(
        fmt::format("'loiter {}' runs one experiment: {} is one too many.", command, quoted(given.positionals[1])));
  }
  if (name.ends_with(".jsonl")) {
    return fail(fmt::format("{} is a recorded run: 'loiter show {}' opens it.", quoted(name), printable(name, 60)));
  }
  return name;
}

// A bare number is milliseconds, as the option says.
Maybe<Duration> chosen_gil_interval(const Given& given) {
  const auto text = given.value("--gil-interval");
  if (!text) return std::optional<Duration>{};
  const auto number = parse_number(*text);
  const auto interval = number ? std::optional(from_seconds(*number / 1000)) : parse_duration(*text);
  if (interval && *interval >= engine::least_gil_interval && *interval <= engine::most_gil_interval) return interval;
  return fail(fmt::format("--gil-interval must be a number of milliseconds from 0.1 to 100, not {}.", quoted(*text)));
}

struct Common {
  engine::Choices choices;
  std::optional<engine::Pace> pace;
  Timeout timeout;
};

Result<Common> parse_common(const Given& given, Result<std::string> experiment) {
  FirstError first;
  Common common;
  engine::Choices& choices = common.choices;
  first.take(choices.experiment, std::move(experiment));
  first.take(choices.mode, chosen<trace::Mode>(given, "--mode"));
  first.take(choices.workers, whole_number(given, "--workers", 1, engine::most_workers({})));
  first.take(choices.collect, chosen<trace::Collect>(given, "--collect"));
  first.take(choices.clock, chosen<trace::Clock>(given, "--clock"));
  first.take(common.pace, chosen_pace(given));
  std::optional<std::int64_t> seed;
  first.take(seed, whole_number(given, "--seed", 0, std::numeric_limits<std::int64_t>::max()));
  if (seed) choices.seed = static_cast<std::uint64_t>(*seed);
  first.take(choices.cores, whole_number(given, "--cores", 1, engine::most_cores));
  first.take(choices.gil, chosen<trace::GilKind>(given, "--gil"));
  first.take(choices.gil_interval, chosen_gil_interval(given));
  first.take(choices.parameters, chosen_parameters(given));
  first.take(common.timeout, positive_time(given, "--timeout"));
  if (seed && choices.clock != trace::Clock::Simulated && !first.has_error()) {
    return fail("--seed needs --clock simulated: with real threads no run is the same twice.");
  }
  if (choices.cores && choices.clock != trace::Clock::Simulated && !first.has_error()) {
    return fail("--cores needs --clock simulated: on the live clock the machine has the cores it has.");
  }
  return first.or_value(std::move(common));
}

// Once it is known what is run: a scenario may have a lock of its own.
Result<void> check_gil_interval(const engine::Choices& choices, const engine::Setup& setup) {
  if (!choices.gil_interval || setup.gil.has_lock()) return {};
  return fail("--gil-interval needs --gil cpython or per-interpreter: without a lock nobody waits for it.");
}

// "2@1.5": Process-2 after a second and a half.
Result<std::vector<engine::ScheduledKill>> chosen_kills(const Given& given) {
  std::vector<engine::ScheduledKill> kills;
  const auto all = given.options.find("--kill-worker");
  if (all == given.options.end()) return kills;
  for (const std::string& text : all->second) {
    const std::size_t at = text.find('@');
    const auto number = parse_integer(std::string_view(text).substr(0, at));
    const auto time = at == std::string::npos ? std::nullopt : parse_duration(std::string_view(text).substr(at + 1));
    if (!number || !time || *number < 1 || *number > engine::most_workers(trace::Mode::Processes)) {
      return fail(
          fmt::format("--kill-worker takes the number of a process and a time, such as 2@1.5, not {}.", quoted(text)));
    }
    kills.push_back({.process = static_cast<std::uint32_t>(*number), .at = *time});
  }
  return kills;
}

Result<std::optional<engine::Escape>> chosen_escape(const Given& given) {
  const auto text = given.value("--escape");
  if (!text) return std::optional<engine::Escape>();
  if (const auto escape = engine::escape_of(*text)) return escape;
  std::vector<std::string> words;
  for (const engine::Escape how : engine::all_escapes) words.emplace_back(engine::escape_word(how));
  return fail(
      fmt::format("--escape is one of {}, not {}.{}", join(words, ", "), quoted(*text), did_you_mean(*text, words)));
}

// --- Commands ---

Result<Command> parse_run(const Given& given) {
  Result<Common> common = parse_common(given, what_to_run(given, "run"));
  if (!common) return tl::unexpected(common.error());
  const engine::Choices& choices = common->choices;
  RunCommand run;
  run.pace = common->pace;
  run.timeout = common->timeout;
  run.record = given.value("--record");
  if (choices.mode == trace::Mode::Sequential && choices.workers.value_or(1) != 1) {
    return fail(fmt::format("--mode sequential has no workers: leave --workers {} out, or choose --mode threads.",
                            *choices.workers));
  }
  const std::string format = given.value("--format").value_or("");
  if (format == "transcript") {
    run.format = RunFormat::Transcript;
  } else if (format == "json") {
    run.format = RunFormat::Json;
  } else if (format == "observations") {
    run.format = RunFormat::Observations;
  } else if (given.has("--format")) {
    return fail(fmt::format("--format is transcript, json or observations, not {}.", quoted(format)));
  }
  FirstError first;
  first.take(run.kills, chosen_kills(given));
  first.take(run.escape, chosen_escape(given));
  if (names_file(choices.experiment)) {
    run.file = choices.experiment;
    run.choices = choices;
  } else {
    first.take(run.setup, engine::complete(choices));
    if (!first.has_error()) first.take(check_gil_interval(choices, run.setup));
  }
  const auto mode = run.file ? choices.mode : run.setup.mode;
  if (!run.kills.empty() && !first.has_error() && mode != trace::Mode::Processes) {
    return fail("--kill-worker needs --mode processes: threads cannot be killed.");
  }
  return first.or_value<Command>(std::move(run));
}

// CPython has its own clock, and only the listing to go by.
Result<void> check_with_python(const engine::Setup& setup, const std::optional<engine::Pace>& pace) {
  if (!engine::find_experiment(setup.experiment)->runs_in_python) {
    std::vector<std::string> names;
    for (const engine::Experiment& experiment : engine::all_experiments()) {
      if (experiment.runs_in_python) names.push_back(experiment.name);
    }
    return fail(fmt::format("--with-python is for {}: of {} Python would not do the same work.", join(names, " and "),
                            setup.experiment));
  }
  if (setup.clock != trace::Clock::Live) return fail("--with-python measures: it needs --clock live.");
  if (pace) return fail("--with-python measures: CPython has no --speed.");
  return {};
}

}  // namespace

Result<void> fill_comparison(CompareCommand& compare, const engine::Choices& choices) {
  FirstError first;
  if (compare.over) {
    first.take(compare.sweep.emplace(), engine::plan_sweep(choices, *compare.over));
  } else {
    first.take(compare.setups, engine::setups_to_compare(choices));
  }
  if (!first.has_error()) {
    const engine::Setup& setup = compare.sweep ? compare.sweep->points.front().setups.front() : compare.setups.front();
    first.take(check_gil_interval(choices, setup));
    if (compare.with_python) first.take(check_with_python(setup, compare.pace));
  }
  return first.or_nothing();
}

namespace {

Result<Command> parse_compare(const Given& given) {
  Result<Common> common = parse_common(given, what_to_run(given, "compare"));
  if (!common) return tl::unexpected(common.error());
  const std::string format = given.value("--format").value_or("table");
  if (format != "table" && format != "json")
    return fail(fmt::format("--format is table or json, not {}.", quoted(format)));
  CompareCommand compare;
  compare.pace = common->pace;
  compare.timeout = common->timeout;
  compare.json = format == "json";
  compare.with_python = given.has("--with-python");
  compare.over = given.value("--over");
  if (names_file(common->choices.experiment)) {
    compare.file = common->choices.experiment;
    compare.choices = common->choices;
    return compare;
  }
  if (auto filled = fill_comparison(compare, common->choices); !filled) return tl::unexpected(filled.error());
  return compare;
}

Maybe<WindowTheme> chosen_theme(const Given& given) {
  const auto text = given.value("--theme");
  if (!text) return std::optional<WindowTheme>{};
  if (*text == "light") return std::optional(WindowTheme::Light);
  if (*text == "dark") return std::optional(WindowTheme::Dark);
  return fail(fmt::format("--theme is light or dark, not {}.", quoted(*text)));
}

Maybe<double> chosen_scale(const Given& given) {
  const auto text = given.value("--scale");
  if (!text) return std::optional<double>{};
  const auto scale = parse_number(*text);
  if (scale && *scale >= 1.0 && *scale <= 2.5) return scale;
  return fail(fmt::format("--scale must be a number from 1 to 2.5, not {}.", quoted(*text)));
}

Maybe<OpenLabCommand::Size> chosen_size(const Given& given) {
  using Size = OpenLabCommand::Size;
  const auto text = given.value("--size");
  if (!text) return std::optional<Size>{};
  const std::size_t x = std::min(text->find('x'), text->size());
  const auto width = parse_integer(std::string_view(*text).substr(0, x));
  const auto height = parse_integer(std::string_view(*text).substr(std::min(x + 1, text->size())));
  constexpr std::int64_t most = 16'384;
  if (width && height && *width >= 480 && *height >= 320 && *width <= most && *height <= most) {
    return std::optional(Size{static_cast<int>(*width), static_cast<int>(*height)});
  }
  return fail(fmt::format("--size must be WIDTHxHEIGHT from 480x320 to {0}x{0}, such as 1280x800, not {1}.", most,
                          quoted(*text)));
}

Maybe<int> chosen_tour(const Given& given) {
  const auto step = whole_number(given, "--tour-step", 1, tour_step_count);
  if (!step) return tl::unexpected(step.error());
  if (*step) return std::optional(static_cast<int>(**step));
  return given.has("--tour") ? std::optional(1) : std::nullopt;
}

// The experiment is an option here: without a command there is no word that could be one, but for a scenario's file.
Result<std::string> experiment_to_begin_with(const Given& given) {
  return given.value("--experiment").value_or(engine::experiment_names().front());
}

Result<OpenLabCommand> parse_window(const Given& given) {
  Result<Common> common = parse_common(given, experiment_to_begin_with(given));
  if (!common) return tl::unexpected(common.error());
  FirstError first;
  OpenLabCommand open;
  open.choices = common->choices;
  open.run = given.has("--run");
  open.compare = given.has("--compare");
  open.pace = common->pace;
  open.screenshot = given.value("--screenshot");
  first.take(open.theme, chosen_theme(given));
  first.take(open.scale, chosen_scale(given));
  first.take(open.size, chosen_size(given));
  first.take(open.tour, chosen_tour(given));
  first.take(open.after, positive_time(given, "--after"));
  if (open.after && !open.screenshot) return fail("--after says when --screenshot FILE.png is taken, and needs it.");
  open.lesson = given.value("--lesson");
  first.take(open.page, whole_number(given, "--page", 1, 1000));
  open.present = given.has("--present");
  if ((open.page || open.present) && !open.lesson)
    return fail(fmt::format("{} needs --lesson: which lesson?", open.page ? "--page" : "--present"));
  if (open.lesson && (open.compare || given.has("--experiment")))
    return fail("--lesson sets up its own experiments: leave --experiment and --compare out.");
  if (open.run && open.compare) {
    return fail("--run begins one run and --compare one in every mode: leave one out.");
  }
  if (names_file(open.choices.experiment)) {
    open.scenario = open.choices.experiment;
    return first.or_value(std::move(open));
  }
  engine::Setup checked;
  first.take(checked, engine::complete(open.choices));
  return first.or_value(std::move(open));
}

Result<Command> parse_show(const Given& given) {
  if (given.positionals.empty()) return fail("'loiter show' needs a recorded run: loiter show FILE.jsonl.");
  if (given.positionals.size() > 1) {
    return fail(fmt::format("'loiter show' shows one run: {} is one too many.", quoted(given.positionals[1])));
  }
  Result<OpenLabCommand> open = parse_window(given);
  if (!open) return tl::unexpected(open.error());
  open->file = given.positionals.front();
  if (!given.has("--text")) return *open;
  if (open->screenshot) return fail("--text shows the run here and --screenshot in the window: leave one out.");
  return ShowTextCommand{*open->file};
}

Result<Command> parse_help(const Given& given) {
  const std::string about = given.positionals.empty() ? "" : given.positionals.front();
  if (find_command(about) != nullptr) return HelpCommand{about};
  std::vector<std::string> known;
  for (const CommandSpec& command : all_commands()) known.emplace_back(command.name);
  return fail(fmt::format("There is no command {}.{}", quoted(about), did_you_mean(about, known)));
}

Result<Command> parse_program(const Given& given) {
  if (given.has("--version")) return VersionCommand{};
  FirstError first;
  Command command;
  first.take(command, parse_window(given));
  return first.or_value(std::move(command));
}

Result<Command> unknown_command(const std::string& name) {
  std::vector<std::string> known;
  for (const CommandSpec& command : all_commands()) {
    if (!command.name.empty()) known.emplace_back(command.name);
  }
  if (engine::find_experiment(name) != nullptr) {
    return fail(fmt::format("{} is an experiment: loiter run {}.", quoted(name), name));
  }
  return fail(fmt::format("There is no command {}.{} Commands: {}.", quoted(name), did_you_mean(name, known),
                          join(known, ", ")));
}

Result<Command> parse_serve(const Given& given) {
  const auto port = whole_number(given, "--port", 0, 65535);
  if (!port) return tl::unexpected(port.error());
  auto dials = chosen_parameters(given);
  if (!dials) return tl::unexpected(dials.error());
  return ServeCommand{.port = static_cast<int>(port->value_or(engine::FileServing::usual_port)),
                      .dials = std::move(*dials)};
}

Result<Command> parse_lesson(const Given& given) {
  const Result<Common> common = parse_common(given, std::string());
  if (!common) return tl::unexpected(common.error());
  return lesson_command_of(given, common->choices.clock, common->pace);
}

}  // namespace

Result<Command> parse_command_line(std::span<const std::string> arguments) {
  if (!arguments.empty() && arguments.front().ends_with(".toml") && !arguments.front().starts_with('-')) {
    std::vector<std::string> in_the_window{"--experiment"};
    in_the_window.insert(in_the_window.end(), arguments.begin(), arguments.end());
    return parse_command_line(in_the_window);
  }
  const bool names_command = !arguments.empty() && !arguments.front().starts_with('-');
  const CommandSpec* command = find_command(names_command ? arguments.front() : "");
  if (command == nullptr || (names_command && arguments.front().empty())) return unknown_command(arguments.front());
  const Result<Given> sorted = sort_arguments(*command, arguments.subspan(names_command ? 1 : 0));
  if (!sorted) return tl::unexpected(sorted.error());
  const Given& given = *sorted;
  if (given.help) return HelpCommand{std::string(command->name)};
  if (command->name == "run") return parse_run(given);
  if (command->name == "compare") return parse_compare(given);
  if (command->name == "show") return parse_show(given);
  if (command->name == "help") return parse_help(given);
  if (command->name == "lesson") return parse_lesson(given);
  if (!given.positionals.empty()) {
    const std::string& word = given.positionals.front();
    if (!names_command && find_command(word) != nullptr) {
      return fail(fmt::format("The command comes first: loiter {} ..., then its options.", word));
    }
    return fail(fmt::format("{} is one word too many. '{}' says what it takes.", quoted(word),
                            names_command ? fmt::format("loiter help {}", command->name) : "loiter help"));
  }
  if (command->name == "list") return ListCommand{};
  if (command->name == "serve") return parse_serve(given);
  return parse_program(given);
}

}  // namespace loiter::cli
