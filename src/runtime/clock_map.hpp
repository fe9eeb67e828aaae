// ClockMap: which lab time a real moment was: a piecewise linear function, one piece per pause, pace or jump.
//
// Shape    Pieces are kept for the length of the run and never change, so a pointer to one stays good.
// Units    Real time in ticks (base/ticks.hpp), lab time in nanoseconds.
// Threads  now() from any thread, without a lock; add() under the owner's lock; copy_pieces() likewise.
#pragma once

#include <atomic>
#include <deque>
#include <vector>

#include "base/duration.hpp"
#include "base/ticks.hpp"

namespace loiter::runtime {

struct ClockPiece {
  Ticks from = 0;
  Instant lab{};
  double rate = 0;  // lab nanoseconds per real nanosecond; 0 while held

  Instant at(Ticks ticks) const {
    if (rate == 0 || ticks <= from) return lab;
    const double real = static_cast<double>(ticks - from) * nanoseconds_per_tick();
    return lab + Duration{static_cast<std::int64_t>(real * rate)};
  }
};

class ClockMap {
 public:
  ClockMap() { m_latest = &m_pieces.emplace_back(); }

  Instant at(Ticks ticks) const { return m_latest.load(std::memory_order_acquire)->at(ticks); }
  const ClockPiece& latest() const { return *m_latest.load(std::memory_order_acquire); }
  void add(const ClockPiece& piece) { m_latest.store(&m_pieces.emplace_back(piece), std::memory_order_release); }
  std::vector<ClockPiece> copy_pieces() const { return {m_pieces.begin(), m_pieces.end()}; }

 private:
  std::deque<ClockPiece> m_pieces;
  std::atomic<const ClockPiece*> m_latest{nullptr};
};

}  // namespace loiter::runtime
