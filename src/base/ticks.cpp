#include "base/ticks.hpp"

#if defined(__x86_64__)
#include <cpuid.h>
#endif

namespace loiter {
namespace {

bool has_invariant_counter() {
#if defined(__x86_64__)
  unsigned a = 0;
  unsigned b = 0;
  unsigned c = 0;
  unsigned d = 0;
  if (__get_cpuid(0x80000000U, &a, &b, &c, &d) == 0 || a < 0x80000007U) return false;
  if (__get_cpuid(0x80000007U, &a, &b, &c, &d) == 0) return false;
  constexpr unsigned invariant = 1U << 8U;
  return (d & invariant) != 0;
#else
  return false;
#endif
}

struct Pair {
  std::chrono::steady_clock::time_point real;
  Ticks ticks;
};

// The pair read with the least delay between its two halves, out of a few.
Pair read_pair() {
  Pair best{};
  Ticks best_width = ~Ticks{0};
  for (int i = 0; i < 5; ++i) {
    const Ticks before = read_ticks();
    const auto real = std::chrono::steady_clock::now();
    const Ticks after = read_ticks();
    if (after - before < best_width) {
      best_width = after - before;
      best = {real, before + (after - before) / 2};
    }
  }
  return best;
}

// 2 ms once per program: the error of a pair is some 20 ns.
double measure() {
  if (!detail::counter_is_usable) return 1.0;
  const Pair begin = read_pair();
  while (std::chrono::steady_clock::now() - begin.real < std::chrono::milliseconds(2)) {
  }
  const Pair end = read_pair();
  return static_cast<double>((end.real - begin.real).count()) / static_cast<double>(end.ticks - begin.ticks);
}

}  // namespace

namespace detail {
const bool counter_is_usable = has_invariant_counter();
}

double nanoseconds_per_tick() {
  static const double ratio = measure();
  return ratio;
}

}  // namespace loiter
