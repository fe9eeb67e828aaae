// The clock shown of a simulated run that is paced for the eye.
#include <atomic>

#include "lab.hpp"

using namespace loiter;
using namespace loiter::runtime;

TEST_CASE("the clock shown moves on between two instants, and waits at the next", "[simulated]") {
  std::atomic<bool> hold = true;
  std::atomic<bool> arrived = false;
  Lab<Simulated> lab;
  lab.runtime.set_pace({.rate = 1.0});
  lab.runtime.start([&] {
    lab.runtime.sleep_for(2h);
    arrived = true;
    spin_until([&] { return !hold; });
    lab.runtime.sleep_for(2h);
  });
  std::vector<Instant> seen{at(0s)};
  spin_until([&] {
    const Instant shown = lab.runtime.shown_now();
    if (shown != seen.back()) seen.push_back(shown);
    return seen.size() == 10;
  });
  CHECK(std::is_sorted(seen.begin(), seen.end()));
  CHECK(seen.back() < at(2h));
  lab.runtime.set_pace({.rate = 1e9});
  spin_until([&] { return arrived.load(); });
  let_things_go_wrong();
  CHECK(lab.runtime.shown_now() == at(2h));
  CHECK(lab.runtime.now() == at(2h));
  hold = false;
  CHECK(lab.wait() == Phase::Ended);
  CHECK(lab.runtime.shown_now() == at(4h));
}

TEST_CASE("the virtual clock stands still while the clock shown moves", "[simulated]") {
  Lab<Simulated> lab;
  lab.runtime.set_pace({.rate = 1000.0});
  lab.runtime.start([&] { lab.runtime.sleep_for(1000h); });
  spin_until([&] { return lab.runtime.shown_now() > at(1s); });
  CHECK(lab.runtime.now() == at(0s));
}

TEST_CASE("a deadline that is armed late is not before the clock shown", "[simulated]") {
  Lab<Simulated> lab;
  lab.runtime.set_pace({.rate = 1e6});
  std::atomic<bool> went_back = false;
  std::atomic<bool> over = false;
  lab.runtime.start([&] {
    lab.spawn("far", [&] { lab.runtime.sleep_for(1000h); });
    for (int i = 0; i < 5; ++i) {
      let_things_go_wrong();  // an hour, as the eye would see it
      lab.runtime.sleep_for(1s);
    }
    over = true;
  });
  Instant last{};
  spin_until([&] {
    const Instant shown = lab.runtime.shown_now();
    if (shown < last) went_back = true;
    last = shown;
    return over.load();
  });
  CHECK_FALSE(went_back);
}

TEST_CASE("what the outside does between two instants happens at the time shown", "[simulated]") {
  Lab<Simulated> lab;
  lab.runtime.set_pace({.rate = 1000.0});
  Participant* main = nullptr;
  Instant woken{};
  Instant slept{};
  lab.runtime.start([&] {
    main = &Runtime::current();
    lab.runtime.park({.on = WaitOn::Queue}, at(1000h));
    woken = lab.runtime.now();
    lab.runtime.sleep_for(1s);
    slept = lab.runtime.now();
  });
  spin_until([&] { return lab.runtime.shown_now() > at(2s); });
  SECTION("while it runs") {}
  SECTION("while it is paused") { lab.runtime.pause(); }
  const Instant before = lab.runtime.shown_now();
  lab.runtime.unpark(*main);
  const Instant after = lab.runtime.shown_now();
  lab.runtime.resume();
  CHECK(after >= before);
  CHECK(lab.wait() == Phase::Ended);
  CHECK(woken >= before);
  CHECK(woken < at(1000h));
  CHECK(slept == woken + 1s);
}

TEST_CASE("the clock shown never goes back, whatever is done to it", "[simulated]") {
  Lab<Simulated> lab;
  lab.runtime.set_pace({.rate = 10.0});
  std::atomic<bool> over = false;
  std::atomic<int> went_back = 0;
  std::atomic<Participant*> parked = nullptr;
  std::thread watcher([&] {
    for (Instant last{}; !over;) {
      const Instant shown = lab.runtime.shown_now();
      if (shown < last) ++went_back;
      last = shown;
      std::this_thread::yield();
    }
  });
  lab.runtime.start([&] {
    parked = &Runtime::current();
    for (int i = 0; i < 4; ++i) {
      lab.spawn("sleeper", [&, i] {
        for (;;) lab.runtime.sleep_for(std::chrono::milliseconds(1 + 7 * i));
      });
    }
    for (;;) lab.runtime.park({.on = WaitOn::Queue}, lab.runtime.now() + 10s);
  });
  spin_until([&] { return parked != nullptr; });
  for (int i = 0; i < 400; ++i) {
    switch (i % 6) {
      case 0:
        lab.runtime.pause();
        break;
      case 1:
        lab.runtime.step();
        break;
      case 2:
        lab.runtime.unpark(*parked);
        break;
      case 3:
        lab.runtime.resume();
        break;
      case 4:
        lab.runtime.set_pace({.rate = 1e3});
        break;
      default:
        lab.runtime.set_pace({.rate = 1e-3});
        break;
    }
    std::this_thread::yield();
  }
  over = true;
  watcher.join();
  CHECK(went_back == 0);
}

TEST_CASE("a run that falls behind its pace does not hurry after it", "[simulated]") {
  Lab<Simulated> lab;
  lab.runtime.set_pace({.rate = 1.0});
  std::atomic<bool> hold = true;
  lab.runtime.start([&] {
    lab.spawn("far", [&] { lab.runtime.sleep_for(1000h); });
    spin_until([&] { return !hold; });
  });
  lab.log.wait_for("far waits sleep");
  const auto until = std::chrono::steady_clock::now() + 60ms;
  while (std::chrono::steady_clock::now() < until) std::this_thread::yield();
  const auto real_before = std::chrono::steady_clock::now();
  hold = false;
  lab.log.wait_for("settled");
  const Instant shown = lab.runtime.shown_now();
  const auto real_after = std::chrono::steady_clock::now();
  CHECK(shown <= at(real_after - real_before + 20ms));
}
