// A run to ask about: three calls on two workers, the slow one first; and one that is stuck.
#pragma once

#include "trace/script.hpp"

namespace loiter::lessons {

// slow: 0 to 4 s, on worker 1. quick #1: 0 to 1 s, quick #2: 1 to 2 s, on worker 2. Delivered in the order of the calls,
// all at 4 s. The exception of quick #2 is read; its own cancelled sibling "late" is cancelled at 2 s.
inline trace::Run sample_run() {
  using namespace trace;
  Script script;
  script.recording.header.workers = 2;
  script.at(0).main().pool(0, 2);
  script.submit(1, "slow").submit(2, "quick").submit(3, "quick").submit(4, "late");
  script.worker(1, 0, "ThreadPoolExecutor-0_0").begin(1).worker(2, 0, "ThreadPoolExecutor-0_1").begin(2);
  script.at(1).on(2).finish(2).begin(3);
  script.at(2).on(2).raise(3, "ValueError", "boom").on(0).cancel(4);
  script.at(4).on(1).finish(1).on(0);
  for (const std::uint32_t future : {1U, 2U, 3U}) script.add(Delivered{FutureId{future}, DeliveredBy::Map, future - 1});
  script.add(Printed{"done"}).add(RunEnded{RunEnd::Finished});
  return script.run();
}

inline trace::Run stuck_run() {
  using namespace trace;
  Script script;
  script.at(0).main().pool(0, 1).submit(1, "outer").worker(1, 0, "ThreadPoolExecutor-0_0").begin(1);
  script.at(1).submit(2, "inner").wait(WaitOn::Result, {2});
  script.add(Stuck{{LaneId{1}}, {FutureId{1}, FutureId{2}}, "outer waits for inner"}).add(RunEnded{RunEnd::Stuck});
  return script.run();
}

}  // namespace loiter::lessons
