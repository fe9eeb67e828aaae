#include <fmt/format.h>

#include <cstdio>
#include <filesystem>

#define STB_IMAGE_WRITE_IMPLEMENTATION
#define STB_IMAGE_WRITE_STATIC
#include <stb/stb_image_write.h>

#include "app/window.hpp"

namespace loiter::app {

Result<void> write_png(const std::string& path, const Pixels& pixels) {
  const std::string temporary = path + ".part";
  const bool written =
      stbi_write_png(temporary.c_str(), pixels.width, pixels.height, 4, pixels.bytes.data(), pixels.width * 4) != 0;
  std::error_code error;
  if (written) std::filesystem::rename(temporary, path, error);
  if (written && !error) return {};
  std::filesystem::remove(temporary, error);
  return fail(fmt::format(
      "The picture could not be written to '{}': choose a folder that exists and can be written to.", path));
}

}  // namespace loiter::app
