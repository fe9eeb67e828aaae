#include "engine/run_server.hpp"

#include <utility>

#include "futures/errors.hpp"

namespace loiter::engine {

// The same for every run: reading 250 flags takes longer than a simulated run.
std::shared_ptr<const net::Site> local_site() {
  static const auto site = std::make_shared<const net::Site>(net::Site::load());
  return site;
}

std::string RunServer::serve(runtime::Live& runtime, const net::Dials& dials) {
  net::ServingClock clock{
      .now = [&runtime] { return runtime.now(); },
      .wait_until = [&runtime](Instant until,
                               const std::stop_token& stop) { return runtime.wait_outside(until, stop); }};
  if (m_server) {
    m_server->begin_run(dials, std::move(clock));
  } else {
    auto server = net::HttpServer::start(local_site(), dials, std::move(clock));
    if (!server) throw futures::Exception(server.error().message, "OSError");
    m_server = std::move(*server);
  }
  return m_server->address();
}

}  // namespace loiter::engine
