#include "futures/random_program.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <set>
#include <utility>

namespace loiter::futures::lab {
namespace {

constexpr int deepest = 3;

// Runs `f`; what it throws is what a program may expect here, but for a stop.
template <class F>
void shrug(F f) {
  try {
    f();
  } catch (const std::exception&) {
  }
}

}  // namespace

void RandomProgram::run(Lab& lab) {
  m_lab = &lab;
  Random random(m_seed);
  const int pools = 1 + pick(random, 2);
  for (int i = 0; i < pools; ++i) {
    const int workers = i == 0 && m_options.workers > 0 ? m_options.workers : 1 + pick(random, 4);
    ThreadPoolOptions options{.max_workers = workers};
    if (pick(random, 12) == 0) {
      options.initializer = [&lab, fails = pick(random, 2) == 0] {
        lab.sleep(U / 4);
        if (fails) throw ValueError("initializer");
      };
    }
    m_pools.push_back(std::make_unique<ThreadPoolExecutor>(lab.context, options));
  }
  // No pool may go while tasks of another can still submit to it, also when main is stopped.
  struct JoinAll {
    Lab& lab;
    std::vector<std::unique_ptr<ThreadPoolExecutor>>& pools;
    ~JoinAll() {
      for (const LaneId lane : lab.transcript.lanes()) {
        if (lane != main_lane) lab.runtime.join_for_cleanup(lane);
      }
      pools.clear();
    }
  } const join_all{lab, m_pools};
  if (m_options.stops) {
    lab.spawn("stopper", [&lab] {
      lab.sleep(100 * U);
      lab.runtime.stop();
    });
  }
  std::vector<LaneId> lanes;
  const int others = pick(random, 3);
  for (int i = 0; i < others; ++i) {
    lanes.push_back(lab.spawn(fmt::format("other-{}", i), [this, seed = random()] {
      Random own(seed);
      act(own, 0);
    }));
  }
  act(random, 0);
  for (const LaneId lane : lanes) lab.join(lane);
  for (const auto& pool : m_pools) pool->shutdown();
}

void RandomProgram::act(Random& random, int depth) {
  const int count = 1 + pick(random, depth == 0 ? 30 : 4);
  for (int i = 0; i < count; ++i) {
    if (m_actions.fetch_add(1) >= m_options.actions) return;
    one_action(random, depth);
    m_lab->runtime.checkpoint();
  }
}

void RandomProgram::one_action(Random& random, int depth) {
  switch (pick(random, 16)) {
    case 0:
    case 1:
    case 2:
    case 3:
      return submit(random, depth);
    case 4:
    case 5:
      return m_lab->sleep(pick(random, 4) * (U / 2));
    case 6:
    case 7:
      if (const AnyFuture future = any_future(random)) future.cancel();
      return;
    case 8:
      return ask(random);
    case 9:
    case 10:
      return add_callback(random, depth);
    case 11:
      return wait_for_some(random);
    case 12:
      return complete_some(random);
    case 13:
      return map_some(random);
    case 14:
      return keep_promise(random);
    default:
      return shut_down(random, depth);
  }
}

int RandomProgram::task_body(std::uint64_t seed, int depth) {
  Random random(seed);
  m_lab->sleep(pick(random, 3) * (U / 2));
  if (depth < deepest) act(random, depth);
  if (pick(random, 5) == 0) throw ValueError("drawn");
  return static_cast<int>(seed % 1000);
}

void RandomProgram::submit(Random& random, int depth) {
  shrug([&] {
    const std::uint64_t body = random();
    const auto future =
        any_pool(random).submit(named("body", [this, body, depth](std::int64_t) { return task_body(body, depth + 1); }),
                                static_cast<std::int64_t>(m_bodies.fetch_add(1)));
    Lock lock(m_mutex);
    m_futures.push_back(future);
  });
}

void RandomProgram::ask(Random& random) {
  const AnyFuture future = any_future(random);
  if (!future) return;
  const Timeout timeout = draw_timeout(random);
  shrug([&] {
    future.exception(timeout);
    if (!future.done()) complain("exception() returned before the future was done");
  });
}

void RandomProgram::add_callback(Random& random, int depth) {
  const AnyFuture future = any_future(random);
  if (!future) return;
  CallbackRecord* record = nullptr;
  {
    Lock lock(m_mutex);
    record = &m_callbacks.emplace_back();
    record->future = future;
  }
  future.add_done_callback([this, record, kind = pick(random, 8), seed = random(), depth](const AnyFuture& f) {
    if (++record->calls > 1) complain("a callback was called twice");
    if (!f.done()) complain("a callback was called before its future was done");
    Random own(seed);
    if (kind == 0) throw TypeError("callback");
    if (kind == 1) m_lab->sleep(U / 2);
    if (kind == 2 && depth < deepest) submit(own, depth + 1);
    if (kind == 3) ask(own);
  });
}

void RandomProgram::wait_for_some(Random& random) {
  const auto futures = some_futures(random);
  const auto when = static_cast<ReturnWhen>(pick(random, 3));
  const Timeout timeout = draw_timeout(random);
  const DoneAndNotDone sets = futures::wait(futures, {.timeout = timeout, .return_when = when});
  std::set<FutureId> all;
  for (const auto& future : futures) all.insert(future.id());
  if (sets.done.size() + sets.not_done.size() != all.size()) complain("wait lost or doubled a future");
  for (const auto& future : sets.done) {
    if (future.state() != FutureState::Finished && future.state() != FutureState::CancelledAndNotified) {
      complain("wait called a future done that is not");
    }
  }
  if (timeout || all.empty()) return;
  if (when == ReturnWhen::AllCompleted && !sets.not_done.empty()) complain("wait returned before all were done");
  if (sets.done.empty()) complain("wait returned with nothing");
}

void RandomProgram::complete_some(Random& random) {
  const auto futures = some_futures(random);
  std::set<FutureId> given;
  const Timeout timeout = draw_timeout(random);
  const int most = pick(random, 4) == 0 ? 1 : 100;
  shrug([&] {
    auto iterator = as_completed(futures, timeout);
    while (static_cast<int>(given.size()) < most) {
      const auto future = iterator.next();
      if (!future) {
        std::set<FutureId> all;
        for (const auto& f : futures) all.insert(f.id());
        if (given != all) complain("as_completed ended early");
        return;
      }
      if (!given.insert(future->id()).second) complain("as_completed gave a future twice");
      if (!future->done()) complain("as_completed gave a future that is not done");
    }
  });
}

void RandomProgram::map_some(Random& random) {
  std::vector<int> inputs;
  const int count = pick(random, 6);
  for (int i = 0; i < count; ++i) inputs.push_back(i);
  const int fails = pick(random, 4) == 0 ? pick(random, 6) : -1;
  const int most = pick(random, 3) == 0 ? pick(random, 6) : 100;
  const Timeout timeout = draw_timeout(random);
  const auto task = named("mapped", [this, fails](int n) {
    m_lab->sleep((n % 3) * (U / 4));
    if (n == fails) throw ValueError("mapped");
    return n * 7;
  });
  shrug([&] {
    auto results = any_pool(random).map(task, inputs, {.timeout = timeout});
    int i = 0;
    try {
      for (; i < most; ++i) {
        const auto value = results.next();
        if (!value) break;
        if (*value != i * 7) complain("map gave a result out of order");
      }
    } catch (const std::exception&) {
      if (results.next()) complain("map's iterator lived on after a raise");
      throw;
    }
    if (i < most && i != count) complain("map ended early");
  });
}

void RandomProgram::keep_promise(Random& random) {
  std::optional<Promise<int>> promise;
  {
    Lock lock(m_mutex);
    if (m_promises.empty() || pick(random, 2) == 0) {
      m_futures.push_back(m_promises.emplace_back(m_lab->context).future());
      return;
    }
    promise = m_promises[random() % m_promises.size()];
  }
  switch (pick(random, 3)) {
    case 0:
      return shrug([&] { promise->set_result(1); });
    case 1:
      return shrug([&] { promise->set_exception(ValueError("promise")); });
    default:
      if (promise->future().running()) return;
      return shrug([&] { promise->set_running_or_notify_cancel(); });
  }
}

void RandomProgram::shut_down(Random& random, int depth) {
  if (pick(random, 4) != 0) return spawn(random, depth);
  const bool cancel = pick(random, 2) == 0;
  const bool waits = m_options.blocks_for_ever && pick(random, 3) == 0;
  shrug([&] { any_pool(random).shutdown({.wait = waits, .cancel_futures = cancel}); });
}

void RandomProgram::spawn(Random& random, int depth) {
  if (depth >= deepest) return;
  const LaneId lane = m_lab->spawn("spawned", [this, seed = random(), depth] {
    Random own(seed);
    act(own, depth + 1);
  });
  m_lab->join(lane);
}

Timeout RandomProgram::draw_timeout(Random& random) const {
  if (m_options.blocks_for_ever && pick(random, 3) == 0) return std::nullopt;
  return pick(random, 5) * (U / 2);
}

AnyFuture RandomProgram::any_future(Random& random) {
  Lock lock(m_mutex);
  if (m_futures.empty()) return {};
  return m_futures[random() % m_futures.size()];
}

std::vector<AnyFuture> RandomProgram::some_futures(Random& random) {
  std::vector<AnyFuture> some;
  Lock lock(m_mutex);
  for (int i = pick(random, 8); i > 0 && !m_futures.empty(); --i)
    some.push_back(m_futures[random() % m_futures.size()]);
  return some;
}

ThreadPoolExecutor& RandomProgram::any_pool(Random& random) { return *m_pools[random() % m_pools.size()]; }

void RandomProgram::complain(std::string what) {
  Lock lock(m_mutex);
  m_complaints.push_back(std::move(what));
}

Lines RandomProgram::complaints() const {
  Lock lock(m_mutex);
  Lines result = m_complaints;
  for (const CallbackRecord& record : m_callbacks) {
    const int expected = record.future.done() ? 1 : 0;
    if (record.calls != expected) result.push_back(fmt::format("a callback was called {} times", record.calls.load()));
  }
  return result;
}

namespace {

// Reads "ThreadPoolExecutor-0_1: 12 ended ..." and the like.
struct Told {
  std::string lane;
  std::uint32_t future = 0;  // 0: about something else
  std::string what;          // without the future's number
};

Told parse(const std::string& line) {
  const std::size_t lane = line.find(' ') + 1;
  const std::size_t colon = line.find(": ", lane);
  Told told{.lane = line.substr(lane, colon - lane), .what = line.substr(colon + 2)};
  const auto [end, error] = std::from_chars(told.what.data(), told.what.data() + told.what.size(), told.future);
  if (error == std::errc{}) told.what.erase(0, static_cast<std::size_t>(end - told.what.data()) + 1);
  return told;
}

class Checker {
 public:
  explicit Checker(bool stopped) : m_stopped(stopped) {}

  void see(const Told& told) {
    if (told.future > 0) {
      see_future(told);
    } else if (told.what.starts_with("pool ")) {
      see_pool(told.what);
    } else if (told.what == "begins" && told.lane.starts_with("ThreadPoolExecutor-")) {
      const std::string pool = told.lane.substr(0, told.lane.rfind('_'));
      if (++m_threads[pool] > m_max_workers[pool]) complain(pool + " has too many threads");
    }
  }
  Lines complaints;

 private:
  struct FutureSeen {
    std::string state = "pending";
    int pool = -1;
    std::uint32_t place = 0;  // in the order of submission to its pool
    std::string worker;
  };

  void complain(std::string what) { complaints.push_back(std::move(what)); }

  void see_pool(const std::string& what) {  // "pool 0 is ThreadPoolExecutor-0 of 3"
    const std::size_t is = what.find(" is ThreadPoolExecutor-");
    if (is == std::string::npos) return;
    const std::size_t of = what.rfind(" of ");
    const std::string name = what.substr(is + 4, of - is - 4);
    m_max_workers[name] = std::stoi(what.substr(of + 4));
    m_pool_names[std::stoi(what.substr(5))] = name;
  }

  void see_future(const Told& told) {
    FutureSeen& future = m_futures[told.future];
    const auto step = [&](std::string_view from, std::string to) {
      if (future.state != from) complain(fmt::format("{} was {} when: {}", told.future, future.state, told.what));
      future.state = std::move(to);
    };
    if (told.what.starts_with("submitted to ")) {
      step("pending", "pending");
      future.pool = std::stoi(told.what.substr(13));
      future.place = ++m_submitted[future.pool];
    } else if (told.what == "started") {
      step("pending", "running");
      if (future.pool >= 0) started(told.future, future, told.lane);
    } else if (told.what.starts_with("ended aborted")) {
      if (!m_stopped) complain("a task was aborted, though nobody stopped the run");
      step("running", "aborted");
      m_busy.erase(future.worker);
    } else if (told.what.starts_with("ended ")) {
      step("running", "finished");
      if (told.lane != future.worker) complain("a task ended in another thread than it began in");
      m_busy.erase(future.worker);
    } else if (told.what == "pending -> cancelled") {
      step("pending", "cancelled");
    } else if (told.what == "cancelled -> cancelled_and_notified") {
      step("cancelled", "cancelled_and_notified");
    } else if (told.what.starts_with("pending -> finished")) {
      step("pending", "finished");
    } else if (told.what.starts_with("running -> finished")) {
      step("running", "finished");
    } else if (told.what.starts_with("delivered by")) {
      if (future.state != "finished" && future.state != "cancelled_and_notified") {
        complain(fmt::format("{} was delivered while {}", told.future, future.state));
      }
    } else {
      complain("unknown: " + told.what);
    }
  }

  void started(std::uint32_t id, FutureSeen& future, const std::string& lane) {
    future.worker = lane;
    const std::string& pool = m_pool_names[future.pool];
    if (!lane.starts_with(pool + "_")) complain(fmt::format("{} started in {}", id, lane));
    if (!m_busy.insert(lane).second) complain(lane + " runs two tasks at once");
    // One worker takes strictly in order. (One taken by shutdown to be cancelled may still be pending for a moment.)
    if (m_max_workers[pool] != 1) return;
    std::uint32_t& last = m_last_place[future.pool];
    if (future.place < last) complain(fmt::format("{} started after one that was submitted later", id));
    last = future.place;
  }

  const bool m_stopped;
  std::map<std::uint32_t, FutureSeen> m_futures;
  std::map<int, std::uint32_t> m_submitted;
  std::map<int, std::uint32_t> m_last_place;
  std::map<int, std::string> m_pool_names;
  std::map<std::string, int> m_max_workers;
  std::map<std::string, int> m_threads;
  std::set<std::string> m_busy;
};

}  // namespace

Lines check_told(const Transcript& transcript, bool stopped) {
  Checker checker(stopped);
  for (const std::string& line : transcript.lines()) checker.see(parse(line));
  return checker.complaints;
}

void check_program(const Transcript& transcript, const Lines& complaints, bool stopped) {
  Lines all = check_told(transcript, stopped);
  all.insert(all.end(), complaints.begin(), complaints.end());
  if (all.empty()) return;
  INFO("What happened:\n" << transcript.last(2000));
  CHECK(all == Lines{});
}

}  // namespace loiter::futures::lab
