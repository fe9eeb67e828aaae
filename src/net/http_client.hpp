// HttpClient: fetches files over real sockets with libcurl.
//
// Shape    A handle for each participant that fetches at the same moment; it keeps its connection and is used again.
//          Follows at most five redirects, speaks only http and https, always verifies TLS, decodes nothing.
// Units    Timeouts in lab time: a held run does not run out of time.
// Errors   As Transport.
// Threads  As Transport. A transfer under way is not held with the run, but it ends within 50 ms when the run is stopped.
// Source   libcurl's multi interface.
#pragma once

#include <memory>

#include "net/transport.hpp"
#include "runtime/runtime.hpp"

namespace loiter::net {

std::unique_ptr<Transport> make_http_client(runtime::Runtime& runtime);

}  // namespace loiter::net
