// The waits in words: who wakes by itself, or why nobody ever will.
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/text.hpp"
#include "views/wait_picture.hpp"
#include "views/words.hpp"

namespace loiter::views {
namespace {

using runtime::WaitOn;
using trace::FutureRow;
using trace::Lane;

bool is_there(const Lane& lane, Instant t) { return lane.began <= t && (!lane.ended || *lane.ended > t); }

// A lane that will go on without anybody's help: it computes, sleeps, or waits for an answer or with a deadline.
struct Mover {
  const Lane* lane = nullptr;
  std::optional<Instant> wakes;          // none: it is at work, or it waits for what it will get
  std::optional<WaitOn> waits_for = {};  // the GIL, a core, an answer, or that the run goes on
};

std::optional<Mover> mover_of(const Lane& lane, Instant t) {
  if (!is_there(lane, t)) return std::nullopt;
  const trace::WaitSpan* wait = trace::wait_at(lane, t);
  if (wait == nullptr) return Mover{&lane, std::nullopt};
  if (wait->what.deadline) return Mover{&lane, wait->what.deadline};
  const bool by_itself = wait->what.on == WaitOn::Io || wait->what.on == WaitOn::Gil ||
                         wait->what.on == WaitOn::Pause || wait->what.on == WaitOn::Core ||
                         wait->what.on == WaitOn::Sleep;
  return by_itself ? std::optional<Mover>{Mover{&lane, std::nullopt, wait->what.on}} : std::nullopt;
}

bool earlier(const Mover& a, const Mover& b) {
  // Who works comes first, then who will soon be let go on.
  const auto rank = [](const Mover& mover) { return mover.wakes ? 2 : mover.waits_for ? 1 : 0; };
  if (!a.wakes || !b.wakes) return rank(a) < rank(b);
  return *a.wakes < *b.wakes;
}

// Who does what the lane waits for, if one future is all it waits for.
const Lane* worker_for(const trace::Run& run, const Lane& lane, Instant t) {
  const trace::WaitSpan* wait = trace::wait_at(lane, t);
  if (wait == nullptr || wait->what.futures.size() != 1) return nullptr;
  const FutureRow* future = run.future(wait->what.futures.front());
  const bool runs = future != nullptr && future->began && *future->began <= t && future->worker;
  return runs ? run.lane(*future->worker) : nullptr;
}

// Whether the lane waits for any of several futures, and the worker runs one of them.
bool ends_wait(const Lane& lane, const Lane& worker, Instant t) {
  const trace::WaitSpan* wait = trace::wait_at(lane, t);
  const trace::TaskSpan* task = trace::task_at(worker, t);
  if (wait == nullptr || task == nullptr || !wait->what.any) return false;
  return std::ranges::find(wait->what.futures, task->future) != wait->what.futures.end();
}

std::string moves_text(const Mover& mover, Instant t) {
  if (mover.wakes) return fmt::format("{} wakes by itself at {}", mover.lane->name, seconds_text(*mover.wakes));
  if (mover.waits_for == WaitOn::Pause) return mover.lane->name + " is paused";
  if (mover.waits_for == WaitOn::Gil) return mover.lane->name + " waits for the GIL";
  if (mover.waits_for == WaitOn::Core) return mover.lane->name + " waits for a core";
  const trace::TaskSpan* task = trace::task_at(*mover.lane, t);
  return mover.lane->name + (task != nullptr ? " is at work" : " runs");
}

std::string who_wakes(const trace::Run& run, Instant t) {
  std::optional<Mover> first;
  for (const Lane& lane : run.lanes()) {
    const auto mover = mover_of(lane, t);
    if (mover && (!first || earlier(*mover, *first))) first = mover;
  }
  if (!first) return {};
  const Lane* main = run.lane(main_lane);
  if (main == nullptr || first->lane == main) return moves_text(*first, t) + ".";
  const Lane* worker = worker_for(run, *main, t);
  if (worker == nullptr)
    return moves_text(*first, t) + (ends_wait(*main, *first->lane, t) ? ", and main after it." : ".");
  if (worker == first->lane) return moves_text(*first, t) + ", and main after it.";
  const auto needed = mover_of(*worker, t);
  if (!needed) return moves_text(*first, t) + ".";
  return moves_text(*first, t) + "; main goes on after " + worker->name +
         (needed->wakes ? " at " + seconds_text(*needed->wakes) : "") + ".";
}

std::string number(FutureId id) { return fmt::format("future {}", id.value); }

// "future 2"; "one of futures 1, 2 and 3"; "all of 17 futures".
std::string awaited(const trace::WaitBegan& what) {
  constexpr std::size_t most_named = 3;
  const std::size_t count = what.futures.size() + what.more;
  if (count == 1 && what.futures.size() == 1) return number(what.futures.front());
  const char* how = what.any ? "one of" : "all of";
  if (count > most_named || what.more > 0) return fmt::format("{} {} futures", how, count);
  std::vector<std::string> names;
  for (const FutureId id : what.futures) names.push_back(std::to_string(id.value));
  const std::string last = names.back();
  names.pop_back();
  return fmt::format("{} futures {} and {}", how, join(names, ", "), last);
}

class ProofText {
 public:
  ProofText(const trace::Run& run, const FutureTimes& times, Instant t, const trace::StuckReport& report)
      : m_run(run), m_times(times), m_t(t), m_report(report) {}

  Proof make() {
    tell_lanes();
    tell_futures();
    tell_rest();
    m_proof.conclusion = m_report.lanes.size() == 1 ? "So nothing can ever wake it." : "So nothing can ever wake them.";
    return std::move(m_proof);
  }

 private:
  static constexpr std::size_t most_lanes = 5;

  void say(std::string sentence) { m_proof.sentences.push_back(std::move(sentence)); }

  void tell_lanes() {
    std::size_t told = 0;
    for (const LaneId id : m_report.lanes) {
      const Lane* lane = m_run.lane(id);
      const trace::WaitSpan* wait = lane == nullptr ? nullptr : trace::wait_at(*lane, m_t);
      if (wait == nullptr) continue;
      if (told++ == most_lanes) {
        say(fmt::format("{} more wait in the same way.", m_report.lanes.size() - most_lanes));
        return;
      }
      const std::string what = wait->what.joins             ? "the end of " + lane_name(m_run, *wait->what.joins)
                               : wait->what.futures.empty() ? "work"
                                                            : awaited(wait->what);
      const trace::TaskSpan* task = trace::task_at(*lane, m_t);
      if (wait->in_copied_pool) {
        say(fmt::format("{} runs {} and hangs in submit().", lane->name,
                        number(task == nullptr ? no_future : task->future)));
        m_has_copied_pool = true;
        continue;
      }
      const std::string runs = task == nullptr ? "" : " runs " + number(task->future) + " and";
      say(fmt::format("{}{} waits for {}.", lane->name, runs, what));
    }
  }

  // What lies in a queue, what no worker will report, what nobody can complete; for each pool once.
  void tell_futures() {
    if (m_has_copied_pool) {
      say("A worker process has only a copy of the pool, without a manager thread: nobody takes what is submitted "
          "there.");
    }
    std::vector<ExecutorId> told;
    for (const FutureId id : m_report.futures) {
      const FutureRow* future = m_run.future(id);
      if (future == nullptr || !is_awaited(id)) continue;
      const auto state = trace::state_at(*future, m_t);
      const trace::Pool* pool = future->executor ? m_run.pool(*future->executor) : nullptr;
      if (pool == nullptr) {
        say(capital(number(id)) + " has no task: somebody had to complete it, and nobody is left who could.");
      } else if (state == trace::FutureState::Cancelled) {
        say(capital(number(id)) + " was cancelled, but no worker will ever report that.");
      } else if (is_queued(*future) && std::ranges::find(told, pool->id) == told.end()) {
        told.push_back(pool->id);
        tell_queue(*future, *pool);
      }
    }
  }

  bool is_awaited(FutureId id) const {
    return std::ranges::any_of(m_report.lanes, [&](LaneId lane) {
      const Lane* row = m_run.lane(lane);
      const trace::WaitSpan* wait = row == nullptr ? nullptr : trace::wait_at(*row, m_t);
      return wait != nullptr && !wait->in_copied_pool &&
             std::ranges::find(wait->what.futures, id) != wait->what.futures.end();
    });
  }
  bool is_queued(const FutureRow& future) const {
    const bool began = future.began && *future.began <= m_t;
    const auto over = trace::over_at(future);
    return !began && !(over && *over <= m_t);
  }

  void tell_queue(const FutureRow& future, const trace::Pool& pool) {
    constexpr std::size_t most_counted = 1000;
    const auto row = m_times.row_of(m_run, future.id);
    const std::vector<Instant>& left = m_times.column(FutureTimes::LeftQueue);
    std::size_t ahead = 0;
    for (std::size_t i = 0; row && i < *row && ahead < most_counted; ++i) {
      if (left[i] > m_t && m_run.futures()[i].executor == pool.id) ++ahead;
    }
    const std::string where = ahead == 0   ? "is first in the queue"
                              : ahead == 1 ? "is second in the queue"
                                           : fmt::format("lies in the queue behind {} others", ahead);
    say(fmt::format("{} {}. It needs an idle worker.", capital(number(future.id)), where));
    const std::size_t alive = trace::workers_at(m_run, pool, m_t).size();
    const std::uint32_t most = trace::max_workers_at(pool, m_t);
    if (pool.shut_down && *pool.shut_down <= m_t && alive < most) {
      say("The pool is shut down. It starts no worker any more.");
    } else {
      say(fmt::format("The pool has {} of {} workers{}. It may not start another.", alive, most,
                      alive > 1 ? ", all of them stuck" : ""));
    }
  }

  void tell_rest() {
    std::size_t movers = 0;
    const Lane* one = nullptr;
    for (const Lane& lane : m_run.lanes()) {
      if (std::ranges::find(m_report.lanes, lane.id) != m_report.lanes.end() || !mover_of(lane, m_t)) continue;
      ++movers;
      one = &lane;
    }
    if (movers == 0) return say("No lane sleeps, computes or waits with a deadline.");
    if (movers == 1) return say(one->name + " goes on, but nothing it does can complete what they wait for.");
    say(fmt::format("{} other lanes go on, but nothing they do can complete what these wait for.", movers));
  }

  static std::string capital(std::string text) {
    if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 'a' + 'A');
    return text;
  }

  const trace::Run& m_run;
  const FutureTimes& m_times;
  Instant m_t;
  const trace::StuckReport& m_report;
  Proof m_proof;
  bool m_has_copied_pool = false;
};

}  // namespace

Verdict verdict(const trace::Run& run, Instant t) {
  const trace::StuckReport* report = trace::stuck_at(run, t);
  if (report == nullptr) {
    if (run.lanes().empty()) return {};
    const bool over = run.ended() && t >= run.last();
    return {"Nothing is stuck.", over ? "The program has ended." : who_wakes(run, t), false};
  }
  const bool others = std::ranges::any_of(run.lanes(), [&](const Lane& lane) {
    return std::ranges::find(report->lanes, lane.id) == report->lanes.end() && mover_of(lane, t).has_value();
  });
  const std::size_t count = report->lanes.size();
  const std::string part =
      count == 1 ? "One lane can never move again." : fmt::format("{} lanes can never move again.", count);
  return {others ? part : "Deadlock: nothing can move any more.", report->chain, true};
}

Proof proof_of(const trace::Run& run, const FutureTimes& times, Instant t) {
  const trace::StuckReport* report = trace::stuck_at(run, t);
  if (report == nullptr) return {};
  return ProofText(run, times, t, *report).make();
}

}  // namespace loiter::views
