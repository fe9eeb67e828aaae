// Runs made by hand, for tests of what the screen shows. The loiter run is the one of the design's pictures.
//
// Shape    RunBuilder applies events in order; at() sets the instant, on() the lane of those that follow.
// Units    Seconds.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

#include "trace/run.hpp"

namespace loiter::samples {

inline Instant at_seconds(double seconds) { return Instant{from_seconds(seconds)}; }

class RunBuilder {
 public:
  explicit RunBuilder(trace::Header header = {}) : m_run(std::move(header)) {}

  RunBuilder& at(double seconds) {
    m_now = at_seconds(seconds);
    return *this;
  }
  RunBuilder& on(std::uint32_t lane) {
    m_lane = LaneId{lane};
    return *this;
  }
  template <class Body>
  RunBuilder& event(Body body) {
    m_run.apply(trace::Event{m_now, m_lane, std::move(body)});
    return *this;
  }

  RunBuilder& main_begins() { return on(0).event(trace::LaneBegan{.kind = trace::LaneKind::Main, .name = "main"}); }
  RunBuilder& worker_begins(std::uint32_t lane, trace::LaneKind kind = trace::LaneKind::Thread) {
    const bool thread = kind == trace::LaneKind::Thread;
    const std::string name = (thread ? "ThreadPoolExecutor-0_" : "Process-") + std::to_string(thread ? lane - 1 : lane);
    return on(lane).event(trace::LaneBegan{.kind = kind, .name = name, .executor = ExecutorId{0}});
  }
  RunBuilder& pool(std::uint32_t workers, std::string name = "ThreadPoolExecutor-0") {
    return event(trace::PoolCreated{ExecutorId{0}, workers, std::move(name)});
  }
  RunBuilder& submit(std::uint32_t future, std::string label) {
    return event(trace::Submitted{FutureId{future}, ExecutorId{0}, std::move(label)});
  }
  RunBuilder& state(std::uint32_t future, trace::FutureState from, trace::FutureState to) {
    return event(trace::StateChanged{FutureId{future}, from, to});
  }
  RunBuilder& task_begins(std::uint32_t future) {
    state(future, trace::FutureState::Pending, trace::FutureState::Running);
    return event(trace::TaskBegan{FutureId{future}});
  }
  RunBuilder& task_returns(std::uint32_t future, std::string text, std::string type = "int") {
    event(trace::TaskEnded{FutureId{future}, trace::Outcome::Returned, std::move(type), std::move(text)});
    return state(future, trace::FutureState::Running, trace::FutureState::Finished);
  }
  RunBuilder& task_raises(std::uint32_t future, std::string type, std::string text) {
    event(trace::TaskEnded{FutureId{future}, trace::Outcome::Raised, std::move(type), std::move(text)});
    return state(future, trace::FutureState::Running, trace::FutureState::Finished);
  }
  RunBuilder& waits(trace::WaitOn what, std::initializer_list<std::uint32_t> futures = {}, Deadline deadline = {}) {
    trace::WaitBegan wait;
    wait.on = what;
    for (const std::uint32_t future : futures) wait.futures.push_back(FutureId{future});
    wait.any = what == trace::WaitOn::AsCompleted;
    wait.deadline = deadline;
    return event(std::move(wait));
  }
  RunBuilder& wait_ends(trace::WaitOn what, trace::WaitEnd how = trace::WaitEnd::Ready) {
    return event(trace::WaitEnded{what, how});
  }
  RunBuilder& delivers(std::uint32_t future, std::uint32_t index, trace::DeliveredBy by = trace::DeliveredBy::Map) {
    return event(trace::Delivered{FutureId{future}, by, index});
  }
  RunBuilder& prints(std::string text) { return event(trace::Printed{std::move(text)}); }
  RunBuilder& reaches(std::string site) { return event(trace::SiteReached{std::move(site)}); }

  [[nodiscard]] const trace::Run& run() const { return m_run; }
  [[nodiscard]] trace::Run take() { return std::move(m_run); }

 private:
  trace::Run m_run;
  Instant m_now{};
  LaneId m_lane = main_lane;
};

inline trace::Header loiter_header() {
  trace::Header header;
  header.title = "loiter";
  header.mode = trace::Mode::Threads;
  header.workers = 3;
  header.collect = trace::Collect::Map;
  header.clock = trace::Clock::Simulated;
  header.parameters["tasks"] = "5";
  return header;
}

inline const char* loiter_listing() {
  return "import concurrent.futures as cf\n"
         "from time import sleep\n"
         "\n"
         "def loiter(n):\n"
         "    print(f\"loiter({n}): begins\")\n"
         "    sleep(n)  #@ loiter.sleep\n"
         "    print(f\"loiter({n}): done\")\n"
         "    return n * 10  #@ loiter.return\n"
         "\n"
         "with cf.ThreadPoolExecutor(3) as ex:\n"
         "    out = ex.map(loiter, range(5))  #@ main.map\n"
         "    for i, r in enumerate(out):  #@ main.next\n"
         "        print(f\"result {i}: {r}\")  #@ main.print\n";
}

inline const char* loiter_listing_cpp() {
  return "#include \"futures/executor.hpp\"\n"
         "\n"
         "int loiter(int n) {\n"
         "  print(\"loiter({}): begins\", n);\n"
         "  sleep_for(seconds(n));  //@ loiter.sleep\n"
         "  print(\"loiter({}): done\", n);\n"
         "  return n * 10;  //@ loiter.return\n"
         "}\n"
         "\n"
         "ThreadPoolExecutor ex(3);\n"
         "auto out = ex.map(loiter, range(5));  //@ main.map\n"
         "for (const auto [i, r] : enumerate(out)) {  //@ main.next\n"
         "  print(\"result {}: {}\", i, r);  //@ main.print\n"
         "}\n";
}

namespace detail {

inline void loiter_begins(RunBuilder& b, std::uint32_t lane, std::uint32_t future) {
  const std::uint32_t n = future - 1;
  b.on(lane).task_begins(future).prints("loiter(" + std::to_string(n) + "): begins").reaches("loiter.sleep");
}
inline void loiter_sleeps(RunBuilder& b, double until) { b.waits(trace::WaitOn::Sleep, {}, at_seconds(until)); }
inline void loiter_ends(RunBuilder& b, std::uint32_t lane, std::uint32_t future, bool slept = true) {
  const std::uint32_t n = future - 1;
  b.on(lane);
  if (slept) b.wait_ends(trace::WaitOn::Sleep);
  b.prints("loiter(" + std::to_string(n) + "): done").reaches("loiter.return");
  b.task_returns(future, std::to_string(n * 10));
}
inline void result_arrives(RunBuilder& b, std::uint32_t future, bool waited = true) {
  const std::uint32_t n = future - 1;
  b.on(0);
  if (waited) b.wait_ends(trace::WaitOn::Map);
  b.delivers(future, n).reaches("main.print");
  b.prints("result " + std::to_string(n) + ": " + std::to_string(n * 10)).reaches("main.next");
}
inline void asks_next(RunBuilder& b, std::uint32_t future) { b.on(0).waits(trace::WaitOn::Map, {future}); }

}  // namespace detail

// loiter(0) to loiter(4) on three workers, collected by map: as far as 3.00 s (loiter(4) sleeps until 5.00 s), or whole.
inline trace::Run loiter_run(bool whole = false) {
  using trace::WaitOn;
  RunBuilder b(loiter_header());
  b.at(0).main_begins().reaches("main.map").pool(3);
  b.submit(1, "loiter(0)");
  detail::loiter_begins(b.worker_begins(1), 1, 1);
  detail::loiter_ends(b, 1, 1, false);
  b.waits(WaitOn::Queue).on(0).submit(2, "loiter(1)").on(1).wait_ends(WaitOn::Queue);
  b.on(0).submit(3, "loiter(2)").submit(4, "loiter(3)");
  detail::loiter_begins(b.worker_begins(2), 2, 2);
  detail::loiter_sleeps(b, 1);
  detail::loiter_begins(b.worker_begins(3), 3, 3);
  detail::loiter_sleeps(b, 2);
  detail::loiter_begins(b, 1, 4);
  detail::loiter_sleeps(b, 3);
  b.on(0).submit(5, "loiter(4)").reaches("main.next");
  detail::result_arrives(b, 1, false);
  detail::asks_next(b, 2);
  b.at(1);
  detail::loiter_ends(b, 2, 2);
  detail::loiter_begins(b, 2, 5);
  detail::loiter_sleeps(b, 5);
  detail::result_arrives(b, 2);
  detail::asks_next(b, 3);
  b.at(2);
  detail::loiter_ends(b, 3, 3);
  b.waits(WaitOn::Queue);
  detail::result_arrives(b, 3);
  detail::asks_next(b, 4);
  b.at(3);
  detail::loiter_ends(b, 1, 4);
  b.waits(WaitOn::Queue);
  detail::result_arrives(b, 4);
  detail::asks_next(b, 5);
  if (!whole) return b.take();
  b.at(5);
  detail::loiter_ends(b, 2, 5);
  b.waits(WaitOn::Queue);
  detail::result_arrives(b, 5);
  for (std::uint32_t lane = 1; lane <= 3; ++lane) b.on(lane).wait_ends(WaitOn::Queue).event(trace::LaneEnded{});
  b.on(0).event(trace::RunEnded{});
  return b.take();
}

inline const char* deadlock_listing() {
  return "import concurrent.futures as cf\n"
         "\n"
         "def wait_forever():\n"
         "    inner = ex.submit(\n"
         "        zip, [1, 2, 3], [4, 5, 6])\n"
         "    result = inner.result()  #@ task.result\n"
         "    print(result)\n"
         "\n"
         "ex = cf.ThreadPoolExecutor(1)\n"
         "outer = ex.submit(wait_forever)\n"
         "outer.result()  #@ main.result\n";
}

// wait_forever submits zip to its own pool of one worker and waits for it: proven stuck at once.
inline trace::Run deadlock_run() {
  trace::Header header = loiter_header();
  header.title = "wait_forever";
  header.workers = 1;
  RunBuilder b(header);
  b.at(0).main_begins().pool(1).submit(1, "wait_forever");
  b.worker_begins(1).task_begins(1).submit(2, "zip").reaches("task.result").waits(trace::WaitOn::Result, {2});
  b.on(0).reaches("main.result").waits(trace::WaitOn::Result, {1});
  b.event(trace::Stuck{{LaneId{0}, LaneId{1}},
                       {FutureId{1}, FutureId{2}},
                       "wait_forever waits for the result of zip. zip waits in the queue for a worker."});
  return b.take();
}

// Three downloads on two workers at 1.2 s: connect, wait for the answer, receive. One is still waiting for its answer.
inline trace::Run downloads_run() {
  trace::Header header = loiter_header();
  header.title = "flags";
  header.clock = trace::Clock::Live;
  RunBuilder b(header);
  b.at(0).main_begins().pool(2).submit(1, "CN").submit(2, "IN").submit(3, "BD");
  b.worker_begins(1).task_begins(1).worker_begins(2).task_begins(2);
  b.on(0).waits(trace::WaitOn::AsCompleted, {1, 2, 3});
  b.at(0.1).on(1).waits(trace::WaitOn::Io).at(0.15).on(2).waits(trace::WaitOn::Io);
  b.at(0.45).on(1).wait_ends(trace::WaitOn::Io).at(0.7).task_returns(1, "389").task_begins(3);
  b.on(0).delivers(1, 0, trace::DeliveredBy::AsCompleted);
  b.at(0.8).on(2).wait_ends(trace::WaitOn::Io).on(1).waits(trace::WaitOn::Io);
  b.at(0.95).on(2).task_raises(2, "HTTPError", "404 Not Found").waits(trace::WaitOn::Queue);
  b.on(0).delivers(2, 1, trace::DeliveredBy::AsCompleted).prints("IN: 404 Not Found");
  b.at(1.2);
  return b.take();
}

// Every look a future can have, at 2.0 s: pending, running, returned, raised (unread), cancelled, notified, call queue.
inline trace::Run states_run() {
  using trace::FutureState;
  trace::Header header = loiter_header();
  header.title = "states";
  header.mode = trace::Mode::Processes;
  RunBuilder b(header);
  b.at(0).main_begins().pool(2, "ProcessPoolExecutor-0");
  b.event(trace::SiteReached{"main.map"});
  for (std::uint32_t future = 1; future <= 7; ++future) b.submit(future, "task(" + std::to_string(future) + ")");
  b.worker_begins(1, trace::LaneKind::Process).task_begins(1);
  b.worker_begins(2, trace::LaneKind::Process).task_begins(2);
  b.on(0).waits(trace::WaitOn::AsCompleted, {1, 2, 3, 4, 5, 6, 7});
  b.at(0.5).on(1).task_returns(1, "'a text that is rather long for its column'", "str").task_begins(3);
  b.at(1).on(2).task_raises(2, "ValueError", "boom").waits(trace::WaitOn::Queue);
  b.on(0).state(4, FutureState::Pending, FutureState::Cancelled);
  b.state(5, FutureState::Pending, FutureState::Cancelled);
  b.state(5, FutureState::Cancelled, FutureState::CancelledAndNotified);
  b.state(6, FutureState::Pending, FutureState::Running);
  b.at(2);
  return b.take();
}

// Tasks one after the other on some workers, `count` in all, each a little shorter or longer; one in a thousand raises.
inline trace::Run long_run(std::uint32_t count, std::uint32_t workers = 8, double task_seconds = 0.001) {
  trace::Header header = loiter_header();
  header.title = "many";
  header.workers = workers;
  RunBuilder b(header);
  b.at(0).main_begins().pool(workers);
  for (std::uint32_t future = 1; future <= count; ++future) b.submit(future, "task(" + std::to_string(future) + ")");
  for (std::uint32_t lane = 1; lane <= workers; ++lane) b.worker_begins(lane);
  std::uint32_t random = 12345;
  double t = 0;
  const double step = task_seconds / workers;
  std::vector<std::uint32_t> busy(workers + 1, 0);
  std::uint32_t delivered = 0;
  for (std::uint32_t future = 1; future <= count; ++future) {
    random = random * 1664525U + 1013904223U;
    t += step * (0.2 + 1.6 * static_cast<double>(random >> 8) / 16777216.0);
    const std::uint32_t lane = 1 + (future - 1) % workers;
    b.at(t).on(lane);
    if (const std::uint32_t last = busy[lane]; last != 0) {
      if (last % 1000 == 0) {
        b.task_raises(last, "ValueError", "boom");
      } else {
        b.task_returns(last, std::to_string(last * 10));
      }
      if (last % 10 == 0)
        b.on(0)
            .delivers(last, delivered++, trace::DeliveredBy::AsCompleted)
            .prints("result " + std::to_string(last))
            .on(lane);
    }
    b.task_begins(future);
    busy[lane] = future;
  }
  return b.take();
}

}  // namespace loiter::samples
