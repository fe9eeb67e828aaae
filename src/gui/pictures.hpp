// Pictures: the pictures of lesson files, kept in the texture that fonts live in.
//
// Shape    A cache by path; a file is read when it is first asked for. What is larger than the screen of a lesson needs is
//          kept smaller.
// Units    Pixels of the picture as it is kept.
// Errors   A file that is no picture, or far too large, has no size.
// Threads  GUI thread.
// Owner    The texture is that of the current context.
// Source   stb_image: PNG, JPEG, GIF.
#pragma once

#include <imgui.h>

#include <map>
#include <optional>
#include <string>

#include "gui/box.hpp"

namespace loiter::gui {

class Pictures {
 public:
  std::optional<ImVec2> size_of(const std::string& path);
  void draw(const std::string& path, ImDrawList& list, const Box& box);

 private:
  struct Kept {
    ImFontAtlasRectId id = ImFontAtlasRectId_Invalid;  // invalid: it is no picture
    ImVec2 size;
  };
  const Kept& kept(const std::string& path);

  std::map<std::string, Kept> m_kept;
};

}  // namespace loiter::gui
