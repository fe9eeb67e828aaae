#include <atomic>

#include "lab.hpp"

using namespace loiter;
using namespace loiter::runtime;

namespace {

// As an executor does in its destructor: nobody outlives it.
template <class R>
struct Joins {
  R& runtime;
  LaneId lane;
  ~Joins() { runtime.join_for_cleanup(lane); }
};

}  // namespace

TEMPLATE_TEST_CASE("a join waits until the other's body has ended", "[contract][live]", Live, Simulated) {
  Lab<TestType> lab;
  std::atomic<bool> done = false;
  bool was_done = false;
  lab.run([&] {
    const LaneId child = lab.spawn("child", [&] {
      lab.runtime.sleep_for(5s);
      done = true;
    });
    lab.runtime.join(child);
    was_done = done;
  });
  CHECK(was_done);
  CHECK(lab.log.has("main waits join 1"));
  CHECK(lab.log.has("main join ready"));
}

TEMPLATE_TEST_CASE("a join of a participant that has ended returns at once and is not told", "[contract][live]", Live,
                   Simulated) {
  Lab<TestType> lab;
  lab.run([&] {
    const LaneId child = lab.spawn("child", [] {});
    spin_until([&] { return lab.log.has("child ended"); });
    lab.runtime.join(child);
    const auto told = lab.log.events();
    lab.runtime.join(child);
    lab.runtime.join_for_cleanup(child);
    if (lab.log.events() != told) throw std::runtime_error("a join that need not wait was told");
  });
  CHECK(lab.runtime.main_error() == nullptr);
}

TEMPLATE_TEST_CASE("several may join one", "[contract][live]", Live, Simulated) {
  Lab<TestType> lab;
  std::atomic<int> joined = 0;
  lab.run([&] {
    const LaneId child = lab.spawn("child", [&] { lab.runtime.sleep_for(1000h); });
    for (int i = 0; i < 5; ++i) {
      lab.spawn("joiner", [&, child] {
        lab.runtime.join(child);
        if (lab.runtime.now() >= at(1000h)) ++joined;
      });
    }
  });
  CHECK(joined == 5);
}

TEMPLATE_TEST_CASE("an unpark does not end a join", "[contract][live]", Live, Simulated) {
  Lab<TestType> lab;
  std::atomic<bool> done = false;
  bool was_done = false;
  lab.runtime.set_pace({.rate = 1.0});
  Participant* main = nullptr;
  lab.runtime.start([&] {
    main = &Runtime::current();
    lab.runtime.join(lab.spawn("child", [&] {
      lab.runtime.sleep_for(1000h);
      done = true;
    }));
    was_done = done;
  });
  lab.log.wait_for("main waits join 1");
  for (int i = 0; i < 10; ++i) lab.runtime.unpark(*main);
  lab.runtime.set_pace(Pace::instant());
  CHECK(lab.wait() == Phase::Ended);
  CHECK(was_done);
}

TEMPLATE_TEST_CASE("destructors that join wait for the others while the run is being stopped", "[contract][live]", Live,
                   Simulated) {
  Lab<TestType> lab;
  lab.runtime.set_pace({.rate = 1.0});
  std::function<void(int)> nest = [&](int depth) {
    if (depth == 10) {
      lab.runtime.sleep_for(1000h);
      return;
    }
    const Joins<TestType> joins{lab.runtime,
                                lab.spawn(fmt::format("child {}", depth), [&, depth] { nest(depth + 1); })};
    lab.runtime.park({.on = WaitOn::Queue});
  };
  lab.runtime.start([&] { nest(0); });
  lab.log.wait_for("child 9 waits sleep");
  lab.runtime.stop();
  lab.wait_for_end();
  for (int i = 0; i + 1 < 10; ++i) {
    CHECK(lab.log.place(fmt::format("child {} ended", i + 1)) < lab.log.place(fmt::format("child {} ended", i)));
  }
  CHECK(lab.log.place("child 0 ended") < lab.log.place("main ended"));
}

TEMPLATE_TEST_CASE("a stop that comes during a join for clean-up is told at the next wait, not by the join",
                   "[contract][live]", Live, Simulated) {
  Lab<TestType> lab;
  lab.runtime.set_pace({.rate = 1.0});
  bool returned = false;
  bool told = false;
  lab.runtime.start([&] {
    lab.runtime.join_for_cleanup(lab.spawn("child", [&] { lab.runtime.sleep_for(1000h); }));
    returned = true;
    try {
      lab.runtime.checkpoint();
    } catch (const Aborted&) {
      told = true;
      throw;
    }
  });
  lab.log.wait_for("main waits join 1");
  lab.runtime.stop();
  lab.wait_for_end();
  CHECK(returned);
  CHECK(told);
  CHECK(lab.log.place("child ended") < lab.log.place("main ended"));
}

TEMPLATE_TEST_CASE("a join for clean-up is held while the run is paused, and a stop ends the pause", "[contract][live]",
                   Live, Simulated) {
  Lab<TestType> lab;
  lab.runtime.set_pace({.rate = 1.0});
  lab.runtime.start([&] {
    const Joins<TestType> joins{lab.runtime, lab.spawn("child", [&] { lab.runtime.sleep_for(1000h); })};
  });
  lab.log.wait_for("main waits join 1");
  lab.log.wait_for("child waits sleep");
  lab.runtime.pause();
  lab.runtime.set_pace(Pace::instant());
  let_things_go_wrong();
  CHECK_FALSE(lab.log.has("child ended"));
  lab.runtime.stop();
  lab.wait_for_end();
  CHECK(lab.log.has("child sleep aborted"));
}
