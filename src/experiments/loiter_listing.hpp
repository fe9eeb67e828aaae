// The loiter experiment as text, in Python and in C++, for the chosen mode and collector.
#pragma once

#include "experiments/experiment.hpp"

namespace loiter::experiments {

Listing loiter_listing(const Setup& setup);

}  // namespace loiter::experiments
