// Servers that answer nonsense, and clients that ask for it.
#include <fmt/format.h>

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <string>
#include <thread>
#include <vector>

#include "base/mutex.hpp"
#include "net/net_lab.hpp"
#include "net/raw_socket.hpp"

using namespace loiter;
using namespace loiter::net;
using namespace loiter::net::testing;
using namespace std::chrono_literals;

namespace {

// The kind of error that a server gives who says this.
std::string error_for(const std::string& answer, bool endless = false) {
  std::string error;
  const RudeServer server(answer, endless);
  run_live({}, [&](const NetLab& lab) { error = lab.error_of_url(server.url(), 5s); });
  return error;
}

}  // namespace

TEST_CASE("servers that answer nonsense each give one clear error", "[live]") {
  CHECK(error_for("") == "Cut");
  CHECK(error_for("hello, here is your file\n") == "Nonsense");
  CHECK(error_for("HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nabc") == "Nonsense");
  CHECK(error_for("HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999999\r\n\r\nabc") == "TooLarge");
  CHECK(error_for("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc") == "Cut");
  CHECK(error_for("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n") == "Nonsense");
  CHECK(error_for("HTTP/1.1 200 OK\r\n") == "Cut");
}

TEST_CASE("a chunked answer may have headers behind its body", "[live]") {
  const RudeServer server("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\nX-Sum: 7\r\n\r\n");
  run_live({},
           [&](const NetLab& lab) { CHECK(lab.transport.get({.url = server.url(), .timeout = 5s}).body == "abc"); });
}

TEST_CASE("headers and bodies without end are cut off", "[live]") {
  const RudeServer headers("HTTP/1.1 200 OK\r\n" + std::string(70'000, 'x') + ": 1\r\n\r\n");
  run_live({}, [&](const NetLab& lab) { CHECK(lab.error_of_url(headers.url(), 20s) == "TooLarge"); });
  std::string many = "HTTP/1.1 200 OK\r\n";
  for (int i = 0; i < 5000; ++i) many += "X-Header-" + std::to_string(i) + ": and so on\r\n";
  CHECK(error_for(many + "\r\n") == "TooLarge");
  // Without a length, and without an end.
  CHECK(error_for("HTTP/1.1 200 OK\r\n\r\n" + std::string(1'000'000, 'x'), true) == "TooLarge");
}

TEST_CASE("a redirect leads to nothing but http and https, and not for ever", "[live]") {
  const auto redirect_to = [](const std::string& location) {
    return "HTTP/1.1 302 Found\r\nLocation: " + location + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
  };
  CHECK(error_for(redirect_to("file:///etc/passwd")) == "BadAddress");
  CHECK(error_for(redirect_to("gopher://127.0.0.1/")) == "BadAddress");
  CHECK(error_for(redirect_to("/again")) == "TooManyRedirects");
}

TEST_CASE("compressed bytes stay as they are: nothing is unpacked, so nothing can burst", "[live]") {
  const RudeServer server("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\n\x1f\x8b\x08x");
  run_live({}, [&](const NetLab& lab) {
    CHECK(lab.transport.get({.url = server.url(), .timeout = 5s}).body == "\x1f\x8b\x08x");
  });
}

TEST_CASE("the server refuses what is no request for one of its files", "[live]") {
  const auto server = HttpServer::start(shared_site(), {}, ServingClock::real_time());
  REQUIRE(server);
  const int port = (*server)->port();
  const auto status_for = [&](const std::string& bytes) {
    const std::string answer = answer_to_bytes(port, bytes);
    return answer.starts_with("HTTP/1.1 ") ? answer.substr(9, 3) : "none";
  };
  const std::string end = " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
  CHECK(status_for("GET /flags/br/br.gif" + end) == "200");
  CHECK(status_for("HEAD /flags/br/br.gif" + end) == "200");
  for (const char* path : {"/../../etc/passwd", "/flags/../../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd",
                           "//etc/passwd", "/flags/br/../br/br.gif", "/flags/br/br.gif%00.png"}) {
    INFO(path);
    CHECK(status_for("GET " + std::string(path) + end) == "404");
  }
  CHECK(status_for("POST /flags/br/br.gif" + end) == "405");
  CHECK(status_for("GET /" + std::string(20'000, 'x') + end) == "414");
  CHECK(status_for("nonsense\r\n\r\n") == "400");
  CHECK(status_for("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100000000\r\nConnection: close\r\n\r\n")
            .starts_with("4"));
  CHECK(status_for("GET /flags/br/br.gif" + end) == "200");
}

TEST_CASE("who asks for a part of a file is told that it is one", "[live]") {
  const Dials dials = GENERATE(Dials{}, Dials{.bandwidth = 1'000'000});
  const auto server = HttpServer::start(shared_site(), dials, ServingClock::real_time());
  REQUIRE(server);
  const std::string answer = answer_to_bytes(
      (*server)->port(), "GET /flags/br/br.gif HTTP/1.1\r\nRange: bytes=0-2\r\nConnection: close\r\n\r\n");
  CHECK(answer.starts_with("HTTP/1.1 206 "));
  CHECK(answer.find("Content-Range: bytes 0-2/") != answer.npos);
  CHECK(answer.ends_with("\r\n\r\nGIF"));
}

TEST_CASE("a port that is taken is one clear sentence", "[live]") {
  const auto first = HttpServer::start(shared_site(), {}, ServingClock::real_time());
  REQUIRE(first);
  const auto second = HttpServer::start(shared_site(), {}, ServingClock::real_time(), (*first)->port());
  REQUIRE_FALSE(second);
  CHECK(second.error().message == "The file server cannot use port " + std::to_string((*first)->port()) +
                                      " of 127.0.0.1: it is taken, or not allowed.");
}

TEST_CASE("a thousand connections are served, and those beyond wait until one has ended", "[live]") {
  const auto server = HttpServer::start(shared_site(), {}, ServingClock::real_time());
  REQUIRE(server);
  std::vector<int> sockets;
  const sockaddr_in address = loopback_address((*server)->port());
  for (int i = 0; i < HttpServer::most_connections; ++i) {
    sockets.push_back(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    REQUIRE(::connect(sockets.back(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
  }
  CHECK(answer_to_bytes((*server)->port(), "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            .starts_with("HTTP/1.1 200"));
  CHECK((*server)->counts().open <= HttpServer::most_connections);
  for (const int socket : sockets) ::close(socket);
}

TEST_CASE("a server with all connections taken ends all the same", "[live]") {
  auto server = HttpServer::start(shared_site(), {.latency = 1h}, ServingClock::real_time());
  REQUIRE(server);
  std::vector<int> sockets;
  const sockaddr_in address = loopback_address((*server)->port());
  for (int i = 0; i < HttpServer::most_connections + 20; ++i) {
    sockets.push_back(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    REQUIRE(::connect(sockets.back(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
  }
  server->reset();
  for (const int socket : sockets) ::close(socket);
}

TEST_CASE("a server serves one run after the other, each as if it were new", "[live]") {
  const Dials half{.not_found = 0.5, .seed = 7};
  const auto server = HttpServer::start(shared_site(), half, ServingClock::real_time());
  REQUIRE(server);
  const auto ask = [&](const char* path) {
    return answer_to_bytes((*server)->port(),
                           fmt::format("GET {} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", path))
        .substr(9, 3);
  };
  const auto first = [&] {
    std::vector<std::string> answers;
    for (const char* path : {"/flags/br/br.gif", "/flags/br/br.gif", "/flags/br/br.gif", "/flags/cn/cn.gif",
                             "/flags/in/in.gif", "/flags/us/us.gif"}) {
      answers.push_back(ask(path));
    }
    return answers;
  };
  const auto before = first();
  CHECK(std::ranges::count(before, "404") > 0);
  CHECK(std::ranges::count(before, "200") > 0);
  (*server)->end_run();
  CHECK(ask("/flags/br/br.gif") == "503");  // nobody is served now
  (*server)->begin_run(half, ServingClock::real_time());
  CHECK(first() == before);
  (*server)->end_run();
  (*server)->end_run();  // as often as one likes
  (*server)->begin_run({}, ServingClock::real_time());
  CHECK(ask("/flags/br/br.gif") == "200");
}

TEST_CASE("the end of a run cuts off whoever waits for its clock, for a turn or for ever", "[live]") {
  const Dials dials =
      GENERATE(Dials{.latency = 1h}, Dials{.hang = 1}, Dials{.latency = 1h, .per_client = 1}, Dials{.bandwidth = 1});
  const auto server = HttpServer::start(shared_site(), dials, ServingClock::real_time());
  REQUIRE(server);
  const std::string request = "GET /flags/br/br.gif HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
  std::vector<std::string> answers(3);
  std::vector<std::thread> clients;
  for (std::string& answer : answers) {
    clients.emplace_back([&] { answer = answer_to_bytes((*server)->port(), request); });
  }
  for (Backoff backoff; (*server)->counts().requests < answers.size();) backoff.pause();
  (*server)->end_run();
  for (std::thread& client : clients) client.join();
  const std::size_t whole = shared_site()->find("/flags/br/br.gif")->bytes.size();
  for (const std::string& answer : answers) CHECK(answer.size() < whole + 100);
  (*server)->begin_run({}, ServingClock::real_time());
  CHECK(answer_to_bytes((*server)->port(), request).starts_with("HTTP/1.1 200"));
}

namespace {

// A client that goes on to send for as long as it can. Gives how many bytes that were.
std::size_t send_until_refused(int port, std::string_view begin, const std::string& again, std::size_t most) {
  const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const sockaddr_in address = loopback_address(port);
  std::size_t sent = 0;
  if (::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0) {
    const auto put = [&](std::string_view bytes) {
      const ssize_t count = ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      sent += static_cast<std::size_t>(std::max<ssize_t>(count, 0));
      return count > 0;
    };
    for (bool goes_on = put(begin); goes_on && sent < most;) goes_on = put(again);
  }
  ::close(socket);
  return sent;
}

}  // namespace

TEST_CASE("a request without an end is cut off, whatever it consists of", "[live]") {
  const auto server = HttpServer::start(shared_site(), {}, ServingClock::real_time());
  REQUIRE(server);
  constexpr std::size_t much = std::size_t{64} << 20U;
  const std::string line(1000, 'x');
  CHECK(send_until_refused((*server)->port(), "GET / HTTP/1.1\r\n", "X: " + line + "\r\n", much) < much);
  CHECK(send_until_refused((*server)->port(), "GET / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n",
                           "3e8\r\n" + line + "\r\n", much) < much);
  CHECK(send_until_refused((*server)->port(), "GET /", line, much) < much);
}

TEST_CASE("a client that never says the rest of its request holds up nobody", "[live]") {
  auto server = HttpServer::start(shared_site(), {}, ServingClock::real_time());
  REQUIRE(server);
  const int port = (*server)->port();
  std::thread drips([port] { send_until_refused(port, "GET / HT", "T", std::size_t{1} << 30U); });
  for (Backoff backoff; (*server)->counts().open == 0;) backoff.pause();
  server->reset();
  drips.join();
}

TEST_CASE("an answer that hangs is given up once its client has gone", "[live]") {
  const auto server = HttpServer::start(shared_site(), {.hang = 1}, ServingClock::real_time());
  REQUIRE(server);
  const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const sockaddr_in address = loopback_address((*server)->port());
  REQUIRE(::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
  const std::string request = "GET /flags/br/br.gif HTTP/1.1\r\nHost: x\r\n\r\n";
  REQUIRE(::send(socket, request.data(), request.size(), MSG_NOSIGNAL) > 0);
  for (Backoff backoff; (*server)->counts().requests == 0;) backoff.pause();
  ::close(socket);
  for (Backoff backoff; (*server)->counts().open > 0;) backoff.pause();
}

TEST_CASE("what a server says is no command for the terminal", "[live]") {
  const RudeServer server("HTTP/1.1 404 \x1b[31mred\x1b]0;title\a\xff" + std::string(60'000, '!') +
                          "\r\nContent-Length: 0\r\n\r\n");
  run_live({}, [&](const NetLab& lab) {
    const std::string reason = lab.transport.get({.url = server.url(), .timeout = 5s}).reason;
    CHECK(reason.find('\x1b') == std::string::npos);
    CHECK(reason.size() < 400);
    CHECK(reason.find("red") != std::string::npos);
  });
}
