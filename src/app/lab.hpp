// The lab: opens the window and keeps it alive until it is closed.
#pragma once

#include "app/lab_options.hpp"

namespace loiter::app {

struct LabEnd {
  int status = 0;
  bool no_window = false;  // there is no display; `message` says so
  std::string message;
};

LabEnd open_lab(const LabOptions& options);

}  // namespace loiter::app
