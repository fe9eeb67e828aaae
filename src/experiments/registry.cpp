#include <algorithm>
#include <thread>

#include "experiments/crunch.hpp"
#include "experiments/documents.hpp"
#include "experiments/experiment.hpp"
#include "experiments/flags.hpp"
#include "experiments/futures_demo.hpp"
#include "experiments/loiter.hpp"
#include "experiments/primes.hpp"
#include "experiments/scenario_experiment.hpp"
#include "runtime/simulated.hpp"

namespace loiter::experiments {

const std::vector<Experiment>& all_experiments() {
  static const std::vector<Experiment> all{loiter_experiment(),    futures_experiment(), flags_experiment(),
                                           documents_experiment(), crunch_experiment(),  primes_experiment(),
                                           scenario_experiment()};
  return all;
}

const Experiment* find_experiment(std::string_view name) {
  const auto& all = all_experiments();
  const auto it = std::ranges::find(all, name, &Experiment::name);
  return it == all.end() ? nullptr : &*it;
}

std::uint32_t usual_workers(const Experiment& experiment, Clock clock, std::optional<std::int64_t> cores) {
  if (experiment.usual_workers != one_per_core) return experiment.usual_workers;
  if (clock == Clock::Simulated) return static_cast<std::uint32_t>(cores.value_or(runtime::SimulatedOptions{}.cores));
  return std::clamp(std::thread::hardware_concurrency(), 1U, static_cast<std::uint32_t>(most_workers(Mode::Processes)));
}

std::vector<std::string> experiment_names() {
  std::vector<std::string> names;
  for (const Experiment& experiment : all_experiments()) names.push_back(experiment.name);
  return names;
}

}  // namespace loiter::experiments
