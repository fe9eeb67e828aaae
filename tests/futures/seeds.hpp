// Seeds of random tests: which, and how many.
//
// Every failure says its seed. LOITER_SEED=n in the environment begins with another one; LOITER_PROGRAMS=n tries so
// many.
#pragma once

#include <catch2/catch_test_macros.hpp>
#include <cstdint>
#include <cstdlib>

#include "futures/lab.hpp"

namespace loiter::futures::lab {

#if defined(__SANITIZE_THREAD__) || defined(__SANITIZE_ADDRESS__)
inline constexpr std::uint64_t seeds_share = 8;  // under a sanitizer only one in so many
#else
inline constexpr std::uint64_t seeds_share = 1;
#endif

inline std::uint64_t from_environment(const char* name, std::uint64_t otherwise) {
  const char* text = std::getenv(name);
  return text != nullptr ? std::strtoull(text, nullptr, 10) : otherwise;
}

// Calls `body` with so many seeds.
template <class F>
void for_seeds(std::uint64_t count, F body) {
  const std::uint64_t first = from_environment("LOITER_SEED", 1);
  const std::uint64_t programs = from_environment("LOITER_PROGRAMS", count / seeds_share);
  for (std::uint64_t seed = first; seed < first + programs; ++seed) {
    INFO("seed " << seed);
    body(seed);
  }
}

}  // namespace loiter::futures::lab
