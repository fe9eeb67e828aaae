// The lesson that `loiter lesson new` begins with: short, with a comment on each block, and right as it stands.
#pragma once

#include <string>

namespace loiter::cli {

std::string lesson_skeleton(const std::string& id);

}  // namespace loiter::cli
