// FlagPicture: a small picture, decoded from the bytes that came.
//
// Errors   None for bytes that are no picture, or one that is larger than a flag.
// Threads  Values.
// Source   stb_image for GIF; pictures of other kinds are not read.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string_view>
#include <vector>

#include "base/ids.hpp"

namespace loiter::gui {

struct FlagPicture {
  static constexpr int most = 64;  // across, and down
  int width = 0;
  int height = 0;
  std::vector<std::uint32_t> pixels;  // 0xAABBGGRR, row by row: as Dear ImGui has colours
};

using FlagPictures = std::map<FutureId, FlagPicture>;  // by the download that brought it

std::optional<FlagPicture> decode_flag(std::string_view bytes);

}  // namespace loiter::gui
