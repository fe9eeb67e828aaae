// DownloadService: the local file server and the client of one run: over real sockets, or without any when simulated.
//
// Shape    The experiments' Downloads. Answers what tasks ask through their hosts; what has come goes to the desk too, and from there come the dials.
// Errors   OSError if the server cannot be started.
// Threads  As Downloads.
#pragma once

#include "engine/download_desk.hpp"
#include "experiments/downloads.hpp"

namespace loiter::engine {

std::unique_ptr<experiments::Downloads> make_downloads(futures::Context& context, const net::Dials& dials,
                                                       std::string address, DownloadDesk& desk);

}  // namespace loiter::engine
