#include "net/simulated_client.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace loiter::net {
namespace {

using Kind = DownloadError::Kind;
constexpr Duration time_to_connect = std::chrono::milliseconds(2);

// The target of a URL of the simulated server.
std::string target_of(const std::string& url) {
  const std::string_view server = SimulatedClient::address;
  if (url.find("://") == url.npos) throw DownloadError(Kind::Malformed, fmt::format("{}: this is no address", url));
  if (!url.starts_with("http://") && !url.starts_with("https://")) {
    throw DownloadError(Kind::BadAddress, fmt::format("{}: only http and https addresses can be fetched", url));
  }
  if (!url.starts_with(server) || (url.size() > server.size() && url[server.size()] != '/')) {
    throw DownloadError(Kind::NotConnected,
                        fmt::format("{}: on the simulated clock there is no network, only {}", url, server));
  }
  return url.size() == server.size() ? "/" : url.substr(server.size());
}

}  // namespace

SimulatedClient::SimulatedClient(runtime::Runtime& runtime, std::shared_ptr<const Site> site, Dials dials)
    : m_runtime(runtime), m_site(std::move(site)), m_dials(dials) {}

Dials SimulatedClient::dials() const {
  Lock lock(m_mutex);
  return m_dials;
}

void SimulatedClient::set_dials(const Dials& dials) {
  Lock lock(m_mutex);
  m_dials = dials;
}

// One of the answers that the server gives at a time.
class SimulatedClient::Turn {
 public:
  Turn(SimulatedClient& client, const Request& request, Deadline deadline) : m_client(client) {
    runtime::Participant& me = runtime::Runtime::current();
    while (!has_begun(me)) {
      try {
        client.m_runtime.park({.on = runtime::WaitOn::Io}, deadline);
        client.wait({}, request,
                    deadline);  // it may have been woken because nobody wants it any more, or it is too late
      } catch (...) {
        {
          Lock lock(client.m_mutex);
          std::erase(client.m_waiting, &me);
        }
        wake_next();
        throw;
      }
    }
    wake_next();  // the limit may have been raised
  }
  ~Turn() {
    {
      Lock lock(m_client.m_mutex);
      --m_client.m_answering;
    }
    wake_next();
  }
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;

 private:
  bool has_room() const LOITER_REQUIRES(m_client.m_mutex) {
    return m_client.m_dials.per_client == 0 || m_client.m_answering < m_client.m_dials.per_client;
  }
  // Else it waits for its turn.
  bool has_begun(runtime::Participant& me) {
    Lock lock(m_client.m_mutex);
    std::erase(m_client.m_waiting, &me);
    if (has_room()) {
      ++m_client.m_answering;
      return true;
    }
    m_client.m_waiting.push_back(&me);
    return false;
  }
  // Another one for each place: who is woken is no longer among those who wait, even if it has not run yet.
  void wake_next() {
    runtime::Participant* next = nullptr;
    {
      Lock lock(m_client.m_mutex);
      if (m_client.m_waiting.empty() || !has_room()) return;
      next = m_client.m_waiting.front();
      m_client.m_waiting.pop_front();
    }
    m_client.m_runtime.unpark(*next);
  }

  SimulatedClient& m_client;
};

Reply SimulatedClient::get(const Request& request) {
  m_runtime.checkpoint();
  const Deadline deadline = request.timeout ? Deadline(instant_after(m_runtime.now(), *request.timeout)) : std::nullopt;
  std::string target = target_of(request.url);
  work_for(time_to_connect, request, deadline);
  for (int redirects = 0; redirects <= most_redirects; ++redirects) {
    Reply reply = get_once(target, request, deadline);
    if (reply.status != 302) return reply;
    target = std::move(reply.body);
  }
  throw DownloadError(Kind::TooManyRedirects, fmt::format("{}: more than {} redirects", request.url, most_redirects));
}

// Of a redirect the body is where it leads.
Reply SimulatedClient::get_once(const std::string& target, const Request& request, Deadline deadline) {
  const Turn turn(*this, request, deadline);
  Answer answer = next_answer(target);
  if (answer.hangs) {
    // Without a deadline for ever: nobody will unpark it, but a stop, or the death of the worker that asked.
    if (!deadline) wait(Duration::max(), request, deadline);
    wait(*deadline - m_runtime.now(), request, deadline);
  }
  wait(answer.wait, request, deadline);
  if (answer.status == 302)
    return {.status = 302, .reason = "", .content_type = "", .body = std::move(answer.location)};
  const std::size_t size = answer.cut.value_or(answer.body.size());
  const std::uint64_t bandwidth = dials().bandwidth;
  const std::size_t piece =
      bandwidth == 0 ? size : std::max<std::size_t>(smallest_piece, bandwidth / pieces_per_second);
  for (std::size_t done = 0; done < size;) {
    const std::size_t came = std::min(piece, size - done);
    work_for(time_to_send(came, bandwidth), request, deadline);
    done += came;
    if (request.progress) request.progress(done, answer.body.size());
  }
  if (answer.cut) {
    throw DownloadError(Kind::Cut, fmt::format("{}: the connection ended in the middle ({} of {} bytes had come)",
                                               request.url, size, answer.body.size()));
  }
  return {.status = answer.status,
          .reason = reason_of(answer.status),
          .content_type = std::move(answer.content_type),
          .body = std::move(answer.body)};
}

Answer SimulatedClient::next_answer(const std::string& target) {
  Lock lock(m_mutex);
  return answer_to(*m_site, m_dials, target, m_asked[target]++);
}

void SimulatedClient::pass(Duration d, bool is_wait, const Request& request, Deadline deadline) {
  const Instant until = instant_after(m_runtime.now(), d);
  const Instant end = deadline ? std::min(until, *deadline) : until;
  const runtime::Reason reason{.on = runtime::WaitOn::Io, .is_told = is_wait};
  const auto is_gone = [&] { return request.is_gone && request.is_gone(); };
  while (m_runtime.now() < end && !is_gone()) m_runtime.park(reason, end);
  if (is_gone()) throw DownloadError(Kind::Cut, fmt::format("{}: nobody wants it any more", request.url));
  if (end < until || (deadline && m_runtime.now() >= *deadline)) {
    throw DownloadError(Kind::Timeout, fmt::format("{}: not all of it came in time", request.url));
  }
}

}  // namespace loiter::net
