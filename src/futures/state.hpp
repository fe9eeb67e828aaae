// The states of a future, and what became of the call behind it.
//
//   Pending --set_running--> Running --set_result / set_exception--> Finished
//      \--cancel--> Cancelled --a worker pops it--> CancelledAndNotified
//
// Source   CPython 3.11 Lib/concurrent/futures/_base.py: PENDING, RUNNING, CANCELLED, CANCELLED_AND_NOTIFIED, FINISHED.
#pragma once

#include <cstdint>

namespace loiter::futures {

enum class FutureState : std::uint8_t { Pending, Running, Cancelled, CancelledAndNotified, Finished };

// Aborted: the run was stopped in the middle of the call.
enum class Outcome : std::uint8_t { Returned, Raised, Aborted };

// Who handed a future's result to the program.
enum class DeliveredBy : std::uint8_t { Result, Map, AsCompleted, Wait };

// How somebody got the program out of a deadlock.
enum class Escape : std::uint8_t { WorkerAdded, Cancelled, TimeoutSet, RanInline };

}  // namespace loiter::futures
