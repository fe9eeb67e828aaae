#include <atomic>

#include "lab.hpp"

using namespace loiter;
using namespace loiter::runtime;

namespace {

// Starts it paused and steps to the end; gives the number of events after each step.
template <class R>
std::vector<std::size_t> step_through(Lab<R>& lab, std::function<void()> main_body, int steps_at_once = 1) {
  lab.runtime.pause();
  lab.runtime.start(std::move(main_body));
  std::vector<std::size_t> events;
  std::size_t before = 0;
  while (lab.runtime.phase() == Phase::Running) {
    for (int i = 0; i < steps_at_once; ++i) lab.runtime.step();
    const auto enough = before + static_cast<std::size_t>(steps_at_once);
    spin_until([&] { return lab.log.events() >= enough || lab.runtime.phase() != Phase::Running; });
    let_things_go_wrong();
    CHECK(lab.runtime.is_paused());
    before = lab.log.events();
    events.push_back(before);
  }
  return events;
}

}  // namespace

TEMPLATE_TEST_CASE("a step goes on to the next event, and not beyond", "[contract][live]", Live, Simulated) {
  Lab<TestType> lab;
  const auto events = step_through(lab, [&] {
    lab.runtime.sleep_for(1s);
    lab.runtime.sleep_for(1s);
  });
  // began, waits, timeout, waits, timeout, ended; and one more to leave the run
  CHECK(events == std::vector<std::size_t>{1, 2, 3, 4, 5, 6, 6});
  CHECK(lab.runtime.phase() == Phase::Ended);
}

TEMPLATE_TEST_CASE("a step jumps over time in which nothing happens, whatever the pace", "[contract][live]", Live,
                   Simulated) {
  Lab<TestType> lab;
  lab.runtime.set_pace({.rate = 1e-9});
  step_through(lab, [&] { lab.runtime.sleep_for(1000h); });
  CHECK(lab.runtime.phase() == Phase::Ended);
  CHECK(lab.runtime.now() >= at(1000h));
}

TEMPLATE_TEST_CASE("steps that are asked for faster than they are taken are all taken", "[contract][live]", Live,
                   Simulated) {
  Lab<TestType> lab;
  const auto events = step_through(
      lab,
      [&] {
        lab.runtime.sleep_for(1s);
        lab.runtime.sleep_for(1s);
      },
      2);
  CHECK(events == std::vector<std::size_t>{2, 4, 6, 6});
}

TEMPLATE_TEST_CASE("a run of several participants can be stepped through", "[contract][live]", Live, Simulated) {
  Lab<TestType> lab;
  std::atomic<int> done = 0;
  const auto events = step_through(lab, [&] {
    for (int i = 0; i < 3; ++i) {
      lab.spawn("worker", [&] {
        lab.runtime.sleep_for(1s);
        lab.runtime.compute(1ms);
        ++done;
      });
    }
  });
  CHECK(lab.runtime.phase() == Phase::Ended);
  CHECK(done == 3);
  if (lab.runtime.is_simulated()) {
    // One by one, but for the last, which ends the run.
    for (std::size_t i = 0; i + 1 < events.size(); ++i) CHECK(events[i] == i + 1);
  }
}

TEMPLATE_TEST_CASE("a step while the run is not paused does nothing", "[contract][live]", Live, Simulated) {
  Lab<TestType> lab;
  lab.runtime.step();
  CHECK_FALSE(lab.runtime.is_paused());
  lab.runtime.set_pace({.rate = 1.0});
  lab.runtime.start([&] { lab.runtime.sleep_for(1000h); });
  lab.log.wait_for("main waits sleep");
  lab.runtime.step();
  let_things_go_wrong();
  CHECK(lab.runtime.phase() == Phase::Running);
  lab.runtime.pause();
  let_things_go_wrong();
  CHECK(lab.runtime.shown_now() < at(1000h));
}

TEMPLATE_TEST_CASE("a step that was not used up is forgotten when the run is resumed", "[contract][live]", Live,
                   Simulated) {
  Lab<TestType> lab;
  Participant* main = nullptr;
  lab.runtime.pause();
  lab.runtime.start([&] {
    main = &Runtime::current();
    lab.runtime.park({.on = WaitOn::Queue});
    lab.runtime.sleep_for(1000h);
  });
  lab.runtime.step();
  lab.runtime.step();
  lab.log.wait_for("main waits queue");
  lab.runtime.step();  // nothing can happen
  lab.runtime.set_pace({.rate = 1.0});
  lab.runtime.resume();
  lab.runtime.unpark(*main);
  lab.log.wait_for("main waits sleep");
  let_things_go_wrong();
  CHECK(lab.runtime.phase() == Phase::Running);
  CHECK(lab.runtime.shown_now() < at(1000h));
}

TEMPLATE_TEST_CASE("events told by a thread outside the run are no steps", "[contract][live]", Live, Simulated) {
  Lab<TestType> lab;
  lab.runtime.pause();
  lab.runtime.start([&] { lab.runtime.sleep_for(1s); });
  lab.runtime.step();
  lab.runtime.step();
  lab.log.wait_for("main waits sleep");
  lab.runtime.after_event();
  lab.runtime.step();
  lab.runtime.after_event();
  lab.log.wait_for("main sleep timeout");
  CHECK(lab.log.events() == 3);
}

TEMPLATE_TEST_CASE("a run can be stopped in the middle of a step", "[contract][live]", Live, Simulated) {
  Lab<TestType> lab;
  lab.runtime.pause();
  lab.runtime.start([&] { lab.runtime.park({.on = WaitOn::Queue}); });
  lab.runtime.step();
  lab.runtime.step();
  lab.log.wait_for("main waits queue");
  lab.runtime.step();
  lab.runtime.stop();
  lab.wait_for_end();
  CHECK(lab.log.has("main queue aborted"));
}
