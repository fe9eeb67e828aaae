// The comparison as geometry: strips of lanes, one below the other, over one axis of time.
//
//   heading   Threads   3 workers   5.00 s   speed-up 2.00   efficiency 0.67
//   lanes     main      ▨▨▨▨▨▨▨▨▨▨║
//   heading   ...
//
// Shape    Pure functions.
// Units    Pixels; y counts from the top of the first heading.
#pragma once

#include <span>
#include <vector>

#include "trace/header.hpp"
#include "views/time_scale.hpp"

namespace loiter::views {

struct StripPlace {
  float y0 = 0.0F;  // of the heading
  float lanes_y0 = 0.0F;
  float y1 = 0.0F;
  bool scrolls = false;  // its lanes want more than they have
};

struct StripsLayout {
  std::vector<StripPlace> strips;
  float height = 0.0F;   // of all together
  bool scrolls = false;  // that is more than there is: then each strip is whole
};

struct StripsQuery {
  std::span<const float> lanes;  // how high those of each strip are
  float heading = 0.0F;
  float least_lanes = 0.0F;  // of a strip that has as many
  float height = 0.0F;       // what there is for all
};

// All strips stay in sight together as long as each can keep its least: those with few lanes have them whole, the others
// share what is left, and each of them scrolls. Where that is too little for the least, the strips scroll together.
StripsLayout lay_out_strips(const StripsQuery& query);

// How many lanes to keep room for before a run has shown how many it has: so that nothing jumps when it begins.
std::size_t lanes_to_expect(trace::Mode mode, std::uint32_t workers);

// The one range for all: as long as the longest of them.
TimeRange longest_range(std::span<const TimeRange> ranges);

}  // namespace loiter::views
