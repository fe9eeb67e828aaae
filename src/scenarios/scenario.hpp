// Scenario: an experiment that was written as text: pools, the bodies of tasks, and what the calling program does.
//
//   FILE.toml --read_scenario()--> Scenario --> run, and shown as a program, by the experiments' floor
//
// Shape    Plain values, complete and checked: every name that a step mentions is one that the file gives to something.
//          Patterns are written out. A Step is one line of a program; which of its members count depends on its kind.
// Units    Times of steps in units of the scenario.
// Source   The scenario files, version 1; ARCHITECTURE.md says what is beyond it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/duration.hpp"
#include "base/python_text.hpp"

namespace loiter::scenarios {

enum class PoolMode : std::uint8_t { Sequential, Threads, Processes };
enum class ReturnWhen : std::uint8_t { FirstCompleted, FirstException, AllCompleted };

// What a task returns.
using Value = std::variant<None, std::string, std::int64_t, double, bool>;

struct Step {
  enum class Kind : std::uint8_t {
    Say,
    Loiter,
    Crunch,
    Submit,
    Map,
    AsCompleted,
    Next,
    Each,
    Close,
    Wait,
    Result,
    Exception,
    Cancel,
    State,
    OnDone,
    Shutdown,
    Return,
    ReturnFuture,
    Raise,
  };
  Kind kind = Kind::Say;
  std::uint32_t line = 0;
  std::string name;                              // the task, future or iterator; the type that raise raises
  std::vector<std::string> names = {};           // of map: tasks; of as_completed and wait: futures
  std::string as = {};                           // what the future, or the iterator, is called from now on; or nothing
  std::string text = {};                         // what say, or a callback, prints; the message of raise
  std::optional<double> units = std::nullopt;    // of loiter and crunch; of a callback
  std::optional<double> timeout = std::nullopt;  // in units
  std::string pool = {};                         // of submit, map, shutdown; empty: the program's own
  std::optional<std::uint32_t> repeat = std::nullopt;  // of submit: the futures are called as1, as2, ...
  std::int64_t chunk_size = 1;
  ReturnWhen return_when = ReturnWhen::AllCompleted;
  bool wait = true;             // of shutdown
  bool cancel_futures = false;  // of shutdown
  std::string awaits = {};      // a future that a callback waits for
  Value value = {};             // of return
  bool operator==(const Step&) const = default;
};

struct Task {
  std::string name;
  std::uint32_t line = 0;
  std::vector<Step> steps;
  bool operator==(const Task&) const = default;
};

struct Pool {
  std::string name;
  std::uint32_t line = 0;
  std::optional<PoolMode> mode = std::nullopt;  // that of the program
  std::optional<std::uint32_t> workers = std::nullopt;
  bool operator==(const Pool&) const = default;
};

// In the order of the runtime's GilKind, which this floor does not know.
enum class Lock : std::uint8_t { None, Cpython, PerInterpreter, FreeThreaded };

struct Scenario {
  std::string title;
  std::optional<PoolMode> mode = std::nullopt;
  std::optional<std::uint32_t> workers = std::nullopt;
  Duration unit = std::chrono::seconds(1);
  std::optional<Lock> gil = std::nullopt;  // which lock Python's threads are to obey; a person's choice goes first
  Timeout gil_interval = std::nullopt;
  bool stop_on_error = false;
  std::vector<Pool> pools = {};  // beside the program's own, in the order of the file
  std::vector<Task> tasks = {};  // in the order of the file
  std::vector<Step> main = {};
  bool operator==(const Scenario&) const = default;

  // One that the file has.
  const Task& task(std::string_view name) const;
};

// A future of the program in a task: "main.a". The name in the program; nothing if it is a name of the task's own.
std::optional<std::string_view> name_in_main(std::string_view name);

// What the i-th future of a repeated submit is called, from 1.
std::string repeated_name(const std::string& as, std::uint32_t i);

}  // namespace loiter::scenarios
