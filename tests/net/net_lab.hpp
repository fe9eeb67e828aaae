// A run with a server and a client, live or simulated, for the tests of downloads.
#pragma once

#include <catch2/catch_test_macros.hpp>
#include <functional>
#include <memory>
#include <string>

#include "net/http_client.hpp"
#include "net/http_server.hpp"
#include "net/simulated_client.hpp"
#include "runtime/live.hpp"
#include "runtime/simulated.hpp"

namespace loiter::net::testing {

enum class Clock { Simulated, Live };

inline std::shared_ptr<const Site> shared_site() {
  static const auto site = std::make_shared<const Site>(Site::load());
  return site;
}

struct NetLab {
  runtime::Runtime& runtime;
  Transport& transport;
  std::string address;
  std::function<void(const Dials&)> set_dials;

  Duration now() const { return runtime.now().time_since_epoch(); }
  Reply get(const std::string& target, Timeout timeout = std::nullopt) const {
    return transport.get({.url = address + target, .timeout = timeout});
  }
  // "Timeout", "Cut", ...; "" if it came, whatever its status.
  std::string error_of(const std::string& target, Timeout timeout = std::nullopt) const {
    return error_of_url(address + target, timeout);
  }
  std::string error_of_url(const std::string& url, Timeout timeout = std::nullopt) const {
    constexpr const char* names[] = {"BadAddress", "Malformed", "NotConnected",     "Timeout",
                                     "Cut",        "TooLarge",  "TooManyRedirects", "Nonsense"};
    try {
      transport.get({.url = url, .timeout = timeout});
    } catch (const DownloadError& error) {
      CHECK(std::string(error.what()).starts_with(url));
      return names[static_cast<std::size_t>(error.kind())];
    }
    return "";
  }
};

using NetBody = std::function<void(const NetLab&)>;

inline void run_live(const Dials& dials, const NetBody& body,
                     const std::function<void(runtime::Live&)>& meanwhile = nullptr, runtime::Pace pace = {}) {
  static runtime::Observer deaf;
  runtime::Live runtime(deaf);
  runtime.set_pace(pace);
  auto server = HttpServer::start(
      shared_site(), dials,
      {.now = [&] { return runtime.now(); },
       .wait_until = [&](Instant until, const std::stop_token& stop) { return runtime.wait_outside(until, stop); }});
  REQUIRE(server);
  const auto client = make_http_client(runtime);
  runtime.start([&] {
    body({runtime, *client, (*server)->address(), [&](const Dials& turned) { (*server)->set_dials(turned); }});
  });
  if (meanwhile) meanwhile(runtime);
  while (runtime.wait(std::chrono::hours(1)) != runtime::Phase::Ended) {
  }
  if (runtime.main_error()) std::rethrow_exception(runtime.main_error());
}

inline void run_simulated(const Dials& dials, const NetBody& body) {
  static runtime::Observer deaf;
  runtime::Simulated runtime(deaf);
  runtime.set_pace(runtime::Pace::instant());
  SimulatedClient client(runtime, shared_site(), dials);
  runtime.start([&] {
    body({runtime, client, SimulatedClient::address, [&](const Dials& turned) { client.set_dials(turned); }});
  });
  while (runtime.wait(std::chrono::hours(1)) != runtime::Phase::Ended) {
  }
  if (runtime.main_error()) std::rethrow_exception(runtime.main_error());
}

inline void on_every_clock(const Dials& dials, const NetBody& body) {
  {
    INFO("simulated");
    run_simulated(dials, body);
  }
  INFO("live");
  run_live(dials, body);
}

}  // namespace loiter::net::testing
