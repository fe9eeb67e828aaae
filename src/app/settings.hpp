// Settings: what the window remembers from one start to the next: theme, scale, sizes, that the tour was seen.
//
// Shape    A small JSON file in the user's configuration folder ($XDG_CONFIG_HOME or ~/.config, loiter/settings.json).
// Errors   A missing file is the defaults. A damaged one too, with a sentence that says so; it is replaced when the
//          window closes. A folder that cannot be written to is no error: nothing is remembered then.
#pragma once

#include <filesystem>
#include <string>

#include "gui/theme.hpp"
#include "views/window_layout.hpp"

namespace loiter::app {

struct Settings {
  gui::ThemeChoice theme = gui::ThemeChoice::Light;
  float scale = 0;  // 0: as the display wants it
  bool motion = true;
  views::LayoutChoices layout;
  int width = 1280;
  int height = 800;
  bool tour_seen = false;
  bool operator==(const Settings&) const = default;
};

std::filesystem::path settings_path();

struct LoadedSettings {
  Settings settings;
  std::string message;  // for the status line, or empty
};
LoadedSettings load_settings(const std::filesystem::path& path);
void save_settings(const std::filesystem::path& path, const Settings& settings);

}  // namespace loiter::app
