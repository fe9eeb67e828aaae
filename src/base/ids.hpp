// Names for things that many floors speak of, as small typed numbers that cannot be mixed up.
//
// Shape    A 32-bit number. Futures count from 1 in order of submission (0: no future); lanes from 0, which is the
//          main program; executors from 0 in order of creation.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>

namespace loiter {

template <class Tag>
struct Id {
  std::uint32_t value = 0;
  friend constexpr auto operator<=>(Id, Id) = default;
};

using FutureId = Id<struct FutureTag>;
using LaneId = Id<struct LaneTag>;
using ExecutorId = Id<struct ExecutorTag>;

inline constexpr FutureId no_future{0};
inline constexpr LaneId main_lane{0};

}  // namespace loiter

template <class Tag>
struct std::hash<loiter::Id<Tag>> {
  std::size_t operator()(loiter::Id<Tag> id) const noexcept { return id.value; }
};
