#include "cli/run_cli.hpp"

#include <exception>
#include <string>
#include <vector>

#include "base/text.hpp"
#include "base/version.hpp"
#include "cli/commands.hpp"
#include "cli/display_width.hpp"
#include "cli/help.hpp"

namespace loiter::cli {
namespace {

struct Carry {
  Terminal& terminal;
  const OpenLab& open_lab;

  int operator()(const OpenLabCommand& command) const {
    if (open_lab) return open_lab(command);
    const std::string instead = command.file ? "show " + printable(*command.file, 200) + " --text" : "run loiter";
    complain(terminal, "This program was built without its window. In the terminal: loiter " + instead);
    return Status::bad_usage;
  }
  int operator()(const RunCommand& command) const { return run_command(command, terminal); }
  int operator()(const CompareCommand& command) const { return compare_command(command, terminal); }
  int operator()(const ListCommand& /*command*/) const { return list_command(terminal); }
  int operator()(const LessonCommand& command) const { return lesson_command(command, terminal); }
  int operator()(const ServeCommand& command) const { return serve_command(command, terminal); }
  int operator()(const ShowTextCommand& command) const { return show_text_command(command, terminal); }
  int operator()(const HelpCommand& command) const { return print(terminal, help_text(command.about)); }
  int operator()(const VersionCommand& /*command*/) const {
    return print(terminal, std::string("loiter ") + program_version + "\n");
  }
};

}  // namespace

void complain(Terminal& terminal, std::string_view sentence) {
  terminal.complain("loiter: " + one_line(sentence) + "\n");
}

int print(Terminal& terminal, std::string_view text) {
  const Result<void> written = terminal.write(text);
  if (written) return Status::finished;
  complain(terminal, written.error().message);
  return Status::bad_usage;
}

int run_cli(int argc, const char* const* argv, Terminal& terminal, const OpenLab& open_lab) {
  const std::vector<std::string> arguments(argv + std::min(argc, 1), argv + argc);
  const Result<Command> command = parse_command_line(arguments);
  if (!command) {
    complain(terminal, command.error().message);
    return Status::bad_usage;
  }
  try {
    return std::visit(Carry{terminal, open_lab}, *command);
  } catch (const std::exception& error) {
    // The system is out of memory or threads: nothing that this program could put right.
    complain(terminal, std::string("This could not be carried out: ") + error.what() + ".");
    return Status::bad_usage;
  }
}

}  // namespace loiter::cli
