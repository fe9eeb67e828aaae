#include "app/lab_options.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <limits>
#include <map>

#include "base/text.hpp"
#include "trace/names.hpp"

namespace loiter::app {
namespace {

struct Option {
  std::string name;
  std::string value;  // what stands for it in the help; empty: it takes none
  std::string help;
  std::function<Result<void>(LabOptions&, const std::string&)> set;
};

Result<void> bad(const std::string& option, const std::string& value, const std::string& expected) {
  return fail(fmt::format("{} must be {}, not '{}'.", option, expected, printable(value, 40)));
}

// A choice among few words.
template <class T>
auto one_of(std::string option, std::map<std::string, T> words, std::function<void(LabOptions&, T)> set) {
  return [=](LabOptions& options, const std::string& value) -> Result<void> {
    if (const auto it = words.find(value); it != words.end()) {
      set(options, it->second);
      return {};
    }
    std::vector<std::string> names;
    for (const auto& [name, unused] : words) names.push_back(name);
    return fail(fmt::format("{} must be {}, not '{}'.{}", option, join(names, " or "), printable(value, 40),
                            did_you_mean(value, names)));
  };
}

Result<void> set_number(const std::string& option, const std::string& value, double least, double most,
                        const std::function<void(double)>& set) {
  const auto number = parse_number(value);
  if (!number || *number < least || *number > most) return bad(option, value, fmt::format("a number from {} to {}", least, most));
  set(*number);
  return {};
}

Result<void> set_size(LabOptions& options, const std::string& value) {
  const std::size_t x = value.find('x');
  const auto width = parse_integer(value.substr(0, x));
  const auto height = x == std::string::npos ? std::nullopt : parse_integer(value.substr(x + 1));
  if (!width || !height || *width < 480 || *height < 320 || *width > 16'384 || *height > 16'384) {
    return bad("--size", value, "WIDTHxHEIGHT from 480x320 to 16384x16384, such as 1280x800");
  }
  options.width = static_cast<int>(*width);
  options.height = static_cast<int>(*height);
  return {};
}

Result<void> set_workers(LabOptions& options, const std::string& value) {
  const auto workers = parse_integer(value);
  if (!workers) return bad("--workers", value, "a whole number");
  options.choices.workers = *workers;
  return {};
}

Result<void> set_seed(LabOptions& options, const std::string& value) {
  const auto seed = parse_integer(value);
  if (!seed || *seed < 0) return bad("--seed", value, "a whole number from 0 on");
  options.choices.seed = static_cast<std::uint64_t>(*seed);
  return {};
}

Result<void> set_parameter(LabOptions& options, const std::string& value) {
  const std::size_t equals = value.find('=');
  if (equals == std::string::npos || equals == 0) return bad("--set", value, "NAME=VALUE");
  options.choices.parameters[value.substr(0, equals)] = value.substr(equals + 1);
  return {};
}

Result<void> set_speed(LabOptions& options, const std::string& value) {
  if (value == "instant") {
    options.speed = std::numeric_limits<double>::infinity();
    return {};
  }
  return set_number("--speed", value, 0.1, 10.0, [&](double speed) { options.speed = speed; });
}

const std::vector<Option>& all_options() {
  using trace::Clock;
  using trace::Collect;
  using trace::Mode;
  static const std::vector<Option> options{
      {"--run", "", "press Run at once",
       [](LabOptions& o, const std::string&) -> Result<void> {
         o.run = true;
         return {};
       }},
      {"--experiment", "NAME", "which experiment to begin with (loiter list)",
       [](LabOptions& o, const std::string& v) -> Result<void> {
         o.choices.experiment = v;
         return {};
       }},
      {"--mode", "sequential|threads", "how calls are executed",
       one_of<Mode>("--mode", {{"sequential", Mode::Sequential}, {"threads", Mode::Threads}, {"processes", Mode::Processes}},
                    [](LabOptions& o, Mode m) { o.choices.mode = m; })},
      {"--workers", "N", "the most workers of the pool", set_workers},
      {"--collect", "map|as_completed", "how results are collected",
       one_of<Collect>("--collect", {{"map", Collect::Map}, {"as_completed", Collect::AsCompleted}},
                       [](LabOptions& o, Collect c) { o.choices.collect = c; })},
      {"--clock", "live|simulated", "measured on real threads, or exact on a virtual clock",
       one_of<Clock>("--clock", {{"live", Clock::Live}, {"simulated", Clock::Simulated}},
                     [](LabOptions& o, Clock c) { o.choices.clock = c; })},
      {"--speed", "X|instant", "from 0.1 to 10 lab seconds per second", set_speed},
      {"--seed", "N", "simulated: draw who runs next from this seed", set_seed},
      {"--set", "NAME=VALUE", "a parameter of the experiment", set_parameter},
      {"--theme", "light|dark", "instead of the one remembered",
       one_of<gui::ThemeChoice>("--theme", {{"light", gui::ThemeChoice::Light}, {"dark", gui::ThemeChoice::Dark}},
                                [](LabOptions& o, gui::ThemeChoice t) { o.theme = t; })},
      {"--scale", "X", "how large everything is, from 1 to 2.5",
       [](LabOptions& o, const std::string& v) {
         return set_number("--scale", v, 1.0, 2.5, [&](double scale) { o.scale = static_cast<float>(scale); });
       }},
      {"--size", "WxH", "the window's size in pixels", set_size},
      {"--screenshot", "FILE.png", "write what is on screen and leave",
       [](LabOptions& o, const std::string& v) -> Result<void> {
         o.screenshot = v;
         return {};
       }},
      {"--after", "SECONDS", "when the screenshot is taken (1)",
       [](LabOptions& o, const std::string& v) {
         return set_number("--after", v, 0.0, 3600.0, [&](double seconds) { o.after_seconds = seconds; });
       }},
  };
  return options;
}

Error unknown_option(const std::string& argument) {
  std::vector<std::string> names;
  for (const Option& option : all_options()) names.push_back(option.name);
  return {fmt::format("'{}' is no option of the window.{} See loiter --help.", printable(argument, 40), did_you_mean(argument, names))};
}

}  // namespace

Result<LabOptions> parse_lab_options(const std::vector<std::string>& arguments, bool takes_file) {
  LabOptions options;
  options.choices.experiment = engine::all_experiments().front().name;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    std::string name = arguments[i];
    if (takes_file && options.recording.empty() && !name.starts_with("--")) {
      options.recording = name;
      continue;
    }
    std::optional<std::string> value;
    if (const std::size_t equals = name.find('='); name.starts_with("--") && equals != std::string::npos) {
      value = name.substr(equals + 1);
      name.resize(equals);
    }
    const auto option = std::ranges::find(all_options(), name, &Option::name);
    if (option == all_options().end()) return tl::unexpected(unknown_option(name));
    if (option->value.empty() == value.has_value()) {
      if (value) return fail(fmt::format("{} takes no value.", name));
      if (i + 1 == arguments.size()) return fail(fmt::format("{} needs a value: {}.", name, option->value));
      value = arguments[++i];
    }
    if (auto set = option->set(options, value.value_or("")); !set) return tl::unexpected(set.error());
  }
  if (takes_file && options.recording.empty()) return fail("show needs the name of a run file: loiter show FILE.jsonl.");
  if (const auto setup = engine::complete(options.choices); !setup) return tl::unexpected(setup.error());
  return options;
}

std::string lab_options_help() {
  std::string text;
  for (const Option& option : all_options()) {
    text += fmt::format("  {:<34}{}\n", option.name + (option.value.empty() ? "" : " " + option.value), option.help);
  }
  return text;
}

}  // namespace loiter::app
