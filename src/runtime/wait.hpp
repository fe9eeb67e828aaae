// Why a participant waits and how its wait ended: said at every park, shown in every view.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "base/ids.hpp"

namespace loiter::runtime {

// What a participant waits for. The names are those of RUNFILE's `on`. Core: simulated, for one of the virtual cores.
enum class WaitOn : std::uint8_t { Result, Map, AsCompleted, Wait, Queue, Sleep, Gil, Io, Join, Pause, Core };

enum class WaitEnd : std::uint8_t { Ready, Timeout, Cancelled, Aborted };

// A wait for very many futures names only the first of them; a longer list costs more at every wait.
inline constexpr std::size_t max_named_futures = 256;

// Shape    A view: the caller keeps `futures` alive during the park.
struct Reason {
  WaitOn on = WaitOn::Sleep;
  std::span<const FutureId> futures = {};  // of Result, Map, AsCompleted, Wait
  std::uint32_t more = 0;                  // futures waited for beyond those named
  bool any = false;                        // true: one of the futures is enough
  bool first_exception = false;            // with any: one that raises, or all of them
  LaneId joins = {};                       // of Join: the lane whose end is waited for
  bool is_told = true;                     // false: it works, on something that takes no core, such as receiving
};

// What ended a park; a stop is thrown as Aborted instead.
enum class Wake : std::uint8_t { Ready, Timeout };

}  // namespace loiter::runtime
