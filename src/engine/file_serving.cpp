#include "engine/file_serving.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "base/text.hpp"
#include "experiments/downloads.hpp"
#include "net/http_server.hpp"

namespace loiter::engine {
namespace {

// Without dials the server is as good as it can be.
std::vector<experiments::Parameter> dials() { return experiments::dial_parameters("0s", "0s", "0"); }

std::vector<std::string> dial_names() {
  std::vector<std::string> names;
  for (const experiments::Parameter& dial : dials()) names.push_back(dial.name);
  return names;
}

class Serving final : public FileServing {
 public:
  Serving(std::unique_ptr<net::HttpServer> server, std::size_t files) : m_server(std::move(server)), m_files(files) {}
  std::string address() const override { return m_server->address(); }
  std::size_t files() const override { return m_files; }
  std::uint64_t requests() const override { return m_server->counts().requests; }

 private:
  const std::unique_ptr<net::HttpServer> m_server;
  const std::size_t m_files;
};

}  // namespace

Result<std::unique_ptr<FileServing>> FileServing::start(int port, const std::map<std::string, std::string>& chosen) {
  experiments::Setup setup;
  const std::vector<std::string> known = dial_names();
  for (const auto& [name, value] : chosen) {
    if (std::ranges::find(known, name) != known.end()) continue;
    return fail(fmt::format("the server has no dial '{}'.{} It has: {}.", printable(name, 40),
                            did_you_mean(name, known), join(known, ", ")));
  }
  for (const experiments::Parameter& dial : dials()) {
    const auto it = chosen.find(dial.name);
    auto value = experiments::check_parameter(dial, it == chosen.end() ? dial.usual : it->second);
    if (!value) return tl::unexpected(value.error());
    setup.parameters[dial.name] = std::move(*value);
  }
  if (auto checked = experiments::check_downloads(setup); !checked) return tl::unexpected(checked.error());
  auto site = std::make_shared<const net::Site>(net::Site::load());
  if (site->flags_are_missing())
    return fail("The server has no flags: Debian's package famfamfam-flag-gif is not installed.");
  const std::size_t files = site->size();
  auto server =
      net::HttpServer::start(std::move(site), experiments::dials_of(setup), net::ServingClock::real_time(), port);
  if (!server) return tl::unexpected(server.error());
  return std::make_unique<Serving>(std::move(*server), files);
}

}  // namespace loiter::engine
