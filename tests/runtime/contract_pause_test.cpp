#include <atomic>

#include "lab.hpp"

using namespace loiter;
using namespace loiter::runtime;

TEMPLATE_TEST_CASE("a run that starts paused does nothing until it is resumed", "[contract][live]", Live, Simulated) {
  Lab<TestType> lab;
  std::atomic<bool> ran = false;
  lab.runtime.pause();
  CHECK(lab.runtime.is_paused());
  lab.runtime.start([&] { ran = true; });
  let_things_go_wrong();
  CHECK_FALSE(ran);
  CHECK(lab.log.events() == 0);
  CHECK(lab.runtime.phase() == Phase::Running);
  lab.runtime.resume();
  CHECK_FALSE(lab.runtime.is_paused());
  CHECK(lab.wait() == Phase::Ended);
  CHECK(ran);
}

TEMPLATE_TEST_CASE("while sleepers are paused the clock stands still, whatever its pace becomes", "[contract][live]",
                   Live, Simulated) {
  Lab<TestType> lab;
  lab.runtime.set_pace({.rate = 1.0});
  lab.runtime.start([&] { lab.runtime.sleep_for(1000h); });
  lab.log.wait_for("main waits sleep");
  lab.runtime.pause();
  const Instant held = lab.runtime.shown_now();
  let_things_go_wrong();
  CHECK(lab.runtime.shown_now() == held);
  lab.runtime.set_pace(Pace::instant());
  let_things_go_wrong();
  CHECK(lab.runtime.shown_now() == held);
  CHECK(lab.runtime.phase() == Phase::Running);
  lab.runtime.resume();
  CHECK(lab.wait() == Phase::Ended);
  CHECK(lab.log.has("main sleep timeout"));
}

TEMPLATE_TEST_CASE("the clock goes on from where it was held", "[contract][live]", Live, Simulated) {
  Lab<TestType> lab;
  lab.runtime.set_pace({.rate = 1e-3});
  lab.runtime.start([&] { lab.runtime.sleep_for(1000h); });
  lab.log.wait_for("main waits sleep");
  Instant last = lab.runtime.shown_now();
  for (int i = 0; i < 20; ++i) {
    const auto real_before = std::chrono::steady_clock::now();
    lab.runtime.pause();
    const Instant held = lab.runtime.shown_now();
    lab.runtime.set_pace({.rate = i % 2 == 0 ? 1e-3 : 1e-4});
    lab.runtime.resume();
    const Instant resumed = lab.runtime.shown_now();
    const auto real_after = std::chrono::steady_clock::now();
    CHECK(held >= last);
    CHECK(resumed >= held);
    CHECK(resumed - held <= from_seconds(1e-3 * 1.01 * to_seconds(real_after - real_before)));
    last = resumed;
  }
}

TEMPLATE_TEST_CASE("a participant that is woken while the run is paused goes on when it is resumed", "[contract][live]",
                   Live, Simulated) {
  Lab<TestType> lab;
  std::atomic<bool> went_on = false;
  Participant* main = nullptr;
  lab.runtime.set_pace({.rate = 1.0});
  lab.runtime.start([&] {
    main = &Runtime::current();
    lab.runtime.park({.on = WaitOn::Queue}, at(1000h));
    went_on = true;
  });
  lab.log.wait_for("main waits queue");
  lab.runtime.pause();
  lab.runtime.unpark(*main);
  let_things_go_wrong();
  CHECK_FALSE(went_on);
  lab.runtime.resume();
  CHECK(lab.wait() == Phase::Ended);
  CHECK(went_on);
}

TEMPLATE_TEST_CASE("computing code stops at its next checkpoint while the run is paused", "[contract][live]", Live,
                   Simulated) {
  Lab<TestType> lab;
  std::atomic<long> rounds = 0;
  std::atomic<bool> enough = false;
  lab.runtime.start([&] {
    while (!enough) {
      ++rounds;
      lab.runtime.checkpoint();
    }
  });
  spin_until([&] { return rounds > 10; });
  lab.runtime.pause();
  const long at_pause = rounds;
  if (!lab.runtime.is_simulated()) lab.log.wait_for("main waits pause");
  let_things_go_wrong();
  CHECK(rounds <= at_pause + 1);
  enough = true;
  lab.runtime.resume();
  CHECK(lab.wait() == Phase::Ended);
}

TEMPLATE_TEST_CASE("a computation that is paused goes on where it was", "[contract][live]", Live, Simulated) {
  Lab<TestType> lab;
  lab.runtime.set_pace({.rate = 1.0});
  std::atomic<bool> began = false;
  lab.runtime.start([&] {
    began = true;
    lab.runtime.compute(5ms);
  });
  spin_until([&] { return began.load(); });
  for (int i = 0; i < 10; ++i) {
    lab.runtime.pause();
    lab.runtime.resume();
  }
  CHECK(lab.wait() == Phase::Ended);
  CHECK(lab.runtime.now() >= at(5ms));
}

TEMPLATE_TEST_CASE("pausing and resuming more than once is as once", "[contract][live]", Live, Simulated) {
  Lab<TestType> lab;
  lab.runtime.resume();
  lab.runtime.pause();
  lab.runtime.pause();
  lab.runtime.start([&] { lab.runtime.sleep_for(1s); });
  lab.runtime.resume();
  lab.runtime.resume();
  CHECK(lab.wait() == Phase::Ended);
}

TEMPLATE_TEST_CASE("a run that is paused and resumed all the time comes to its end", "[contract][live]", Live,
                   Simulated) {
  Lab<TestType> lab;
  std::atomic<bool> over = false;
  std::thread nervous([&] {
    while (!over) {
      lab.runtime.pause();
      lab.runtime.resume();
      std::this_thread::yield();
    }
  });
  std::atomic<int> done = 0;
  lab.runtime.start([&] {
    for (int i = 0; i < 4; ++i) {
      lab.spawn("worker", [&] {
        for (int k = 0; k < 25; ++k) {
          lab.runtime.sleep_for(1s);
          lab.runtime.compute(10us);
        }
        ++done;
      });
    }
  });
  const bool ended = lab.runtime.wait(2min) == Phase::Ended;
  over = true;
  nervous.join();
  CHECK(ended);
  CHECK(done == 4);
}
