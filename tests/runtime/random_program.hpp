// A program drawn from a seed: participants that sleep, park, unpark one another, compute, spawn, join and fail.
//
// Shape    The same seed gives the same program; in a simulated run also the same events. Joins go from parents to
//          their children only, so nobody waits in a circle; a park without deadline may well last for ever.
// Threads  Its bodies run on participants; everything they share is under a lock.
#pragma once

#include <mutex>
#include <random>
#include <stdexcept>
#include <vector>

#include "runtime/runtime.hpp"

namespace loiter::runtime {

// What a judge needs to know of a program and does not hear as an observer.
class Witness {
 public:
  virtual ~Witness() = default;
  virtual void spawns() {}
  virtual void unparks(Participant&) {}
  virtual void computes(Participant&, bool /*begins*/) {}
};

class RandomProgram {
 public:
  struct Units {
    Duration sleep;
    Duration work;
  };
  RandomProgram(Runtime& runtime, std::uint64_t seed, Units units, Witness* witness = nullptr)
      : m_runtime(runtime), m_units(units), m_witness(witness ? *witness : m_nobody), m_seed(seed) {}

  void operator()() { run(m_seed, 0); }

  // Somebody who has begun; null if nobody has.
  Participant* anybody(std::uint64_t draw) {
    std::lock_guard lock(m_mutex);
    return m_everybody.empty() ? nullptr : m_everybody[draw % m_everybody.size()];
  }

 private:
  void run(std::uint64_t seed, int depth) {
    std::mt19937_64 random(seed);
    {
      std::lock_guard lock(m_mutex);
      m_everybody.push_back(&Runtime::current());
    }
    std::vector<LaneId> children;
    const int steps = depth == 0 ? 40 : static_cast<int>(random() % 20);
    for (int i = 0; i < steps; ++i) take_step(random, depth, children);
  }

  void take_step(std::mt19937_64& random, int depth, std::vector<LaneId>& children) {
    const auto units = static_cast<std::int64_t>(random() % 6);
    const Duration d = units * m_units.sleep;
    switch (random() % 16) {
      case 0:
      case 1:
      case 2:
        return m_runtime.sleep_for(d);
      case 3:
      case 4:
        m_runtime.park({.on = WaitOn::Queue}, m_runtime.now() + d);
        return;
      case 5:
      case 6:
      case 7:
      case 8:
        if (Participant* other = anybody(random())) {
          m_witness.unparks(*other);
          m_runtime.unpark(*other);
        }
        return;
      case 9:
        m_runtime.checkpoint();
        return;
      case 10:
        m_runtime.interleave();
        return;
      case 11:
      case 12:
        return spawn(random(), depth, children);
      case 13:
        return compute(units * m_units.work);
      case 14:
        if (!children.empty()) m_runtime.join(children[random() % children.size()]);
        return;
      default:
        if (random() % 4 == 0) m_runtime.park({.on = WaitOn::Result});
        if (depth > 0 && random() % 8 == 0) throw std::runtime_error("no luck");
    }
  }

  void spawn(std::uint64_t seed, int depth, std::vector<LaneId>& children) {
    if (depth == 3) return;
    m_runtime.checkpoint();  // a stop is thrown here, before the witness is told of a participant that will not be
    m_witness.spawns();
    children.push_back(m_runtime.spawn({.name = "child"}, [this, seed, depth] { run(seed, depth + 1); }));
  }

  void compute(Duration d) {
    m_witness.computes(Runtime::current(), true);
    m_runtime.compute(d);
    m_witness.computes(Runtime::current(), false);
  }

  Runtime& m_runtime;
  Units m_units;
  Witness m_nobody;
  Witness& m_witness;
  std::uint64_t m_seed;
  std::mutex m_mutex;
  std::vector<Participant*> m_everybody;
};

}  // namespace loiter::runtime
