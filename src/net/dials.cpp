#include "net/dials.hpp"

#include <fmt/format.h>

#include "net/transport.hpp"

namespace loiter::net {
namespace {

constexpr std::string_view after_redirect = "?redirected";

// The splitmix64 step: every bit of the input changes about half of the output's.
std::uint64_t mixed(std::uint64_t x) {
  x += 0x9e3779b97f4a7c15U;
  x = (x ^ (x >> 30U)) * 0xbf58476d1ce4e5b9U;
  x = (x ^ (x >> 27U)) * 0x94d049bb133111ebU;
  return x ^ (x >> 31U);
}

// Draws from 0 to 1, as many as wanted.
class Draws {
 public:
  Draws(std::uint64_t seed, std::string_view path, std::uint64_t earlier) : m_state(mixed(seed) + earlier) {
    for (const char c : path) m_state = mixed(m_state ^ static_cast<std::uint8_t>(c));
  }
  double next() {
    m_state = mixed(m_state);
    return static_cast<double>(m_state >> 11U) * 0x1.0p-53;
  }

 private:
  std::uint64_t m_state;
};

Answer plain(int status, Duration wait) {
  return {.status = status,
          .content_type = "text/plain; charset=utf-8",
          .body = fmt::format("{} {}\n", status, reason_of(status)),
          .location = {},
          .wait = wait,
          .hangs = false,
          .cut = {}};
}

}  // namespace

Answer answer_to(const Site& site, const Dials& dials, std::string_view target, std::uint64_t earlier) {
  const bool is_redirected = target.ends_with(after_redirect);
  const std::string_view path = is_redirected ? target.substr(0, target.size() - after_redirect.size()) : target;
  // What a redirect leads to is the same request once more, with a fate of its own.
  Draws draws(dials.seed, target, earlier);
  double fate = draws.next();
  const Duration wait =
      dials.latency + Duration(static_cast<std::int64_t>(static_cast<double>(dials.jitter.count()) * draws.next()));
  if (!is_redirected && draws.next() < dials.redirects) {
    Answer redirect = plain(302, wait);
    redirect.location = std::string(path) + std::string(after_redirect);
    return redirect;
  }
  const auto falls_to = [&](double share) {
    const bool falls = fate < share;
    fate -= share;
    return falls;
  };
  const File* const file = site.find(path);
  if (falls_to(dials.not_found) || file == nullptr) return plain(404, wait);
  if (falls_to(dials.errors)) return plain(503, wait);
  Answer answer{.status = 200,
                .content_type = file->content_type,
                .body = file->bytes,
                .location = {},
                .wait = wait,
                .hangs = false,
                .cut = {}};
  answer.hangs = falls_to(dials.hang);
  if (!answer.hangs && falls_to(dials.cut)) answer.cut = answer.body.size() / 2;
  return answer;
}

Duration time_to_send(std::size_t bytes, std::uint64_t bandwidth) {
  if (bandwidth == 0) return {};
  return Duration(static_cast<std::int64_t>(static_cast<double>(bytes) / static_cast<double>(bandwidth) * 1e9));
}

}  // namespace loiter::net
