// What the live runtime keeps about a participant. For its own sources only.
#pragma once

#include <atomic>
#include <thread>
#include <vector>

#include "runtime/live.hpp"

namespace loiter::runtime {

struct Live::Member final : Participant {
  using Participant::Participant;

  // Each side writes its own flag before it reads the other's, so that one of the two sees the other come.
  std::atomic<bool> permit{false};  // an unpark that no park has used up
  std::atomic<bool> parked{false};
  std::atomic<bool> has_begun{false};  // with a GIL: it has had its lock
  Member* parent = nullptr;            // that waits for it to begin
  CondVar wake;
  // Below: under m_mutex.
  Deadline deadline;
  bool counted = false;  // parked, but its waker counts it as awake already
  bool ended = false;
  std::vector<Member*> joiners;
  std::thread thread;
};

}  // namespace loiter::runtime
