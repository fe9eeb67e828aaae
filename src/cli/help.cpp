#include "cli/help.hpp"

#include <fmt/format.h>

#include "cli/display_width.hpp"
#include "cli/options.hpp"

namespace loiter::cli {
namespace {

constexpr int columns = 100;

std::string usage_of(const CommandSpec& command) {
  std::string usage = command.name.empty() ? "loiter" : fmt::format("loiter {}", command.name);
  if (!command.positional.empty()) usage += fmt::format(" {}", command.positional);
  return usage;
}

std::string option_text(std::string_view name, std::string_view value, std::string_view help) {
  const std::string head = fmt::format("  {}{}{}", name, value.empty() ? "" : " ", value);
  constexpr int indent = 28;
  std::string text = wrapped(help, columns, indent);
  if (display_width(head) + 2 > indent) return head + "\n" + text;
  return text.replace(0, head.size(), head);
}

std::string list_of_commands() {
  std::string text = "commands:\n";
  for (const CommandSpec& command : all_commands()) {
    if (command.name.empty()) continue;
    text += fmt::format("  {:26}{}\n", fmt::format("{} {}", command.name, command.positional), command.summary);
  }
  return text + "\n";
}

}  // namespace

std::string wrapped(std::string_view words, int most_columns, int indent) {
  const std::string margin(static_cast<std::size_t>(indent), ' ');
  std::string text;
  std::string line;
  while (!words.empty()) {
    const std::size_t end = std::min(words.find(' '), words.size());
    const std::string_view word = words.substr(0, end);
    if (!line.empty() && indent + display_width(line) + 1 + display_width(word) > most_columns) {
      text += margin + line + "\n";
      line.clear();
    }
    if (!line.empty()) line += ' ';
    line += word;
    words.remove_prefix(std::min(end + 1, words.size()));
  }
  return text + margin + line + "\n";
}

std::string help_text(std::string_view name, std::string_view window) {
  const CommandSpec& command = *find_command(name);
  std::string text = fmt::format("usage: {}{}\n\n{}\n\n", usage_of(command),
                                 name.empty()              ? " [COMMAND] [options]"
                                 : command.options.empty() ? ""
                                                           : " [options]",
                                 command.help);
  if (name.empty()) text += list_of_commands();
  text += "options:\n";
  for (const OptionSpec& option : command.options) text += option_text(option.name, option.value, option.help);
  text += option_text("-h, --help", "", name.empty() ? "this text; behind a command, what that takes" : "this text");
  if (command.opens_window && !window.empty()) text += fmt::format("\noptions of the window:\n{}", window);
  return text + "\nexamples:\n" + std::string(command.examples);
}

}  // namespace loiter::cli
