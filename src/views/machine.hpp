// What the machine below the lanes was up to: who held the GIL and who waited for it, which cores were busy, and how long
// computing took by the lab's clock and by that of the core.
//
//   times.update(run);                          // takes in what is new
//   const MachineCounters all = times.counters_at(run, t);
//   const LaneUse lane = times.use_at(run, 2, t);
//
// Shape    MachineTimes is a cache of running sums that grows with the run: an update costs what has happened since the
//          last one, a question about a lane a few searches. Everything is a function of the run and an instant.
// Units    Lab time. What crosses the instant counts up to it; computing counts once it has been measured, at its end.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "trace/run.hpp"

namespace loiter::views {

// How a lane has spent its time so far.
struct LaneUse {
  Duration lasted{};       // since it began
  Duration ran{};          // waited for nothing
  Duration held{};         // the GIL, a shared one or its own
  Duration wanted_gil{};   // waited for it
  Duration wanted_core{};  // waited for a virtual core
  Duration stopwatch{};    // of its computing, by the lab's clock ...
  Duration cpu{};          // ... and by that of the core
  friend bool operator==(const LaneUse&, const LaneUse&) = default;
};

struct MachineCounters {
  std::size_t switches = 0;  // of the shared GIL, from one lane to another
  std::optional<double>
      waited_for_gil;            // share of the time in which lanes held or wanted a GIL; none: they did neither
  std::size_t busy = 0;          // lanes that run at the instant itself, each on a core
  double busy_on_average = 0.0;  // the same since the run began
  friend bool operator==(const MachineCounters&, const MachineCounters&) = default;
};

class MachineTimes {
 public:
  void update(const trace::Run& run);
  void clear() { *this = {}; }

  // Of the lane at that place of Run::lanes().
  [[nodiscard]] LaneUse use_at(const trace::Run& run, std::size_t lane, Instant t) const;
  [[nodiscard]] MachineCounters counters_at(const trace::Run& run, Instant t) const;

 private:
  // Sums over all spans of a lane before the one at the same place.
  struct WaitSums {
    Duration all{};
    Duration gil{};
    Duration core{};
  };
  struct ComputedSums {
    Duration stopwatch{};
    Duration cpu{};
  };
  struct LaneSums {
    LaneId id;
    std::vector<WaitSums> waits;
    std::vector<Duration> held;
    std::vector<ComputedSums> computed;
    void update(const trace::Lane& lane);
  };

  std::vector<LaneSums> m_lanes;  // as in Run::lanes()
  std::uint64_t m_events_seen = 0;
};

// Lanes whose time is worth a row: those of the program itself.
[[nodiscard]] bool uses_cores(const trace::Lane& lane);
// The lane that holds the GIL that all threads share, if any does.
[[nodiscard]] std::optional<LaneId> gil_holder_at(const trace::Run& run, Instant t);

// "71", "50 %", "1 of 4", "1.0".
struct CounterWords {
  std::string switches, waited, busy, average;
};
[[nodiscard]] CounterWords counter_words(const trace::Header& header, const MachineCounters& counters);
// "0.080", "12.3", "1234": seconds in at most so many letters as a column has.
[[nodiscard]] std::string column_seconds(Duration d);

}  // namespace loiter::views
