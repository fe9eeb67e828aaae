// loiter: the function that does nothing for n units and returns n * 10, called for range(tasks) by a pool.
//
// Shape    Two programs: executor.map, whose results come in the order of the calls, and submit with as_completed, whose
//          futures come as they finish. Everything that happens is printed with the time.
// Source   The program that texts on Python's executors start with (Fluent Python, 2nd edition, chapter 20).
#pragma once

#include "experiments/experiment.hpp"

namespace loiter::experiments {

Experiment loiter_experiment();

}  // namespace loiter::experiments
