#include "net/http_server.hpp"

#include <fmt/format.h>
#include <httplib.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include "base/mutex.hpp"
#include "net/connection.hpp"

namespace loiter::net {
namespace {

constexpr const char* loopback = "127.0.0.1";
constexpr std::chrono::seconds between_looks{1};  // of an answer that hangs, at whether its client has gone

// A run that the server answers: an answer that has begun waits by its clock, and ends with it.
struct ServedRun {
  ServingClock clock;
  std::stop_source end;
};

// Says that the server ends, to whoever waits for something else.
struct Ending {
  Mutex mutex;
  CondVar changed;
  bool is_over LOITER_GUARDED_BY(mutex) = false;
  std::uint64_t open LOITER_GUARDED_BY(mutex) = 0;  // connections
};

// A thread for each connection: they mostly wait, for the latency. Who comes when all are taken waits to be accepted.
class Connections final : public httplib::TaskQueue {
 public:
  explicit Connections(Ending& ending) : m_ending(ending) {}
  ~Connections() override { shutdown(); }
  Connections(const Connections&) = delete;
  Connections& operator=(const Connections&) = delete;

  void enqueue(std::function<void()> serve) override {
    join_ended();
    {
      Lock lock(m_ending.mutex);
      while (m_ending.open >= HttpServer::most_connections && !m_ending.is_over) m_ending.changed.wait(m_ending.mutex);
      ++m_ending.open;
    }
    Lock lock(m_mutex);
    const std::uint64_t number = m_next++;
    m_threads.emplace(number, std::thread([this, number, serve = std::move(serve)] {
                        serve();
                        end(number);
                      }));
  }
  void shutdown() override {
    std::map<std::uint64_t, std::thread> threads;
    {
      Lock lock(m_mutex);
      threads.swap(m_threads);
    }
    for (auto& [number, thread] : threads) thread.join();
  }

 private:
  void end(std::uint64_t number) {
    {
      Lock lock(m_mutex);
      m_ended.push_back(number);
    }
    {
      Lock lock(m_ending.mutex);
      --m_ending.open;
    }
    m_ending.changed.notify_all();
  }
  void join_ended() {
    std::vector<std::thread> ended;
    {
      Lock lock(m_mutex);
      for (const std::uint64_t number : std::exchange(m_ended, {})) {
        const auto found = m_threads.find(number);
        if (found == m_threads.end()) continue;
        ended.push_back(std::move(found->second));
        m_threads.erase(found);
      }
    }
    for (std::thread& thread : ended) thread.join();
  }

  Ending& m_ending;
  Mutex m_mutex;
  std::uint64_t m_next LOITER_GUARDED_BY(m_mutex) = 0;
  std::map<std::uint64_t, std::thread> m_threads LOITER_GUARDED_BY(m_mutex);
  std::vector<std::uint64_t> m_ended LOITER_GUARDED_BY(m_mutex);
};

// cpp-httplib with connections of our own: their sockets are known, and can be shut down.
class Listener final : public httplib::Server {
 public:
  // Whoever is connected is cut off.
  void shut_down_connections() {
    Lock lock(m_mutex);
    for (const auto& [socket, connection] : m_open) ::shutdown(socket, SHUT_RDWR);
  }
  // No connection is served from now on.
  void end() {
    {
      Lock lock(m_mutex);
      m_is_over = true;
    }
    shut_down_connections();
    stop();
  }
  // The connection that the calling thread serves.
  static Connection& current() { return *s_current; }

 private:
  bool process_and_close_socket(socket_t socket) override {
    Connection connection(socket);
    if (open(connection)) {
      s_current = &connection;
      for (bool goes_on = true; goes_on && connection.wait_for_request();) {
        bool is_closed = false;
        goes_on = process_request(connection, false, is_closed, nullptr) && !is_closed && !connection.is_given_up();
      }
      ::shutdown(socket, SHUT_RDWR);
    }
    Lock lock(m_mutex);  // until it is closed nobody else can have its number
    m_open.erase(socket);
    ::close(socket);
    return true;
  }
  bool open(Connection& connection) {
    Lock lock(m_mutex);
    return !m_is_over && m_open.emplace(connection.socket(), &connection).second;
  }

  static constinit inline thread_local Connection* s_current = nullptr;
  Mutex m_mutex;
  std::map<socket_t, const Connection*> m_open LOITER_GUARDED_BY(m_mutex);
  bool m_is_over LOITER_GUARDED_BY(m_mutex) = false;
};

class LocalServer final : public HttpServer {
 public:
  LocalServer(std::shared_ptr<const Site> site, Dials dials, ServingClock clock)
      : m_site(std::move(site)), m_dials(dials) {
    begin_run(dials, std::move(clock));
    m_server.new_task_queue = [this] { return new Connections(m_ending); };
    m_server.set_socket_options([this](socket_t socket) {
      // Not SO_REUSEPORT, with which two programs would share a port without a word.
      const int yes = 1;
      ::setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
      m_socket = socket;
    });
    m_server.set_tcp_nodelay(true);
    // Before any body is read: nobody has anything to send.
    m_server.set_pre_routing_handler([](const httplib::Request& request, httplib::Response& response) {
      const bool has_body = request.has_header("Transfer-Encoding") ||
                            (request.has_header("Content-Length") && request.get_header_value("Content-Length") != "0");
      const bool is_known = request.method == "GET" || request.method == "HEAD";
      if (is_known && !has_body) return httplib::Server::HandlerResponse::Unhandled;
      response.status = is_known ? 413 : 405;
      if (!is_known) response.set_header("Allow", "GET, HEAD");
      Listener::current().give_up();
      return httplib::Server::HandlerResponse::Handled;
    });
    // What follows on a request that is none cannot be told from it.
    m_server.set_error_handler([](const httplib::Request&, httplib::Response& response) {
      if (response.status != 404 && response.status < 500) Listener::current().give_up();
    });
    m_server.Get(".*",
                 [this](const httplib::Request& request, httplib::Response& response) { serve(request, response); });
  }
  ~LocalServer() override {
    {
      Lock lock(m_ending.mutex);
      m_ending.is_over = true;
    }
    end_run();
    m_server.end();
    if (m_listener.joinable()) m_listener.join();
  }
  LocalServer(const LocalServer&) = delete;
  LocalServer& operator=(const LocalServer&) = delete;

  Result<void> listen(int port) {
    m_port =
        port == any_port ? m_server.bind_to_any_port(loopback) : (m_server.bind_to_port(loopback, port) ? port : -1);
    if (m_port <= 0)
      return fail(
          fmt::format("The file server cannot use port {} of {}: it is taken, or not allowed.", port, loopback));
    // The library's own queue of five is too short for many who come at once.
    ::listen(m_socket, most_connections);
    m_listener = std::thread([this] { m_server.listen_after_bind(); });
    // A stop() before it runs would be lost.
    for (Backoff backoff; !m_server.is_running();) backoff.pause();
    return {};
  }

  void begin_run(const Dials& dials, ServingClock clock) override {
    Lock lock(m_ending.mutex);
    m_dials = dials;
    m_asked.clear();
    m_run = std::make_shared<ServedRun>(std::move(clock));
  }
  void end_run() override {
    std::shared_ptr<ServedRun> run;
    {
      Lock lock(m_ending.mutex);
      run = std::exchange(m_run, nullptr);
    }
    m_ending.changed.notify_all();
    if (!run) return;
    run->end.request_stop();
    m_server.shut_down_connections();
    Lock lock(m_ending.mutex);
    while (m_answers > 0) m_ending.changed.wait(m_ending.mutex);
  }

  int port() const override { return m_port; }
  Dials dials() const override {
    Lock lock(m_ending.mutex);
    return m_dials;
  }
  void set_dials(const Dials& dials) override {
    {
      Lock lock(m_ending.mutex);
      m_dials = dials;
    }
    m_ending.changed.notify_all();
  }
  ServerCounts counts() const override {
    Lock lock(m_ending.mutex);
    return {.requests = m_requests, .open = m_ending.open};
  }

 private:
  // Only what is there is counted: nobody can make the list of targets grow.
  Answer next_answer(const std::string& target) {
    Lock lock(m_ending.mutex);
    if (m_site->find(target) == nullptr) return answer_to(*m_site, m_dials, target, 0);
    return answer_to(*m_site, m_dials, target, m_asked[target]++);
  }

  // False: nobody waits for it any more.
  static bool wait(const ServedRun& run, Duration d) {
    if (d > Duration::zero() && !run.clock.wait_until(instant_after(run.clock.now(), d), run.end.get_token())) {
      return false;
    }
    return !run.end.stop_requested();
  }

  // An answer that is being given: the run that it belongs to waits for it before it ends.
  class Answering {
   public:
    explicit Answering(LocalServer& server) : m_server(server) {
      Lock lock(server.m_ending.mutex);
      m_run = server.m_run;
      ++server.m_answers;
    }
    ~Answering() {
      {
        Lock lock(m_server.m_ending.mutex);
        --m_server.m_answers;
      }
      m_server.m_ending.changed.notify_all();
    }
    Answering(const Answering&) = delete;
    Answering& operator=(const Answering&) = delete;
    const ServedRun* run() const { return m_run.get(); }

   private:
    LocalServer& m_server;
    std::shared_ptr<const ServedRun> m_run;  // none: nobody is served now
  };

  void serve(const httplib::Request& request, httplib::Response& response) {
    ++m_requests;
    const auto answering = std::make_shared<Answering>(*this);
    const ServedRun* const run = answering->run();
    if (run == nullptr) return close(response);
    const auto turn = std::make_shared<const Turn>(*this, *run, request.remote_addr);
    if (run->end.stop_requested()) return close(response);
    const Answer answer = next_answer(request.target);
    if (answer.hangs) hang(*run);
    if (!wait(*run, answer.wait) || answer.hangs) return close(response);
    if (answer.status != 200) response.status = answer.status;  // else 200, or 206 for a part of the file
    if (!answer.location.empty()) response.set_header("Location", answer.location);
    send(response, answer, answering, turn);
  }

  // One of the answers that a client gets at a time.
  class Turn {
   public:
    Turn(LocalServer& server, const ServedRun& run, const std::string& client) : m_server(server), m_client(client) {
      Lock lock(server.m_ending.mutex);
      while (server.m_run.get() == &run && server.m_dials.per_client > 0 &&
             server.m_answering[client] >= server.m_dials.per_client) {
        server.m_ending.changed.wait(server.m_ending.mutex);
      }
      ++server.m_answering[client];
    }
    ~Turn() {
      {
        Lock lock(m_server.m_ending.mutex);
        if (--m_server.m_answering[m_client] == 0) m_server.m_answering.erase(m_client);
      }
      m_server.m_ending.changed.notify_all();
    }
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;

   private:
    LocalServer& m_server;
    const std::string m_client;
  };

  // The connection is closed without a word that means anything: it is too late for one.
  static void close(httplib::Response& response) {
    response.status = 503;
    response.set_header("Connection", "close");
  }

  // Until the client has gone, or the run has.
  void hang(const ServedRun& run) {
    Lock lock(m_ending.mutex);
    while (m_run.get() == &run && !Listener::current().is_peer_gone()) {
      m_ending.changed.wait_until(m_ending.mutex, std::chrono::steady_clock::now() + between_looks);
    }
  }

  // A slow body is sent later: until then the answer is not over, and its turn neither.
  void send(httplib::Response& response, const Answer& answer, std::shared_ptr<const Answering> answering,
            std::shared_ptr<const Turn> turn) {
    const std::uint64_t bandwidth = dials().bandwidth;
    if (bandwidth == 0 && !answer.cut) {
      response.set_content(answer.body, answer.content_type);
      return;
    }
    const std::size_t last = answer.cut.value_or(answer.body.size());
    const std::size_t piece = bandwidth == 0 ? last : std::max(smallest_piece, bandwidth / pieces_per_second);
    auto provide = [answering = std::move(answering), turn = std::move(turn), body = answer.body, last, piece,
                    bandwidth](std::size_t at, std::size_t length, httplib::DataSink& sink) {
      if (at >= last) return false;  // cut: the connection is closed in the middle
      const std::size_t size = std::min({piece, length, last - at});
      return wait(*answering->run(), time_to_send(size, bandwidth)) && sink.write(body.data() + at, size);
    };
    response.set_content_provider(answer.body.size(), answer.content_type, std::move(provide));
  }

  const std::shared_ptr<const Site> m_site;
  std::atomic<std::uint64_t> m_requests{0};
  mutable Ending m_ending;
  std::shared_ptr<ServedRun> m_run LOITER_GUARDED_BY(m_ending.mutex);  // none: between two runs
  std::size_t m_answers LOITER_GUARDED_BY(m_ending.mutex) = 0;         // that are being given
  Dials m_dials LOITER_GUARDED_BY(m_ending.mutex);
  std::map<std::string, std::uint32_t> m_answering LOITER_GUARDED_BY(m_ending.mutex);  // by client
  std::map<std::string, std::uint64_t> m_asked LOITER_GUARDED_BY(m_ending.mutex);      // by target
  Listener m_server;
  int m_port = 0;
  socket_t m_socket = -1;  // on which it listens
  std::thread m_listener;
};

}  // namespace

ServingClock ServingClock::real_time() {
  return {.now = [] { return Instant{std::chrono::steady_clock::now().time_since_epoch()}; },
          .wait_until =
              [](Instant until, const std::stop_token& stop) {
                std::mutex mutex;
                std::condition_variable_any never;
                std::unique_lock lock(mutex);
                never.wait_until(lock, stop, std::chrono::steady_clock::time_point(until.time_since_epoch()),
                                 [] { return false; });
                return !stop.stop_requested();
              }};
}

Result<std::unique_ptr<HttpServer>> HttpServer::start(std::shared_ptr<const Site> site, Dials dials, ServingClock clock,
                                                      int port) {
  auto server = std::make_unique<LocalServer>(std::move(site), dials, std::move(clock));
  if (auto listening = server->listen(port); !listening) return tl::unexpected(listening.error());
  return server;
}

std::string HttpServer::address() const { return fmt::format("http://{}:{}", loopback, port()); }

}  // namespace loiter::net
