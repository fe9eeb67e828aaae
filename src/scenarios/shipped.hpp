// The scenarios that the lab brings along: assets/scenarios/*.toml, put into the program when it is built.
//
// Threads  Constant.
#pragma once

#include <span>
#include <string_view>

namespace loiter::scenarios {

struct ShippedText {
  std::string_view name;  // of the file, without its extension
  std::string_view text;
};

std::span<const ShippedText> shipped_texts();

}  // namespace loiter::scenarios
