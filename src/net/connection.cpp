#include "net/connection.hpp"

#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace loiter::net {
namespace {

using Clock = std::chrono::steady_clock;

template <class Name>
void tell_name(int socket, Name name, std::string& ip, int& port) {
  sockaddr_in address{};
  socklen_t size = sizeof address;
  if (name(socket, reinterpret_cast<sockaddr*>(&address), &size) != 0 || address.sin_family != AF_INET) return;
  std::array<char, INET_ADDRSTRLEN> text{};
  if (::inet_ntop(AF_INET, &address.sin_addr, text.data(), text.size()) == nullptr) return;
  ip = text.data();
  port = ntohs(address.sin_port);
}

}  // namespace

bool Connection::wait_for(short events, Clock::time_point until) const {
  for (;;) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - Clock::now()).count();
    pollfd wanted{.fd = m_socket, .events = events, .revents = 0};
    const int ready = ::poll(&wanted, 1, static_cast<int>(std::max<std::int64_t>(left, 0)));
    if (ready >= 0 || errno != EINTR) return ready > 0;
  }
}

bool Connection::wait_for_request() {
  if (m_from == m_to && !wait_for(POLLIN, Clock::now() + longest_idleness)) return false;
  if (m_from == m_to && is_peer_gone()) return false;
  m_allowance = largest_request;
  m_deadline = Clock::now() + longest_request;
  return true;
}

bool Connection::is_peer_gone() const {
  char byte = 0;
  const ssize_t got = ::recv(m_socket, &byte, 1, MSG_PEEK | MSG_DONTWAIT);
  return got == 0 || (got < 0 && errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR);
}

bool Connection::is_readable() const { return m_from < m_to || wait_for(POLLIN, m_deadline); }

bool Connection::is_writable() const { return wait_for(POLLOUT, Clock::now() + longest_write); }

ssize_t Connection::read(char* bytes, std::size_t size) {
  if (m_allowance == 0) return -1;
  if (m_from == m_to) {
    if (!wait_for(POLLIN, m_deadline)) return -1;
    const ssize_t got = ::recv(m_socket, m_buffer.data(), m_buffer.size(), 0);
    if (got <= 0) return got;
    m_from = 0;
    m_to = static_cast<std::size_t>(got);
  }
  const std::size_t given = std::min({size, m_to - m_from, m_allowance});
  std::memcpy(bytes, m_buffer.data() + m_from, given);
  m_from += given;
  m_allowance -= given;
  return static_cast<ssize_t>(given);
}

ssize_t Connection::write(const char* bytes, std::size_t size) {
  return is_writable() ? ::send(m_socket, bytes, size, MSG_NOSIGNAL) : -1;
}

void Connection::get_remote_ip_and_port(std::string& ip, int& port) const {
  tell_name(m_socket, ::getpeername, ip, port);
}
void Connection::get_local_ip_and_port(std::string& ip, int& port) const {
  tell_name(m_socket, ::getsockname, ip, port);
}

}  // namespace loiter::net
