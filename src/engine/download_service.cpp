#include "engine/download_service.hpp"

#include <utility>

#include "net/http_client.hpp"
#include "net/simulated_client.hpp"
#include "runtime/live.hpp"

namespace loiter::engine {
namespace {

std::string without_slash(std::string address) {
  while (address.ends_with('/')) address.pop_back();
  return address;
}

// Hands on what has come.
class Watched final : public net::Transport {
 public:
  Watched(std::unique_ptr<net::Transport> transport, DownloadDesk& desk)
      : m_transport(std::move(transport)), m_desk(desk) {}
  net::Reply get(const net::Request& request) override {
    net::Reply reply = m_transport->get(request);
    if (reply.status == 200) m_desk.add(runtime::Runtime::current().task, reply.body);
    return reply;
  }

 private:
  const std::unique_ptr<net::Transport> m_transport;
  DownloadDesk& m_desk;
};

class DownloadService final : public experiments::Downloads {
 public:
  DownloadService(futures::Context& context, const net::Dials& dials, std::string address, DownloadDesk& desk,
                  std::shared_ptr<RunServer> server)
      : m_context(context),
        m_desk(desk),
        m_address(without_slash(std::move(address))),
        m_server(std::move(server)),
        m_is_elsewhere(!m_address.empty()) {
    if (context.runtime().is_simulated()) {
      if (m_address.empty()) m_address = net::SimulatedClient::address;
      auto client = std::make_unique<net::SimulatedClient>(context.runtime(), local_site(), dials);
      m_desk.set_server([server = client.get()](const net::Dials& turned) { server->set_dials(turned); });
      m_transport = std::move(client);
    } else {
      if (m_address.empty()) start_server(dynamic_cast<runtime::Live&>(context.runtime()), dials);
      m_transport = net::make_http_client(context.runtime());
    }
    m_desk.set_address(m_address);
    m_transport = std::make_unique<Watched>(std::move(m_transport), desk);
    m_context.set_answerer([this](std::string_view question, const futures::Context::IsGone& is_gone) {
      return experiments::answer_download(m_context, *m_transport, question, is_gone);
    });
  }
  ~DownloadService() override {
    m_desk.set_server(nullptr);
    m_context.set_answerer(nullptr);
    m_transport.reset();  // before the server, which waits for its connections to end
    if (m_is_served) m_server->rest();
  }
  DownloadService(const DownloadService&) = delete;
  DownloadService& operator=(const DownloadService&) = delete;

  const std::string& address() const override { return m_address; }
  bool lacks_flags() const override { return !m_is_elsewhere && local_site()->flags_are_missing(); }

 private:
  void start_server(runtime::Live& runtime, const net::Dials& dials) {
    m_address = m_server->serve(runtime, dials);
    m_is_served = true;
    m_desk.set_server([this](const net::Dials& turned) { m_server->set_dials(turned); });
  }

  futures::Context& m_context;
  DownloadDesk& m_desk;
  std::string m_address;
  const std::shared_ptr<RunServer> m_server;
  bool m_is_served = false;
  const bool m_is_elsewhere;  // at a site that was chosen
  std::unique_ptr<net::Transport> m_transport;
};

}  // namespace

std::unique_ptr<experiments::Downloads> make_downloads(futures::Context& context, const net::Dials& dials,
                                                       std::string address, DownloadDesk& desk,
                                                       std::shared_ptr<RunServer> server) {
  return std::make_unique<DownloadService>(context, dials, std::move(address), desk, std::move(server));
}

}  // namespace loiter::engine
