#include "futures/worker_channel.hpp"

#include <fmt/format.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <utility>

#include "base/look_again.hpp"

namespace loiter::futures {
namespace {

constexpr std::size_t header_size = 5;
constexpr std::int64_t look_nanoseconds = 50'000;

std::array<char, header_size> header_of(MessageKind kind, std::size_t size) {
  std::array<char, header_size> header{};
  for (std::size_t i = 0; i < 4; ++i) header[i] = static_cast<char>((size >> (8 * i)) & 0xffU);
  header[4] = static_cast<char>(kind);
  return header;
}

}  // namespace

void FrameParser::add(std::string_view bytes) {
  m_bytes.erase(0, std::exchange(m_at, 0));
  m_bytes.append(bytes);
}

std::optional<Frame> FrameParser::next() {
  const std::string_view rest = std::string_view(m_bytes).substr(m_at);
  if (rest.size() < header_size) return std::nullopt;
  std::size_t size = 0;
  for (std::size_t i = 0; i < 4; ++i) size |= std::size_t{static_cast<std::uint8_t>(rest[i])} << (8 * i);
  if (size > largest_message) throw BadMessage(fmt::format("a message of {} bytes is larger than 64 MiB", size));
  if (rest.size() - header_size < size) return std::nullopt;
  m_at += header_size + size;
  return Frame{.kind = static_cast<MessageKind>(rest[4]), .content = rest.substr(header_size, size)};
}

std::string frame_of(MessageKind kind, std::string_view content) {
  const auto header = header_of(kind, content.size());
  std::string frame(header.data(), header.size());
  return frame.append(content);
}

WorkerChannel::~WorkerChannel() { close(); }

void WorkerChannel::close() {
  if (m_socket >= 0) ::close(std::exchange(m_socket, -1));
}

bool WorkerChannel::send(MessageKind kind, std::string_view content) {
  auto header = header_of(kind, content.size());
  std::array<iovec, 2> parts{iovec{header.data(), header.size()},
                             iovec{const_cast<char*>(content.data()), content.size()}};  // sendmsg() only reads it
  msghdr message{};
  message.msg_iov = parts.data();
  message.msg_iovlen = parts.size();
  while (parts[0].iov_len + parts[1].iov_len > 0) {
    const ssize_t sent = ::sendmsg(m_socket, &message, MSG_NOSIGNAL);
    if (sent < 0 && errno == EINTR) continue;
    if (sent <= 0) return false;
    auto left = static_cast<std::size_t>(sent);
    for (iovec& part : parts) {
      const std::size_t of_this = std::min(left, part.iov_len);
      part.iov_base = static_cast<char*>(part.iov_base) + of_this;
      part.iov_len -= of_this;
      left -= of_this;
    }
  }
  return true;
}

std::optional<Frame> WorkerChannel::receive() {
  for (;;) {
    if (const auto frame = m_parser.next()) return frame;
    std::array<char, 65536> bytes;
    const ssize_t count = receive_bytes(bytes);
    if (count <= 0) return std::nullopt;
    m_parser.add({bytes.data(), static_cast<std::size_t>(count)});
  }
}

ssize_t WorkerChannel::receive_bytes(std::span<char> bytes) const {
  ssize_t count = -1;
  const auto look = [&](int flags) {
    do {
      count = ::recv(m_socket, bytes.data(), bytes.size(), flags);
    } while (count < 0 && errno == EINTR);
    return count >= 0 || errno != EAGAIN;
  };
  // A look is a system call already; so each of them offers the processor, which the other side may be waiting for.
  if (!look_again(
          look_nanoseconds, [&] { return look(MSG_DONTWAIT); }, 1))
    look(0);
  return count;
}

}  // namespace loiter::futures
