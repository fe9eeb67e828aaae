// What the simulated runtime keeps about a participant. For its own sources only.
//
// Threads  Everything but the base class and the turn under Simulated::m_mutex.
#pragma once

#include <optional>
#include <thread>
#include <vector>

#include "runtime/simulated.hpp"

namespace loiter::runtime {

// Where a participant waits for the baton. It has a lock of its own, so that who is woken does not at once wait again
// for the lock of the one that woke it.
class Turn {
 public:
  void give() {
    {
      Lock lock(m_mutex);
      m_is_mine = true;
    }
    m_given.notify_one();
  }
  void take() {
    Lock lock(m_mutex);
    while (!m_is_mine) m_given.wait(m_mutex);
    m_is_mine = false;
  }

 private:
  Mutex m_mutex;
  CondVar m_given;
  bool m_is_mine LOITER_GUARDED_BY(m_mutex) = false;
};

struct Simulated::Member final : Participant {
  using Participant::Participant;

  Turn turn;
  bool permit = false;  // an unpark that no park has used up
  bool parked = false;
  bool stop_ends_wait = true;
  WaitEnd end = WaitEnd::Ready;  // how the wait it is waking from ended
  std::optional<Timer> timer;
  bool ended = false;
  bool has_core = false;
  Duration computed{};  // time of a core that it has used
  std::vector<Member*> joiners;
  std::thread thread;
};

}  // namespace loiter::runtime
