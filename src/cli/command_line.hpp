// The command line as values: what was asked for, complete and checked, or one sentence about what is wrong with it.
//
// Shape    parse_command_line() is a pure function of the arguments after the program's name. Whoever holds a Command can
//          carry it out; only files have not been looked at yet.
// Errors   One sentence that names the argument and says what to write instead.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "base/duration.hpp"
#include "base/result.hpp"
#include "cli/lesson_line.hpp"
#include "engine/catalogue.hpp"
#include "engine/scheduled_kills.hpp"
#include "engine/sweep.hpp"
#include "engine/ways_out.hpp"

namespace loiter::experiments {
class Lab;
}

namespace loiter::cli {

// Nothing given: a picture on a terminal, else the transcript.
enum class RunFormat { Automatic, Transcript, Json, Observations };

struct RunCommand {
  engine::Setup setup;  // without a file
  engine::Choices choices;
  std::optional<std::string> file;   // a scenario; its setup is made when it is read
  std::optional<engine::Pace> pace;  // none: 1x, or as fast as it goes when a simulated run is not watched
  Timeout timeout;
  std::optional<std::string> record;
  RunFormat format = RunFormat::Automatic;
  std::vector<engine::ScheduledKill> kills;  // of worker processes
  std::optional<engine::Escape> escape;      // the way out of every deadlock
  engine::Program program;                   // run instead of the experiment, for tests; usually none
};

struct CompareCommand {
  std::vector<engine::Setup> setups;       // the same work, sequential first; none yet of a file
  std::optional<engine::SweepPlan> sweep;  // in place of it: again and again, over the values of a parameter
  std::optional<std::string> over;         // what was asked for
  std::optional<std::string> file;         // a scenario's: read when it is run, with these choices
  engine::Choices choices;
  bool with_python = false;  // the same on CPython, beside each
  std::optional<engine::Pace> pace;
  Timeout timeout;
  bool json = false;
};

// What is compared with these choices: its setups or its sweep, and whether that can be.
Result<void> fill_comparison(CompareCommand& compare, const engine::Choices& choices);

struct ListCommand {};

// The local file server, in the foreground.
struct ServeCommand {
  int port = 0;
  std::map<std::string, std::string> dials;  // by name, not checked yet
};

struct ShowTextCommand {
  std::string file;
};

enum class WindowTheme { Light, Dark };

// The window: empty, or with a recorded run in it. What is not given is as it was left the last time.
inline constexpr int tour_step_count = 13;  // as many as the window has

struct OpenLabCommand {
  std::optional<std::string> file;
  engine::Choices choices;              // the setup it begins with; complete() takes them,
  std::optional<std::string> scenario;  // together with what this file says
  bool run = false;                     // press Run at once
  bool compare = false;                 // press Compare at once; never with run, nor with a file
  std::optional<std::string> lesson;    // open this one: an id, a number, a file
  std::optional<std::int64_t> page;     // of the lesson, from 1
  bool present = false;                 // the lesson for the projector
  std::optional<engine::Pace> pace;
  std::optional<WindowTheme> theme;
  std::optional<double> scale;  // 1 to 2.5
  struct Size {
    int width = 0;
    int height = 0;
  };
  std::optional<Size> size;
  std::optional<int> tour;                // open the tour, at this step: 1 is its beginning
  std::optional<std::string> screenshot;  // save a picture of the window here and leave,
  std::optional<Duration> after;          // so long after the start
};

struct HelpCommand {
  std::string about;  // a command; empty: the whole program
};

struct VersionCommand {};

using Command = std::variant<OpenLabCommand, RunCommand, CompareCommand, ListCommand, LessonCommand, ServeCommand,
                             ShowTextCommand, HelpCommand, VersionCommand>;

Result<Command> parse_command_line(std::span<const std::string> arguments);

}  // namespace loiter::cli
