// ClockMap: which lab time a real moment was: a piecewise linear function, one piece per pause, pace or jump.
//
// Shape    Pieces are kept for the length of the run and never change, so a pointer to one stays good.
// Units    Real time in ticks (base/ticks.hpp), lab time in nanoseconds.
// Threads  now() and latest() from any thread, without a lock; change() and copy_pieces() under the owner's lock.
//          now() never goes back, whoever asks: a reader that meets a change in the making waits for its end.
#pragma once

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>
#include <deque>
#include <thread>
#include <vector>

#include "base/duration.hpp"
#include "base/mutex.hpp"
#include "base/ticks.hpp"

namespace loiter::runtime {

struct ClockPiece {
  Ticks from = 0;
  Instant lab{};
  double rate = 0;  // lab nanoseconds per real nanosecond; 0 while held

  Instant at(Ticks ticks) const {
    if (rate == 0 || ticks <= from) return lab;
    const double ahead = static_cast<double>(ticks - from) * nanoseconds_per_tick() * rate;
    return ahead < 9e18 ? instant_after(lab, Duration{static_cast<std::int64_t>(ahead)}) : Instant::max();
  }
};

// When that lab time will be on the real clock, if nothing changes. An hour ahead at most: a longer sleep looks again, and
// no sum overflows.
inline std::chrono::steady_clock::time_point real_time_of(Instant lab, const ClockPiece& clock) {
  const double ahead = static_cast<double>((lab - clock.at(read_ticks())).count()) / clock.rate;
  const auto real = std::chrono::nanoseconds{static_cast<std::int64_t>(std::clamp(std::ceil(ahead), 0.0, 3.6e12))};
  return std::chrono::steady_clock::now() + real;
}

class ClockMap {
 public:
  ClockMap() { m_latest = &m_pieces.emplace_back(); }

  Instant now() const {
    for (int round = 0;; ++round) {
      const std::uint32_t version = m_version.load(std::memory_order_acquire);
      if (version % 2 == 0) {
        const Ticks ticks = read_ticks();
        const Instant lab = latest().at(ticks);
        if (m_version.load(std::memory_order_acquire) == version) return lab;
      }
      if (round > 64) std::this_thread::yield();
      relax_cpu();
    }
  }
  const ClockPiece& latest() const { return *m_latest.load(std::memory_order_acquire); }
  std::vector<ClockPiece> copy_pieces() const { return {m_pieces.begin(), m_pieces.end()}; }

  // From now on at that rate; and if it is not yet so late, it is `at_least` now.
  void change(double rate, Instant at_least = {}) {
    ClockPiece& piece = m_pieces.emplace_back();
    // The version is odd before the ticks are read: nobody who then finds it even can have read later ones.
    m_version.fetch_add(1, std::memory_order_seq_cst);
    const Ticks ticks = read_ticks();
    piece = {ticks, std::max(latest().at(ticks), at_least), rate};
    m_latest.store(&piece, std::memory_order_release);
    m_version.fetch_add(1, std::memory_order_release);
  }

 private:
  std::deque<ClockPiece> m_pieces;
  std::atomic<const ClockPiece*> m_latest{nullptr};
  std::atomic<std::uint32_t> m_version{0};  // odd while a change is in the making
};

}  // namespace loiter::runtime
