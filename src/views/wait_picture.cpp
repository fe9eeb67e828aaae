#include "views/wait_picture.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <utility>

#include "views/words.hpp"

namespace loiter::views {
namespace {

using runtime::WaitOn;
using trace::FutureRow;
using trace::Lane;
using Kind = WaitNode::Kind;

constexpr std::size_t most_of_a_wait = 4;  // futures of one wait that have nodes

bool is_over(const FutureRow& future, Instant t) {
  const auto over = trace::over_at(future);
  return over && *over <= t;
}

// A wait for futures or for a lane: not for time, work or an answer.
bool is_for_others(const trace::WaitSpan* wait) {
  if (wait == nullptr) return false;
  const trace::WaitBegan& what = wait->what;
  return what.on == WaitOn::Join ? what.joins.has_value() : !what.futures.empty();
}

std::string words_of(const trace::WaitBegan& what) {
  const bool one = what.futures.size() + what.more == 1;
  if (what.on == WaitOn::Join) return "waits for the end of";
  if (one) return what.on == WaitOn::Wait ? "waits for the end of" : "waits for the result of";
  if (what.any) return fmt::format("waits for the first of {}", what.futures.size() + what.more);
  return fmt::format("waits for all of {}", what.futures.size() + what.more);
}

class Picture {
 public:
  Picture(const trace::Run& run, const FutureTimes& times, Instant t, FutureId selected)
      : m_run(run), m_times(times), m_t(t), m_selected(selected), m_stuck(trace::stuck_at(run, t)) {}

  WaitPicture make() {
    for (const LaneId id : roots()) {
      if (m_out.nodes.size() >= most_wait_nodes) {
        m_out.left_out += has_node(id) ? 0 : 1;
      } else {
        add_waiter(id);
      }
    }
    std::ranges::stable_sort(m_out.edges, {}, &WaitEdge::from);
    find_circle();
    return std::move(m_out);
  }

 private:
  bool is_stuck(LaneId id) const {
    return m_stuck != nullptr && std::ranges::find(m_stuck->lanes, id) != m_stuck->lanes.end();
  }
  bool is_stuck(FutureId id) const { return m_stuck != nullptr && std::ranges::binary_search(m_stuck->futures, id); }

  // Lanes that wait for others; while some are stuck, these only. With a selection, first those that wait for it.
  std::vector<LaneId> roots() const {
    std::vector<LaneId> lanes;
    for (const Lane& lane : m_run.lanes()) {
      const trace::WaitSpan* wait = trace::wait_at(lane, m_t);
      const bool counts = m_stuck != nullptr ? is_stuck(lane.id) : is_for_others(wait);
      if (counts) lanes.push_back(lane.id);
    }
    // Outside of any task first: who is inside of one is reached through it.
    std::ranges::stable_partition(lanes, [&](LaneId id) { return trace::task_at(*m_run.lane(id), m_t) == nullptr; });
    if (m_selected == no_future || m_stuck != nullptr || lanes.size() <= most_of_a_wait) return lanes;
    std::ranges::stable_partition(lanes, [&](LaneId id) {
      const trace::WaitSpan* wait = trace::wait_at(*m_run.lane(id), m_t);
      return wait != nullptr && std::ranges::find(wait->what.futures, m_selected) != wait->what.futures.end();
    });
    return lanes;
  }

  bool has_node(LaneId id) const {
    return std::ranges::any_of(m_out.nodes, [id](const WaitNode& node) { return node.has_lane && node.lane == id; });
  }
  bool is_full() const { return m_out.nodes.size() >= most_wait_nodes; }

  std::size_t add_node(WaitNode node) {
    m_out.nodes.push_back(std::move(node));
    return m_out.nodes.size() - 1;
  }
  void add_edge(std::size_t from, std::size_t to, std::string words, bool waits, bool tree) {
    const bool stuck = m_out.nodes[from].stuck && m_out.nodes[to].stuck;
    m_out.edges.push_back({from, to, std::move(words), waits, stuck, false, tree});
  }

  // The node it stands for, with all it leads to.
  std::size_t add_waiter(LaneId id) {
    const Lane& lane = *m_run.lane(id);
    const trace::TaskSpan* task = trace::task_at(lane, m_t);
    return task != nullptr ? future_node(task->future).first : lane_node(id).first;
  }

  std::pair<std::size_t, bool> lane_node(LaneId id) {
    const auto known = std::ranges::find_if(
        m_out.nodes, [id](const WaitNode& node) { return node.kind == Kind::Lane && node.lane == id; });
    if (known != m_out.nodes.end()) return {static_cast<std::size_t>(known - m_out.nodes.begin()), false};
    const Lane* lane = m_run.lane(id);
    const Doing doing = lane != nullptr ? doing_at(m_run, *lane, m_t) : Doing{};
    WaitNode node;
    node.kind = Kind::Lane;
    node.lane = id;
    node.has_lane = true;
    node.title = lane_name(m_run, id);
    node.stuck = is_stuck(id);
    node.look = doing.look;
    const trace::WaitSpan* wait = lane != nullptr ? trace::wait_at(*lane, m_t) : nullptr;
    const bool only = is_only_worker(id);
    const bool is_waiter = is_for_others(wait) && (lane == nullptr || trace::task_at(*lane, m_t) == nullptr);
    node.note = is_waiter ? (node.stuck ? "waiting" : "") : only ? "the only worker of the pool" : doing.brief;
    if (only && !node.stuck) node.note = doing.brief;
    const std::size_t place = add_node(std::move(node));
    if (is_waiter && lane != nullptr) add_awaited(place, *wait);
    return {place, true};
  }

  bool is_only_worker(LaneId id) const {
    return std::ranges::any_of(m_run.pools(), [&](const trace::Pool& pool) { return only_worker(pool) == id; });
  }
  std::optional<LaneId> only_worker(const trace::Pool& pool) const {
    if (trace::max_workers_at(pool, m_t) != 1) return std::nullopt;
    const std::vector<LaneId> workers = trace::workers_at(m_run, pool, m_t);
    return workers.size() == 1 ? std::optional<LaneId>{workers.front()} : std::nullopt;
  }

  // What the wait is for: one node each, or a few and the count of the rest.
  void add_awaited(std::size_t waiter, const trace::WaitSpan& wait) {
    if (wait.what.on == WaitOn::Join) {
      if (is_full()) return;
      link_lane(waiter, *wait.what.joins, words_of(wait.what), true);
      // Why that lane does not end is the call it is stuck in.
      if (is_stuck(*wait.what.joins)) add_work_of(m_out.edges.back().to, *wait.what.joins);
      return;
    }
    if (wait.in_copied_pool) return add_copied_pool(waiter, wait.what.futures.front());
    std::vector<FutureId> open;
    for (const FutureId id : wait.what.futures) {
      const FutureRow* future = m_run.future(id);
      const bool relevant = m_stuck != nullptr && m_out.nodes[waiter].stuck ? is_stuck(id) : true;
      const bool unknown = future == nullptr;
      if (relevant && (unknown || !is_over(*future, m_t) || is_stuck(id))) open.push_back(id);
    }
    // What is done by now, though its lane has not yet been told.
    if (open.empty()) return;
    std::ranges::stable_partition(open, [&](FutureId id) { return id == m_selected; });
    const std::size_t shown = open.size() <= most_of_a_wait ? open.size() : most_of_a_wait - 1;
    const bool alone = shown == 1;
    for (std::size_t i = 0; i < shown && !is_full(); ++i) {
      const auto [place, is_new] = future_node(open[i], alone);
      add_edge(waiter, place, words_of(wait.what), true, is_new);
    }
    const std::size_t rest = open.size() - shown + wait.what.more;
    if (rest == 0 || is_full()) return;
    WaitNode more;
    more.kind = Kind::More;
    more.title = fmt::format("+ {} more", rest);
    more.stuck = false;
    add_edge(waiter, add_node(std::move(more)), words_of(wait.what), true, true);
  }

  // What it waits for is nobody's: the call itself never returns.
  void add_copied_pool(std::size_t waiter, FutureId id) {
    if (is_full()) return;
    WaitNode node;
    node.kind = Kind::Pool;
    node.pool = ExecutorId{std::numeric_limits<std::uint32_t>::max() - id.value};  // one for each, and no pool's
    node.title = "submit()";
    node.note = "to a copy of the pool without a manager";
    node.stuck = m_out.nodes[waiter].stuck;
    add_edge(waiter, add_node(std::move(node)), "hangs in", true, true);
  }

  void link_lane(std::size_t from, LaneId lane, std::string words, bool waits) {
    const auto [place, is_new] = lane_node(lane);
    add_edge(from, place, std::move(words), waits, is_new);
  }

  // `alone`: its worker may have a node of its own; else the future's note tells of it.
  std::pair<std::size_t, bool> future_node(FutureId id, bool alone = true) {
    const auto known = std::ranges::find_if(
        m_out.nodes, [id](const WaitNode& node) { return node.kind == Kind::Future && node.future == id; });
    if (known != m_out.nodes.end()) return {static_cast<std::size_t>(known - m_out.nodes.begin()), false};
    const FutureRow* future = m_run.future(id);
    WaitNode node;
    node.kind = Kind::Future;
    node.future = id;
    node.title = future_name(m_run, id);
    node.stuck = is_stuck(id);
    node.look = future != nullptr ? look_at(*future, m_t) : std::nullopt;
    node.note = fmt::format("future {}", id.value);
    if (node.look && node.stuck) node.note += std::string(", ") + state_word(*node.look);
    const bool runs = future != nullptr && future->began && *future->began <= m_t && future->worker &&
                      (!future->task_ended || *future->task_ended > m_t);
    if (runs) {
      node.lane = *future->worker;
      node.has_lane = true;
    }
    const std::size_t place = add_node(std::move(node));
    if (runs) {
      add_work(place, *future, alone);
    } else if (future != nullptr) {
      add_queue(place, *future);
    }
    return {place, true};
  }

  // What the task of a future does now.
  void add_work(std::size_t place, const FutureRow& future, bool alone) {
    const Lane& lane = *m_run.lane(*future.worker);
    const trace::TaskSpan* innermost = trace::task_at(lane, m_t);
    if (innermost != nullptr && innermost->future != future.id) {
      if (is_full()) return;
      const auto [inner, is_new] = future_node(innermost->future);
      add_edge(place, inner, "runs inside it", false, is_new);
      return;
    }
    const trace::WaitSpan* wait = trace::wait_at(lane, m_t);
    if (is_for_others(wait)) return add_awaited(place, *wait);
    if (alone && !is_full()) {
      link_lane(place, lane.id, "runs on", false);
    } else {
      const Doing doing = doing_at(m_run, lane, m_t);
      m_out.nodes[place].note = doing.detail.empty() ? "runs on " + lane.name : doing.brief;
    }
  }

  // What lies in a queue needs a worker.
  void add_queue(std::size_t place, const FutureRow& future) {
    const trace::Pool* pool = future.executor ? m_run.pool(*future.executor) : nullptr;
    WaitNode& node = m_out.nodes[place];
    if (pool == nullptr) {
      node.note += node.stuck ? "; nobody is left to complete it" : "; somebody completes it by hand";
      return;
    }
    if (trace::max_workers_at(*pool, m_t) == 0 || is_full()) return;
    const std::string words = queue_words(future, *pool);
    if (const auto only = only_worker(*pool)) {
      link_lane(place, *only, words, true);
      add_work_of(m_out.edges.back().to, *only);
      return;
    }
    const auto [at, is_new] = pool_node(*pool);
    add_edge(place, at, words, true, is_new);
    if (!is_new) return;
    for (const LaneId worker : trace::workers_at(m_run, *pool, m_t)) {
      if (is_full()) return;
      add_work_of(at, worker);
    }
  }

  std::string queue_words(const FutureRow& future, const trace::Pool& pool) const {
    constexpr std::size_t most_counted = 1000;
    const auto row = m_times.row_of(m_run, future.id);
    const std::vector<Instant>& left = m_times.column(FutureTimes::LeftQueue);
    std::size_t ahead = 0;
    for (std::size_t i = 0; row && i < *row && ahead < most_counted; ++i) {
      if (left[i] > m_t && m_run.futures()[i].executor == pool.id) ++ahead;
    }
    if (ahead == most_counted) return fmt::format("queued behind {} or more for", ahead);
    if (ahead > 0) return fmt::format("is queued behind {} {} for", ahead, ahead == 1 ? "other" : "others");
    return only_worker(pool) ? "waits in the queue for" : "needs a worker of";
  }

  std::pair<std::size_t, bool> pool_node(const trace::Pool& pool) {
    const auto known = std::ranges::find_if(
        m_out.nodes, [&](const WaitNode& node) { return node.kind == Kind::Pool && node.pool == pool.id; });
    if (known != m_out.nodes.end()) return {static_cast<std::size_t>(known - m_out.nodes.begin()), false};
    const std::vector<LaneId> workers = trace::workers_at(m_run, pool, m_t);
    const std::uint32_t most = trace::max_workers_at(pool, m_t);
    const auto busy =
        std::ranges::count_if(workers, [&](LaneId id) { return trace::task_at(*m_run.lane(id), m_t) != nullptr; });
    const bool all_stuck = std::ranges::all_of(workers, [&](LaneId id) { return is_stuck(id); });
    WaitNode node;
    node.kind = Kind::Pool;
    node.pool = pool.id;
    node.title = pool.name.empty() ? "the pool" : pool.name;
    const bool may_start_another = workers.size() < most && !(pool.shut_down && *pool.shut_down <= m_t);
    node.stuck = m_stuck != nullptr && !workers.empty() && all_stuck && !may_start_another;
    node.note =
        busy == most ? fmt::format("all {} workers are busy", busy) : fmt::format("{} of {} workers busy", busy, most);
    return {add_node(std::move(node)), true};
  }

  // From a worker's node, or its pool's, to the task it is busy with.
  void add_work_of(std::size_t from, LaneId worker) {
    const Lane* lane = m_run.lane(worker);
    if (lane == nullptr || is_full()) return;
    const trace::TaskSpan* task = trace::task_at(*lane, m_t);
    if (task == nullptr) return;
    const bool has_edge = std::ranges::any_of(m_out.edges, [&](const WaitEdge& edge) {
      return edge.from == from && !edge.waits && m_out.nodes[edge.to].future == task->future;
    });
    if (has_edge) return;
    const auto [place, is_new] = future_node(task->future, false);
    // A future that "runs on" this very node needs no way back.
    const bool runs_on = std::ranges::any_of(
        m_out.edges, [&](const WaitEdge& edge) { return edge.from == place && edge.to == from && !edge.waits; });
    if (!runs_on) add_edge(from, place, "is busy with", false, is_new);
  }

  // --- The circle ---

  void find_circle() {
    std::vector<int> colour(m_out.nodes.size(), 0);
    std::vector<std::size_t> walk;
    for (std::size_t node = 0; node < m_out.nodes.size() && m_out.circle.empty(); ++node) {
      if (colour[node] == 0) follow(node, colour, walk);
    }
    for (std::size_t i = 0; i < m_out.circle.size(); ++i) {
      const std::size_t from = m_out.circle[i];
      const std::size_t to = m_out.circle[(i + 1) % m_out.circle.size()];
      m_out.nodes[from].in_circle = true;
      const auto edge =
          std::ranges::find_if(m_out.edges, [&](const WaitEdge& e) { return e.from == from && e.to == to && e.stuck; });
      edge->in_circle = true;
    }
  }
  bool follow(std::size_t node, std::vector<int>& colour, std::vector<std::size_t>& walk) {
    colour[node] = 1;
    walk.push_back(node);
    for (const WaitEdge& edge : m_out.edges) {
      if (edge.from != node || !edge.stuck) continue;
      if (colour[edge.to] == 1) {
        m_out.circle.assign(std::ranges::find(walk, edge.to), walk.end());
        return true;
      }
      if (colour[edge.to] == 0 && follow(edge.to, colour, walk)) return true;
    }
    colour[node] = 2;
    walk.pop_back();
    return false;
  }

  const trace::Run& m_run;
  const FutureTimes& m_times;
  Instant m_t;
  FutureId m_selected;
  const trace::StuckReport* m_stuck;
  WaitPicture m_out;
};

}  // namespace

WaitPicture wait_picture(const trace::Run& run, const FutureTimes& times, Instant t, FutureId selected) {
  return Picture(run, times, t, selected).make();
}

std::string waits_headline(const trace::Run& run, const WaitPicture& picture, Instant t) {
  if (!picture.circle.empty()) return "the circle that cannot be broken from inside";
  if (const trace::StuckReport* report = trace::stuck_at(run, t)) {
    // Of a long chain not every node is there, and so not the way back either.
    return report->lanes.size() == 1 ? "a wait that nothing can end" : "waits that nothing can end";
  }
  return "who waits for whom";
}

}  // namespace loiter::views
