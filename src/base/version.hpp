// The version of the program, as --version and the header of every run file say it.
#pragma once

namespace loiter {

inline constexpr const char* program_version = "0.1.0";

}  // namespace loiter
