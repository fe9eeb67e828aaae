// RunServer: the local file server of runs that come one after the other, as in a comparison: one address for all.
//
//   serve() --> address, for one run --> rest() --> serve(), for the next --> stop()
//
// Shape    The first run that needs a server starts it. Every run has it as if it were new: the same requests get the same
//          answers, so that modes can be compared.
// Errors   OSError if it cannot be started.
// Threads  One run at a time; its downloads call it.
// Owner    Shared by the runs, and whoever begins them.
#pragma once

#include <memory>
#include <string>

#include "net/dials.hpp"
#include "net/http_server.hpp"
#include "runtime/live.hpp"

namespace loiter::engine {

// The files that every server has; without flags where Debian's package of them is not installed.
std::shared_ptr<const net::Site> local_site();

class RunServer {
 public:
  // The server's address, without a slash at its end. `runtime` must live until rest().
  std::string serve(runtime::Live& runtime, const net::Dials& dials);
  void set_dials(const net::Dials& dials) { m_server->set_dials(dials); }
  // Nothing of the run is answered any more, or waits.
  void rest() { m_server->end_run(); }
  // No run will come any more; none goes.
  void stop() { m_server.reset(); }

 private:
  std::unique_ptr<net::HttpServer> m_server;
};

}  // namespace loiter::engine
