// flags: the flags of the twenty most populous countries, downloaded one after another, by threads or by processes.
//
//   plain          flag(cc) prints "BD " when its flag has come; "20 downloads in 1.08s"
//   as_completed   every future with its repr, at submission and at completion
//   progress       what became of each: OK, NOT_FOUND or ERROR with the reason; nothing is lost when it is stopped
//
// Source   Fluent Python, 2nd edition, chapter 20: flags.py, flags_threadpool.py, flags2_threadpool.py. The countries are in
//          futures_demo.hpp.
#pragma once

#include "experiments/experiment.hpp"

namespace loiter::experiments {

enum class FlagsProgram { Plain, AsCompleted, Progress };
FlagsProgram flags_program(const Setup& setup);

Experiment flags_experiment();
Listing flags_listing(const Setup& setup);

}  // namespace loiter::experiments
