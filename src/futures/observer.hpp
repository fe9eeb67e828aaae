// What futures and executors tell about themselves; the trace's recorder listens.
//
// Shape    Ids and views: whoever wants to keep a text copies it. Values come as a ValueText, so that the common ones
//          (whole numbers, None) are told without any formatting.
// Threads  Called on the participant that does the thing, at that moment, sometimes under a future's own lock: no call
//          may park, throw, or come back into this floor.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/ids.hpp"
#include "futures/state.hpp"

namespace loiter::futures {

// How a call is written: "loiter(3)".
struct CallLabel {
  std::string_view name;
  bool name_is_static = false;  // it lives as long as the program: need not be copied
  bool has_number = false;      // one whole number is its argument: `number`; else `arguments`
  std::int64_t number = 0;
  std::string_view arguments = {};  // "1, 2"; empty: the call is written without parentheses
};

// A value or an exception as Python would write it.
struct ValueText {
  const char* type = "NoneType";  // lives as long as the program, or at least during the call
  bool type_is_static = true;
  bool has_number = false;  // repr is that of `number`, else `text`
  std::int64_t number = 0;
  std::string_view text = "None";
};

class Observer {
 public:
  virtual ~Observer() = default;
  virtual void pool_created(ExecutorId, std::string_view /*name*/, std::uint32_t /*max_workers*/) {}
  virtual void pool_grown(ExecutorId, std::uint32_t /*workers*/) {}
  virtual void pool_shut_down(ExecutorId, bool /*cancel_futures*/) {}
  virtual void pool_broken(ExecutorId, std::string_view /*why*/) {}
  virtual void submitted(FutureId, ExecutorId, const CallLabel&) {}
  virtual void state_changed(FutureId, FutureState /*from*/, FutureState /*to*/) {}
  // Finished without a task: a promise kept by hand, a future of a broken pool.
  virtual void completed(FutureId, FutureState /*from*/, Outcome, const ValueText&) {}
  // A worker took it: Pending to Running, and the call begins.
  virtual void started(FutureId) {}
  // The call is over; unless aborted, Running to Finished.
  virtual void ended(FutureId, Outcome, const ValueText&) {}
  // The same two without a change of the state: a process pool's manager changes it, before and after.
  virtual void call_began(FutureId) {}
  virtual void call_ended(FutureId, Outcome, const ValueText&) {}
  virtual void delivered(FutureId, DeliveredBy, std::uint32_t /*index*/) {}
  // The lane does what it was asked to get out of a deadlock, in which it waited for this future.
  virtual void escaped(Escape, FutureId) {}
  // What Python's logging would say on stderr.
  virtual void logged(std::string_view /*level*/, std::string_view /*text*/) {}
};

}  // namespace loiter::futures
