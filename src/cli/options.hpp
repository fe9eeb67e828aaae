// Options: what each command takes, and the arguments sorted into that.
//
// Shape    CommandSpec is a constant table, from which the parser and the help text are made. Given holds what was
//          written, as text; what it means is checked later (command_line.cpp).
// Errors   Unknown options and those of another command, options given twice, missing and superfluous values: one
//          sentence each.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace loiter::cli {

struct OptionSpec {
  std::string_view name;   // "--workers"
  std::string_view value;  // "N"; empty: a flag
  std::string_view help;
  bool repeatable = false;
};

struct CommandSpec {
  std::string_view name;        // "run"; empty: the program without a command
  std::string_view positional;  // "NAME"; empty: none
  std::string_view summary;     // for the list of commands
  std::string_view help;        // a sentence or two
  std::span<const OptionSpec> options;
  std::string_view examples;  // lines
  bool opens_window = false;  // it takes the window's options as well
};

// The program itself comes first.
std::span<const CommandSpec> all_commands();
const CommandSpec* find_command(std::string_view name);

struct Given {
  std::map<std::string, std::vector<std::string>, std::less<>> options;  // by name; of a flag one empty text
  std::vector<std::string> positionals;

  bool has(std::string_view option) const { return options.contains(option); }
  // The value of an option that is not repeatable.
  std::optional<std::string> value(std::string_view option) const;
};

Result<Given> sort_arguments(const CommandSpec& command, std::span<const std::string> arguments);

}  // namespace loiter::cli
