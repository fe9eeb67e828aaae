// check_names: every task, pool, future and iterator that a step mentions is one that the file has; patterns are
// written out.
//
// Shape    A future is known from the step that names it on; those of the program, in a task as "main.NAME", everywhere.
// Errors   Mistake, with the nearest known name.
#pragma once

#include "scenarios/scenario.hpp"

namespace loiter::scenarios {

void check_names(Scenario& scenario);

}  // namespace loiter::scenarios
