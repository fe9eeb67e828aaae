#include "gui/flag_picture.hpp"

#include <cstddef>
#include <cstring>
#include <memory>

#define STB_IMAGE_STATIC
#define STB_IMAGE_IMPLEMENTATION
#define STBI_ONLY_GIF
#define STBI_NO_STDIO
#include <stb_image.h>

namespace loiter::gui {

std::optional<FlagPicture> decode_flag(std::string_view bytes) {
  constexpr std::size_t largest = std::size_t{64} << 10U;
  if (bytes.empty() || bytes.size() > largest) return std::nullopt;
  const auto* const data = reinterpret_cast<const stbi_uc*>(bytes.data());
  const int size = static_cast<int>(bytes.size());
  FlagPicture picture;
  int channels = 0;
  // Its size first: a picture that says it is huge costs no memory.
  if (stbi_info_from_memory(data, size, &picture.width, &picture.height, &channels) == 0) return std::nullopt;
  if (picture.width < 1 || picture.height < 1 || picture.width > FlagPicture::most ||
      picture.height > FlagPicture::most) {
    return std::nullopt;
  }
  const std::unique_ptr<stbi_uc, void (*)(void*)> pixels(
      stbi_load_from_memory(data, size, &picture.width, &picture.height, &channels, 4), stbi_image_free);
  if (pixels == nullptr) return std::nullopt;
  picture.pixels.resize(static_cast<std::size_t>(picture.width) * static_cast<std::size_t>(picture.height));
  std::memcpy(picture.pixels.data(), pixels.get(), picture.pixels.size() * sizeof(std::uint32_t));
  return picture;
}

}  // namespace loiter::gui
