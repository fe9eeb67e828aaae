#include "app/settings.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>

namespace loiter::app {
namespace {

using nlohmann::json;

void read_share(const json& from, const char* key, float& share) {
  if (const auto it = from.find(key); it != from.end() && it->is_number()) {
    share = std::clamp(it->get<float>(), 0.05F, 0.9F);
  }
}

void read_flag(const json& from, const char* key, bool& flag) {
  if (const auto it = from.find(key); it != from.end() && it->is_boolean()) flag = it->get<bool>();
}

void read_size(const json& from, const char* key, int least, int& size) {
  if (const auto it = from.find(key); it != from.end() && it->is_number_integer()) {
    size = static_cast<int>(std::clamp<std::int64_t>(it->get<std::int64_t>(), least, 16'384));
  }
}

Settings read(const json& from) {
  Settings settings;
  settings.theme = from.value("theme", json("light")) == "dark" ? gui::ThemeChoice::Dark : gui::ThemeChoice::Light;
  if (const auto it = from.find("scale"); it != from.end() && it->is_number()) {
    settings.scale = std::clamp(it->get<float>(), 1.0F, 2.5F);
  }
  read_flag(from, "motion", settings.motion);
  read_share(from, "code_width", settings.layout.code_width);
  read_share(from, "right_width", settings.layout.right_width);
  read_share(from, "transcript_height", settings.layout.transcript_height);
  read_share(from, "stage_height", settings.layout.stage_height);
  read_share(from, "stuck_height", settings.layout.stuck_height);
  read_share(from, "order_height", settings.layout.order_height);
  read_share(from, "waits_height", settings.layout.waits_height);
  read_flag(from, "code_hidden", settings.layout.code_hidden);
  read_flag(from, "futures_hidden", settings.layout.futures_hidden);
  read_flag(from, "transcript_hidden", settings.layout.transcript_hidden);
  read_flag(from, "stage_hidden", settings.layout.stage_hidden);
  read_flag(from, "order_hidden", settings.layout.order_hidden);
  read_flag(from, "waits_hidden", settings.layout.waits_hidden);
  read_size(from, "width", 480, settings.width);
  read_size(from, "height", 320, settings.height);
  settings.tour_seen = true;  // a file from before there was a tour is of somebody who knows the window
  read_flag(from, "tour_seen", settings.tour_seen);
  return settings;
}

}  // namespace

std::filesystem::path settings_path() {
  const auto folder = [](const char* variable) -> std::filesystem::path {
    const char* value = std::getenv(variable);  // NOLINT(concurrency-mt-unsafe): before any thread is started
    return value != nullptr ? value : "";
  };
  if (const auto config = folder("XDG_CONFIG_HOME"); config.is_absolute()) return config / "loiter" / "settings.json";
  const auto home = folder("HOME");
  return home.is_absolute() ? home / ".config" / "loiter" / "settings.json" : std::filesystem::path{};
}

LoadedSettings load_settings(const std::filesystem::path& path) {
  std::ifstream file(path);
  // Where nothing can be remembered, the tour would come every time.
  if (path.empty()) return {.settings = {.tour_seen = true}, .message = {}};
  if (!file) return {};
  const json parsed = json::parse(file, nullptr, false);
  if (!parsed.is_object()) {
    return {.settings = {.tour_seen = true},
            .message = fmt::format("{} is damaged; the lab starts with its defaults.", path.string())};
  }
  return {.settings = read(parsed), .message = {}};
}

void save_settings(const std::filesystem::path& path, const Settings& settings) {
  if (path.empty()) return;
  json out{{"theme", settings.theme == gui::ThemeChoice::Dark ? "dark" : "light"},
           {"scale", settings.scale},
           {"motion", settings.motion},
           {"code_width", settings.layout.code_width},
           {"right_width", settings.layout.right_width},
           {"transcript_height", settings.layout.transcript_height},
           {"stage_height", settings.layout.stage_height},
           {"stuck_height", settings.layout.stuck_height},
           {"stage_hidden", settings.layout.stage_hidden},
           {"order_hidden", settings.layout.order_hidden},
           {"waits_hidden", settings.layout.waits_hidden},
           {"code_hidden", settings.layout.code_hidden},
           {"futures_hidden", settings.layout.futures_hidden},
           {"transcript_hidden", settings.layout.transcript_hidden},
           {"width", settings.width},
           {"height", settings.height},
           {"tour_seen", settings.tour_seen}};
  if (settings.layout.order_height > 0) out["order_height"] = settings.layout.order_height;
  if (settings.layout.waits_height > 0) out["waits_height"] = settings.layout.waits_height;
  std::error_code error;
  std::filesystem::create_directories(path.parent_path(), error);
  const std::filesystem::path temporary = path.string() + ".part";
  {
    std::ofstream file(temporary);
    file << out.dump(2) << '\n';
    if (!file.flush()) error = std::make_error_code(std::errc::io_error);
  }
  if (!error) std::filesystem::rename(temporary, path, error);
  if (error) std::filesystem::remove(temporary, error);
}

}  // namespace loiter::app
