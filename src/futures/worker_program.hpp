// run_worker_program(): what a worker process does: run the calls that come over its socket until the lab is gone.
//
//   posix_spawn --> tie to the parent --> Ready --> (Call --> Value or Raised)* --> end of the socket --> exit 0
//
// Shape    The socket is descriptor 3; argv[1] is the process that started it. It ends with that process in any case: by
//          the parent-death signal, and by a thread that watches the socket, also while a call computes.
// Errors   An exception of a call is an answer. A message that makes no sense ends the process with status 3.
// Threads  Calls run on the main thread.
#pragma once

namespace loiter::futures {

int run_worker_program(int argc, char** argv);

}  // namespace loiter::futures
