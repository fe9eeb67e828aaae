#include <algorithm>

#include "experiments/documents.hpp"
#include "experiments/experiment.hpp"
#include "experiments/flags.hpp"
#include "experiments/futures_demo.hpp"
#include "experiments/loiter.hpp"
#include "experiments/scenario_experiment.hpp"

namespace loiter::experiments {

const std::vector<Experiment>& all_experiments() {
  static const std::vector<Experiment> all{loiter_experiment(), futures_experiment(), flags_experiment(),
                                           documents_experiment(), scenario_experiment()};
  return all;
}

const Experiment* find_experiment(std::string_view name) {
  const auto& all = all_experiments();
  const auto it = std::ranges::find(all, name, &Experiment::name);
  return it == all.end() ? nullptr : &*it;
}

std::vector<std::string> experiment_names() {
  std::vector<std::string> names;
  for (const Experiment& experiment : all_experiments()) names.push_back(experiment.name);
  return names;
}

}  // namespace loiter::experiments
