// Virtual cores of the simulated runtime: compute() holds one; while others wait for one, holders take turns.
#include <algorithm>

#include "runtime/simulated.hpp"
#include "runtime/simulated_member.hpp"

namespace loiter::runtime {
namespace {
// How long a core is held while somebody waits for it. Longer: coarser sharing; shorter: more switches to simulate.
constexpr Duration slice = std::chrono::milliseconds(10);
}  // namespace

void Simulated::compute(Duration d) {
  auto& me = static_cast<Member&>(current());
  const Instant since = now();
  const Duration all = d;
  while (d > Duration::zero()) {
    checkpoint();
    take_core(me);
    const Instant began = now();
    const auto somebody_waits = [&] {
      Lock lock(m_mutex);
      return !m_core_queue.empty();
    };
    WaitEnd end = WaitEnd::Ready;
    for (Instant until = began; end != WaitEnd::Aborted;) {
      until = instant_after(began, somebody_waits() ? std::min(d, slice) : d);
      if (now() >= until || (me.gil != nullptr && me.gil->is_requested())) break;
      end = block(me, until, true);  // Ready: somebody has begun to wait for a core, or for the GIL
    }
    d -= now() - began;
    me.computed += now() - began;
    give_core(me);
    if (end == WaitEnd::Aborted) throw Aborted{};
  }
  computed(since, all);
}

Duration Simulated::cpu_time() { return static_cast<Member&>(current()).computed; }

void Simulated::take_core(Member& me) {
  {
    Lock lock(m_mutex);
    if (m_free_cores > 0) {
      --m_free_cores;
      m_core_holders.push_back(&me);
      return;
    }
    me.has_core = false;
    m_core_queue.push_back(&me);
    for (Member* holder : m_core_holders) {
      if (holder->parked) make_runnable(*holder, WaitEnd::Ready);
    }
  }
  m_observer.wait_began(me, {.on = WaitOn::Core}, std::nullopt);
  const bool has_core = wait_for_core(me);
  m_observer.wait_ended(me, WaitOn::Core, has_core ? WaitEnd::Ready : WaitEnd::Aborted);
  if (!has_core) throw Aborted{};
}

// False: the run is being stopped.
bool Simulated::wait_for_core(Member& me) {
  for (;;) {
    const WaitEnd end = block(me, std::nullopt, true);
    Lock lock(m_mutex);
    if (me.has_core) return true;
    if (end == WaitEnd::Aborted) {
      std::erase(m_core_queue, &me);
      return false;
    }
  }
}

void Simulated::give_core(Member& me) {
  Lock lock(m_mutex);
  std::erase(m_core_holders, &me);
  me.has_core = false;
  if (m_core_queue.empty()) {
    ++m_free_cores;
    return;
  }
  Member& next = *m_core_queue.front();
  m_core_queue.pop_front();
  m_core_holders.push_back(&next);
  next.has_core = true;
  if (!next.parked) {
    next.permit = true;
    return;
  }
  make_runnable(next, WaitEnd::Ready);
}

}  // namespace loiter::runtime
