#include "gui/raster.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <stdexcept>

#define STB_IMAGE_WRITE_IMPLEMENTATION
#define STB_IMAGE_WRITE_STATIC
#if defined(__GNUC__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wunused-function"
#endif
#include <stb_image_write.h>
#if defined(__GNUC__)
#pragma GCC diagnostic pop
#endif

namespace loiter::gui::testing {
namespace {

struct Ink {
  float r = 0.0F;
  float g = 0.0F;
  float b = 0.0F;
  float a = 0.0F;
};

Ink unpack(ImU32 colour) {
  const auto part = [colour](int shift) { return static_cast<float>((colour >> shift) & 0xFFU) / 255.0F; };
  return {part(IM_COL32_R_SHIFT), part(IM_COL32_G_SHIFT), part(IM_COL32_B_SHIFT), part(IM_COL32_A_SHIFT)};
}

ImU32 pack(const Ink& ink) {
  const auto part = [](float value) { return static_cast<ImU32>(std::lround(std::clamp(value, 0.0F, 1.0F) * 255.0F)); };
  return (part(ink.r) << IM_COL32_R_SHIFT) | (part(ink.g) << IM_COL32_G_SHIFT) | (part(ink.b) << IM_COL32_B_SHIFT) |
         IM_COL32_A_MASK;
}

Ink operator*(const Ink& one, const Ink& other) {
  return {one.r * other.r, one.g * other.g, one.b * other.b, one.a * other.a};
}

// Bilinear, as the graphics card samples.
Ink sample(ImTextureData& texture, float u, float v) {
  const float x = u * static_cast<float>(texture.Width) - 0.5F;
  const float y = v * static_cast<float>(texture.Height) - 0.5F;
  const int left = static_cast<int>(std::floor(x));
  const int top = static_cast<int>(std::floor(y));
  const float right_share = x - static_cast<float>(left);
  const float low_share = y - static_cast<float>(top);
  Ink sum;
  for (int corner = 0; corner < 4; ++corner) {
    const int tx = std::clamp(left + (corner & 1), 0, texture.Width - 1);
    const int ty = std::clamp(top + (corner >> 1), 0, texture.Height - 1);
    const float share =
        ((corner & 1) != 0 ? right_share : 1.0F - right_share) * ((corner >> 1) != 0 ? low_share : 1.0F - low_share);
    if (share == 0.0F) continue;
    const auto* texel = static_cast<const unsigned char*>(texture.GetPixelsAt(tx, ty));
    const Ink ink = texture.BytesPerPixel == 4
                        ? Ink{static_cast<float>(texel[0]) / 255.0F, static_cast<float>(texel[1]) / 255.0F,
                              static_cast<float>(texel[2]) / 255.0F, static_cast<float>(texel[3]) / 255.0F}
                        : Ink{1.0F, 1.0F, 1.0F, static_cast<float>(texel[0]) / 255.0F};
    sum = {sum.r + ink.r * share, sum.g + ink.g * share, sum.b + ink.b * share, sum.a + ink.a * share};
  }
  return sum;
}

struct Clip {
  int x0, y0, x1, y1;
};

using Triangle = std::array<const ImDrawVert*, 3>;

// Twice the area of the triangle a, b, p; its sign says on which side of a-b the point lies.
float side(ImVec2 a, ImVec2 b, ImVec2 p) { return (b.x - a.x) * (p.y - a.y) - (b.y - a.y) * (p.x - a.x); }

// A pixel whose middle lies exactly on the edge shared by two triangles belongs to one of them: the top-left rule.
bool owns_edge(ImVec2 a, ImVec2 b) { return b.y < a.y || (b.y == a.y && b.x > a.x); }

class Canvas {
 public:
  Canvas(int width, int height, ImU32 ground) {
    m_picture.width = width;
    m_picture.height = height;
    m_ink.assign(static_cast<std::size_t>(width) * static_cast<std::size_t>(height), unpack(ground));
  }

  void draw(Triangle corners, const Clip& clip, ImTextureData* texture) {
    float area = side(corners[0]->pos, corners[1]->pos, corners[2]->pos);
    if (area == 0.0F) return;
    if (area < 0.0F) {
      std::swap(corners[1], corners[2]);
      area = -area;
    }
    const auto [left, right] = std::minmax({corners[0]->pos.x, corners[1]->pos.x, corners[2]->pos.x});
    const auto [top, bottom] = std::minmax({corners[0]->pos.y, corners[1]->pos.y, corners[2]->pos.y});
    const int x0 = std::max(clip.x0, static_cast<int>(std::floor(std::max(left, -1.0e6F))));
    const int x1 = std::min(clip.x1, static_cast<int>(std::ceil(std::min(right, 1.0e6F))));
    const int y0 = std::max(clip.y0, static_cast<int>(std::floor(std::max(top, -1.0e6F))));
    const int y1 = std::min(clip.y1, static_cast<int>(std::ceil(std::min(bottom, 1.0e6F))));
    for (int y = y0; y < y1; ++y) {
      for (int x = x0; x < x1; ++x) {
        shade(corners, area, x, y, texture);
      }
    }
  }

  Picture finished() {
    m_picture.pixels.reserve(m_ink.size());
    for (const Ink& ink : m_ink) m_picture.pixels.push_back(pack(ink));
    return std::move(m_picture);
  }

 private:
  void shade(const Triangle& corners, float area, int x, int y, ImTextureData* texture) {
    const ImVec2 middle{static_cast<float>(x) + 0.5F, static_cast<float>(y) + 0.5F};
    std::array<float, 3> share{};
    for (std::size_t i = 0; i < 3; ++i) {
      const ImVec2 from = corners[(i + 1) % 3]->pos;
      const ImVec2 to = corners[(i + 2) % 3]->pos;
      const float value = side(from, to, middle);
      if (value < 0.0F || (value == 0.0F && !owns_edge(from, to))) return;
      share[i] = value / area;
    }
    Ink ink;
    float u = 0.0F;
    float v = 0.0F;
    for (std::size_t i = 0; i < 3; ++i) {
      const Ink corner = unpack(corners[i]->col);
      ink = {ink.r + corner.r * share[i], ink.g + corner.g * share[i], ink.b + corner.b * share[i],
             ink.a + corner.a * share[i]};
      u += corners[i]->uv.x * share[i];
      v += corners[i]->uv.y * share[i];
    }
    if (texture != nullptr && texture->Pixels != nullptr) ink = ink * sample(*texture, u, v);
    Ink& below =
        m_ink[static_cast<std::size_t>(y) * static_cast<std::size_t>(m_picture.width) + static_cast<std::size_t>(x)];
    below = {below.r + (ink.r - below.r) * ink.a, below.g + (ink.g - below.g) * ink.a,
             below.b + (ink.b - below.b) * ink.a, 1.0F};
  }

  Picture m_picture;
  std::vector<Ink> m_ink;
};

void draw_command(Canvas& canvas, const ImDrawList& list, const ImDrawCmd& command, ImVec2 size) {
  const Clip clip{std::max(0, static_cast<int>(command.ClipRect.x)), std::max(0, static_cast<int>(command.ClipRect.y)),
                  static_cast<int>(std::min(command.ClipRect.z, size.x)),
                  static_cast<int>(std::min(command.ClipRect.w, size.y))};
  for (unsigned int i = 0; i + 2 < command.ElemCount; i += 3) {
    Triangle corners{};
    for (unsigned int k = 0; k < 3; ++k) {
      const ImDrawIdx index = list.IdxBuffer[static_cast<int>(command.IdxOffset + i + k)];
      corners[k] = &list.VtxBuffer[static_cast<int>(command.VtxOffset + index)];
    }
    canvas.draw(corners, clip, command.TexRef._TexData);
  }
}

}  // namespace

Picture rasterise(const ImDrawData& data, ImU32 ground) {
  Canvas canvas{static_cast<int>(data.DisplaySize.x), static_cast<int>(data.DisplaySize.y), ground};
  for (const ImDrawList* list : data.CmdLists) {
    for (const ImDrawCmd& command : list->CmdBuffer) {
      if (command.UserCallback == nullptr) draw_command(canvas, *list, command, data.DisplaySize);
    }
  }
  return canvas.finished();
}

void write_png(const Picture& picture, const std::filesystem::path& path) {
  if (path.has_parent_path()) std::filesystem::create_directories(path.parent_path());
  // ImU32 is R, G, B, A in memory on every machine we build for.
  if (stbi_write_png(path.c_str(), picture.width, picture.height, 4, picture.pixels.data(), picture.width * 4) == 0) {
    throw std::runtime_error("cannot write " + path.string());
  }
}

}  // namespace loiter::gui::testing
