// TextWidth: how a view asks for the width of a text, without knowing fonts.
//
// Shape    Passed in by the drawing side; tests pass a fixed pitch.
// Units    Pixels.
#pragma once

#include <functional>
#include <string_view>

namespace loiter::views {

enum class TextFont {
  Label,  // reasons, names
  Mono,   // times
};

using TextWidth = std::function<float(std::string_view text, TextFont font)>;

}  // namespace loiter::views
