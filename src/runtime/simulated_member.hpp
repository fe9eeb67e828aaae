// What the simulated runtime keeps about a participant. For its own sources only.
//
// Threads  Everything but the base class under Simulated::m_mutex.
#pragma once

#include <optional>
#include <thread>
#include <vector>

#include "runtime/simulated.hpp"

namespace loiter::runtime {

struct Simulated::Member final : Participant {
  using Participant::Participant;

  CondVar turn;
  bool permit = false;  // an unpark that no park has used up
  bool parked = false;
  bool stop_ends_wait = true;
  WaitEnd end = WaitEnd::Ready;  // how the wait it is waking from ended
  std::optional<Timer> timer;
  bool ended = false;
  bool has_core = false;
  std::vector<Member*> joiners;
  std::thread thread;
};

}  // namespace loiter::runtime
