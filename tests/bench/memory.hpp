// Counts what the program allocates, for the benchmarks that report memory.
#pragma once

#include <cstddef>

namespace loiter::bench {

struct Allocated {
  std::size_t count = 0;
  std::size_t bytes = 0;  // as the allocator rounds them up
};
// Since the program began, by the calling thread.
Allocated allocated();

}  // namespace loiter::bench
