// The command line as values: what was asked for, complete and checked, or one sentence about what is wrong with it.
//
// Shape    parse_command_line() is a pure function of the arguments after the program's name. Whoever holds a Command can
//          carry it out; only files, and what is for the window, have not been looked at yet.
// Errors   One sentence that names the argument and says what to write instead.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "base/duration.hpp"
#include "base/result.hpp"
#include "engine/catalogue.hpp"

namespace loiter::experiments {
class Lab;
}

namespace loiter::cli {

// Nothing given: a picture on a terminal, else the transcript.
enum class RunFormat { Automatic, Transcript, Json };

struct RunCommand {
  engine::Setup setup;
  std::optional<engine::Pace> pace;  // none: 1x, or as fast as it goes when a simulated run is not watched
  Timeout timeout;
  std::optional<std::string> record;
  RunFormat format = RunFormat::Automatic;
  std::function<void(experiments::Lab&)> program;  // run instead of the experiment, for tests; usually none
};

struct CompareCommand {
  std::vector<engine::Setup> setups;  // the same work, sequential first
  std::optional<engine::Pace> pace;
  Timeout timeout;
  bool json = false;
};

struct ListCommand {};

struct ShowTextCommand {
  std::string file;
};

// The window, whose options are not this floor's: they are handed on as they are.
struct OpenLabCommand {
  std::vector<std::string> arguments;  // without the command's name
  bool takes_file = false;             // `show`: a recorded run is to be opened in it
};

struct HelpCommand {
  std::string about;  // a command; empty: the whole program
};

struct VersionCommand {};

using Command =
    std::variant<OpenLabCommand, RunCommand, CompareCommand, ListCommand, ShowTextCommand, HelpCommand, VersionCommand>;

Result<Command> parse_command_line(std::span<const std::string> arguments);

}  // namespace loiter::cli
