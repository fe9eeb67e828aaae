#include <atomic>

#include "lab.hpp"

using namespace loiter;
using namespace loiter::runtime;

namespace {

using RealClock = std::chrono::steady_clock;

}  // namespace

TEMPLATE_TEST_CASE("at instant pace a thousand hours of sleep take no time to speak of", "[contract][live]", Live,
                   Simulated) {
  Lab<TestType> lab;
  lab.run([&] {
    for (int i = 0; i < 10; ++i) lab.runtime.sleep_for(100h);
  });
  CHECK(lab.runtime.now() >= at(1000h));
}

TEMPLATE_TEST_CASE("a fast clock brings a sleep to its end early", "[contract][live]", Live, Simulated) {
  Lab<TestType> lab;
  lab.runtime.set_pace({.rate = 1e9});
  lab.run([&] { lab.runtime.sleep_for(1000h); });
  CHECK(lab.runtime.now() >= at(1000h));
}

TEMPLATE_TEST_CASE("the clock shown keeps its pace", "[contract][live]", Live, Simulated) {
  const double rate = GENERATE(0.25, 1.0, 8.0);
  CAPTURE(rate);
  Lab<TestType> lab;
  lab.runtime.set_pace({.rate = rate});
  lab.runtime.start([&] { lab.runtime.sleep_for(1000h); });
  lab.log.wait_for(lab.runtime.is_simulated() ? "settled" : "main waits sleep");
  const auto real_before = RealClock::now();
  const Instant lab_first = lab.runtime.shown_now();
  const auto real_after = RealClock::now();
  const auto until = real_after + 5ms;
  while (RealClock::now() < until) std::this_thread::yield();
  const auto real_last = RealClock::now();
  const Instant lab_last = lab.runtime.shown_now();
  const auto real_end = RealClock::now();
  CHECK(lab_last - lab_first >= from_seconds(rate * 0.99 * to_seconds(real_last - real_after)));
  if (!lab.runtime.is_simulated()) {
    CHECK(lab_last - lab_first <= from_seconds(rate * 1.01 * to_seconds(real_end - real_before)));
  }
}

TEMPLATE_TEST_CASE("the pace may change while everybody sleeps", "[contract][live]", Live, Simulated) {
  const double rate = GENERATE(1e-9, 1.0);
  const double then = GENERATE(1e9, std::numeric_limits<double>::infinity());
  Lab<TestType> lab;
  lab.runtime.set_pace({.rate = rate});
  lab.runtime.start([&] { lab.runtime.sleep_for(1000h); });
  lab.log.wait_for("main waits sleep");
  lab.runtime.set_pace({.rate = then});
  CHECK(lab.wait() == Phase::Ended);
  CHECK(lab.log.has("main sleep timeout"));
}

TEMPLATE_TEST_CASE("at any pace sleepers wake in the order of their deadlines", "[contract][live]", Live, Simulated) {
  const double rate = GENERATE(1e12, std::numeric_limits<double>::infinity());
  CAPTURE(rate);
  Lab<TestType> lab;
  lab.runtime.set_pace({.rate = rate});
  std::mutex mutex;
  std::vector<int> order;
  lab.run([&] {
    const Instant start = lab.runtime.now();
    for (const int i : {3, 1, 2}) {
      lab.spawn("sleeper", [&, i, start] {
        const Instant until = start + i * 10'000h;
        while (lab.runtime.now() < until) lab.runtime.park({.on = WaitOn::Sleep}, until);
        std::lock_guard lock(mutex);
        order.push_back(i);
      });
    }
  });
  // At 1e12 an hour is 4 ns of a live clock: too short to tell who is first.
  if (!lab.runtime.is_simulated() && rate == 1e12) std::sort(order.begin(), order.end());
  CHECK(order == std::vector{1, 2, 3});
}

TEMPLATE_TEST_CASE("a deadline beyond all time is waited for until the run is stopped", "[contract][live]", Live,
                   Simulated) {
  Lab<TestType> lab;
  lab.runtime.set_pace({.rate = 1.0});
  lab.runtime.start([&] {
    lab.runtime.sleep_for(1s - 1s + 1ns);
    lab.runtime.sleep_for(Duration::max());
  });
  lab.log.wait_for("main waits sleep until 9.22337204e+09");
  lab.runtime.stop();
  lab.wait_for_end();
  CHECK(lab.log.has("main sleep aborted"));
}

TEMPLATE_TEST_CASE("the clock stands still before the run and after it", "[contract][live]", Live, Simulated) {
  Lab<TestType> lab;
  lab.runtime.set_pace({.rate = 1e6});
  CHECK(lab.runtime.shown_now() == at(0s));
  let_things_go_wrong();
  CHECK(lab.runtime.shown_now() == at(0s));
  lab.run([&] { lab.runtime.sleep_for(1s); });
  const Instant end = lab.runtime.shown_now();
  CHECK(end >= at(1s));
  let_things_go_wrong();
  lab.runtime.set_pace({.rate = 1.0});
  lab.runtime.pause();
  lab.runtime.resume();
  let_things_go_wrong();
  CHECK(lab.runtime.shown_now() == end);
  CHECK(lab.runtime.now() == end);
}

TEMPLATE_TEST_CASE("wait() gives up after the real time it was given", "[contract][live]", Live, Simulated) {
  Lab<TestType> lab;
  CHECK(lab.runtime.wait(1h) == Phase::Waiting);
  lab.runtime.set_pace({.rate = 1.0});
  lab.runtime.start([&] { lab.runtime.sleep_for(1000h); });
  CHECK(lab.runtime.wait(0s) == Phase::Running);
  CHECK(lab.runtime.wait(-1s) == Phase::Running);
  CHECK(lab.runtime.wait(1ms) == Phase::Running);
  lab.runtime.stop();
  CHECK(lab.runtime.wait(std::chrono::nanoseconds::max()) == Phase::Ended);
}
