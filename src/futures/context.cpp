#include "futures/context.hpp"

#include <fmt/format.h>

namespace loiter::futures {

Deadline Context::deadline_in(Timeout timeout) const {
  if (!timeout) return std::nullopt;
  const Instant now = m_runtime.now();
  return *timeout > Instant::max() - now ? Instant::max() : now + *timeout;
}

std::uint64_t Context::address(const void* object, FutureId id) const {
  // 0x7f3a00000000 looks like an address and is nobody's; 64 bytes apart, as futures might lie.
  if (m_runtime.is_simulated()) return 0x7f3a00000000ULL + id.value * 64ULL;
  return reinterpret_cast<std::uintptr_t>(object);
}

std::string Context::address_text(const void* object, FutureId id) const {
  return fmt::format("{:#x}", address(object, id));
}

}  // namespace loiter::futures
