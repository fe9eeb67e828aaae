#include "trace/header.hpp"

#include <string_view>

namespace loiter::trace {

const char* run_label(const Header& header) { return header.clock == Clock::Live ? "MEASURED" : "SIMULATED"; }

const char* model_label(const Header& header) { return header.gil == GilKind::None ? "" : "MODEL"; }

std::string labels(const Header& header) {
  const std::string_view model = model_label(header);
  return model.empty() ? run_label(header) : std::string(run_label(header)) + ", " + std::string(model);
}

}  // namespace loiter::trace
