// What a runtime tells about its participants; the trace's recorder listens.
//
// Threads  all but settled() are called on the participant they are about, while it runs; settled()
//          on whichever thread drives a simulated run. None may park or throw.
#pragma once

#include <exception>

#include "base/duration.hpp"
#include "runtime/gil.hpp"
#include "runtime/wait.hpp"

namespace loiter::runtime {

class Participant;

class Observer {
 public:
  virtual ~Observer() = default;
  virtual void participant_began(Participant&) {}
  // `error` is what its body threw, if anything; a stop is no error.
  virtual void participant_ended(Participant&, std::exception_ptr /*error*/) {}
  virtual void wait_began(Participant&, const Reason&, Deadline) {}
  virtual void wait_ended(Participant&, WaitOn, WaitEnd) {}
  // Requested: by the one that waits. Dropped comes before any other may take it.
  virtual void gil_changed(Participant&, GilChange) {}
  // It has computed since then, and used so much time of a core.
  virtual void computed(Participant&, Instant /*since*/, Duration /*cpu*/) {}
  // Simulated only: nobody can run at this instant, and time is about to move or has nowhere to go.
  virtual void settled(bool /*quiescent*/) {}
};

}  // namespace loiter::runtime
