// WorkerChannel: the messages between the lab and a worker process, over one socket.
//
//   lab --> worker:   Hello, then Call by Call; GoOn as the answer to Sleep, Checkpoint and Now, Reply to Ask
//   worker --> lab:   Ready or NotReady; during a call Tell, Sleep, Checkpoint, Now, Ask, Computed; at its end Value or
//                     Raised
//
// Shape    A frame is a length (4 bytes, little-endian), a kind (1 byte), and that length of content. FrameParser takes
//          bytes in any pieces and gives frames; WorkerChannel adds the socket.
// Errors   BadMessage for a length over 64 MiB. A closed socket is an end, not an error.
// Threads  One thread sends and receives.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "futures/codec.hpp"

namespace loiter::futures {

inline constexpr std::size_t largest_message = std::size_t{64} << 20U;
inline constexpr std::uint32_t message_version = 3;

enum class MessageKind : std::uint8_t {
  Hello = 1,   // version, the call of the initializer or ""
  Call,        // bytes of RemoteCall::encode()
  GoOn,        // lab time
  Ready,       // version
  NotReady,    // the initializer raised: type, text
  Value,       // the encoded result
  Raised,      // type, text, trace
  Tell,        // Host::tell
  Sleep,       // nanoseconds
  Checkpoint,  // nothing
  Now,         // nothing
  Ask,         // Host::ask
  Reply,       // what it is answered
  Computed,    // since which lab time, and nanoseconds of a core
};

struct Frame {
  MessageKind kind{};
  std::string_view content;  // until the parser is used again
};

class FrameParser {
 public:
  void add(std::string_view bytes);
  // The next whole frame, if its bytes are all there.
  std::optional<Frame> next();

 private:
  std::string m_bytes;
  std::size_t m_at = 0;
};

std::string frame_of(MessageKind kind, std::string_view content);

class WorkerChannel {
 public:
  explicit WorkerChannel(int socket) : m_socket(socket) {}  // takes it over
  ~WorkerChannel();
  WorkerChannel(const WorkerChannel&) = delete;
  WorkerChannel& operator=(const WorkerChannel&) = delete;

  // False: the other side is gone.
  bool send(MessageKind kind, std::string_view content = {});
  // None: the other side is gone.
  std::optional<Frame> receive();
  void close();

 private:
  ssize_t receive_bytes(std::span<char> bytes) const;  // 0 or less: the other side is gone

  int m_socket;
  FrameParser m_parser;
};

}  // namespace loiter::futures
