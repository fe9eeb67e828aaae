#include "gui/pictures.hpp"

#include <imgui_internal.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <iterator>
#include <memory>
#include <vector>

#define STB_IMAGE_STATIC
#define STB_IMAGE_IMPLEMENTATION
#define STBI_NO_STDIO
#define STBI_ONLY_PNG
#define STBI_ONLY_JPEG
#define STBI_ONLY_GIF
#include <stb_image.h>

namespace loiter::gui {
namespace {

constexpr int most_read = 8192;  // across, and down
constexpr int most_kept = 960;   // the texture is shared with the fonts
constexpr std::size_t most_bytes = std::size_t{16} << 20U;

struct Pixels {
  int width = 0;
  int height = 0;
  std::vector<std::uint8_t> rgba;
};

std::optional<Pixels> read_pixels(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::string bytes(most_bytes + 1, '\0');
  file.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  const auto size = static_cast<std::size_t>(file.gcount());
  if (size == 0 || size > most_bytes) return std::nullopt;
  const auto* const data = reinterpret_cast<const stbi_uc*>(bytes.data());
  Pixels pixels;
  int channels = 0;
  // Its size first: a picture that says it is huge costs no memory.
  if (stbi_info_from_memory(data, static_cast<int>(size), &pixels.width, &pixels.height, &channels) == 0)
    return std::nullopt;
  if (pixels.width < 1 || pixels.height < 1 || pixels.width > most_read || pixels.height > most_read)
    return std::nullopt;
  const std::unique_ptr<stbi_uc, void (*)(void*)> decoded(
      stbi_load_from_memory(data, static_cast<int>(size), &pixels.width, &pixels.height, &channels, 4),
      stbi_image_free);
  if (decoded == nullptr) return std::nullopt;
  const std::size_t count = static_cast<std::size_t>(pixels.width) * static_cast<std::size_t>(pixels.height) * 4;
  pixels.rgba.assign(decoded.get(), decoded.get() + count);
  return pixels;
}

// By a whole number, each pixel the mean of those it stands for.
Pixels smaller(const Pixels& from, int by) {
  Pixels to{.width = std::max(1, from.width / by), .height = std::max(1, from.height / by), .rgba = {}};
  to.rgba.resize(static_cast<std::size_t>(to.width) * static_cast<std::size_t>(to.height) * 4);
  const auto byte_of = [](const Pixels& pixels, int x, int y, int channel) {
    return (static_cast<std::size_t>(y) * static_cast<std::size_t>(pixels.width) + static_cast<std::size_t>(x)) * 4 +
           static_cast<std::size_t>(channel);
  };
  for (int y = 0; y < to.height; ++y) {
    for (int x = 0; x < to.width; ++x) {
      for (int channel = 0; channel < 4; ++channel) {
        int sum = 0;
        for (int i = 0; i < by * by; ++i) {
          sum += from.rgba[byte_of(from, std::min(from.width - 1, x * by + i % by),
                                   std::min(from.height - 1, y * by + i / by), channel)];
        }
        to.rgba[byte_of(to, x, y, channel)] = static_cast<std::uint8_t>(sum / (by * by));
      }
    }
  }
  return to;
}

ImFontAtlasRectId put_into_texture(const Pixels& pixels) {
  ImFontAtlas& atlas = *ImGui::GetIO().Fonts;
  ImFontAtlasRect where;
  const ImFontAtlasRectId id = atlas.AddCustomRect(pixels.width, pixels.height, &where);
  if (id == ImFontAtlasRectId_Invalid) return id;
  ImTextureData* const texture = atlas.TexData;
  if (texture->Format != ImTextureFormat_RGBA32) return ImFontAtlasRectId_Invalid;
  const std::size_t row = static_cast<std::size_t>(pixels.width) * 4;
  for (int y = 0; y < pixels.height; ++y) {
    std::memcpy(texture->GetPixelsAt(where.x, where.y + y), pixels.rgba.data() + static_cast<std::size_t>(y) * row,
                row);
  }
  atlas.TexPixelsUseColors = true;
  ImFontAtlasTextureBlockQueueUpload(&atlas, texture, where.x, where.y, where.w, where.h);
  return id;
}

}  // namespace

const Pictures::Kept& Pictures::kept(const std::string& path) {
  const auto [known, is_new] = m_kept.try_emplace(path);
  if (!is_new) return known->second;
  auto pixels = read_pixels(path);
  if (!pixels) return known->second;
  const int longest = std::max(pixels->width, pixels->height);
  if (longest > most_kept) pixels = smaller(*pixels, (longest + most_kept - 1) / most_kept);
  known->second = {.id = put_into_texture(*pixels),
                   .size = {static_cast<float>(pixels->width), static_cast<float>(pixels->height)}};
  return known->second;
}

std::optional<ImVec2> Pictures::size_of(const std::string& path) {
  const Kept& picture = kept(path);
  return picture.id == ImFontAtlasRectId_Invalid ? std::nullopt : std::optional(picture.size);
}

void Pictures::draw(const std::string& path, ImDrawList& list, const Box& box) {
  ImFontAtlasRect where;
  ImFontAtlas& atlas = *ImGui::GetIO().Fonts;
  if (!atlas.GetCustomRect(kept(path).id, &where)) return;
  list.AddImage(atlas.TexRef, box.min(), box.max(), where.uv0, where.uv1);
}

}  // namespace loiter::gui
