#include "trace/header.hpp"

#include <string_view>

#include "runtime/simulated.hpp"

namespace loiter::trace {

const char* run_label(const Header& header) { return header.clock == Clock::Live ? "MEASURED" : "SIMULATED"; }

const char* model_label(const Header& header) { return header.gil == GilKind::None ? "" : "MODEL"; }

std::string labels(const Header& header) {
  const std::string_view model = model_label(header);
  return model.empty() ? run_label(header) : std::string(run_label(header)) + ", " + std::string(model);
}

std::uint32_t simulated_cores(const Header& header) {
  if (header.clock == Clock::Live) return 0;
  return header.cores != 0 ? header.cores : runtime::SimulatedOptions::usual_cores;
}

}  // namespace loiter::trace
