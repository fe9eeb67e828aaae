// DownloadService: the local file server and the client of one run: over real sockets, or without any when simulated.
//
// Shape    The experiments' Downloads. Answers what tasks ask through their hosts; what has come goes to the desk too, and from there come the dials.
// Errors   OSError if the server cannot be started.
// Threads  As Downloads.
#pragma once

#include <memory>
#include <string>

#include "engine/download_desk.hpp"
#include "engine/run_server.hpp"
#include "experiments/downloads.hpp"

namespace loiter::engine {

std::unique_ptr<experiments::Downloads> make_downloads(futures::Context& context, const net::Dials& dials,
                                                       std::string address, DownloadDesk& desk,
                                                       std::shared_ptr<RunServer> server);

}  // namespace loiter::engine
