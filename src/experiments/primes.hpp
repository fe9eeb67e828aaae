// primes: which of twenty numbers are prime, by trial division: work that only computes.
//
// Shape    check(n) divides by every odd number up to the root of n, on the live clock and in worker processes for real.
//          On the simulated clock a division lasts a fixed time, and how many there are is known without doing them.
//          The largest number comes first: with map nothing is printed before it is done, though check(2) was ready at
//          once; with as_completed each is printed when it is.
// Source   Fluent Python, 2nd edition, chapters 19 and 20: primes.py, sequential.py, proc_pool.py.
#pragma once

#include <cstdint>
#include <vector>

#include "base/result.hpp"
#include "experiments/experiment.hpp"

namespace loiter::experiments {

// In the order in which they were given, each once.
std::vector<std::uint64_t> numbers_of(const Setup& setup);

// A settle() for the parameters `numbers` and `digits`.
Result<void> settle_numbers(const Choices& choices, Setup& setup);

Experiment primes_experiment();
Listing primes_listing(const Setup& setup);

}  // namespace loiter::experiments
