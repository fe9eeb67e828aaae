#include "experiments/downloads.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <ostream>
#include <system_error>
#include <utility>

#include "base/save_file.hpp"
#include "base/text.hpp"
#include "experiments/task_lab.hpp"
#include "futures/codec.hpp"

namespace loiter::experiments {
namespace {

using futures::ByteReader;
using futures::ByteWriter;
using net::DownloadError;

// What httpx calls it.
const char* python_type_of(DownloadError::Kind kind) {
  switch (kind) {
    case DownloadError::Kind::BadAddress:
      return "UnsupportedProtocol";
    case DownloadError::Kind::Malformed:
      return "InvalidURL";
    case DownloadError::Kind::NotConnected:
      return "ConnectError";
    case DownloadError::Kind::Timeout:
      return "ReadTimeout";
    case DownloadError::Kind::Cut:
    case DownloadError::Kind::Nonsense:
    case DownloadError::Kind::TooLarge:
      return "RemoteProtocolError";
    case DownloadError::Kind::TooManyRedirects:
      break;
  }
  return "TooManyRedirects";
}

// As httpx's raise_for_status() calls it.
const char* kind_of_status(int status) {
  if (status < 200) return "Informational response";
  if (status < 400) return "Redirect response";
  return status < 500 ? "Client error" : "Server error";
}

constexpr std::size_t written_at_once = 1024;  // as the Python program does

constexpr std::int64_t nanoseconds(std::chrono::seconds s) { return std::chrono::nanoseconds(s).count(); }

}  // namespace

HttpStatusError::HttpStatusError(int status, const std::string& reason, const std::string& url)
    : Exception(fmt::format("{} '{} {}' for url '{}'", kind_of_status(status), status, reason, url), "HTTPStatusError"),
      m_status(status) {}

// The worker that asks may say anything: what makes no sense is BadMessage, and its end.
std::string answer_download(futures::Context& context, net::Transport& transport, std::string_view question,
                            const futures::Context::IsGone& is_gone) {
  ByteReader asked(question);
  net::Request request{.url = std::string(asked.text()), .timeout = futures::Codec<Duration>::read(asked)};
  asked.must_be_at_end();
  request.is_gone = is_gone;
  request.progress = [&](std::size_t done, std::size_t total) {
    context.told(progress_message(static_cast<std::int64_t>(done), static_cast<std::int64_t>(total)));
  };
  ByteWriter answer;
  try {
    const net::Reply reply = transport.get(request);
    futures::Codec<int>::write(answer, reply.status);
    answer.text(reply.reason);
    answer.raw(reply.body);
  } catch (const DownloadError& error) {
    futures::Codec<int>::write(answer, 0);
    answer.text(python_type_of(error.kind()));
    answer.raw(error.what());
  }
  return answer.take();
}

std::vector<Parameter> dial_parameters(const std::string& latency, const std::string& jitter,
                                       const std::string& bandwidth) {
  using Kind = Parameter::Kind;
  constexpr std::int64_t minute = nanoseconds(std::chrono::minutes(1));
  const auto share = [](const char* name, const char* help) {
    return Parameter{.name = name, .kind = Kind::Share, .help = help, .usual = "0"};
  };
  return {{.name = "latency",
           .kind = Kind::Time,
           .help = "how long the server waits before each answer",
           .usual = latency,
           .most = minute},
          {.name = "jitter",
           .kind = Kind::Time,
           .help = "how much longer at most, by chance",
           .usual = jitter,
           .most = minute},
          {.name = "bandwidth",
           .kind = Kind::Count,
           .help = "bytes per second of one answer, 0 for no limit",
           .usual = bandwidth,
           .most = 1'000'000'000},
          share("not_found", "share of answers that are 404 Not Found"),
          share("errors", "share of answers that are 503 Service Unavailable"),
          share("hang", "share of answers that never come"),
          share("cut", "share of answers that end in the middle"),
          share("redirects", "share of answers that come only after a redirect"),
          {.name = "per_client",
           .kind = Kind::Count,
           .help = "answers that the server gives at a time, 0 for no limit",
           .usual = "0",
           .most = 1000},
          {.name = "seed",
           .kind = Kind::Count,
           .help = "decides which answers go wrong, and the jitter",
           .usual = "0",
           .most = 1'000'000'000}};
}

bool is_dial(std::string_view parameter) {
  static const std::vector<Parameter> dials = dial_parameters("0s", "0s", "0");
  return std::ranges::find(dials, parameter, &Parameter::name) != dials.end();
}

net::Dials dials_of(const Setup& setup) {
  return {.latency = setup.time("latency"),
          .jitter = setup.time("jitter"),
          .bandwidth = static_cast<std::uint64_t>(setup.count("bandwidth")),
          .not_found = setup.share("not_found"),
          .errors = setup.share("errors"),
          .hang = setup.share("hang"),
          .cut = setup.share("cut"),
          .redirects = setup.share("redirects"),
          .per_client = static_cast<std::uint32_t>(setup.count("per_client")),
          .seed = static_cast<std::uint64_t>(setup.count("seed"))};
}

Result<void> check_downloads(const Setup& setup) {
  double sum = 0;
  for (const char* share : {"not_found", "errors", "hang", "cut"}) sum += setup.share(share);
  constexpr double rounding = 1e-9;
  if (sum > 1 + rounding) {
    return fail(
        fmt::format("not_found, errors, hang and cut are shares of the same answers: together they are at most "
                    "1, not {:.4g}.",
                    sum));
  }
  const auto address = setup.parameters.find("base_url");
  if (address == setup.parameters.end() || address->second.empty()) return {};
  const std::string_view url = address->second;
  const std::size_t host = url.starts_with("http://") ? 7 : url.starts_with("https://") ? 8 : url.size();
  if (host == url.size() || url[host] == '/') {
    return fail(fmt::format("base_url is an address such as https://flags.example, not '{}'.", printable(url, 80)));
  }
  return {};
}

bool is_download_error(std::string_view type) {
  constexpr std::array names{"HTTPStatusError",     "ConnectError",     "ReadTimeout",
                             "RemoteProtocolError", "TooManyRedirects", "UnsupportedProtocol"};
  return std::ranges::find(names, type) != names.end();
}

std::string download(futures::Host& host, const std::string& url, Duration timeout) {
  ByteWriter question;
  question.text(url);
  futures::Codec<Duration>::write(question, timeout);
  const std::string answered = host.ask(question.bytes());
  ByteReader answer(answered);
  const int status = futures::Codec<int>::read(answer);
  const std::string reason(answer.text());
  std::string body(answer.rest());
  if (status == 0) throw futures::Exception(std::move(body), reason);
  if (status < 200 || status > 299) throw HttpStatusError(status, reason, url);
  return body;
}

void save_download(const std::string& folder, const std::string& name, std::string_view bytes) {
  if (name.empty() || name == "." || name == ".." || name.find('/') != std::string::npos ||
      name.find('\0') != std::string::npos || name.size() > 255) {
    throw futures::ValueError(fmt::format("'{}' is no name for a file", printable(name, 80)));
  }
  const std::filesystem::path where = folder.empty() ? "." : folder;
  std::error_code error;
  std::filesystem::create_directories(where, error);
  if (error) {
    throw futures::Exception(fmt::format("{} cannot be made: {}.", printable(folder, 400), error.message()), "OSError");
  }
  // A link is replaced, not followed: it would lead elsewhere.
  if (std::filesystem::is_symlink(where / name, error)) std::filesystem::remove(where / name, error);
  const auto saved = save_file((where / name).string(), [&](std::ostream& out) -> Result<void> {
    for (; !bytes.empty() && out; bytes.remove_prefix(std::min(bytes.size(), written_at_once))) {
      out.write(bytes.data(), static_cast<std::streamsize>(std::min(bytes.size(), written_at_once)));
    }
    return {};
  });
  if (!saved) throw futures::Exception(saved.error().message, "OSError");
}

}  // namespace loiter::experiments
