// Runs under a GIL made by hand, as the lab's simulated clock makes them.
#pragma once

#include <functional>

#include "views/sample_runs.hpp"

namespace loiter::samples {

// Two threads that compute for so many slices each under CPython's GIL, one slice of 5 ms after the other.
class TurnsBuilder {
 public:
  explicit TurnsBuilder(int slices, double slice_seconds = 0.005, trace::GilKind gil = trace::GilKind::Cpython)
      : m_slices(slices), m_slice(slice_seconds), m_run(header(gil)) {}

  // `seen` is shown the run after each turn.
  trace::Run make(const std::function<void(const trace::Run&)>& seen = nullptr) {
    m_run.at(0).main_begins().event(taken).pool(2).submit(1, "work(0)").submit(2, "work(1)");
    m_run.waits(trace::WaitOn::Wait, {1, 2}).event(dropped);
    m_run.worker_begins(1).event(taken).task_begins(1);
    m_run.worker_begins(2).waits(trace::WaitOn::Gil);
    for (int slice = 1; slice < 2 * m_slices; ++slice) {
      pass_on(slice);
      if (seen) seen(m_run.run());
    }
    end_of_last();
    return m_run.take();
  }

  static inline const trace::GilChanged taken{trace::GilChange::Taken};
  static inline const trace::GilChanged dropped{trace::GilChange::Dropped};

 private:
  static trace::Header header(trace::GilKind gil) {
    trace::Header header;
    header.title = "turns";
    header.workers = 2;
    header.clock = trace::Clock::Simulated;
    header.unit = std::chrono::milliseconds(10);
    header.gil = gil;
    return header;
  }
  static constexpr std::uint32_t lane_of(int slice) { return 1 + static_cast<std::uint32_t>(slice % 2); }

  void computed(std::uint32_t lane) {
    const auto whole = from_seconds(m_slice * m_slices);
    m_run.on(lane).event(trace::Computed{FutureId{lane}, Instant{}, whole}).task_returns(lane, "1");
  }

  // At the end of a slice the holder is asked to let go, and waits in turn.
  void pass_on(int slice) {
    const std::uint32_t before = lane_of(slice - 1);
    const std::uint32_t after = lane_of(slice);
    m_run.at(m_slice * slice).on(after).event(trace::GilChanged{trace::GilChange::Requested});
    if (slice == 2 * m_slices - 1) computed(before);
    m_run.on(before).event(dropped);
    m_run.waits(slice == 2 * m_slices - 1 ? trace::WaitOn::Queue : trace::WaitOn::Gil);
    m_run.on(after).wait_ends(trace::WaitOn::Gil).event(taken);
    if (slice == 1) m_run.task_begins(2);
  }

  void end_of_last() {
    m_run.at(m_slice * 2 * m_slices);
    computed(2);
    m_run.waits(trace::WaitOn::Queue).event(dropped);
    m_run.on(0).wait_ends(trace::WaitOn::Wait).event(taken);
  }

  int m_slices;
  double m_slice;
  RunBuilder m_run;
};

inline trace::Run turns_run(int slices = 8, double slice_seconds = 0.005) {
  return TurnsBuilder(slices, slice_seconds).make();
}

// A thread that sleeps for 1 ms beside one that computes: each sleep costs it a wait of 5 ms for the GIL.
inline trace::Run convoy_run(int naps = 4) {
  trace::Header header;
  header.clock = trace::Clock::Simulated;
  header.gil = trace::GilKind::Cpython;
  RunBuilder b(header);
  const auto& taken = TurnsBuilder::taken;
  const auto& dropped = TurnsBuilder::dropped;
  b.at(0).main_begins().event(taken).pool(2).submit(1, "compute").submit(2, "nap");
  b.waits(trace::WaitOn::Wait, {1, 2}).event(dropped);
  b.worker_begins(2).event(taken).task_begins(2);
  for (int nap = 0; nap < naps; ++nap) {
    const double t = 0.006 * nap;
    b.at(t).on(2).waits(trace::WaitOn::Sleep, {}, at_seconds(t + 0.001)).event(dropped);
    if (nap == 0) {
      b.worker_begins(1).event(taken).task_begins(1);
    } else {
      b.on(1).wait_ends(trace::WaitOn::Gil).event(taken);
    }
    b.at(t + 0.001).on(2).wait_ends(trace::WaitOn::Sleep).waits(trace::WaitOn::Gil);
    b.at(t + 0.006).on(1).event(dropped).waits(trace::WaitOn::Gil);
    b.on(2).wait_ends(trace::WaitOn::Gil).event(taken);
  }
  return b.take();
}

}  // namespace loiter::samples
