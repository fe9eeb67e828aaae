// The lessons that the lab brings along: lessons/NN-name.md, put into the program when it is built.
//
// Threads  Constant.
#pragma once

#include <span>
#include <string_view>

namespace loiter::lessons {

struct ShippedLesson {
  std::string_view name;  // of the file, without its extension: "04-map-or-as-completed"
  std::string_view text;
};

// In the order of their names, which is that in which they are taught.
std::span<const ShippedLesson> shipped_lessons();

}  // namespace loiter::lessons
