// look_again(): for a wait that is mostly short: looks again and again for a while, before the caller goes to sleep.
//
// Units    Nanoseconds of real time. A wake-up costs some 5 us on both sides, and several times that if a core of a
//          virtual machine has gone to sleep: a few of those are worth looking for.
// Threads  Any. The processor is offered to others now and then: on few cores what is waited for may need it.
#pragma once

#include <cstdint>
#include <thread>

#include "base/mutex.hpp"
#include "base/ticks.hpp"

namespace loiter {

// True as soon as `found()` is; false when the time is up.
template <class Found>
bool look_again(std::int64_t nanoseconds, Found found, int looks_for_a_yield = 16) {
  const Ticks until = read_ticks() + static_cast<Ticks>(static_cast<double>(nanoseconds) / nanoseconds_per_tick());
  for (int round = 1; read_ticks() < until; ++round) {
    if (found()) return true;
    if (round % looks_for_a_yield == 0) {
      std::this_thread::yield();
    } else {
      relax_cpu();
    }
  }
  return false;
}

}  // namespace loiter
