// Where the bar of a task is cut: the waits in it that take its place, and the time it is away from the GIL.
//
// Shape    A pure function of the pieces of both tracks. Cuts do not overlap: a lane waits for one thing at a time.
// Units    Nanoseconds of lab time.
#pragma once

#include <cstdint>
#include <vector>

#include "views/span_track.hpp"

namespace loiter::views {

struct BarCut {
  std::int64_t from = 0;
  std::int64_t to = 0;
  std::uint32_t wait = 0;  // which of the lane's
  bool away = false;       // the bar goes on there, but is not solid
};

// Those between two instants, by time.
void cuts_between(std::int64_t from, std::int64_t to, const Pieces& gaps, const Pieces& away, std::vector<BarCut>& out);

}  // namespace loiter::views
