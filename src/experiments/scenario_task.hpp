// A task of a scenario: its steps, as far as they need nothing but a Host, and how they travel to a worker process.
//
// Shape    play_steps() does one step after the other until one of them ends the task. What touches a pool or a future is
//          handed to whoever plays: in the lab's own process ScenarioPlayer; in a worker process nobody, see below.
// Errors   What the steps raise. In a worker process, as in CPython's (its copy of the pool has no manager, and was
//          copied with its lock held), a step that touches a pool never returns; a future of the program is a NameError.
// Threads  Whoever executes the task.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "experiments/scenario_value.hpp"
#include "futures/host.hpp"
#include "futures/remote_function.hpp"
#include "scenarios/scenario.hpp"

namespace loiter::experiments {

// How long so many units are.
Duration units(Duration unit, double count);

// A task's body: all that a worker process is told of the scenario.
struct TaskBody {
  std::string site;  // what its markers begin with
  Duration unit{};
  std::vector<scenarios::Step> steps;
};

// Does what needs neither pools nor futures; false: not such a step. Raises what `raise` raises.
bool play_simple_step(futures::Host& host, Duration unit, const scenarios::Step& step);

[[noreturn]] void raise(const std::string& type, const std::string& message);
[[noreturn]] void raise_name_error(const std::string& name);

// The i-th step's marker in the listing, from 1: "slow.2".
std::string site_of(const std::string& body, std::size_t i);

// Of what a callback does that the step there has added: "main.2.result".
std::string callback_site(const std::string& site, std::string_view what);

// play_scenario_task(Host&, TaskBody): for process pools.
extern const futures::RemoteFunction<TaskValue(TaskBody)> scenario_task_function;

// What a worker's lane is asked when its task touches a pool.
inline constexpr std::string_view wait_for_ever_question = "scenario: wait for ever";

}  // namespace loiter::experiments

template <>
struct loiter::PythonType<loiter::experiments::TaskBody> {
  static const char* name() { return "function"; }
  static std::string repr(const experiments::TaskBody& body) { return body.site; }
};

template <>
struct loiter::futures::Codec<loiter::scenarios::Step> {
  static void write(ByteWriter& to, const scenarios::Step& step);
  static scenarios::Step read(ByteReader& from);
};

template <>
struct loiter::futures::Codec<loiter::experiments::TaskBody> {
  static void write(ByteWriter& to, const experiments::TaskBody& body);
  static experiments::TaskBody read(ByteReader& from);
};
