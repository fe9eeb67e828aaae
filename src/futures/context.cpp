#include "futures/context.hpp"

#include <fmt/format.h>

#include <cstdint>

namespace loiter::futures {

std::string Context::address_text(const void* address, FutureId id) const {
  // 0x7f3a00000000 looks like an address and is nobody's; 64 bytes apart, as futures might lie.
  const std::uint64_t number = m_runtime.is_simulated() ? 0x7f3a00000000ULL + id.value * 64ULL
                                                        : static_cast<std::uint64_t>(reinterpret_cast<std::uintptr_t>(address));
  return fmt::format("{:#x}", number);
}

}  // namespace loiter::futures
