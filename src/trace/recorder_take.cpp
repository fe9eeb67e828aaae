// The reading side of the recorder: the lanes' buffers become one stream, and the stream feeds the wait-for graph.
#include <algorithm>
#include <array>
#include <charconv>
#include <functional>
#include <queue>
#include <utility>

#include "trace/recorder.hpp"

namespace loiter::trace {
namespace {

// A take ends with about so many events: enough to be worth the round, few enough to stay in the cache.
constexpr std::size_t most_events = 4 * 1024;

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

// "loiter(3)".
std::string call_text(const char* name, std::int64_t argument) {
  std::array<char, 24> digits;
  const auto [end, error] = std::to_chars(digits.begin(), digits.end(), argument);
  std::string text(name);
  text += '(';
  text.append(digits.begin(), end);
  text += ')';
  return text;
}

// One record as the one or two events it stands for.
template <class Emit>
void decode(const RawRecord& record, Emit emit) {
  using Kind = RawRecord::Kind;
  const FutureId future{record.future};
  switch (record.kind) {
    case Kind::Submitted:
      return emit(
          Submitted{.future = future, .executor = {record.small}, .label = call_text(record.text, record.number)});
    case Kind::StateChanged:
      return emit(StateChanged{.future = future,
                               .from = static_cast<FutureState>(record.small),
                               .to = static_cast<FutureState>(record.flags)});
    case Kind::Started:
      emit(StateChanged{.future = future, .from = FutureState::Pending, .to = FutureState::Running});
      return emit(TaskBegan{future});
    case Kind::Ended:
      emit(TaskEnded{
          .future = future, .outcome = Outcome::Returned, .type = record.text, .text = std::to_string(record.number)});
      return emit(StateChanged{.future = future, .from = FutureState::Running, .to = FutureState::Finished});
    case Kind::Delivered:
      return emit(Delivered{.future = future,
                            .by = static_cast<DeliveredBy>(record.small),
                            .index = static_cast<std::uint32_t>(record.number)});
    case Kind::WaitBegan: {
      WaitBegan wait{.on = static_cast<WaitOn>(record.small), .any = (record.flags & 1U) != 0};
      if (record.future != 0) wait.futures.push_back(future);
      wait.first_exception = (record.flags & 4U) != 0;
      if ((record.flags & 2U) != 0) wait.deadline = Instant{Duration{record.number}};
      return emit(std::move(wait));
    }
    case Kind::WaitEnded:
      return emit(WaitEnded{.on = static_cast<WaitOn>(record.small), .how = static_cast<WaitEnd>(record.flags)});
    case Kind::Site:
      return emit(SiteReached{record.text});
    case Kind::Gil:
      return emit(GilChanged{static_cast<GilChange>(record.small)});
    case Kind::Other: {
      const std::unique_ptr<EventBody> body(record.other);
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

bool Recorder::take(std::vector<Event>& events) {
  events.clear();
  Lock lock(m_mutex);
  if (m_live != nullptr) return take_live(events);
  feed_graph();
  m_checked = 0;
  events.swap(m_simulated);
  return false;
}

bool Recorder::take_live(std::vector<Event>& events) {
  const bool more = merge_lanes(events);
  tell_lost(events);
  check_stuck(m_last, events);
  return more;
}

// What is stamped before now, in order. What a lane has stamped but not yet written comes with the next take; nothing
// that it caused can be in this one, for it was written before it could cause anything. Its time is then that of the
// last event taken. True: there is more.
bool Recorder::merge_lanes(std::vector<Event>& events) {
  const Ticks now = read_ticks();
  // The lanes that have something and since when, the oldest at the front.
  using Next = std::pair<Ticks, std::size_t>;
  std::priority_queue<Next, std::vector<Next>, std::greater<>> next;
  const auto add = [&](std::size_t lane) LOITER_REQUIRES(m_mutex) {
    const RawRecord* const record = m_buffers[lane]->peek();
    if (record != nullptr && record->stamp <= now) next.push({record->stamp, lane});
  };
  for (std::size_t lane = 0; lane < m_buffers.size(); ++lane) add(lane);

  LabTime lab(m_live->clock_pieces());
  WaitForGraph* const graph = &m_graph;
  while (!next.empty() && events.size() < most_events) {
    const std::size_t lane = next.top().second;
    next.pop();
    const Ticks until = next.empty() ? now : next.top().first;
    LaneBuffer& buffer = *m_buffers[lane];
    // All that the lane did before any other did something.
    for (const RawRecord* record = buffer.peek();
         record != nullptr && record->stamp <= until && events.size() < most_events; record = buffer.peek()) {
      m_last = std::max(m_last, lab.at(record->stamp));
      decode(*record, [&, t = m_last](auto body) {
        graph->apply(buffer.lane(), body);
        events.emplace_back(t, buffer.lane(), std::move(body));
      });
      buffer.pop();
    }
    add(lane);
  }
  return !next.empty();
}

void Recorder::tell_lost(std::vector<Event>& events) {
  const std::uint64_t lost = m_chunks.lost();
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
  m_is_standstill = !stuck.empty() && m_graph.is_standstill();
  m_dead_ends = stuck.empty() ? std::vector<DeadEnd>() : m_graph.dead_ends(stuck);
  // The same lanes may be stuck in another way, after one that was helped got stuck again.
  std::string chain = stuck.empty() ? "" : m_graph.chain(stuck);
  const bool changed = !freed.empty() || !added.empty() || chain != m_chain;
  m_chain = std::move(chain);
  if (changed && !stuck.empty()) {
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
  if (m_on_stuck && is_stuck()) m_on_stuck();
}

Event Recorder::finish(RunEnded end) {
  Lock lock(m_mutex);
  return {std::max(m_last, m_runtime->now()), main_lane, std::move(end)};
}

bool Recorder::is_stuck() const {
  Lock lock(m_mutex);
  return !m_stuck.empty();
}

bool Recorder::is_standstill() const {
  Lock lock(m_mutex);
  return m_is_standstill;
}

std::vector<DeadEnd> Recorder::dead_ends() const {
  Lock lock(m_mutex);
  return m_dead_ends;
}

std::string Recorder::stuck_chain() const {
  Lock lock(m_mutex);
  return m_stuck.empty() ? "" : m_chain;
}

}  // namespace loiter::trace
