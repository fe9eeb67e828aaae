#include "experiments/trial_division.hpp"

#include <catch2/catch_test_macros.hpp>
#include <random>
#include <stdexcept>

using namespace loiter::experiments;

namespace {

constexpr std::uint64_t largest = ~std::uint64_t{0};

bool is_prime(std::uint64_t n) {
  return loiter::experiments::is_prime(n, [](std::uint64_t) {});
}

// The loop as the book writes it, counting.
DivisionCount counted(std::uint64_t n) {
  DivisionCount count;
  if (n < 2) return count;
  if (n == 2) return {.prime = true};
  count.done = 1;
  if (n % 2 == 0) return count;
  for (std::uint64_t i = 3; i * i <= n; i += 2) {
    ++count.done;
    if (n % i == 0) return count;
  }
  count.prime = true;
  return count;
}

bool agree(std::uint64_t n) {
  const DivisionCount loop = counted(n);
  const DivisionCount known = division_count(n);
  return known.prime == loop.prime && known.done == loop.done && known.done <= known.most &&
         (!loop.prime || known.most == loop.done) && is_prime(n) == loop.prime && is_prime_at_once(n) == loop.prime;
}

}  // namespace

TEST_CASE("the count of divisions is what the loop counts, for every small number and for many large ones") {
  for (std::uint64_t n = 0; n < 30'000; ++n) {
    if (!agree(n)) FAIL("not for " << n);
  }
  std::mt19937_64 random(7);
  for (int i = 0; i < 300; ++i) {
    const std::uint64_t n = random() >> (24 + i % 40);
    if (!agree(n)) FAIL("not for " << n);
  }
}

TEST_CASE("the count is right where blocks of divisions begin and end") {
  for (std::uint64_t i = divisions_in_block * 2 - 20; i < divisions_in_block * 2 + 20; ++i) {
    for (const std::uint64_t n : {i * i - 1, i * i, i * i + 1, i * (i + 2), (i + 1) * (i + 3)}) {
      if (!agree(n)) FAIL("not for " << n);
    }
  }
}

TEST_CASE("there are 78,498 primes under a million") {
  int loop = 0;
  int at_once = 0;
  for (std::uint64_t n = 0; n < 1'000'000; ++n) {
    loop += is_prime(n) ? 1 : 0;
    at_once += is_prime_at_once(n) ? 1 : 0;
  }
  CHECK(loop == 78'498);
  CHECK(at_once == 78'498);
}

// OEIS A014233 and A013597: pseudoprimes to the first bases, and what is nearest to the powers of two.
TEST_CASE("numbers up to 2^64 - 1 that fool lesser tests are told apart") {
  for (const std::uint64_t n :
       {561ULL, 2047ULL, 1373653ULL, 25326001ULL, 3215031751ULL, 2152302898747ULL, 3474749660383ULL, 341550071728321ULL,
        9746347772161ULL, 3825123056546413051ULL, 18446744030759878681ULL, 18446744073709551615ULL,
        18446744073709551556ULL, 9999999999999999999ULL, 18446743979220271189ULL}) {
    INFO(n);
    CHECK_FALSE(is_prime_at_once(n));
    CHECK_FALSE(division_count(n).prime);
  }
  for (const std::uint64_t n : {2ULL, 3ULL, 4294967291ULL, 4294967311ULL, 67280421310721ULL, 2305843009213693951ULL,
                                9223372036854775783ULL, 18446744073709551557ULL, 18446744073709551533ULL}) {
    INFO(n);
    CHECK(is_prime_at_once(n));
    CHECK(smallest_factor(n) == n);
  }
}

TEST_CASE("the smallest factor is found of products, squares and cubes of primes") {
  CHECK(smallest_factor(18446744030759878681ULL) == 4294967291);  // its square
  CHECK(smallest_factor(18446743979220271189ULL) == 4294967279);
  CHECK(smallest_factor(1000003ULL * 1000003 * 1000003) == 1000003);
  CHECK(smallest_factor(10007ULL * 10009 * 10037 * 10039) == 10007);
  CHECK(smallest_factor(largest) == 3);
  CHECK(smallest_factor(997ULL * 1000003) == 997);
  CHECK(division_count(18446744030759878681ULL) ==
        DivisionCount{.prime = false, .done = 2147483646, .most = 2147483646});
}

TEST_CASE("roots and the last divisors do not overflow") {
  CHECK(integer_root(0) == 0);
  CHECK(integer_root(largest) == 4294967295);
  CHECK(integer_root(18446744065119617025ULL) == 4294967295);
  CHECK(integer_root(18446744065119617024ULL) == 4294967294);
  CHECK(integer_root(18446744056529682435ULL) == 4294967293);  // one less than a square: a double says it is one
  CHECK(has_odd_divisor(18446744030759878681ULL, 4294950001, 4294967291));
  CHECK_FALSE(has_odd_divisor(18446744073709551557ULL, 4294950001, 4294967295));
  CHECK(most_divisions(largest) == 2147483648);
}

TEST_CASE("what is called between the blocks may end the loop") {
  std::uint64_t seen = 0;
  CHECK_THROWS_AS(loiter::experiments::is_prime(9999999999999917,
                                                [&](std::uint64_t done) {
                                                  seen = done;
                                                  if (done > 20'000) throw std::runtime_error("enough");
                                                }),
                  std::runtime_error);
  CHECK(seen == 1 + 3 * divisions_in_block);
}
