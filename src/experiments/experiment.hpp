// Experiment: a program that the lab can run in every mode, and what the screen says about it.
//
// Shape    Written once against Lab and Executor; mode, workers, clock and collect come from outside.
// Threads  The registry is constant. `main` runs as the main participant of a run.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "experiments/setup.hpp"

namespace loiter::experiments {

class Lab;

// A program as text. A line may end with a marker, `#@ site` or `//@ site`, that says which Lab::at() it stands for.
struct Listing {
  std::string python;
  std::string cpp;
};

struct Experiment {
  std::string name;
  std::string title;
  std::string summary;  // one or two sentences: what it does and what to look for
  std::vector<Parameter> parameters;
  std::uint32_t usual_workers = 3;  // or one_per_core
  Collect usual_collect = Collect::Map;
  std::function<void(Lab&)> main;
  // Values that depend on each other, once each is right by itself: brings them into line with what was chosen, or says
  // in a sentence why they cannot be. Usually none.
  std::function<Result<void>(const Choices&, Setup&)> settle = nullptr;
  std::function<Listing(const Setup&)> listing;
  bool runs_in_python = false;  // CPython can run its Python listing and do the same work: it needs nothing else
};

// As many as there are cores: of this machine, or on the simulated clock virtual ones, which may have been chosen.
inline constexpr std::uint32_t one_per_core = 0;
std::uint32_t usual_workers(const Experiment& experiment, Clock clock, std::optional<std::int64_t> cores = {});

// In the order in which they are taught.
const std::vector<Experiment>& all_experiments();
const Experiment* find_experiment(std::string_view name);
std::vector<std::string> experiment_names();

}  // namespace loiter::experiments
