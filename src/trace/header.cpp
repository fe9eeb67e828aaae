#include "trace/header.hpp"

namespace loiter::trace {

const char* run_label(const Header& header) { return header.clock == Clock::Live ? "MEASURED" : "SIMULATED"; }

const char* model_label(const Header& header) { return header.gil == GilKind::None ? "" : "MODEL"; }

}  // namespace loiter::trace
