// Ways out of a deadlock: what somebody outside of the program may ask a lane to do that waits for ever.
//
//   Context::ask_escape(lane, request) --wakes it--> the lane does it itself, where it waits --> goes on waiting, or not
//
// Shape    The waiting lane is the one that acts, so that whatever happens has a lane and a place in the program: it adds
//          a worker to the pool, cancels the future that it waits for, gives up with a TimeoutError, or executes the
//          pending call itself.
// Threads  answer_escape() on the lane that was asked.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>

#include "base/ids.hpp"
#include "futures/shared_state.hpp"

namespace loiter::futures {

// Answers what the calling lane was asked while it waited, if it was. `find` gives a future that it waits for, or null.
// True: it gives up waiting, as if its time were over.
bool answer_escape(Context& context, const std::function<SharedState*(FutureId)>& find);

// A pool in whose queue somebody's future waits for a worker.
class EscapablePool {
 public:
  virtual ~EscapablePool() = default;
  // One more than it may have. By a participant.
  virtual void add_worker() = 0;
  // Takes a call out of the queue, so that no worker executes it; none if it is not there any more.
  virtual StateRef take_out(FutureId future) = 0;
};

}  // namespace loiter::futures
