#include "views/machine.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace loiter::views {
namespace {

using trace::GilKind;
using trace::LaneKind;
using trace::WaitOn;

// Of spans in order of their beginning: how many had begun by t.
template <class Span>
std::size_t begun_by(const std::vector<Span>& spans, Instant t) {
  const auto end = std::ranges::partition_point(spans, [t](const Span& span) { return span.began <= t; });
  return static_cast<std::size_t>(end - spans.begin());
}

template <class Span>
Duration length_by(const Span& span, Instant t) {
  return std::max(Duration{}, std::min(span.ended.value_or(t), t) - span.began);
}

bool has_lock(GilKind kind) { return kind == GilKind::Cpython || kind == GilKind::PerInterpreter; }

}  // namespace

// The sum before a span needs only the ends of those before it, which have ended.
void MachineTimes::LaneSums::update(const trace::Lane& lane) {
  while (waits.size() < lane.waits.size()) {
    WaitSums sums;
    if (!waits.empty()) {
      const trace::WaitSpan& last = lane.waits[waits.size() - 1];
      const Duration length = length_by(last, lane.waits[waits.size()].began);
      const WaitOn on = last.what.on;
      sums = waits.back();
      sums.all += on == WaitOn::Pause ? Duration{} : length;
      sums.gil += on == WaitOn::Gil ? length : Duration{};
      sums.core += on == WaitOn::Core ? length : Duration{};
    }
    waits.push_back(sums);
  }
  while (held.size() < lane.gil.size()) {
    Duration before{};
    if (!held.empty()) before = held.back() + length_by(lane.gil[held.size() - 1], lane.gil[held.size()].began);
    held.push_back(before);
  }
  for (; computed.size() < lane.computed.size();) {
    const trace::ComputedSpan& span = lane.computed[computed.size()];
    const ComputedSums before = computed.empty() ? ComputedSums{} : computed.back();
    computed.push_back({before.stopwatch + (span.ended - span.began), before.cpu + span.cpu});
  }
}

void MachineTimes::update(const trace::Run& run) {
  if (run.event_count() == m_events_seen) return;
  const bool is_other = run.event_count() < m_events_seen;
  const auto& lanes = run.lanes();
  bool moved = false;  // a lane that came late has taken its place before others
  for (std::size_t i = 0; i < std::min(m_lanes.size(), lanes.size()); ++i)
    moved = moved || m_lanes[i].id != lanes[i].id;
  if (is_other || moved) m_lanes.clear();
  m_events_seen = run.event_count();
  for (std::size_t i = m_lanes.size(); i < lanes.size(); ++i) m_lanes.emplace_back().id = lanes[i].id;
  for (std::size_t i = 0; i < lanes.size(); ++i) m_lanes[i].update(lanes[i]);
}

LaneUse MachineTimes::use_at(const trace::Run& run, std::size_t place, Instant t) const {
  const trace::Lane& lane = run.lanes()[place];
  const LaneSums& sums = m_lanes[place];
  LaneUse use;
  if (lane.began > t) return use;
  use.lasted = std::min(lane.ended.value_or(t), t) - lane.began;
  use.ran = use.lasted;
  if (const std::size_t count = begun_by(lane.waits, t); count > 0) {
    const trace::WaitSpan& last = lane.waits[count - 1];
    const WaitSums& before = sums.waits[count - 1];
    const Duration length = length_by(last, t);
    const WaitOn on = last.what.on;
    use.ran -= before.all + (on == WaitOn::Pause ? Duration{} : length);
    use.wanted_gil = before.gil + (on == WaitOn::Gil ? length : Duration{});
    use.wanted_core = before.core + (on == WaitOn::Core ? length : Duration{});
  }
  if (const std::size_t count = begun_by(lane.gil, t); count > 0)
    use.held = sums.held[count - 1] + length_by(lane.gil[count - 1], t);
  const auto ended = std::ranges::partition_point(lane.computed, [t](const auto& span) { return span.ended <= t; });
  if (ended != lane.computed.begin()) {
    const ComputedSums& computed = sums.computed[static_cast<std::size_t>(ended - lane.computed.begin()) - 1];
    use.stopwatch = computed.stopwatch;
    use.cpu = computed.cpu;
  }
  return use;
}

MachineCounters MachineTimes::counters_at(const trace::Run& run, Instant t) const {
  MachineCounters counters;
  Duration held{};
  Duration wanted{};
  Duration ran{};
  for (std::size_t i = 0; i < m_lanes.size(); ++i) {
    const trace::Lane& lane = run.lanes()[i];
    if (!uses_cores(lane)) continue;
    const LaneUse use = use_at(run, i, t);
    held += use.held;
    wanted += use.wanted_gil;
    ran += use.ran;
    const bool is_there = lane.began <= t && (!lane.ended || *lane.ended > t);
    const trace::WaitSpan* wait = is_there ? trace::wait_at(lane, t) : nullptr;
    if (is_there && (wait == nullptr || wait->what.on == WaitOn::Pause)) ++counters.busy;
  }
  if (const double both = to_seconds(held + wanted); both > 0) counters.waited_for_gil = to_seconds(wanted) / both;
  if (const double lasted = to_seconds(t.time_since_epoch()); lasted > 0)
    counters.busy_on_average = to_seconds(ran) / lasted;
  const auto& holders = run.gil_holders();
  const auto after = std::ranges::partition_point(holders, [t](const trace::GilHolder& h) { return h.t <= t; });
  const auto taken = static_cast<std::size_t>(after - holders.begin());
  counters.switches = taken == 0 ? 0 : taken - 1;
  return counters;
}

bool uses_cores(const trace::Lane& lane) { return lane.kind != LaneKind::Server; }

std::optional<LaneId> gil_holder_at(const trace::Run& run, Instant t) {
  const auto& holders = run.gil_holders();
  const auto after = std::ranges::partition_point(holders, [t](const trace::GilHolder& h) { return h.t <= t; });
  if (after == holders.begin()) return std::nullopt;
  const trace::Lane* lane = run.lane((after - 1)->lane);
  if (lane == nullptr || !trace::holds_gil_at(*lane, t)) return std::nullopt;
  return lane->id;
}

CounterWords counter_words(const trace::Header& header, const MachineCounters& counters) {
  CounterWords words;
  const bool locked = has_lock(header.gil);
  words.switches = locked ? fmt::format("{}", counters.switches) : "none";
  words.waited = !locked ? "none" : fmt::format("{:.0f} %", counters.waited_for_gil.value_or(0) * 100);
  const std::uint32_t cores = trace::simulated_cores(header);
  words.busy = cores == 0 ? fmt::format("{}", counters.busy) : fmt::format("{} of {}", counters.busy, cores);
  words.average = fmt::format("{:.2f}", counters.busy_on_average);
  return words;
}

std::string column_seconds(Duration d) {
  const double seconds = to_seconds(d);
  if (seconds < 9.9995) return fmt::format("{:.3f}", seconds);
  if (seconds < 99.995) return fmt::format("{:.2f}", seconds);
  return seconds < 999.95 ? fmt::format("{:.1f}", seconds) : fmt::format("{:.0f}", seconds);
}

}  // namespace loiter::views
