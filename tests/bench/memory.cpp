#include "bench/memory.hpp"

#include <malloc.h>

#include <cstdlib>
#include <new>

namespace {
thread_local loiter::bench::Allocated t_allocated;
}

void* operator new(std::size_t size) {
  void* const memory = std::malloc(size);
  if (memory == nullptr) throw std::bad_alloc();
  ++t_allocated.count;
  t_allocated.bytes += malloc_usable_size(memory);
  return memory;
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }

namespace loiter::bench {
Allocated allocated() { return t_allocated; }
}  // namespace loiter::bench
