#include "views/bar_cuts.hpp"

#include <algorithm>

namespace loiter::views {
namespace {

void add(std::int64_t from, std::int64_t to, const Pieces& pieces, bool away, std::vector<BarCut>& out) {
  auto it = std::ranges::partition_point(pieces.spans, [from](const Span& span) { return span.to <= from; });
  for (; it != pieces.spans.end() && it->from < to; ++it) {
    if (it->from < it->to) out.push_back({std::max(from, it->from), std::min(to, it->to), it->index, away});
  }
  if (!pieces.open || pieces.open->from >= to || pieces.open->to < from) return;
  out.push_back({std::max(from, pieces.open->from), std::min(to, pieces.open->to), pieces.open->index, away});
}

}  // namespace

void cuts_between(std::int64_t from, std::int64_t to, const Pieces& gaps, const Pieces& away,
                  std::vector<BarCut>& out) {
  out.clear();
  add(from, to, gaps, false, out);
  const auto middle = static_cast<std::ptrdiff_t>(out.size());
  add(from, to, away, true, out);
  std::ranges::inplace_merge(out, out.begin() + middle, {}, &BarCut::from);
}

}  // namespace loiter::views
