// LOITER_ASSERT: a programmer's mistake ends the program, in release builds too.
//
// Errors   Prints the condition, the place and the message to stderr, then aborts.
#pragma once

namespace loiter {

[[noreturn]] void assertion_failed(const char* condition, const char* message, const char* file, int line);

}  // namespace loiter

#define LOITER_ASSERT(condition, message)              \
  (static_cast<bool>(condition) ? static_cast<void>(0) \
                                : ::loiter::assertion_failed(#condition, message, __FILE__, __LINE__))
