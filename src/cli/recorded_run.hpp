// A recorded run as a text to read: timeline, table of futures, transcript.
//
// Shape    A pure function; as wide as the screen, in its colours if it is a terminal.
#pragma once

#include <string>

#include "cli/screen.hpp"
#include "trace/run.hpp"

namespace loiter::cli {

std::string recorded_run_text(const trace::Run& run, const Screen& screen);

}  // namespace loiter::cli
