// Sockets without any manners: a server that says whatever it is told to, and a client that says anything.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <string>
#include <thread>
#include <utility>

namespace loiter::net::testing {

inline sockaddr_in loopback_address(int port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

// Answers every connection with these bytes, once it has been asked for something, over and over if they are to have no
// end; then closes it.
class RudeServer {
 public:
  explicit RudeServer(std::string answer, bool endless = false) : m_answer(std::move(answer)), m_endless(endless) {
    m_socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address = loopback_address(0);
    socklen_t size = sizeof address;
    ::bind(m_socket, reinterpret_cast<sockaddr*>(&address), size);
    ::getsockname(m_socket, reinterpret_cast<sockaddr*>(&address), &size);
    m_port = ntohs(address.sin_port);
    ::listen(m_socket, 8);
    m_thread = std::thread([this] { serve(); });
  }
  ~RudeServer() {
    ::shutdown(m_socket, SHUT_RDWR);
    m_thread.join();
    ::close(m_socket);
  }
  RudeServer(const RudeServer&) = delete;
  RudeServer& operator=(const RudeServer&) = delete;

  std::string url() const { return "http://127.0.0.1:" + std::to_string(m_port) + "/"; }

 private:
  void serve() const {
    for (int client = 0; (client = ::accept(m_socket, nullptr, nullptr)) >= 0;) {
      std::array<char, 4096> asked;
      static_cast<void>(::recv(client, asked.data(), asked.size(), 0));
      do {
      } while (::send(client, m_answer.data(), m_answer.size(), MSG_NOSIGNAL) > 0 && m_endless);
      ::close(client);
    }
  }
  const std::string m_answer;
  const bool m_endless;
  int m_socket = -1;
  int m_port = 0;
  std::thread m_thread;
};

// What the server at that port answers to these bytes, up to the end of the connection.
inline std::string answer_to_bytes(int port, const std::string& bytes) {
  const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const timeval patience{.tv_sec = 20, .tv_usec = 0};
  ::setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  const sockaddr_in address = loopback_address(port);
  std::string answer;
  if (::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0) {
    static_cast<void>(::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL));
    std::array<char, 4096> piece;
    for (ssize_t count = 0; (count = ::recv(socket, piece.data(), piece.size(), 0)) > 0;) {
      answer.append(piece.data(), static_cast<std::size_t>(count));
    }
  }
  ::close(socket);
  return answer;
}

}  // namespace loiter::net::testing
