// Catalogue: what can be run and how it is chosen, for the floors above that speak to people.
//
// Shape    The experiments' own types under the engine's name, so that window and terminal know one floor only.
#pragma once

#include "experiments/downloads.hpp"
#include "experiments/experiment.hpp"
#include "experiments/scenario_experiment.hpp"
#include "experiments/setup.hpp"
#include "runtime/runtime.hpp"

namespace loiter::engine {

using experiments::all_experiments;
using experiments::Choices;
using experiments::complete;
using experiments::Experiment;
using experiments::experiment_names;
using experiments::find_experiment;
using experiments::GilWords;
using experiments::header_of;
using experiments::is_dial;
using experiments::is_scenario;
using experiments::least_gil_interval;
using experiments::Listing;
using experiments::most_cores;
using experiments::most_gil_interval;
using experiments::most_workers;
using experiments::one_per_core;
using experiments::Parameter;
using experiments::scenario_experiment_name;
using experiments::scenario_of_file;
using experiments::ScenarioText;
using experiments::Setup;
using experiments::setup_of;
using experiments::shipped_scenarios;
using experiments::ShippedScenario;
using experiments::usual_workers;
using experiments::with_scenario;
using experiments::words_of;
using runtime::GilKind;
using runtime::GilOptions;
using runtime::Pace;

}  // namespace loiter::engine
