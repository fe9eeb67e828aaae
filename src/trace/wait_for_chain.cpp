// The chain of waits in words: "W runs f, which waits for g (future 2); future 2 waits for a worker; the only worker is W".
#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/assert.hpp"
#include "base/text.hpp"
#include "trace/wait_for_graph.hpp"

namespace loiter::trace {
namespace {

constexpr std::size_t most_links = 12;       // clauses about lanes; the rest is counted
constexpr std::size_t most_in_a_row = 6;     // of a longer row of waits the first few are told, and the last one
constexpr std::size_t most_names = 4;        // in a list of workers
constexpr std::size_t most_name_bytes = 60;  // of a lane or a call

std::string_view call_of(std::string_view label) {
  const std::size_t open = label.find('(');
  return open == 0 || open == std::string_view::npos ? label : label.substr(0, open);
}

}  // namespace

class ChainText {
 public:
  ChainText(const WaitForGraph& graph, const StuckSet& stuck) : m_graph(graph), m_stuck(stuck) {
    find_ambiguous_calls();
  }

  std::string text() {
    if (m_stuck.empty()) return {};
    follow(find_start());
    std::size_t left_out = 0;
    for (const LaneId lane : m_stuck.lanes) {
      if (m_told.contains(lane)) continue;
      if (m_links < most_links) {
        follow(lane);
      } else {
        ++left_out;
      }
    }
    if (left_out > 0) clause(fmt::format("{} more {}", left_out, left_out == 1 ? "waits" : "wait"));
    return m_text + ".";
  }

 private:
  using Lane = WaitForGraph::Lane;
  using Future = WaitForGraph::Future;
  using Pool = WaitForGraph::Pool;
  using Place = WaitForGraph::Place;
  using Kind = WaitForGraph::Blocker::Kind;

  // What the lane is held up by: a future, and behind it a lane or a pool.
  struct Hold {
    std::optional<FutureId> future;
    std::size_t others = 0;  // more futures that hold it up
    std::optional<LaneId> lane;
    const Pool* pool = nullptr;
    Kind kind = Kind::Nothing;
  };

  const Lane& lane(LaneId id) const {
    const Lane* lane = m_graph.m_lanes.find(id);
    LOITER_ASSERT(lane != nullptr, "a chain is asked for with the set that this graph found");
    return *lane;
  }
  bool is_stuck(FutureId id) const { return std::binary_search(m_stuck.futures.begin(), m_stuck.futures.end(), id); }

  Hold hold_of(const Lane& waiter) const {
    Hold hold;
    if (!waiter.wait) return hold;
    WaitForGraph::Blocker blocker;
    for (const FutureId id : waiter.wait->futures) {
      if (!is_stuck(id)) continue;
      if (hold.future) {
        ++hold.others;
        continue;
      }
      hold.future = id;
      blocker = m_graph.blocker_of(id, waiter.wait->on);
    }
    if (waiter.wait->joins) blocker = m_graph.blocker_of_lane(*waiter.wait->joins);
    hold.kind = blocker.kind;
    if (blocker.kind == Kind::Lane) hold.lane = m_graph.m_alive[blocker.index];
    if (blocker.kind == Kind::Pool) hold.pool = &m_graph.m_pools[blocker.index];
    return hold;
  }

  std::vector<LaneId> workers_of(const Pool& pool) const {
    std::vector<LaneId> workers;
    for (const LaneId id : m_graph.m_alive) {
      if (lane(id).is_worker && *lane(id).executor == pool.id) workers.push_back(id);
    }
    std::sort(workers.begin(), workers.end());
    return workers;
  }

  std::optional<LaneId> next_of(LaneId id) const {
    const Hold hold = hold_of(lane(id));
    if (hold.lane) return hold.lane;
    if (hold.pool == nullptr) return std::nullopt;
    const std::vector<LaneId> workers = workers_of(*hold.pool);
    if (workers.empty()) return std::nullopt;
    return workers.front();
  }

  // The knot comes first, who hangs on it later: from the first lane, the circle that its waits lead into, or their end.
  LaneId find_start() const {
    std::vector<LaneId> walk;
    std::map<LaneId, std::size_t> steps;
    std::optional<LaneId> at = m_stuck.lanes.front();
    while (at && steps.emplace(*at, walk.size()).second) {
      walk.push_back(*at);
      at = next_of(*at);
    }
    if (!at) return walk.back();
    return *std::min_element(walk.begin() + static_cast<std::ptrdiff_t>(steps[*at]), walk.end());
  }

  // Clauses from this lane to one that was told before.
  void follow(LaneId id) {
    std::vector<LaneId> row;
    for (std::optional<LaneId> at = id; at && m_told.insert(*at).second; at = hold_of(lane(*at)).lane)
      row.push_back(*at);
    constexpr std::size_t at_its_begin = 4;
    const std::size_t first = row.size() <= most_in_a_row ? row.size() : at_its_begin;
    for (std::size_t i = 0; i < first; ++i) tell_link(row[i]);
    if (first == row.size()) return;
    clause(fmt::format("{} more wait so in a row", row.size() - first - 1));
    tell_link(row.back());
  }

  void tell_link(LaneId id) {
    const Hold hold = hold_of(lane(id));
    ++m_links;
    tell_lane(lane(id), hold);
    if (hold.future && hold.lane && lane(*hold.lane).kind == LaneKind::Manager) {
      clause(fmt::format("future {} is reported by {} alone", hold.future->value, name_of(*hold.lane)));
    }
    if (hold.pool != nullptr) tell_queue(*hold.future, *hold.pool);
    if (hold.kind == Kind::Nobody) {
      clause(fmt::format("future {} was cancelled when its pool's queue was emptied, so no worker will ever report it",
                         hold.future->value));
    }
    if (hold.kind == Kind::Anyone && hold.future && !is_in_copied_pool(lane(id), hold)) {
      clause(fmt::format("nobody is left who could complete future {}", hold.future->value));
    }
  }

  // A worker process waits for a future that nobody submitted only in submit(): of its copy of the pool.
  bool is_in_copied_pool(const Lane& waiter, const Hold& hold) const {
    if (waiter.kind != LaneKind::Process || waiter.wait->on != WaitOn::Result || !hold.future) return false;
    const Future* future = m_graph.m_futures.find(*hold.future);
    return future == nullptr || future->place == Place::ByHand;
  }

  void tell_lane(const Lane& waiter, const Hold& hold) {
    if (is_in_copied_pool(waiter, hold) && !waiter.tasks.empty()) {
      const char* why = ": a worker process has only a copy of the pool, without a manager thread";
      const bool is_told = std::exchange(m_copied_pool_is_told, true);
      return clause(fmt::format("{} runs {}, which hangs in submit(){}", name_of(waiter.id),
                                call_name(waiter.tasks.back()), is_told ? " too" : why));
    }
    std::string what = waiter.is_idle ? "work that nobody submits" : "a queue that nobody fills";
    if (hold.future) {
      what = name_of_awaited(waiter, hold);
    } else if (hold.lane) {
      what = fmt::format("{} to end", name_of(*hold.lane));
    }
    if (waiter.tasks.empty()) {
      clause(fmt::format("{} waits for {}", name_of(waiter.id), what));
    } else {
      clause(fmt::format("{} runs {}, which waits for {}", name_of(waiter.id), call_name(waiter.tasks.back()), what));
    }
  }

  std::string name_of_awaited(const Lane& waiter, const Hold& hold) const {
    const FutureId id = *hold.future;
    const bool is_own = std::find(waiter.tasks.begin(), waiter.tasks.end(), id) != waiter.tasks.end();
    std::string name = is_own ? fmt::format("its own result (future {})", id.value) : name_with_number(id);
    if (hold.others == 0) return name;
    if (hold.others == 1) return fmt::format("{} {} another", name, waiter.wait->any ? "or" : "and");
    return fmt::format("{} {} {} others", name, waiter.wait->any ? "or one of" : "and", hold.others);
  }

  void tell_queue(FutureId id, const Pool& pool) {
    const bool is_cancelled = m_graph.m_futures.find(id)->state == FutureState::Cancelled;
    const char* waits = is_cancelled ? "is cancelled, but only a worker can report it" : "waits for a worker";
    const bool is_told = !m_told_pools.insert(pool.id).second;
    clause(fmt::format("future {} {}{}", id.value, waits, is_told ? " too" : ""));
    if (is_told) return;
    const std::vector<LaneId> workers = workers_of(pool);
    if (workers.size() == 1) return clause(fmt::format("the only worker is {}", name_of(workers[0])));
    clause(fmt::format("all {} workers, {}, wait too", workers.size(), list_of(workers)));
  }

  // "A, B and C"; "A, B, C, D and 26 more".
  std::string list_of(const std::vector<LaneId>& lanes) const {
    std::vector<std::string> names;
    for (std::size_t i = 0; i < std::min(lanes.size(), most_names); ++i) names.push_back(name_of(lanes[i]));
    if (lanes.size() > most_names) names.push_back(fmt::format("{} more", lanes.size() - most_names));
    const std::string last = names.back();
    names.pop_back();
    return names.empty() ? last : fmt::format("{} and {}", join(names, ", "), last);
  }

  std::string name_of(LaneId id) const { return printable(lane(id).name, most_name_bytes); }

  // The label without its arguments, unless they are what tells two calls apart.
  std::string call_name(FutureId id) const {
    const Future* future = m_graph.m_futures.find(id);
    if (future == nullptr || future->label.empty()) return fmt::format("future {}", id.value);
    const std::string_view call = call_of(future->label);
    return printable(m_ambiguous.contains(call) ? future->label : call, most_name_bytes);
  }
  std::string name_with_number(FutureId id) const {
    const std::string number = fmt::format("future {}", id.value);
    const std::string call = call_name(id);
    return call == number ? number : fmt::format("{} ({})", call, number);
  }

  void find_ambiguous_calls() {
    constexpr std::size_t looked_at = 1000;
    std::map<std::string_view, std::string_view> labels;
    for (std::size_t i = 0; i < std::min(m_stuck.futures.size(), looked_at); ++i) {
      const Future* future = m_graph.m_futures.find(m_stuck.futures[i]);
      if (future == nullptr || future->label.empty()) continue;
      const std::string_view label = future->label;
      const auto [known, is_new] = labels.emplace(call_of(label), label);
      if (!is_new && known->second != label) m_ambiguous.insert(call_of(label));
    }
  }

  void clause(const std::string& words) {
    if (!m_text.empty()) m_text += "; ";
    m_text += words;
  }

  const WaitForGraph& m_graph;
  const StuckSet& m_stuck;
  std::set<std::string_view> m_ambiguous;
  std::set<LaneId> m_told;
  std::set<ExecutorId> m_told_pools;
  bool m_copied_pool_is_told = false;
  std::size_t m_links = 0;
  std::string m_text;
};

std::string WaitForGraph::chain(const StuckSet& stuck) const { return ChainText(*this, stuck).text(); }

}  // namespace loiter::trace
