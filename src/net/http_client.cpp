#include "net/http_client.hpp"

#include <curl/curl.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "base/assert.hpp"
#include "base/mutex.hpp"
#include "base/text.hpp"

namespace loiter::net {
namespace {

constexpr std::size_t largest_headers = std::size_t{64} << 10U;
// How often a transfer looks at the lab's clock, which may be held or faster than the real one.
constexpr int milliseconds_between_looks = 20;

void initialise_curl() {
  static const CURLcode done = ::curl_global_init(CURL_GLOBAL_DEFAULT);
  LOITER_ASSERT(done == CURLE_OK, "libcurl can be initialised");
}

// One transfer: what its callbacks write down.
struct Transfer {
  runtime::Runtime& runtime;
  const Request& request;
  CURL* easy;
  Reply reply;
  std::optional<runtime::Runtime::IoWait> waits = {};  // from the request to the first byte of its answer
  std::size_t header_bytes = 0;
  bool headers_have_ended = false;
  bool too_large = false;
};

int request_is_sent(void* transfer, char*, char*, int, int) {
  auto& t = *static_cast<Transfer*>(transfer);
  t.waits.emplace(t.runtime);
  return CURL_PREREQFUNC_OK;
}

// A length that is too large, or so large that libcurl cannot read it, and would not believe it.
bool says_too_large(std::string_view header) {
  constexpr std::string_view name = "content-length:";
  const auto is_same = [](char a, char b) { return std::tolower(static_cast<unsigned char>(a)) == b; };
  if (header.size() < name.size() ||
      !std::equal(name.begin(), name.end(), header.begin(), [&](char n, char h) { return is_same(h, n); })) {
    return false;
  }
  std::size_t length = 0;
  for (const char c : header.substr(name.size())) {
    if (c >= '0' && c <= '9') length = std::min(largest_file + 1, length * 10 + static_cast<std::size_t>(c - '0'));
  }
  return length > largest_file;
}

std::size_t header_came(char* bytes, std::size_t size, std::size_t count, void* transfer) {
  auto& t = *static_cast<Transfer*>(transfer);
  t.waits.reset();
  const std::string_view line(bytes, size * count);
  if (line.starts_with("HTTP/")) {  // of the last answer after redirects
    const std::size_t space = line.find(' ', line.find(' ') + 1);
    // It goes into sentences: a server has no say over the user's terminal.
    t.reply.reason = space == line.npos ? "" : printable(line.substr(space + 1, line.find('\r') - space - 1), 80);
    t.reply.body.clear();
    t.headers_have_ended = false;
  }
  // Headers may come behind a chunked body too, and what ends those is not told.
  t.headers_have_ended = t.headers_have_ended || line == "\r\n" || line == "\n";
  t.header_bytes += line.size();
  t.too_large = t.header_bytes > largest_headers || says_too_large(line);
  return t.too_large ? 0 : line.size();
}

std::size_t body_came(char* bytes, std::size_t size, std::size_t count, void* transfer) {
  auto& t = *static_cast<Transfer*>(transfer);
  t.waits.reset();
  t.too_large = t.reply.body.size() + size * count > largest_file;
  if (t.too_large) return 0;
  t.reply.body.append(bytes, size * count);
  if (t.request.progress) {
    curl_off_t total = 0;
    ::curl_easy_getinfo(t.easy, CURLINFO_CONTENT_LENGTH_DOWNLOAD_T, &total);
    t.request.progress(t.reply.body.size(), static_cast<std::size_t>(std::max<curl_off_t>(total, 0)));
  }
  return size * count;
}

class Handle {
 public:
  Handle() : m_easy(::curl_easy_init()), m_multi(::curl_multi_init()) {
    LOITER_ASSERT(m_easy != nullptr && m_multi != nullptr, "libcurl gives handles");
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_QUICK_EXIT, 1L);  // a name server that is slow is not waited for when the transfer is over
    set(CURLOPT_PROTOCOLS_STR, "http,https");
    set(CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
    set(CURLOPT_FOLLOWLOCATION, 1L);
    set(CURLOPT_MAXREDIRS, static_cast<long>(most_redirects));
    set(CURLOPT_SSL_VERIFYPEER, 1L);
    set(CURLOPT_SSL_VERIFYHOST, 2L);
    set(CURLOPT_NOPROXY, "127.0.0.1,localhost");
    set(CURLOPT_USERAGENT, "loiter");
    set(CURLOPT_PREREQFUNCTION, request_is_sent);
    set(CURLOPT_HEADERFUNCTION, header_came);
    set(CURLOPT_WRITEFUNCTION, body_came);
    set(CURLOPT_ERRORBUFFER, m_error.data());
  }
  ~Handle() {
    ::curl_easy_cleanup(m_easy);
    ::curl_multi_cleanup(m_multi);
  }
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;

  Reply get(runtime::Runtime& runtime, const Request& request) {
    const runtime::Runtime::OutsideGil outside(runtime);  // from the look-up of the name to the last byte
    Transfer transfer{.runtime = runtime, .request = request, .easy = m_easy, .reply = {}};
    m_error.fill(0);
    set(CURLOPT_URL, request.url.c_str());
    set(CURLOPT_PREREQDATA, &transfer);
    set(CURLOPT_HEADERDATA, &transfer);
    set(CURLOPT_WRITEDATA, &transfer);
    const runtime::Runtime::StopHook on_stop(runtime, [this] { ::curl_multi_wakeup(m_multi); });
    CURLcode result = run(runtime, request);
    transfer.waits.reset();
    if (result == CURLE_OK && !transfer.headers_have_ended) result = CURLE_PARTIAL_FILE;
    if (result != CURLE_OK) fail(result, transfer, request);
    long status = 0;
    ::curl_easy_getinfo(m_easy, CURLINFO_RESPONSE_CODE, &status);
    const char* type = nullptr;
    ::curl_easy_getinfo(m_easy, CURLINFO_CONTENT_TYPE, &type);
    transfer.reply.status = static_cast<int>(status);
    if (transfer.reply.reason.empty()) transfer.reply.reason = reason_of(transfer.reply.status);
    if (type != nullptr) transfer.reply.content_type = type;
    return std::move(transfer.reply);
  }

 private:
  template <class Value>
  void set(CURLoption option, Value value) {
    const CURLcode result = ::curl_easy_setopt(m_easy, option, value);
    LOITER_ASSERT(result == CURLE_OK, "this libcurl knows the option");
  }

  CURLcode run(runtime::Runtime& runtime, const Request& request) {
    struct Added {
      CURLM* multi;
      CURL* easy;
      Added(CURLM* m, CURL* e) : multi(m), easy(e) { ::curl_multi_add_handle(multi, easy); }
      ~Added() { ::curl_multi_remove_handle(multi, easy); }
      Added(const Added&) = delete;
      Added& operator=(const Added&) = delete;
    };
    const Added added(m_multi, m_easy);
    const Deadline deadline = request.timeout ? Deadline(instant_after(runtime.now(), *request.timeout)) : std::nullopt;
    for (;;) {
      int running = 0;
      ::curl_multi_perform(m_multi, &running);
      if (runtime.is_stopping())
        throw runtime::Aborted{};  // what comes now the server may have said for the same reason
      int left = 0;
      if (const CURLMsg* message = ::curl_multi_info_read(m_multi, &left)) return message->data.result;
      if (deadline && runtime.now() >= *deadline) return CURLE_OPERATION_TIMEDOUT;
      if (request.is_gone && request.is_gone()) return CURLE_RECV_ERROR;
      const bool looks = deadline || request.is_gone;
      ::curl_multi_poll(m_multi, nullptr, 0, looks ? milliseconds_between_looks : 1000, nullptr);
    }
  }

  [[noreturn]] void fail(CURLcode result, const Transfer& transfer, const Request& request) const {
    using Kind = DownloadError::Kind;
    const std::string& url = request.url;
    if (transfer.header_bytes > largest_headers) {
      throw DownloadError(Kind::TooLarge, fmt::format("{}: the headers of the answer are larger than 64 KiB", url));
    }
    if (transfer.too_large) {
      throw DownloadError(Kind::TooLarge, fmt::format("{}: the file is larger than 16 MiB", url));
    }
    const char* const said = m_error[0] != '\0' ? m_error.data() : ::curl_easy_strerror(result);
    switch (result) {
      case CURLE_OPERATION_TIMEDOUT:
        throw DownloadError(Kind::Timeout, fmt::format("{}: not all of it came in time", url));
      case CURLE_URL_MALFORMAT:
        throw DownloadError(Kind::Malformed, fmt::format("{}: this is no address ({})", url, said));
      case CURLE_UNSUPPORTED_PROTOCOL:
        // Also what an answer without headers gives.
        if (std::string_view(said).find("HTTP/0.9") == std::string_view::npos) {
          throw DownloadError(Kind::BadAddress,
                              fmt::format("{}: only http and https addresses can be fetched ({})", url, said));
        }
        throw DownloadError(Kind::Nonsense, fmt::format("{}: the answer is no HTTP ({})", url, said));
      case CURLE_COULDNT_RESOLVE_HOST:
      case CURLE_COULDNT_RESOLVE_PROXY:
      case CURLE_COULDNT_CONNECT:
      case CURLE_PEER_FAILED_VERIFICATION:
      case CURLE_SSL_CONNECT_ERROR:
        throw DownloadError(Kind::NotConnected, fmt::format("{}: no connection to the server ({})", url, said));
      case CURLE_TOO_MANY_REDIRECTS:
        throw DownloadError(Kind::TooManyRedirects, fmt::format("{}: more than {} redirects", url, most_redirects));
      case CURLE_RECV_ERROR:
        if (!std::string_view(said).starts_with("Recv failure") &&
            !(request.is_gone && request.is_gone())) {  // it came, and made no sense
          throw DownloadError(Kind::Nonsense, fmt::format("{}: the answer is no HTTP ({})", url, said));
        }
        [[fallthrough]];
      case CURLE_PARTIAL_FILE:
      case CURLE_GOT_NOTHING:
      case CURLE_SEND_ERROR:
        throw DownloadError(Kind::Cut, fmt::format("{}: the connection ended in the middle ({})", url, said));
      default:
        throw DownloadError(Kind::Nonsense, fmt::format("{}: {}", url, said));
    }
  }

  CURL* const m_easy;
  CURLM* const m_multi;
  std::array<char, CURL_ERROR_SIZE> m_error{};
};

class HttpClient final : public Transport {
 public:
  explicit HttpClient(runtime::Runtime& runtime) : m_runtime(runtime) { initialise_curl(); }

  Reply get(const Request& request) override {
    m_runtime.checkpoint();
    std::unique_ptr<Handle> handle = take();
    Reply reply = handle->get(m_runtime, request);
    give_back(std::move(handle));  // one whose transfer failed is not used again
    return reply;
  }

 private:
  std::unique_ptr<Handle> take() {
    {
      Lock lock(m_mutex);
      if (!m_idle.empty()) {
        auto handle = std::move(m_idle.back());
        m_idle.pop_back();
        return handle;
      }
    }
    return std::make_unique<Handle>();
  }
  void give_back(std::unique_ptr<Handle> handle) {
    Lock lock(m_mutex);
    m_idle.push_back(std::move(handle));
  }

  runtime::Runtime& m_runtime;
  Mutex m_mutex;
  std::vector<std::unique_ptr<Handle>> m_idle LOITER_GUARDED_BY(m_mutex);
};

}  // namespace

std::unique_ptr<Transport> make_http_client(runtime::Runtime& runtime) { return std::make_unique<HttpClient>(runtime); }

}  // namespace loiter::net
