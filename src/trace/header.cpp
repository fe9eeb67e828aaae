#include "trace/header.hpp"

namespace loiter::trace {

const char* run_label(const Header& header) { return header.clock == Clock::Live ? "MEASURED" : "SIMULATED"; }

}  // namespace loiter::trace
