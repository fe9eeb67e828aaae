// Fonts: the four faces of the lab, with Chinese, Japanese and Korean glyphs behind each.
//
// Inter Regular and SemiBold, JetBrains Mono Regular and Bold, each merged with WenQuanYi Micro Hei; DejaVu where a
// file is missing, and Dear ImGui's built-in font where even that is missing. Glyphs are drawn into the atlas when a
// text first needs them, at the size that text asks for.
//
// Shape    Fonts is a cheap copyable handle: pointers into the atlas plus the bytes of the files.
// Units    A size is the em in pixels, as in a style sheet: 13 here is 13 there. Capital letters stand in the middle
//          of a line box of that height, so text centred by its box is centred for the eye.
// Errors   Never fails. What had to be replaced is one sentence in Fonts::message, for the status line.
// Owner    The atlas borrows the bytes: keep one copy of the Fonts until the ImGui context is gone.
#pragma once

#include <imgui.h>

#include <array>
#include <cstddef>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace loiter::gui {

enum class Face { Sans, SansBold, Mono, MonoBold };

struct Fonts {
  std::array<ImFont*, 4> faces{};
  std::string message;  // empty when every file was found
  std::vector<std::shared_ptr<const std::string>> files;

  [[nodiscard]] ImFont* face(Face which) const { return faces[static_cast<std::size_t>(which)]; }
};

// Where fonts are looked for: the system's folders, then the user's own.
[[nodiscard]] std::vector<std::filesystem::path> font_folders();

// Adds the four faces to an atlas that has none of them yet.
[[nodiscard]] Fonts load_fonts(ImFontAtlas& atlas, std::span<const std::filesystem::path> folders);
[[nodiscard]] Fonts load_fonts(ImFontAtlas& atlas);

// Makes a face and size current for Dear ImGui's own text functions, until the end of the scope.
class ScopedFont {
 public:
  ScopedFont(const Fonts& fonts, Face face, float size) { ImGui::PushFont(fonts.face(face), size); }
  ~ScopedFont() { ImGui::PopFont(); }
  ScopedFont(const ScopedFont&) = delete;
  ScopedFont& operator=(const ScopedFont&) = delete;
};

}  // namespace loiter::gui
