// The reading side of the recorder: the lanes' buffers become one stream, and the stream feeds the wait-for graph.
#include <algorithm>
#include <utility>

#include "trace/recorder.hpp"

namespace loiter::trace {
namespace {

struct Stamped {
  Ticks stamp;
  LaneId lane;
  RawRecord record;
};

// Lab time of ascending stamps; the pieces are walked once.
class LabTime {
 public:
  explicit LabTime(std::vector<runtime::ClockPiece> pieces) : m_pieces(std::move(pieces)) {}
  Instant at(Ticks stamp) {
    while (m_at + 1 < m_pieces.size() && m_pieces[m_at + 1].from <= stamp) ++m_at;
    return m_pieces[m_at].at(stamp);
  }

 private:
  std::vector<runtime::ClockPiece> m_pieces;
  std::size_t m_at = 0;
};

// One record as the one or two events it stands for.
template <class Emit>
void decode(const RawRecord& record, Emit emit) {
  using Kind = RawRecord::Kind;
  const FutureId future{record.future};
  switch (record.kind) {
    case Kind::Submitted:
      return emit(Submitted{
          .future = future,
          .executor = {record.small},
          .label = std::string(record.payload.direct.text) + "(" + std::to_string(record.payload.direct.number) + ")"});
    case Kind::StateChanged:
      return emit(StateChanged{.future = future,
                               .from = static_cast<FutureState>(record.small),
                               .to = static_cast<FutureState>(record.flags)});
    case Kind::Started:
      emit(StateChanged{.future = future, .from = FutureState::Pending, .to = FutureState::Running});
      return emit(TaskBegan{future});
    case Kind::Ended:
      emit(TaskEnded{.future = future,
                     .outcome = Outcome::Returned,
                     .type = record.payload.direct.text,
                     .text = std::to_string(record.payload.direct.number)});
      return emit(StateChanged{.future = future, .from = FutureState::Running, .to = FutureState::Finished});
    case Kind::Delivered:
      return emit(Delivered{.future = future,
                            .by = static_cast<DeliveredBy>(record.small),
                            .index = static_cast<std::uint32_t>(record.payload.direct.number)});
    case Kind::WaitBegan: {
      WaitBegan wait{.on = static_cast<WaitOn>(record.small), .any = (record.flags & 1U) != 0};
      if (record.future != 0) wait.futures.push_back(future);
      if ((record.flags & 2U) != 0) wait.deadline = Instant{Duration{record.payload.direct.number}};
      return emit(std::move(wait));
    }
    case Kind::WaitEnded:
      return emit(WaitEnded{.on = static_cast<WaitOn>(record.small), .how = static_cast<WaitEnd>(record.flags)});
    case Kind::Site:
      return emit(SiteReached{record.payload.direct.text});
    case Kind::Other: {
      const std::unique_ptr<EventBody> body(record.payload.other);
      return emit(std::move(*body));
    }
  }
}

template <class T>
std::vector<T> without(const std::vector<T>& all, const std::vector<T>& some) {
  std::vector<T> rest;
  std::ranges::set_difference(all, some, std::back_inserter(rest));
  return rest;
}

}  // namespace

std::vector<Event> Recorder::take() {
  Lock lock(m_mutex);
  if (m_live != nullptr) return take_live();
  feed_graph();
  m_checked = 0;
  return std::exchange(m_simulated, {});
}

// Everything stamped before now, sorted. What a lane has stamped but not yet written comes with the next take; nothing
// that it caused can be in this one, for it was written before it could cause anything. Its time is then that of the
// last event taken.
std::vector<Event> Recorder::take_live() {
  const Ticks now = read_ticks();
  std::vector<Stamped> records;
  for (const auto& buffer : m_buffers) {
    buffer->read(now, [&](const RawRecord& record) { records.push_back({record.stamp, buffer->lane(), record}); });
  }
  std::ranges::stable_sort(records, {}, &Stamped::stamp);
  LabTime lab(m_live->clock_pieces());
  std::vector<Event> events;
  events.reserve(records.size() * 2);
  for (const Stamped& r : records) {
    m_last = std::max(m_last, lab.at(r.stamp));
    decode(r.record, [&, t = m_last](EventBody body) { events.push_back({t, r.lane, std::move(body)}); });
  }
  tell_lost(events);
  for (const Event& event : events) m_graph.apply(event);
  check_stuck(m_last, events);
  return events;
}

void Recorder::tell_lost(std::vector<Event>& events) {
  const std::uint64_t lost = m_budget.lost.load(std::memory_order_relaxed);
  if (lost == m_lost_told) return;
  events.push_back({m_last, main_lane, Lost{lost - m_lost_told}});
  m_lost_told = lost;
}

// Appends Stuck or Unstuck if the set of those who cannot move has changed; true if so.
bool Recorder::check_stuck(Instant t, std::vector<Event>& events) {
  if (m_lost_told > 0 || !m_graph.needs_check()) return false;
  StuckSet stuck = m_graph.stuck();
  const StuckSet freed{.lanes = without(m_stuck.lanes, stuck.lanes),
                       .futures = without(m_stuck.futures, stuck.futures)};
  const StuckSet added{.lanes = without(stuck.lanes, m_stuck.lanes),
                       .futures = without(stuck.futures, m_stuck.futures)};
  const auto add = [&](EventBody body) LOITER_REQUIRES(m_mutex) {
    events.push_back({t, main_lane, std::move(body)});
    m_graph.apply(events.back());
  };
  if (!freed.empty()) add(Unstuck{.lanes = freed.lanes, .futures = freed.futures});
  const bool changed = !freed.empty() || !added.empty();
  if (changed && !stuck.empty()) {
    m_chain = m_graph.chain(stuck);
    add(Stuck{.lanes = stuck.lanes, .futures = stuck.futures, .chain = m_chain});
  }
  m_stuck = std::move(stuck);
  return changed;
}

void Recorder::feed_graph() {
  for (; m_checked < m_simulated.size(); ++m_checked) m_graph.apply(m_simulated[m_checked]);
}

// Simulated: nobody can run at this instant, so whoever is stuck is stuck now, and the stream says so here.
void Recorder::settled(bool /*quiescent*/) {
  bool changed = false;
  {
    Lock lock(m_mutex);
    feed_graph();
    changed = check_stuck(m_runtime->now(), m_simulated);
    m_checked = m_simulated.size();
  }
  if (changed) m_runtime->after_event();
}

std::vector<Event> Recorder::finish(RunEnded end) {
  std::vector<Event> events = take();
  Lock lock(m_mutex);
  m_last = std::max(m_last, m_runtime->now());
  events.push_back({m_last, main_lane, std::move(end)});
  return events;
}

bool Recorder::is_stuck() const {
  Lock lock(m_mutex);
  return !m_stuck.empty();
}

std::string Recorder::stuck_chain() const {
  Lock lock(m_mutex);
  return m_stuck.empty() ? "" : m_chain;
}

}  // namespace loiter::trace
