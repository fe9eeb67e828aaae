// What a clock on the wall shows: for the header of a live run and the timestamps of its transcript.
#pragma once

#include <string>

#include "base/duration.hpp"

namespace loiter::engine {

std::string wall_clock_rfc3339();  // UTC, to the second
Duration wall_clock_of_day();      // since local midnight

}  // namespace loiter::engine
