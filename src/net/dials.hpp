// Dials: how well or badly the local server answers, and what becomes of each request: the same on every clock.
//
// Shape    A pure function: the same seed, path and count give the same answer, whatever else is going on; so a run with
//          errors repeats.
// Units    Lab time; bytes per second of lab time; shares from 0 to 1, whose sum is at most 1.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/duration.hpp"
#include "net/site.hpp"

namespace loiter::net {

struct Dials {
  Duration latency{};            // before the first byte
  Duration jitter{};             // more latency, up to this
  std::uint64_t bandwidth = 0;   // of one answer; 0: no limit
  double not_found = 0;          // share of answers that are 404
  double errors = 0;             // that are 503
  double hang = 0;               // that never come
  double cut = 0;                // that end in the middle
  double redirects = 0;          // that come only after a redirect; beside the four above
  std::uint32_t per_client = 0;  // answers at a time; 0: no limit
  std::uint64_t seed = 0;
  bool operator==(const Dials&) const = default;
};

struct Answer {
  int status = 200;
  std::string content_type;
  std::string body;
  std::string location;            // of a redirect
  Duration wait{};                 // before the first byte
  bool hangs = false;              // the first byte never comes
  std::optional<std::size_t> cut;  // the connection ends after so many bytes of the body
};

// `target` is what the request line names; `earlier` how often it was asked for before.
Answer answer_to(const Site& site, const Dials& dials, std::string_view target, std::uint64_t earlier);

// A body that is sent slowly comes in pieces: so many in a second, none smaller than that.
inline constexpr std::size_t smallest_piece = 64;
inline constexpr std::uint64_t pieces_per_second = 20;

// How long a body takes at that bandwidth.
Duration time_to_send(std::size_t bytes, std::uint64_t bandwidth);

}  // namespace loiter::net
