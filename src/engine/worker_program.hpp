// Where the program is that worker processes run.
#pragma once

#include <string>

namespace loiter::engine {

// loiter-worker beside the program that runs now, or one folder further up, as in a build. If it is at neither place: the
// first one, and starting it will say so.
std::string worker_program();

}  // namespace loiter::engine
