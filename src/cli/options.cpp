#include "cli/options.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>

#include "base/text.hpp"

namespace loiter::cli {
namespace {

std::string quoted(std::string_view text) { return "'" + printable(text, 60) + "'"; }

const OptionSpec* find_option(const CommandSpec& command, std::string_view name) {
  const auto it = std::ranges::find(command.options, name, &OptionSpec::name);
  return it == command.options.end() ? nullptr : &*it;
}

std::string called(const CommandSpec& command) {
  return command.name.empty() ? "loiter" : "loiter " + std::string(command.name);
}

// "--workers" of "--workers=3".
std::string_view option_name(std::string_view argument) { return argument.substr(0, argument.find('=')); }

bool looks_like_option(std::string_view argument) { return argument.size() > 1 && argument.front() == '-'; }

Error unknown_option(const CommandSpec& command, std::string_view argument) {
  const std::string_view name = option_name(argument);
  for (const CommandSpec& other : all_commands()) {
    if (&other == &command || find_option(other, name) == nullptr) continue;
    if (command.name.empty()) {
      return {fmt::format("{} belongs behind the command: loiter {} ... {}.", name, other.name, name)};
    }
    return {
        fmt::format("'{}' takes no {}. 'loiter help {}' lists what it takes.", called(command), name, command.name)};
  }
  std::vector<std::string> known;
  for (const OptionSpec& option : command.options) known.emplace_back(option.name);
  known.emplace_back("--help");
  const std::string help = command.name.empty() ? "loiter help" : fmt::format("loiter help {}", command.name);
  return {fmt::format("There is no option {}.{} '{}' lists all.", quoted(name), did_you_mean(name, known), help)};
}

// What CLI11 would take silently or call by other names.
Result<void> check_shape(const CommandSpec& command, std::span<const std::string> arguments) {
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const std::string_view argument = arguments[i];
    if (argument == "--") break;
    if (argument == "-h" || argument == "--help") continue;
    if (!looks_like_option(argument)) continue;
    const std::string_view name = option_name(argument);
    const OptionSpec* option = find_option(command, name);
    if (option == nullptr) return tl::unexpected(unknown_option(command, argument));
    const bool has_equals = name.size() < argument.size();
    if (option->value.empty()) {
      if (has_equals) return fail(fmt::format("{} takes no value.", name));
      continue;
    }
    const bool is_last = i + 1 == arguments.size();
    std::string_view value;
    if (has_equals) {
      value = argument.substr(name.size() + 1);
    } else if (!is_last) {
      value = arguments[i + 1];
    }
    if (value.empty() || (!has_equals && value.starts_with("--"))) {
      return fail(fmt::format("{} needs a value: {} {}.", name, name, option->value));
    }
    if (!has_equals) ++i;
  }
  return {};
}

}  // namespace

std::optional<std::string> Given::value(std::string_view option) const {
  const auto it = options.find(option);
  return it == options.end() ? std::nullopt : std::optional(it->second.front());
}

Result<Given> sort_arguments(const CommandSpec& command, std::span<const std::string> arguments) {
  Given given;
  // Whoever asks for help has not made up the rest yet.
  const auto end = std::ranges::find(arguments, "--");
  given.help = std::any_of(arguments.begin(), end, [](const std::string& a) { return a == "--help" || a == "-h"; });
  if (given.help) return given;
  if (auto shape = check_shape(command, arguments); !shape) return tl::unexpected(shape.error());

  CLI::App parser;
  parser.set_help_flag();
  std::map<std::string_view, std::vector<std::string>> values;
  for (const OptionSpec& option : command.options) {
    const std::string name(option.name);
    if (option.value.empty()) {
      parser.add_flag(name)->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
    } else {
      parser.add_option(name, values[option.name])
          ->expected(1)
          ->allow_extra_args(false)
          ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
    }
  }
  parser.allow_extras();
  std::vector<std::string> backwards(arguments.begin(), arguments.end());  // as CLI11 wants them
  std::ranges::reverse(backwards);
  try {
    parser.parse(std::move(backwards));
  } catch (const CLI::ParseError& error) {
    return fail(fmt::format("{} (see 'loiter help {}').", printable(error.what(), 200), command.name));
  }
  for (const OptionSpec& option : command.options) {
    const std::size_t count = parser.get_option(std::string(option.name))->count();
    if (count == 0) continue;
    if (count > 1 && !option.repeatable) return fail(fmt::format("{} was given {} times.", option.name, count));
    given.options[std::string(option.name)] = option.value.empty() ? std::vector<std::string>{""} : values[option.name];
  }
  given.positionals = parser.remaining();
  std::erase(given.positionals, "--");
  return given;
}

}  // namespace loiter::cli
