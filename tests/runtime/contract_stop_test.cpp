#include <atomic>
#include <memory>

#include "lab.hpp"

using namespace loiter;
using namespace loiter::runtime;

namespace {

// Stops it, and checks that everybody who began has ended, nobody with an error.
template <class R>
void stop_and_check(Lab<R>& lab) {
  lab.runtime.stop();
  lab.wait_for_end();
  CHECK(lab.runtime.is_stopping());
  CHECK(lab.runtime.main_error() == nullptr);
  std::map<std::string, int> alive;
  for (const std::string& line : lab.log.lines()) {
    if (line.ends_with(" began")) ++alive[line.substr(0, line.size() - 6)];
    if (line.ends_with(" ended")) --alive[line.substr(0, line.size() - 6)];
  }
  for (const auto& [name, count] : alive) {
    CAPTURE(name);
    CHECK(count == 0);
  }
}

}  // namespace

TEMPLATE_TEST_CASE("a stop ends a run in which everybody waits", "[contract][live]", Live, Simulated) {
  Lab<TestType> lab;
  lab.runtime.set_pace({.rate = 1.0});
  lab.runtime.start([&] {
    std::vector<LaneId> lanes;
    lanes.push_back(lab.spawn("parked", [&] { lab.runtime.park({.on = WaitOn::Queue}); }));
    lanes.push_back(lab.spawn("timed", [&] { lab.runtime.park({.on = WaitOn::Queue}, at(1000h)); }));
    lanes.push_back(lab.spawn("sleeper", [&] { lab.runtime.sleep_for(1000h); }));
    for (const LaneId lane : lanes) lab.runtime.join(lane);
  });
  for (const char* line : {"parked waits", "timed waits", "sleeper waits", "main waits join 1"}) lab.log.wait_for(line);
  stop_and_check(lab);
  for (const char* line :
       {"parked queue aborted", "timed queue aborted", "sleeper sleep aborted", "main join aborted"}) {
    CHECK(lab.log.has(line));
  }
}

TEMPLATE_TEST_CASE("a stop ends computations", "[contract][live]", Live, Simulated) {
  Lab<TestType> lab;
  lab.runtime.set_pace({.rate = 1.0});
  std::atomic<int> began = 0;
  lab.runtime.start([&] {
    for (int i = 0; i < 6; ++i) {
      lab.spawn("computer", [&] {
        ++began;
        lab.runtime.compute(1000h);
      });
    }
  });
  spin_until([&] { return began == 6; });
  stop_and_check(lab);
}

TEMPLATE_TEST_CASE("a stop ends a run that is paused", "[contract][live]", Live, Simulated) {
  Lab<TestType> lab;
  lab.runtime.set_pace({.rate = 1.0});
  std::atomic<bool> goes_on = false;
  lab.runtime.start([&] {
    lab.spawn("sleeper", [&] { lab.runtime.sleep_for(1000h); });
    lab.spawn("parked", [&] { lab.runtime.park({.on = WaitOn::Queue}); });
    lab.spawn("computer", [&] { lab.runtime.compute(1000h); });
    lab.runtime.checkpoint();
    goes_on = true;
    for (;;) lab.runtime.checkpoint();
  });
  spin_until([&] { return goes_on.load(); });
  lab.runtime.pause();
  stop_and_check(lab);
}

TEMPLATE_TEST_CASE("a run that was stopped before it began ends without running its body", "[contract][live]", Live,
                   Simulated) {
  Lab<TestType> lab;
  std::atomic<bool> ran = false;
  lab.runtime.stop();
  CHECK(lab.runtime.phase() == Phase::Waiting);
  CHECK(lab.run([&] { ran = true; }) == Phase::Ended);
  CHECK_FALSE(ran);
}

TEMPLATE_TEST_CASE("stopping twice, or after the end, is as once", "[contract][live]", Live, Simulated) {
  Lab<TestType> lab;
  lab.runtime.set_pace({.rate = 1.0});
  lab.runtime.start([&] { lab.runtime.sleep_for(1000h); });
  lab.log.wait_for("main waits sleep");
  lab.runtime.stop();
  stop_and_check(lab);
  stop_and_check(lab);
  lab.runtime.pause();
  lab.runtime.resume();
  lab.runtime.set_pace({.rate = 2.0});
  CHECK(lab.runtime.phase() == Phase::Ended);
}

TEMPLATE_TEST_CASE("code that catches std::exception does not swallow a stop", "[contract][live]", Live, Simulated) {
  Lab<TestType> lab;
  lab.runtime.set_pace({.rate = 1.0});
  bool swallowed = false;
  bool seen = false;
  lab.runtime.start([&] {
    try {
      lab.runtime.sleep_for(1000h);
    } catch (const std::exception&) {
      swallowed = true;
    } catch (const Aborted&) {
      seen = true;
      throw;
    }
  });
  lab.log.wait_for("main waits sleep");
  stop_and_check(lab);
  CHECK_FALSE(swallowed);
  CHECK(seen);
}

TEMPLATE_TEST_CASE("whoever goes on after a stop is told again at the next wait", "[contract][live]", Live, Simulated) {
  Lab<TestType> lab;
  lab.runtime.set_pace({.rate = 1.0});
  int told = 0;
  lab.runtime.start([&] {
    const std::vector<std::function<void()>> waits{
        [&] { lab.runtime.sleep_for(1000h); },
        [&] { lab.runtime.sleep_for(0s); },
        [&] { lab.runtime.park({.on = WaitOn::Queue}); },
        [&] { lab.runtime.compute(1s); },
        [&] { lab.runtime.checkpoint(); },
        [&] { lab.spawn("child", [] {}); },
    };
    for (const auto& wait : waits) {
      try {
        wait();
      } catch (const Aborted&) {
        ++told;
      }
    }
  });
  lab.log.wait_for("main waits sleep");
  stop_and_check(lab);
  CHECK(told == 6);
  CHECK_FALSE(lab.log.has("child began"));
}

TEMPLATE_TEST_CASE("a stop in the middle of spawning ends everybody spawned so far", "[contract][live]", Live,
                   Simulated) {
  Lab<TestType> lab;
  lab.runtime.set_pace({.rate = 1.0});
  std::atomic<int> began = 0;
  std::function<void(int)> spawn_more = [&](int depth) {
    ++began;
    for (int i = 0; i < 3 && depth < 8; ++i) lab.spawn("child", [&, depth] { spawn_more(depth + 1); });
    lab.runtime.park({.on = WaitOn::Queue});
  };
  lab.runtime.start([&] { spawn_more(0); });
  spin_until([&] { return began > 20; });
  stop_and_check(lab);
}

TEMPLATE_TEST_CASE("a stopped run is as late as it was shown to be", "[contract][live]", Live, Simulated) {
  Lab<TestType> lab;
  lab.runtime.set_pace({.rate = 1000.0});
  lab.runtime.start([&] { lab.runtime.sleep_for(1000h); });
  lab.log.wait_for("main waits sleep");
  spin_until([&] { return lab.runtime.shown_now() >= at(2s); });
  const Instant shown = lab.runtime.shown_now();
  stop_and_check(lab);
  CHECK(lab.runtime.now() >= shown);
  CHECK(lab.runtime.now() < at(1000h));
}

TEMPLATE_TEST_CASE("what a body holds is destroyed before its participant ends", "[contract][live]", Live, Simulated) {
  Lab<TestType> lab;
  bool was_participant = false;
  std::shared_ptr<void> held(nullptr, [&](void*) {
    was_participant = Runtime::is_participant();
    lab.runtime.sleep_for(1s);
  });
  lab.run([held = std::move(held)] {});
  CHECK(was_participant);
  CHECK(lab.log.has("main sleep timeout"));
  CHECK(lab.log.place("main sleep timeout") < lab.log.place("main ended"));
}

TEMPLATE_TEST_CASE("destroying a runtime ends its run, whatever it is doing", "[contract][live]", Live, Simulated) {
  const auto what = GENERATE(as<std::string>{}, "nothing", "waiting", "sleeping", "computing", "paused", "stepping");
  CAPTURE(what);
  std::atomic<int> unwound = 0;
  {
    Lab<TestType> lab;
    lab.runtime.set_pace({.rate = 1.0});
    std::atomic<bool> began = false;
    if (what == "paused" || what == "stepping") lab.runtime.pause();
    const auto body = [&] {
      const std::shared_ptr<void> guard(nullptr, [&](void*) { ++unwound; });
      began = true;
      if (what == "waiting") lab.runtime.park({.on = WaitOn::Queue});
      if (what == "sleeping") lab.runtime.sleep_for(1000h);
      if (what == "computing") lab.runtime.compute(1000h);
      for (;;) lab.runtime.park({.on = WaitOn::Queue});
    };
    if (what != "nothing") {
      lab.runtime.start(body);
      if (what == "stepping") {
        lab.runtime.step();
        lab.runtime.step();
      }
      if (what != "paused") spin_until([&] { return began.load(); });
    }
  }
  CHECK(unwound == (what == "nothing" || what == "paused" ? 0 : 1));
}
