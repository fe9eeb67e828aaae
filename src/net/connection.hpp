// Connection: one client of the file server: its bytes, within limits, so that nobody can hold up the server or fill it.
//
// Shape    A stream for cpp-httplib. Each request has an allowance of bytes and of real time in which all of it must come;
//          beyond either the stream fails, and the library refuses the request.
// Units    Bytes; real time, for what somebody else's program does.
// Threads  The connection's own; a shutdown of its socket by any makes every read and write fail at once.
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <string>

#include <httplib.h>

namespace loiter::net {

class Connection final : public httplib::Stream {
 public:
  static constexpr std::size_t largest_request = std::size_t{64} << 10U;
  static constexpr std::chrono::seconds longest_request{10};
  static constexpr std::chrono::seconds longest_idleness{1};  // between two requests
  static constexpr std::chrono::seconds longest_write{5};

  explicit Connection(int socket) : m_socket(socket) {}

  // The next request has begun to come; false: none came, and the client has gone or idled too long.
  bool wait_for_request();
  // It waits for nothing any more.
  bool is_peer_gone() const;
  // No further request is read.
  void give_up() { m_is_given_up = true; }
  bool is_given_up() const { return m_is_given_up; }

  bool is_readable() const override;
  bool is_writable() const override;
  ssize_t read(char* bytes, std::size_t size) override;
  ssize_t write(const char* bytes, std::size_t size) override;
  void get_remote_ip_and_port(std::string& ip, int& port) const override;
  void get_local_ip_and_port(std::string& ip, int& port) const override;
  socket_t socket() const override { return m_socket; }

 private:
  bool wait_for(short events, std::chrono::steady_clock::time_point until) const;

  const int m_socket;
  bool m_is_given_up = false;
  std::array<char, 4096> m_buffer{};
  std::size_t m_from = 0;  // of m_buffer: not read yet
  std::size_t m_to = 0;
  std::size_t m_allowance = 0;  // bytes that may still come for this request
  std::chrono::steady_clock::time_point m_deadline;
};

}  // namespace loiter::net
