// Trial division: whether a number is prime, by dividing it by 2 and every odd number up to its root; and how many
// divisions that takes, found without doing them.
//
// Shape    Pure functions of any 64-bit number. is_prime() is the loop itself, in blocks: `between` is called after each,
//          with the divisions done, and may throw to end it. division_count() factors the number in about a millisecond
//          at most, so that a simulated run can say what the loop would have taken.
// Source   Fluent Python, 2nd edition, chapter 19: primes.py. Miller-Rabin with the first twelve primes as bases decides
//          every number under 3.3 * 10^24 (Sorenson and Webster, 2015); Pollard's rho after Brent (1980).
#pragma once

#include <algorithm>
#include <cstdint>

namespace loiter::experiments {

// The largest number whose square is at most n.
std::uint64_t integer_root(std::uint64_t n);

// Whether one of first, first + 2, ..., last divides n. The sums stay far below 2^64 while last is at most a root.
bool has_odd_divisor(std::uint64_t n, std::uint64_t first, std::uint64_t last);

// Divisions between two looks at the run around the loop. More: later to hold or stop it (some 50 us now); fewer: slower.
inline constexpr std::uint64_t divisions_in_block = 8192;

template <class Between>
bool is_prime(std::uint64_t n, Between&& between) {
  if (n < 2) return false;
  if (n == 2) return true;
  if (n % 2 == 0) return false;
  const std::uint64_t root = integer_root(n);
  std::uint64_t done = 1;
  for (std::uint64_t first = 3; first <= root; first += 2 * divisions_in_block) {
    const std::uint64_t last = std::min(root, first + 2 * (divisions_in_block - 1));
    if (has_odd_divisor(n, first, last)) return false;
    done += (last - first) / 2 + 1;
    between(done);
  }
  return true;
}

struct DivisionCount {
  bool prime = false;
  std::uint64_t done = 0;  // until the loop knows
  std::uint64_t most = 0;  // if it has to try all: what it sets out to do
  friend bool operator==(const DivisionCount&, const DivisionCount&) = default;
};
std::uint64_t most_divisions(std::uint64_t n);
DivisionCount division_count(std::uint64_t n);

bool is_prime_at_once(std::uint64_t n);          // without a loop up to the root
std::uint64_t smallest_factor(std::uint64_t n);  // of 2 or more; n itself if it is prime

}  // namespace loiter::experiments
