// StateLook: the nine ways a future or a lane can look. Colour, glyph, pattern and the word for it follow from it.
//
// Shape    An enumeration; state_look_count is how many there are, for arrays indexed by it.
#pragma once

#include <array>
#include <cstddef>

namespace loiter::views {

enum class StateLook {
  Pending,            // nobody has begun it
  Running,            // a worker runs it
  Returned,           // finished with a value
  Raised,             // finished with an exception
  Cancelled,          // cancelled; no worker has seen that yet
  CancelledNotified,  // cancelled, and its waiters have been told
  Waiting,            // a lane that waits for something
  CallQueue,          // in the process pool's call queue: says running, is not
  Stuck,              // proven never to go on
};

inline constexpr std::size_t state_look_count = 9;

inline constexpr std::array<StateLook, state_look_count> all_state_looks{
    StateLook::Pending,           StateLook::Running, StateLook::Returned,  StateLook::Raised, StateLook::Cancelled,
    StateLook::CancelledNotified, StateLook::Waiting, StateLook::CallQueue, StateLook::Stuck,
};

// The word in tables and in the legend: "returned", "in call queue".
const char* state_word(StateLook look);

}  // namespace loiter::views
