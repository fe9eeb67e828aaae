// in_lab(): runs a piece of a benchmark as the main program of a live run, with the recorder on.
//
// Shape    The events are drained by a thread beside it every 15 ms, as the engine does, and counted; none may be lost.
#pragma once

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <thread>
#include <vector>

#include "futures/context.hpp"
#include "futures/thread_pool_executor.hpp"
#include "runtime/live.hpp"
#include "trace/recorder.hpp"

namespace loiter::bench {

template <class Body>
void in_lab(Body body) {
  trace::Recorder recorder;
  std::uint64_t lost = 0;
  {
    runtime::Live runtime(recorder);
    recorder.attach(runtime);
    futures::Context context(runtime, recorder);
    runtime.start([&] { body(context); });
    std::vector<trace::Event> events;
    const auto drain = [&] {
      for (bool more = true; more;) {
        more = recorder.take(events);
        for (const trace::Event& event : events) {
          if (const auto* l = std::get_if<trace::Lost>(&event.body)) lost += l->count;
        }
      }
    };
    while (runtime.wait(std::chrono::milliseconds(15)) != runtime::Phase::Ended) drain();
    drain();
  }
  if (lost > 0) {
    std::fprintf(stderr, "%llu events were lost\n", static_cast<unsigned long long>(lost));
    std::exit(1);
  }
}

}  // namespace loiter::bench
