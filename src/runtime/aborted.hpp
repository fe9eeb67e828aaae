// Aborted: thrown by every wait and checkpoint of a run that is being stopped.
//
// Errors   On purpose not a std::exception: code that catches errors of a task must not swallow it. Catch it only to
//          clean up, and throw it on.
#pragma once

namespace loiter::runtime {

struct Aborted {};

}  // namespace loiter::runtime
