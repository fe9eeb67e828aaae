// What the simulated runtime tells when nobody can run: once an instant, and that it is the end, or a deadlock.
#include <atomic>

#include "lab.hpp"

using namespace loiter;
using namespace loiter::runtime;

TEST_CASE("every instant at which something happened is told as settled once", "[simulated]") {
  Lab<Simulated> lab;
  lab.run([&] {
    for (int i = 0; i < 5; ++i) {
      lab.spawn("sleeper", [&] {
        for (int k = 0; k < 3; ++k) lab.runtime.sleep_for(1s);
      });
    }
    lab.runtime.sleep_for(2s);
  });
  CHECK(lab.log.count("settled") == 3);    // at 0, 1 and 2 s
  CHECK(lab.log.count("quiescent") == 1);  // at 3 s, the end
}

TEST_CASE("a deadlock is known at the instant it happens, with who waits for what", "[simulated]") {
  Lab<Simulated> lab;
  const std::vector futures{FutureId{7}};
  const Phase phase = lab.run([&] {
    lab.spawn("worker", [&] {
      lab.runtime.sleep_for(2s);
      lab.runtime.park({.on = WaitOn::Queue});
    });
    lab.runtime.park({.on = WaitOn::Result, .futures = futures});
  });
  CHECK(phase == Phase::Quiescent);
  CHECK(lab.runtime.phase() == Phase::Quiescent);
  CHECK(lab.runtime.now() == at(2s));
  const std::vector<std::string> lines = lab.log.lines();
  CHECK(lines.back() == "quiescent");
  CHECK(lab.log.count("quiescent") == 1);
  CHECK(lab.log.has("main waits result"));
  CHECK_FALSE(lab.log.has("main result ready"));
  CHECK(lab.log.has("worker waits queue"));
  lab.runtime.stop();
  lab.wait_for_end();
  CHECK(lab.log.has("main result aborted"));
  CHECK(lab.log.has("worker queue aborted"));
}

TEST_CASE("a quiescent run is revived by an unpark from outside, and may become quiescent again", "[simulated]") {
  Lab<Simulated> lab;
  Participant* main = nullptr;
  int woken = 0;
  lab.run([&] {
    main = &Runtime::current();
    while (woken < 3) {
      lab.runtime.park({.on = WaitOn::Queue});
      ++woken;
      lab.runtime.sleep_for(1s);
    }
  });
  for (int i = 1; i <= 3; ++i) {
    CHECK(lab.log.count("quiescent") == i);
    CHECK(lab.runtime.phase() == Phase::Quiescent);
    lab.runtime.unpark(*main);
    spin_until([&] { return lab.log.count("quiescent") == i + 1; });
    CHECK(lab.wait() == (i < 3 ? Phase::Quiescent : Phase::Ended));
  }
  CHECK(woken == 3);
  CHECK(lab.runtime.now() == at(3s));
}

TEST_CASE("a quiescent run stays quiescent through pauses and paces, and is told as such once", "[simulated]") {
  Lab<Simulated> lab;
  lab.run([&] { lab.runtime.park({.on = WaitOn::Queue}); });
  for (int i = 0; i < 20; ++i) {
    lab.runtime.pause();
    CHECK(lab.runtime.wait(1h) == Phase::Quiescent);
    lab.runtime.step();
    CHECK(lab.runtime.wait(1h) == Phase::Quiescent);
    lab.runtime.set_pace({.rate = 2.0});
    lab.runtime.resume();
    CHECK(lab.runtime.wait(1h) == Phase::Quiescent);
  }
  CHECK(lab.log.count("quiescent") == 1);
}

TEST_CASE("a run that is paused as it settles is told so when it goes on", "[simulated]") {
  Lab<Simulated> lab;
  lab.runtime.pause();
  lab.runtime.start([&] { lab.runtime.park({.on = WaitOn::Queue}); });
  lab.runtime.step();
  lab.runtime.step();
  lab.log.wait_for("main waits queue");
  let_things_go_wrong();
  CHECK(lab.runtime.phase() == Phase::Running);
  CHECK_FALSE(lab.log.has("quiescent"));
  lab.runtime.resume();
  CHECK(lab.wait() == Phase::Quiescent);
  CHECK(lab.log.has("quiescent"));
}

TEST_CASE("the observer may record an event when it is told that a run has settled, and be held there", "[simulated]") {
  class Recorder final : public Observer {
   public:
    void settled(bool quiescent) override {
      ++told;
      if (quiescent) runtime->after_event();
      ++went_on;
    }
    Runtime* runtime = nullptr;
    std::atomic<int> told = 0;
    std::atomic<int> went_on = 0;
  } recorder;
  Simulated runtime(recorder);
  recorder.runtime = &runtime;
  std::atomic<bool> hold = true;
  std::atomic<bool> began = false;
  runtime.start([&] {
    began = true;
    spin_until([&] { return !hold; });
  });
  spin_until([&] { return began.load(); });
  SECTION("and goes on when it is resumed") {
    hold = false;
    CHECK(runtime.wait(2min) == Phase::Ended);
  }
  SECTION("until it is stopped") {
    runtime.pause();
    hold = false;
    spin_until([&] { return recorder.told == 1; });
    let_things_go_wrong();
    CHECK(recorder.went_on == 0);
    runtime.stop();
    CHECK(runtime.wait(2min) == Phase::Ended);
  }
  CHECK(recorder.told == 1);
  CHECK(recorder.went_on == 1);
}

TEST_CASE("a simulated run with a deadlock can be thrown away", "[simulated]") {
  std::atomic<int> unwound = 0;
  {
    Lab<Simulated> lab;
    CHECK(lab.run([&] {
      const std::shared_ptr<void> guard(nullptr, [&](void*) { ++unwound; });
      lab.runtime.join(lab.spawn("child", [&] { lab.runtime.park({.on = WaitOn::Queue}); }));
    }) == Phase::Quiescent);
  }
  CHECK(unwound == 1);
}
