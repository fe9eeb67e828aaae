#include "trace/wait_for_graph.hpp"

#include <catch2/catch_test_macros.hpp>
#include <cstdint>
#include <string>
#include <vector>

#include "trace/script.hpp"

namespace loiter::trace {
namespace {

using Numbers = std::vector<std::uint32_t>;

WaitForGraph graph_of(const Script& s) {
  WaitForGraph graph;
  for (const Event& event : s.recording.events) graph.apply(event);
  return graph;
}

Numbers lanes_of(const StuckSet& set) {
  Numbers numbers;
  for (const LaneId lane : set.lanes) numbers.push_back(lane.value);
  return numbers;
}
Numbers futures_of(const StuckSet& set) {
  Numbers numbers;
  for (const FutureId future : set.futures) numbers.push_back(future.value);
  return numbers;
}

Numbers stuck_lanes(const Script& s) { return lanes_of(graph_of(s).stuck()); }
Numbers stuck_futures(const Script& s) { return futures_of(graph_of(s).stuck()); }
std::string chain_of(const Script& s) {
  const WaitForGraph graph = graph_of(s);
  return graph.chain(graph.stuck());
}

std::string worker_name(std::uint32_t number) { return "ThreadPoolExecutor-0_" + std::to_string(number); }

// main with a pool of `most`, of which `begun` are idle workers on lanes 1, 2, ...
Script pool_of(std::uint32_t most, std::uint32_t begun) {
  Script s;
  s.main().pool(0, most);
  for (std::uint32_t i = 0; i < begun; ++i) {
    s.on(0).grow(0, i + 1).worker(i + 1, 0, worker_name(i)).wait(WaitOn::Queue);
  }
  return s.on(0);
}

// This worker, idle, takes a future from the queue.
Script& take(Script& s, std::uint32_t lane, std::uint32_t future) {
  return s.on(lane).woken(WaitOn::Queue).begin(future);
}

// main submits wait_forever and waits; the worker submits zip to the same pool and waits for it.
Script wait_forever(std::uint32_t most) {
  Script s = pool_of(most, 1);
  s.submit(1, "wait_forever()").wait(WaitOn::Result, {1});
  take(s, 1, 1).submit(2, "zip([1, 2, 3], [4, 5, 6])").wait(WaitOn::Result, {2});
  return s;
}

}  // namespace

TEST_CASE("wait_forever is stuck with one worker") {
  const Script s = wait_forever(1);
  CHECK(stuck_lanes(s) == Numbers{0, 1});
  CHECK(stuck_futures(s) == Numbers{1, 2});
  CHECK(
      chain_of(s) ==
      "ThreadPoolExecutor-0_0 runs wait_forever, which waits for zip (future 2); future 2 waits for a worker; the only "
      "worker is ThreadPoolExecutor-0_0; main waits for wait_forever (future 1).");
}

TEST_CASE("wait_forever is not stuck with two workers, at no moment of their beginning") {
  Script s = wait_forever(2);
  CHECK(stuck_lanes(s).empty());  // not yet started
  s.grow(0, 2);
  CHECK(stuck_lanes(s).empty());  // announced
  s.worker(2, 0, worker_name(1));
  CHECK(stuck_lanes(s).empty());  // runs
  s.wait(WaitOn::Queue);
  CHECK(stuck_lanes(s).empty());  // idle
  take(s, 2, 2).finish(2).wait(WaitOn::Queue);
  CHECK(stuck_lanes(s).empty());
}

TEST_CASE("a pool that is shut down starts no more workers") {
  Script s = wait_forever(2);
  s.on(0).add(PoolShutDown{ExecutorId{0}});
  CHECK(stuck_lanes(s) == Numbers{0, 1});
}

TEST_CASE("two tasks that wait for each other are stuck with any number of workers") {
  for (const std::uint32_t workers : {2U, 5U}) {
    Script s = pool_of(workers, workers);
    s.submit(1, "wait_on_b()").submit(2, "wait_on_a()");
    take(s, 1, 1);
    take(s, 2, 2).wait(WaitOn::Result, {1});
    CHECK(stuck_lanes(s).empty());
    s.on(1).wait(WaitOn::Result, {2});
    CHECK(stuck_lanes(s) == Numbers{1, 2});
    CHECK(chain_of(s) ==
          "ThreadPoolExecutor-0_0 runs wait_on_b, which waits for wait_on_a (future 2); ThreadPoolExecutor-0_1 runs "
          "wait_on_a, which waits for wait_on_b (future 1).");
  }
}

TEST_CASE("a chain of nested waits needs as many workers as it is deep") {
  constexpr std::uint32_t depth = 4;
  for (std::uint32_t workers = 1; workers <= 5; ++workers) {
    INFO(workers << " workers");
    Script s = pool_of(workers, workers);
    s.submit(1, "task(1)").wait(WaitOn::Result, {1});
    for (std::uint32_t k = 1; k <= depth && k <= workers; ++k) {
      take(s, k, k);
      if (k < depth) s.submit(k + 1, "task(" + std::to_string(k + 1) + ")").wait(WaitOn::Result, {k + 1});
    }
    CHECK(stuck_lanes(s).size() == (workers < depth ? workers + 1 : 0));
  }
}

TEST_CASE("the chain of a starved chain names every link and all workers") {
  Script s = pool_of(2, 2);
  s.submit(1, "task(1)").wait(WaitOn::Result, {1});
  take(s, 1, 1).submit(2, "task(2)").wait(WaitOn::Result, {2});
  take(s, 2, 2).submit(3, "task(3)").wait(WaitOn::Result, {3});
  CHECK(chain_of(s) ==
        "ThreadPoolExecutor-0_0 runs task(1), which waits for task(2) (future 2); ThreadPoolExecutor-0_1 runs task(2), "
        "which waits for task(3) (future 3); future 3 waits for a worker; all 2 workers, ThreadPoolExecutor-0_0 and "
        "ThreadPoolExecutor-0_1, wait too; main waits for task(1) (future 1).");
}

TEST_CASE("a partial deadlock is found while other lanes still work") {
  Script s = pool_of(2, 2);
  s.submit(1, "f()").submit(2, "g()");
  take(s, 1, 1).wait(WaitOn::Result, {1});
  take(s, 2, 2).wait(WaitOn::Sleep, {}, false, seconds_in(5));
  s.on(0).wait(WaitOn::Result, {2});
  CHECK(stuck_lanes(s) == Numbers{1});
  CHECK(stuck_futures(s) == Numbers{1});
}

TEST_CASE("a task that waits for its own result is stuck") {
  Script s = pool_of(2, 1);
  s.submit(1, "narcissus()");
  take(s, 1, 1).wait(WaitOn::Result, {1});
  CHECK(stuck_lanes(s) == Numbers{1});
  CHECK(chain_of(s) == "ThreadPoolExecutor-0_0 runs narcissus, which waits for its own result (future 1).");
}

TEST_CASE("a deadline rescues everyone who waits behind it") {
  Script s = pool_of(1, 1);
  s.submit(1, "outer()").wait(WaitOn::Result, {1});
  take(s, 1, 1).submit(2, "inner()").wait(WaitOn::Result, {2}, false, seconds_in(4));
  CHECK(stuck_lanes(s).empty());
}

TEST_CASE("sleeping, I/O, the GIL and a pause are progress") {
  for (const WaitOn on : {WaitOn::Sleep, WaitOn::Io, WaitOn::Gil, WaitOn::Pause}) {
    Script s = pool_of(1, 1);
    s.submit(1, "f()").wait(WaitOn::Result, {1});
    take(s, 1, 1).wait(on);
    CHECK(stuck_lanes(s).empty());
  }
}

TEST_CASE("a computing lane is progress, and all its nested tasks are") {
  Script s;
  s.main().pool(0, 0).submit(1, "outer()").begin(1).submit(2, "inner()").begin(2);
  s.on(1).add(LaneBegan{LaneKind::Thread, "helper"}).wait(WaitOn::Result, {1});
  CHECK(stuck_lanes(s).empty());
  s.on(0).join(1);
  CHECK(stuck_lanes(s) == Numbers{0, 1});
  CHECK(stuck_futures(s) == Numbers{1, 2});
}

TEST_CASE("one future of several is enough for some waits and not for others") {
  for (const bool any : {true, false}) {
    Script s = pool_of(1, 1);
    s.submit(1, "f()").submit(2, "g()").submit(3, "h()");
    take(s, 1, 1).finish(1).begin(2).wait(WaitOn::Result, {2});  // g waits for itself
    s.on(0).wait(any ? WaitOn::AsCompleted : WaitOn::Wait, {1, 2, 3}, any);
    CHECK(stuck_lanes(s) == (any ? Numbers{1} : Numbers{0, 1}));
    s.woken(any ? WaitOn::AsCompleted : WaitOn::Wait).wait(WaitOn::AsCompleted, {2, 3}, true);
    CHECK(stuck_lanes(s) == Numbers{0, 1});
  }
}

TEST_CASE("a wait that lists only some of its futures is not judged") {
  Script s = pool_of(1, 1);
  s.submit(1, "f()");
  take(s, 1, 1).wait(WaitOn::Result, {1});
  s.on(0).add(WaitBegan{WaitOn::AsCompleted, {FutureId{1}}, 3, true});
  CHECK(stuck_lanes(s) == Numbers{1});
  s.on(2).add(LaneBegan{LaneKind::Thread, "helper"}).join(0);
  CHECK(stuck_lanes(s) == Numbers{1});
}

TEST_CASE("an idle worker can take what is queued, but moves nobody by itself") {
  Script s = pool_of(1, 1);
  s.submit(1, "f()").wait(WaitOn::Result, {1});
  CHECK(stuck_lanes(s).empty());

  Script joins = pool_of(1, 1);
  joins.join(1);
  CHECK(stuck_lanes(joins) == Numbers{0});
  CHECK(chain_of(joins) ==
        "ThreadPoolExecutor-0_0 waits for work that nobody submits; main waits for ThreadPoolExecutor-0_0 to end.");
  joins.add(PoolShutDown{ExecutorId{0}});
  CHECK(stuck_lanes(joins).empty());
}

TEST_CASE("a future that a shutdown cancelled is never reported to wait and as_completed") {
  for (const bool any : {true, false}) {
    Script s = pool_of(1, 1);
    s.submit(1, "busy()").submit(2, "queued()");
    take(s, 1, 1).wait(WaitOn::Sleep, {}, false, seconds_in(9));
    s.on(0).add(PoolShutDown{ExecutorId{0}, true}).cancel(2);
    s.wait(any ? WaitOn::AsCompleted : WaitOn::Wait, {2}, any);
    CHECK(stuck_lanes(s) == Numbers{0});
    CHECK(stuck_futures(s) == Numbers{2});
    CHECK(chain_of(s) ==
          "main waits for queued (future 2); future 2 was cancelled when its pool's queue was emptied, so "
          "no worker will ever report it.");
  }
}

TEST_CASE("a future that was cancelled before the shutdown emptied the queue is lost as well") {
  Script s = pool_of(1, 1);
  s.submit(1, "busy()").submit(2, "queued()");
  take(s, 1, 1).wait(WaitOn::Sleep, {}, false, seconds_in(9));
  s.on(0).cancel(2).add(PoolShutDown{ExecutorId{0}, true}).wait(WaitOn::Wait, {2});
  CHECK(stuck_lanes(s) == Numbers{0});
}

TEST_CASE("result() sees at once that a future is cancelled") {
  for (const WaitOn on : {WaitOn::Result, WaitOn::Map}) {
    Script s = pool_of(1, 1);
    s.submit(1, "busy()").submit(2, "queued()");
    take(s, 1, 1).wait(WaitOn::Sleep, {}, false, seconds_in(9));
    s.on(0).add(PoolShutDown{ExecutorId{0}, true}).cancel(2).wait(on, {2});
    CHECK(stuck_lanes(s).empty());
  }
}

TEST_CASE("wait hears of a cancelled future when a worker can still take it from the queue") {
  Script s = pool_of(1, 1);
  s.submit(1, "busy()").submit(2, "queued()");
  take(s, 1, 1).wait(WaitOn::Sleep, {}, false, seconds_in(2));
  s.on(0).cancel(2).wait(WaitOn::Wait, {2});
  CHECK(stuck_lanes(s).empty());
  s.on(1).woken(WaitOn::Sleep).wait(WaitOn::Result, {1});  // now the only worker waits for itself
  CHECK(stuck_lanes(s) == Numbers{0, 1});
  CHECK(
      chain_of(s) ==
      "ThreadPoolExecutor-0_0 runs busy, which waits for its own result (future 1); main waits for queued (future 2); "
      "future 2 is cancelled, but only a worker can report it; the only worker is ThreadPoolExecutor-0_0.");
  s.state(2, FutureState::Cancelled, FutureState::CancelledAndNotified);
  CHECK(stuck_lanes(s) == Numbers{1});
}

TEST_CASE("a pool in the middle of cancelling its queue is not judged") {
  Script s = pool_of(1, 1);
  s.submit(1, "busy()").submit(2, "queued()");
  take(s, 1, 1).wait(WaitOn::Sleep, {}, false, seconds_in(9));
  s.on(0).wait(WaitOn::Result, {2}).on(1).add(PoolShutDown{ExecutorId{0}, true});
  CHECK(stuck_lanes(s).empty());
}

TEST_CASE("what has entered the call queue when the pool is shut down will run") {
  Script s = pool_of(1, 1);
  s.submit(1, "busy()").submit(2, "queued()");
  take(s, 1, 1).on(0).running(2).add(PoolShutDown{ExecutorId{0}, true}).wait(WaitOn::Result, {2});
  s.on(1).wait(WaitOn::Sleep);
  CHECK(stuck_lanes(s).empty());
  s.woken(WaitOn::Sleep).wait(WaitOn::Result, {2});
  CHECK(stuck_lanes(s) == Numbers{0, 1});
}

TEST_CASE("who joins a stuck worker is stuck, who joins one that ends is not") {
  Script s = wait_forever(1);
  s.on(0).woken(WaitOn::Result, WaitEnd::Timeout).add(PoolShutDown{ExecutorId{0}}).join(1);
  CHECK(stuck_lanes(s) == Numbers{0, 1});
  CHECK(
      chain_of(s) ==
      "ThreadPoolExecutor-0_0 runs wait_forever, which waits for zip (future 2); future 2 waits for a worker; the only "
      "worker is ThreadPoolExecutor-0_0; main waits for ThreadPoolExecutor-0_0 to end.");
  // The rescue: the inner future is cancelled, so the worker's result() raises.
  s.on(0).cancel(2);
  CHECK(stuck_lanes(s).empty());
  s.on(1).woken(WaitOn::Result, WaitEnd::Cancelled).raise(1, "CancelledError").add(LaneEnded{});
  CHECK(stuck_lanes(s).empty());
}

TEST_CASE("two pools whose tasks wait for each other's queues are stuck together") {
  Script s;
  s.main().pool(0, 1).pool(1, 1, "ThreadPoolExecutor-1");
  s.worker(1, 0, "ThreadPoolExecutor-0_0")
      .wait(WaitOn::Queue)
      .worker(2, 1, "ThreadPoolExecutor-1_0")
      .wait(WaitOn::Queue);
  s.on(0).submit(1, "a()", 0).submit(2, "b()", 1).wait(WaitOn::Wait, {1, 2});
  take(s, 1, 1).submit(3, "c()", 1).wait(WaitOn::Result, {3});
  CHECK(stuck_lanes(s).empty());
  take(s, 2, 2).submit(4, "d()", 0).wait(WaitOn::Result, {4});
  CHECK(stuck_lanes(s) == Numbers{0, 1, 2});
  CHECK(stuck_futures(s) == Numbers{1, 2, 3, 4});
  CHECK(
      chain_of(s) ==
      "ThreadPoolExecutor-0_0 runs a, which waits for c (future 3); future 3 waits for a worker; the only worker is "
      "ThreadPoolExecutor-1_0; main waits for a (future 1) and another; ThreadPoolExecutor-1_0 runs b, which waits for "
      "d (future 4); future 4 waits for a worker; the only worker is ThreadPoolExecutor-0_0.");
}

TEST_CASE("a promise can be completed by anybody who moves, and by nobody else") {
  Script s = pool_of(1, 1);
  s.on(2).add(LaneBegan{LaneKind::Thread, "helper"});
  s.on(0).wait(WaitOn::Result, {7});
  CHECK(stuck_lanes(s).empty());
  s.on(2).wait(WaitOn::Result, {8});
  CHECK(stuck_lanes(s) == Numbers{0, 2});
  CHECK(stuck_futures(s) == Numbers{7, 8});
  CHECK(chain_of(s) ==
        "main waits for future 7; nobody is left who could complete future 7; helper waits for future 8; "
        "nobody is left who could complete future 8.");
}

TEST_CASE("a worker about to take a task may complete a promise") {
  Script s = pool_of(1, 1);
  s.submit(1, "f()").wait(WaitOn::Result, {7});
  CHECK(stuck_lanes(s).empty());
}

TEST_CASE("a result on its way may complete a promise") {
  Script s;
  s.main().pool(0, 1, "ProcessPoolExecutor-0").submit(1, "f()");
  s.on(2).add(LaneBegan{LaneKind::Manager, "manager-0", 0, 0, ExecutorId{0}}).wait(WaitOn::Queue);
  s.worker(1, 0, "Process-1", LaneKind::Process).on(2).running(1).on(1).add(TaskBegan{FutureId{1}});
  s.on(0).wait(WaitOn::Result, {7});
  s.on(1).add(TaskEnded{FutureId{1}}).wait(WaitOn::Queue);
  CHECK(stuck_lanes(s).empty());
  s.on(2).state(1, FutureState::Running, FutureState::Finished);
  CHECK(stuck_lanes(s) == Numbers{0});
}

TEST_CASE("a result on its way may complete a promise, whoever will receive it") {
  Script s;
  s.main().pool(0, 1, "ProcessPoolExecutor-0").submit(1, "f()").running(1);
  s.worker(1, 0, "Process-1", LaneKind::Process).add(TaskBegan{FutureId{1}});
  s.on(0).wait(WaitOn::Result, {7}).on(1).add(TaskEnded{FutureId{1}}).wait(WaitOn::Queue);
  CHECK(stuck_lanes(s).empty());
  s.state(1, FutureState::Running, FutureState::Finished);
  CHECK(stuck_lanes(s) == Numbers{0});
}

TEST_CASE("a process pool's manager waits for a stuck worker even if another is idle") {
  Script s;
  s.main().pool(0, 2, "ProcessPoolExecutor-0").submit(1, "f()");
  s.on(3).add(LaneBegan{LaneKind::Manager, "manager-0", 0, 0, ExecutorId{0}}).wait(WaitOn::Queue).running(1);
  s.worker(1, 0, "Process-1", LaneKind::Process).add(TaskBegan{FutureId{1}}).wait(WaitOn::Result, {1});
  s.worker(2, 0, "Process-2", LaneKind::Process).wait(WaitOn::Queue);
  s.on(0).add(PoolShutDown{ExecutorId{0}}).join(3);
  CHECK(stuck_lanes(s) == Numbers{0, 1});
}

TEST_CASE("an idle process that its manager has told to end will end, though it has not woken yet") {
  Script s;
  s.main().pool(0, 2, "ProcessPoolExecutor-0");
  s.on(3).add(LaneBegan{LaneKind::Manager, "manager-0", 0, 0, ExecutorId{0}}).wait(WaitOn::Queue);
  s.worker(1, 0, "Process-1", LaneKind::Process).wait(WaitOn::Queue);
  s.worker(2, 0, "Process-2", LaneKind::Process).wait(WaitOn::Queue);
  s.on(0).add(PoolShutDown{ExecutorId{0}}).join(3);
  s.on(3).woken(WaitOn::Queue).join(1);
  CHECK(stuck_lanes(s).empty());
  s.on(1).woken(WaitOn::Queue).add(LaneEnded{});
  s.on(3).woken(WaitOn::Join).join(2);
  CHECK(stuck_lanes(s).empty());
}

TEST_CASE("workers that have ended are no workers any more") {
  Script s = pool_of(2, 2);
  s.on(2).woken(WaitOn::Queue).add(LaneEnded{});
  s.on(0).submit(1, "f()").submit(2, "g()");
  take(s, 1, 1).wait(WaitOn::Result, {2});
  CHECK(stuck_lanes(s).empty());  // another worker may be started
  s.on(0).grow(0, 2).worker(3, 0, worker_name(2)).wait(WaitOn::Result, {2});
  CHECK(stuck_lanes(s) == Numbers{1, 3});
}

TEST_CASE("a process pool's manager moves while its workers do") {
  Script s;
  s.main().pool(0, 2, "ProcessPoolExecutor-0").submit(1, "f()");
  s.on(3).add(LaneBegan{LaneKind::Manager, "manager-0", 0, 0, ExecutorId{0}}).wait(WaitOn::Queue);
  s.worker(1, 0, "Process-1", LaneKind::Process).worker(2, 0, "Process-2", LaneKind::Process).wait(WaitOn::Queue);
  s.on(3).running(1).on(1).add(TaskBegan{FutureId{1}}).wait(WaitOn::Sleep);
  s.on(0).add(PoolShutDown{ExecutorId{0}}).join(3);
  CHECK(stuck_lanes(s).empty());
  s.on(1).woken(WaitOn::Sleep).wait(WaitOn::Result, {99}).on(0).woken(WaitOn::Join).wait(WaitOn::Sleep);
  CHECK(stuck_lanes(s).empty());  // main may complete the promise
  s.woken(WaitOn::Sleep).wait(WaitOn::Result, {1});
  s.on(2).woken(WaitOn::Queue).wait(WaitOn::Result, {98});
  CHECK(stuck_lanes(s) == Numbers{0, 1, 2});
}

TEST_CASE("in a process pool a call queue is a queue too") {
  Script s;
  s.main().pool(0, 1, "ProcessPoolExecutor-0").submit(1, "f()").submit(2, "g()").running(1).running(2);
  s.worker(1, 0, "Process-1", LaneKind::Process).add(TaskBegan{FutureId{1}}).wait(WaitOn::Result, {2});
  s.on(0).wait(WaitOn::Wait, {1, 2});
  CHECK(stuck_lanes(s) == Numbers{0, 1});
  CHECK(stuck_futures(s) == Numbers{1, 2});
}

TEST_CASE("what lies in the queue of a stuck pool is stuck, what lies elsewhere is not") {
  Script s = wait_forever(1);
  s.on(0).woken(WaitOn::Result, WaitEnd::Timeout).pool(1, 1).submit(3, "later()").submit(4, "elsewhere()", 1);
  CHECK(stuck_lanes(s) == Numbers{1});
  CHECK(stuck_futures(s) == Numbers{1, 2, 3});
}

TEST_CASE("a broken pool, a dead worker and a run that is over are not judged") {
  Script broken = wait_forever(1);
  broken.on(0).add(PoolBroken{ExecutorId{0}, "died"});
  CHECK(stuck_lanes(broken).empty());

  Script dead = pool_of(1, 1);
  dead.submit(1, "f()").wait(WaitOn::Result, {1});
  take(dead, 1, 1).add(LaneEnded{});
  CHECK(stuck_lanes(dead).empty());

  Script ended = wait_forever(1);
  ended.on(0).add(RunEnded{RunEnd::Stopped});
  CHECK(stuck_lanes(ended).empty());

  Script stopping = wait_forever(1);
  stopping.on(1).woken(WaitOn::Result, WaitEnd::Aborted);
  CHECK(stuck_lanes(stopping).empty());
}

TEST_CASE("a worker added by hand frees the stuck") {
  Script s = wait_forever(1);
  WaitForGraph graph = graph_of(s);
  CHECK(graph.needs_check());
  CHECK_FALSE(graph.stuck().empty());
  CHECK_FALSE(graph.needs_check());
  graph.apply({seconds_in(1), main_lane, PoolGrown{ExecutorId{0}, 2}});
  CHECK(graph.needs_check());
  CHECK(graph.stuck().empty());
  CHECK_FALSE(graph.needs_check());
}

TEST_CASE("nothing is checked while no lane could be stuck") {
  Script s = pool_of(1, 1);
  s.submit(1, "f()");
  take(s, 1, 1).wait(WaitOn::Sleep).woken(WaitOn::Sleep).finish(1).wait(WaitOn::Queue);
  WaitForGraph graph = graph_of(s);
  CHECK_FALSE(graph.needs_check());
  graph.apply({seconds_in(1), main_lane, WaitBegan{WaitOn::Result, {FutureId{1}}}});
  CHECK(graph.needs_check());
  CHECK(graph.stuck().empty());
  graph.apply({seconds_in(1), main_lane, Printed{"x"}});
  graph.apply({seconds_in(1), main_lane, WaitEnded{WaitOn::Result}});
  CHECK_FALSE(graph.needs_check());
}

TEST_CASE("a long chain of waits is cut off with a count") {
  constexpr std::uint32_t count = 40;
  Script s = pool_of(count, count);
  for (std::uint32_t i = 1; i <= count; ++i) s.on(0).submit(i, "link(" + std::to_string(i) + ")");
  for (std::uint32_t i = 1; i <= count; ++i) take(s, i, i).wait(WaitOn::Result, {i % count + 1});
  const std::string chain = chain_of(s);
  CHECK(stuck_lanes(s).size() == count);
  CHECK(chain.find("; 35 more wait so in a row; ThreadPoolExecutor-0_39 runs link(40), which waits for link(1) ") !=
        std::string::npos);
  CHECK(chain.starts_with("ThreadPoolExecutor-0_0 runs link(1), which waits for link(2) (future 2); "));
  CHECK(chain.size() < 2000);
}

TEST_CASE("many workers are counted, not listed") {
  Script s = pool_of(6, 6);
  for (std::uint32_t i = 1; i <= 6; ++i) {
    s.on(0).submit(i, "outer()");
    take(s, i, i);
  }
  for (std::uint32_t i = 1; i <= 6; ++i) s.on(i).submit(6 + i, "inner()").wait(WaitOn::Result, {6 + i});
  CHECK(chain_of(s).starts_with(
      "ThreadPoolExecutor-0_0 runs outer, which waits for inner (future 7); future 7 waits for a worker; all 6 "
      "workers, "
      "ThreadPoolExecutor-0_0, ThreadPoolExecutor-0_1, ThreadPoolExecutor-0_2, ThreadPoolExecutor-0_3 and 2 more, wait "
      "too; ThreadPoolExecutor-0_1 runs outer, which waits for inner (future 8); future 8 waits for a worker too; "));
}

TEST_CASE("a recorded run that speaks of a pool that never was claims nothing about it") {
  WaitForGraph graph;
  const LaneId main{0};
  graph.apply(main, EventBody(LaneBegan{.kind = LaneKind::Main, .name = "main"}));
  graph.apply(main, Submitted{.future = FutureId{1}, .executor = ExecutorId{7}, .label = "f"});
  graph.apply(main, TaskBegan{.future = FutureId{1}});
  graph.apply(main, TaskEnded{.future = FutureId{1}, .outcome = Outcome::Returned, .type = "int", .text = "3"});
  graph.apply(main, WaitBegan{.on = WaitOn::Map, .futures = {FutureId{1}, FutureId{9}}});
  CHECK(graph.dead_ends(graph.stuck()).size() <= 2);
}

}  // namespace loiter::trace
