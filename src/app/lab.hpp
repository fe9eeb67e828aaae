// The lab: opens the window and keeps it alive until it is closed.
#pragma once

#include <string>

#include "cli/command_line.hpp"

namespace loiter::app {

struct LabEnd {
  int status = 0;
  bool no_window = false;  // there is no display; `message` says so
  std::string message;
};

LabEnd open_lab(const cli::OpenLabCommand& command);

}  // namespace loiter::app
