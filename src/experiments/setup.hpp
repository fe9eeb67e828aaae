// Setup: what a person chose for one run: which experiment, how it executes, on which clock, with which parameters.
//
// Shape    Plain values, complete and checked: whoever holds a Setup can run it. Choices is the same with holes, as it
//          comes from a command line or a window; complete() fills the holes with the experiment's defaults.
// Errors   Unknown parameters (with the nearest known one), numbers out of range, a mode that does not exist yet: one
//          sentence each.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/duration.hpp"
#include "base/result.hpp"
#include "runtime/gil.hpp"
#include "scenarios/read_scenario.hpp"
#include "trace/header.hpp"

namespace loiter::experiments {

using runtime::GilKind;
using runtime::GilOptions;
using trace::Clock;
using trace::Collect;
using trace::Mode;

// More than 1000 threads, or 100 processes, teach nothing and may take the machine down. Threads are the usual mode.
std::int64_t most_workers(std::optional<Mode> mode);

// Of the simulated machine, and of the GIL's model.
inline constexpr std::int64_t most_cores = 64;
using scenarios::least_gil_interval;
using scenarios::most_gil_interval;

// What each position of the switch stands for: a name for a button, and a sentence.
struct GilWords {
  std::string_view name;
  std::string_view sentence;
};
GilWords words_of(GilKind kind);

// A value that --set NAME=VALUE, or a field of the window, changes.
struct Parameter {
  enum class Kind : std::uint8_t {
    Count,
    Time,
    Share,  // from 0 to 1
    Word,   // one of `words`
    Text,   // anything printable, or nothing
  };
  std::string name;
  Kind kind = Kind::Count;
  std::string help;   // one sentence
  std::string usual;  // the default, as one would type it
  std::int64_t least = 0;
  std::int64_t most = 0;  // of a Time: nanoseconds
  std::vector<std::string> words = {};
  bool is_rare = false;  // the window keeps it behind a button
};

// The value as it is kept. Errors: one sentence that names the parameter.
Result<std::string> check_parameter(const Parameter& parameter, const std::string& value);

// A scenario as text: of the lab's own, or of a file that was read.
struct ScenarioText {
  std::string name;  // "wait_forever", "lesson.toml"
  std::string text;
  bool operator==(const ScenarioText&) const = default;
};

struct Setup {
  std::string experiment;
  Mode mode = Mode::Threads;
  std::uint32_t workers = 1;
  Collect collect = Collect::Map;
  Clock clock = Clock::Live;
  std::uint64_t seed = 0;
  bool random_order = false;  // simulated: who runs next is drawn from the seed
  std::uint32_t cores = 0;    // simulated: virtual ones; 0: as many as usual
  GilOptions gil = {};
  std::map<std::string, std::string> parameters;  // every parameter of the experiment
  std::optional<ScenarioText> scenario;           // of the experiment "scenario"
  bool operator==(const Setup&) const = default;

  // All: the parameter exists, is of that kind, and its value was checked.
  std::int64_t count(const std::string& parameter) const;
  Duration time(const std::string& parameter) const;
  double share(const std::string& parameter) const;
  const std::string& text(const std::string& parameter) const { return parameters.at(parameter); }  // or word
};

struct Choices {
  std::string experiment;  // or the name of one of the lab's scenarios
  std::optional<Mode> mode;
  std::optional<std::int64_t> workers;
  std::optional<Collect> collect;
  std::optional<Clock> clock;
  std::optional<std::uint64_t> seed;
  std::optional<std::int64_t> cores;
  std::optional<GilKind> gil;
  Timeout gil_interval;
  std::map<std::string, std::string> parameters;
  std::optional<ScenarioText> scenario;  // run this in place of an experiment
};

Result<Setup> complete(const Choices& choices);

trace::Header header_of(const Setup& setup);

// The setup that a recorded run was made with, if this lab knows the experiment.
Result<Setup> setup_of(const trace::Header& header);

}  // namespace loiter::experiments
