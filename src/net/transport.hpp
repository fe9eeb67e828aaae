// Transport: fetches one file from a server: over real sockets (HttpClient), or without any (SimulatedClient).
//
//   get(request) --connect--> --wait for the answer (an I/O wait of the lane)--> --receive--> Reply
//
// Units    Lab time for the timeout. Sizes in bytes.
// Errors   DownloadError for whatever keeps an answer from coming whole; an answer with a status such as 404 is a Reply.
//          Aborted once the run is being stopped.
// Threads  get() on participants, any number at once.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <stdexcept>
#include <string>

#include "base/duration.hpp"

namespace loiter::net {

inline constexpr std::size_t largest_file = std::size_t{16} << 20U;
inline constexpr int most_redirects = 5;

struct Request {
  std::string url;       // http or https
  Timeout timeout = {};  // until the last byte has come
  // Called as pieces of the body come, by the participant that fetches: how much there is of how much; 0: not known.
  std::function<void(std::size_t done, std::size_t total)> progress = nullptr;
  // Asked now and then: nobody wants it any more. Then it ends with Kind::Cut.
  std::function<bool()> is_gone = nullptr;
};

struct Reply {
  int status = 0;      // after redirects
  std::string reason;  // "Not Found"
  std::string content_type;
  std::string body;
};

class DownloadError : public std::runtime_error {
 public:
  enum class Kind : std::uint8_t {
    BadAddress,        // of a protocol that is not allowed
    Malformed,         // no URL
    NotConnected,      // no such server, it takes no connection, or its certificate is not to be trusted
    Timeout,           // nothing, or not all of it, in time
    Cut,               // the connection ended before the answer did
    TooLarge,          // more than largest_file, or headers without end
    TooManyRedirects,  // more than most_redirects
    Nonsense,          // what came is no HTTP
  };
  DownloadError(Kind kind, const std::string& sentence) : std::runtime_error(sentence), m_kind(kind) {}
  Kind kind() const { return m_kind; }

 private:
  Kind m_kind;
};

class Transport {
 public:
  virtual ~Transport() = default;
  virtual Reply get(const Request& request) = 0;
};

// The standard phrase of a status: "Not Found"; empty for one that has none.
const char* reason_of(int status);

}  // namespace loiter::net
