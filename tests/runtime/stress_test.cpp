// Random programs under a nervous hand on the controls: for races, lost wake-ups and ends that do not come.
#include <atomic>
#include <catch2/catch_get_random_seed.hpp>

#include "lab.hpp"
#include "random_program.hpp"

using namespace loiter;
using namespace loiter::runtime;

namespace {

// Counts, and passes every event on, as a recorder does.
class Counter final : public Observer {
 public:
  void participant_began(Participant&) override { count(alive, 1); }
  void participant_ended(Participant&, std::exception_ptr) override { count(alive, -1); }
  void wait_began(Participant&, const Reason& reason, Deadline) override {
    ++waiting;
    if (reason.on != WaitOn::Pause) runtime->after_event();
  }
  void wait_ended(Participant&, WaitOn on, WaitEnd) override {
    --waiting;
    if (on != WaitOn::Pause) runtime->after_event();
  }
  Runtime* runtime = nullptr;
  std::atomic<int> alive = 0;
  std::atomic<int> waiting = 0;

 private:
  void count(std::atomic<int>& what, int by) {
    what += by;
    runtime->after_event();
  }
};

void disturb(Runtime& runtime, RandomProgram& program, std::mt19937_64& random) {
  switch (random() % 10) {
    case 0:
      return runtime.pause();
    case 1:
    case 2:
      return runtime.resume();
    case 3:
      return runtime.step();
    case 4:
      return runtime.set_pace(Pace::instant());
    case 5:
      return runtime.set_pace({.rate = 1e3});
    case 6:
      return runtime.set_pace({.rate = 1e-3});
    case 7:
      static_cast<void>(runtime.wait(1us));
      return;
    case 8:
      static_cast<void>(runtime.shown_now());
      return;
    default:
      if (Participant* somebody = program.anybody(random())) runtime.unpark(*somebody);
  }
}

template <class R>
R make_runtime(Observer& observer, std::uint64_t seed);
template <>
Live make_runtime<Live>(Observer& observer, std::uint64_t) {
  return Live(observer);
}
template <>
Simulated make_runtime<Simulated>(Observer& observer, std::uint64_t seed) {
  return Simulated(observer, {.random = seed % 2 == 0, .seed = seed, .cores = 2});
}

}  // namespace

TEMPLATE_TEST_CASE("random programs under random control end when they are stopped, with nobody left behind",
                   "[contract][live]", Live, Simulated) {
  for (std::uint64_t i = 0; i < 40; ++i) {
    const std::uint64_t seed = i % 2 == 0 ? i : Catch::getSeed() + i;
    CAPTURE(seed);
    Counter counter;
    std::mt19937_64 random(seed);
    {
      std::optional<RandomProgram> program;  // outlives the run
      TestType runtime = make_runtime<TestType>(counter, seed);
      counter.runtime = &runtime;
      program.emplace(runtime, seed, RandomProgram::Units{.sleep = 500us, .work = 10us});
      runtime.start([&] { (*program)(); });
      for (int k = 0; k < 60; ++k) disturb(runtime, *program, random);
      if (random() % 2 == 0) {
        runtime.stop();
        spin_until([&] { return runtime.wait(2min) == Phase::Ended; });
        CHECK(counter.alive == 0);
      }
    }
    CHECK(counter.alive == 0);
    CHECK(counter.waiting == 0);
  }
}

TEMPLATE_TEST_CASE("random programs that are left alone come to their end or to a standstill", "[contract][live]", Live,
                   Simulated) {
  for (std::uint64_t i = 0; i < 20; ++i) {
    const std::uint64_t seed = i % 2 == 0 ? i : Catch::getSeed() + i;
    CAPTURE(seed);
    Counter counter;
    std::optional<RandomProgram> program;
    TestType runtime = make_runtime<TestType>(counter, seed);
    counter.runtime = &runtime;
    runtime.set_pace(Pace::instant());
    program.emplace(runtime, seed, RandomProgram::Units{.sleep = 1h, .work = 10us});
    runtime.start([&] { (*program)(); });
    // Live: who waits for ever is woken from outside until there is nobody any more.
    std::mt19937_64 random(seed);
    spin_until([&] {
      if (Participant* somebody = program->anybody(random())) runtime.unpark(*somebody);
      return runtime.phase() == Phase::Ended;
    });
    CHECK(counter.alive == 0);
    CHECK(counter.waiting == 0);
    CHECK(runtime.main_error() == nullptr);
  }
}
