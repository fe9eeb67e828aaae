#include "views/comparison_layout.hpp"

#include <algorithm>
#include <cmath>

namespace loiter::views {
namespace {

// Each strip's share of the room: what it wants, or as much as any other that does not get what it wants.
std::vector<float> shares(std::span<const float> wanted, float room, float least) {
  std::vector<float> given(wanted.size(), 0.0F);
  std::vector<std::size_t> order(wanted.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::ranges::sort(order, {}, [&](std::size_t i) { return wanted[i]; });
  auto left = static_cast<float>(wanted.size());
  for (const std::size_t i : order) {
    const float share = std::floor(std::max(0.0F, room) / left);
    given[i] = std::min(wanted[i], std::max(share, least));
    room -= given[i];
    left -= 1;
  }
  return given;
}

}  // namespace

StripsLayout lay_out_strips(const StripsQuery& query) {
  const float room = query.height - query.heading * static_cast<float>(query.lanes.size());
  float least = 0.0F;
  for (const float lanes : query.lanes) least += std::min(lanes, query.least_lanes);
  StripsLayout out;
  out.scrolls = least > room;
  std::vector<float> given(query.lanes.begin(), query.lanes.end());
  if (!out.scrolls) given = shares(query.lanes, room, query.least_lanes);
  for (std::size_t i = 0; i < given.size(); ++i) {
    const float lanes_y0 = out.height + query.heading;
    out.strips.push_back({out.height, lanes_y0, lanes_y0 + given[i], given[i] < query.lanes[i]});
    out.height = lanes_y0 + given[i];
  }
  return out;
}

std::size_t lanes_to_expect(trace::Mode mode, std::uint32_t workers) {
  constexpr std::uint32_t most = 4;  // a pool starts no more workers than it needs
  if (mode == trace::Mode::Sequential) return 1;
  return 1 + std::min(workers, most) + (mode == trace::Mode::Processes ? 1 : 0);
}

TimeRange longest_range(std::span<const TimeRange> ranges) {
  TimeRange longest{};
  for (const TimeRange& range : ranges) longest.to = std::max(longest.to, range.to);
  return longest;
}

}  // namespace loiter::views
