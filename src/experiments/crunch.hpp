// crunch: loiter's twin that computes: crunch(n) keeps a core busy for n units, or waits for a share of them.
//
// Shape    The same program as loiter (range_program.hpp). With mix 0 a call only waits, and threads help as much as
//          processes; with mix 1 it only computes, and what helps are cores.
#pragma once

#include "experiments/experiment.hpp"

namespace loiter::experiments {

Experiment crunch_experiment();
Listing crunch_listing(const Setup& setup);

}  // namespace loiter::experiments
