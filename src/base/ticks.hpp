// Ticks: the cheapest steady clock of the machine, read on every recorded event.
//
// Units    Raw ticks, all cores alike; ticks_to_real() turns a difference into nanoseconds of real time.
// Threads  Every function is safe from any thread.
// Source   On x86-64 with an invariant time-stamp counter that counter (about half the cost of a system clock read;
//          the fence keeps the read behind everything before it, so that cause comes before effect in a trace);
//          elsewhere std::chrono::steady_clock in nanoseconds.
#pragma once

#include <chrono>
#include <cstdint>

namespace loiter {

using Ticks = std::uint64_t;

namespace detail {
extern const bool counter_is_usable;
}

inline Ticks read_ticks() {
#if defined(__x86_64__)
  if (detail::counter_is_usable) {
    __builtin_ia32_lfence();
    return __builtin_ia32_rdtsc();
  }
#endif
  return static_cast<Ticks>(std::chrono::steady_clock::now().time_since_epoch().count());
}

// Nanoseconds of real time in one tick: measured against the steady clock when the program starts, and known to
// about one part in ten thousand.
double nanoseconds_per_tick();

inline std::chrono::nanoseconds ticks_to_real(Ticks from, Ticks to) {
  const double ticks = to >= from ? static_cast<double>(to - from) : -static_cast<double>(from - to);
  return std::chrono::nanoseconds{static_cast<std::int64_t>(ticks * nanoseconds_per_tick())};
}

}  // namespace loiter
