#include "experiments/trial_division.hpp"

#include <array>
#include <cmath>
#include <numeric>

namespace loiter::experiments {
namespace {

__extension__ using Wide = unsigned __int128;

// So that rho is left with what has no small factor, which it is slow to pull apart and quick to confuse.
constexpr std::uint64_t small_factors = 1000;

std::uint64_t times(std::uint64_t a, std::uint64_t b, std::uint64_t modulus) {
  return static_cast<std::uint64_t>(Wide{a} * b % modulus);
}

std::uint64_t power(std::uint64_t base, std::uint64_t exponent, std::uint64_t modulus) {
  std::uint64_t result = 1;
  for (; exponent > 0; exponent >>= 1U) {
    if ((exponent & 1U) != 0) result = times(result, base, modulus);
    base = times(base, base, modulus);
  }
  return result;
}

// Whether `base` shows that n, which is odd, is not prime.
bool is_witness(std::uint64_t base, std::uint64_t n) {
  const int twos = std::countr_zero(n - 1);
  std::uint64_t x = power(base, (n - 1) >> static_cast<unsigned>(twos), n);
  if (x == 1 || x == n - 1) return false;
  for (int i = 1; i < twos; ++i) {
    x = times(x, x, n);
    if (x == n - 1) return false;
  }
  return true;
}

// A factor of n other than 1, by the cycle of x*x + c; n itself if that c finds none.
std::uint64_t rho(std::uint64_t n, std::uint64_t c) {
  const auto next = [&](std::uint64_t x) { return static_cast<std::uint64_t>((Wide{x} * x + c) % n); };
  constexpr std::uint64_t steps_in_product = 128;  // one gcd for so many differences
  std::uint64_t y = 2;
  for (std::uint64_t length = 1;; length *= 2) {
    const std::uint64_t x = y;
    for (std::uint64_t i = 0; i < length; ++i) y = next(y);
    for (std::uint64_t done = 0; done < length; done += steps_in_product) {
      const std::uint64_t before = y;
      const std::uint64_t steps = std::min(steps_in_product, length - done);
      std::uint64_t product = 1;
      for (std::uint64_t i = 0; i < steps; ++i) {
        y = next(y);
        product = times(product, x > y ? x - y : y - x, n);
      }
      if (product != 0 && std::gcd(product, n) == 1) continue;
      // Somewhere among these: one by one.
      y = before;
      for (;;) {
        y = next(y);
        const std::uint64_t factor = std::gcd(x > y ? x - y : y - x, n);
        if (factor != 1) return factor;
      }
    }
  }
}

// The smallest factor of n, which has none up to small_factors.
std::uint64_t smallest_large_factor(std::uint64_t n) {
  if (is_prime_at_once(n)) return n;
  const std::uint64_t root = integer_root(n);
  if (root * root == n) return smallest_large_factor(root);
  std::uint64_t factor = n;
  for (std::uint64_t c = 1; factor == n; ++c) factor = rho(n, c);
  return std::min(smallest_large_factor(factor), smallest_large_factor(n / factor));
}

}  // namespace

std::uint64_t integer_root(std::uint64_t n) {
  // A double has 53 bits: the guess may be one too large or too small.
  constexpr std::uint64_t largest = 0xffff'ffff;
  std::uint64_t root = std::min(largest, static_cast<std::uint64_t>(std::sqrt(static_cast<double>(n))));
  while (root * root > n) --root;
  while (root < largest && (root + 1) * (root + 1) <= n) ++root;
  return root;
}

bool has_odd_divisor(std::uint64_t n, std::uint64_t first, std::uint64_t last) {
  for (std::uint64_t i = first; i <= last; i += 2) {
    if (n % i == 0) return true;
  }
  return false;
}

bool is_prime_at_once(std::uint64_t n) {
  constexpr std::array<std::uint64_t, 12> bases{2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37};
  if (n < 2) return false;
  for (const std::uint64_t base : bases) {
    if (n % base == 0) return n == base;
  }
  return std::ranges::none_of(bases, [&](std::uint64_t base) { return is_witness(base, n); });
}

std::uint64_t smallest_factor(std::uint64_t n) {
  if (n % 2 == 0) return 2;
  for (std::uint64_t i = 3; i <= small_factors; i += 2) {
    if (i * i > n) return n;
    if (n % i == 0) return i;
  }
  return smallest_large_factor(n);
}

std::uint64_t most_divisions(std::uint64_t n) {
  if (n <= 2) return 0;
  if (n % 2 == 0) return 1;
  return 1 + (std::max<std::uint64_t>(integer_root(n), 1) - 1) / 2;
}

DivisionCount division_count(std::uint64_t n) {
  DivisionCount count{.prime = false, .done = most_divisions(n), .most = most_divisions(n)};
  if (n < 2) return count;
  const std::uint64_t factor = smallest_factor(n);
  count.prime = factor == n;
  if (!count.prime) count.done = factor == 2 ? 1 : 1 + (factor - 1) / 2;
  return count;
}

}  // namespace loiter::experiments
