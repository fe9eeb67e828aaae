// LabOptions: how the window is to be opened: `loiter [options]` and `loiter show FILE [options]`.
//
// Errors   One sentence for anything that is no such option or no such value; status 2, and no window.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "engine/catalogue.hpp"
#include "gui/theme.hpp"

namespace loiter::app {

struct LabOptions {
  std::string recording;  // a run file to show
  engine::Choices choices;
  bool run = false;       // press Run at once
  std::optional<double> speed;  // infinity: instant
  std::optional<gui::ThemeChoice> theme;
  std::optional<float> scale;
  std::optional<int> width;
  std::optional<int> height;
  std::string screenshot;  // write what is on screen after that time, and leave
  double after_seconds = 1.0;
};

// `arguments` without the program's name, and without `show`.
Result<LabOptions> parse_lab_options(const std::vector<std::string>& arguments, bool takes_file);

// The lines of --help that are about the window.
std::string lab_options_help();

}  // namespace loiter::app
