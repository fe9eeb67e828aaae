// Raster: draws what Dear ImGui has prepared into a picture, on the CPU. No window, no graphics card, and the same
// bytes on every machine.
//
// Shape    rasterise(draw data) gives a Picture; write_png puts it into a file.
// Units    Pixels, colours as 0xAABBGGRR (ImU32).
// Errors   write_png throws std::runtime_error with the path when the file cannot be written.
#pragma once

#include <imgui.h>

#include <cstdint>
#include <filesystem>
#include <vector>

namespace loiter::gui::testing {

struct Picture {
  int width = 0;
  int height = 0;
  std::vector<ImU32> pixels;

  [[nodiscard]] ImU32 at(int x, int y) const {
    return pixels[static_cast<std::size_t>(y) * static_cast<std::size_t>(width) + static_cast<std::size_t>(x)];
  }
};

[[nodiscard]] Picture rasterise(const ImDrawData& data, ImU32 ground);
void write_png(const Picture& picture, const std::filesystem::path& path);

}  // namespace loiter::gui::testing
