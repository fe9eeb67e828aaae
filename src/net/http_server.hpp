// HttpServer: the local file server: real sockets, on the loopback only, on any free port or the one that is asked for.
//
//   request --> answer_to(site, dials) --> latency in lab time --> bytes, at the chosen bandwidth
//
// Shape    Serves a Site and nothing else. A connection has a thread of its own, at most 1,000; who comes when all are
//          taken waits. Dials can be turned while it serves.
// Units    Lab time, through the given clock.
// Errors   start(): a port that is taken. Requests that are malformed, too large or no GET or HEAD are refused as HTTP does.
// Threads  Every member from any thread. The destructor ends every connection and waits for its threads.
// Owner    The run, or `loiter serve`.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <stop_token>
#include <string>

#include "base/result.hpp"
#include "net/dials.hpp"
#include "net/site.hpp"

namespace loiter::net {

// The lab's clock for threads outside of the run.
struct ServingClock {
  std::function<Instant()> now;
  // Until then; false if it is of no use to wait any longer: the run is being stopped, or the server.
  std::function<bool(Instant, const std::stop_token&)> wait_until;
  static ServingClock real_time();
};

struct ServerCounts {
  std::uint64_t requests = 0;
  std::uint64_t open = 0;  // connections
};

class HttpServer {
 public:
  static constexpr int any_port = 0;
  static constexpr int most_connections = 1000;

  // Serves from here on.
  static Result<std::unique_ptr<HttpServer>> start(std::shared_ptr<const Site> site, Dials dials, ServingClock clock,
                                                   int port = any_port);
  virtual ~HttpServer() = default;
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;

  // Runs may use it one after the other, each with a clock of its own, and each as if the server were new: what is
  // asked for the first time is answered as the first time. start() has begun the first.
  virtual void begin_run(const Dials& dials, ServingClock clock) = 0;
  // Whoever still waits for an answer is cut off; once it returns nobody uses the run's clock.
  virtual void end_run() = 0;

  virtual int port() const = 0;
  std::string address() const;  // "http://127.0.0.1:8001"

  virtual Dials dials() const = 0;
  virtual void set_dials(const Dials& dials) = 0;
  virtual ServerCounts counts() const = 0;

 protected:
  HttpServer() = default;
};

}  // namespace loiter::net
