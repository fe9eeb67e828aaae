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

// The reader's progress in lessons is kept in `data_folder`; "": nowhere.
LabEnd open_lab(const cli::OpenLabCommand& command, const std::string& data_folder);

}  // namespace loiter::app
