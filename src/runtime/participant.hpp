// Participant: a thread of the experiment: its main program, a worker, a pool's manager. The window is none.
//
// Owner    The runtime that spawned it; it lives as long as the runtime, so a pointer to it stays good after its end.
// Threads  Written before its thread starts, constant afterwards; `attachment`, `task` and
//          `is_outside_gil` belong to its own thread.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "base/ids.hpp"

namespace loiter::runtime {

class Gil;

enum class LaneKind : std::uint8_t { Main, Thread, Process, Manager, Server };

struct LaneSpec {
  std::string name;
  LaneKind kind = LaneKind::Thread;
  std::optional<ExecutorId> executor = {};  // of a worker or a manager: its pool
  std::uint32_t pid = 0;                    // of a worker process; 0: this process
};

class Participant {
 public:
  Participant(LaneId id, LaneSpec spec);
  virtual ~Participant();
  Participant(const Participant&) = delete;
  Participant& operator=(const Participant&) = delete;

  LaneId id() const { return m_id; }
  const LaneSpec& spec() const { return m_spec; }

  // For the observer: where this participant's events go.
  void* attachment = nullptr;
  // The future whose call it executes, the innermost if there are several; none outside of any.
  FutureId task{0};
  // The lock that it holds while it runs, and where it is kept if it is its own; null: none.
  Gil* gil = nullptr;
  std::unique_ptr<Gil> own_gil;
  bool is_outside_gil = false;  // its library waits: what that calls back runs without the lock

 private:
  LaneId m_id;
  LaneSpec m_spec;
};

}  // namespace loiter::runtime
