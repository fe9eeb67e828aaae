#include <atomic>
#include <set>

#include "lab.hpp"

using namespace loiter;
using namespace loiter::runtime;

TEMPLATE_TEST_CASE("a body runs on the participant it was spawned as, and beginning and end are told",
                   "[contract][live]", Live, Simulated) {
  Lab<TestType> lab;
  std::vector<std::string> seen;
  std::vector<LaneId> ids;
  const Phase phase = lab.run([&] {
    seen.push_back(Runtime::current().spec().name);
    ids.push_back(lab.runtime.spawn({.name = "worker", .kind = LaneKind::Process, .executor = ExecutorId{3}}, [&] {
      const LaneSpec& spec = Runtime::current().spec();
      seen.push_back(fmt::format("{} {} {} {}", spec.name, spec.kind == LaneKind::Process, spec.executor->value,
                                 Runtime::current().id().value));
    }));
    lab.runtime.join(ids.back());
    ids.push_back(lab.spawn("second", [] {}));
  });
  CHECK(phase == Phase::Ended);
  CHECK(seen == std::vector<std::string>{"main", "worker true 3 1"});
  CHECK(ids == std::vector{LaneId{1}, LaneId{2}});
  for (const char* line :
       {"main began", "worker began", "worker ended", "second began", "second ended", "main ended"}) {
    CHECK(lab.log.count(line) == 1);
  }
  CHECK_FALSE(Runtime::is_participant());
}

TEMPLATE_TEST_CASE("a run goes on after its main body until the last participant has ended", "[contract][live]", Live,
                   Simulated) {
  Lab<TestType> lab;
  CHECK(lab.run([&] { lab.spawn("child", [&] { lab.runtime.sleep_for(5s); }); }) == Phase::Ended);
  CHECK(lab.log.place("main ended") < lab.log.place("child ended"));
}

TEMPLATE_TEST_CASE("an unpark that comes before the park is not lost, and the wait is not told", "[contract][live]",
                   Live, Simulated) {
  Lab<TestType> lab;
  Wake wake = Wake::Timeout;
  lab.run([&] {
    lab.runtime.unpark(Runtime::current());
    wake = lab.runtime.park({.on = WaitOn::Queue});
  });
  CHECK(wake == Wake::Ready);
  CHECK(lab.log.events() == 2);
}

TEMPLATE_TEST_CASE("any number of unparks before a park count once", "[contract][live]", Live, Simulated) {
  Lab<TestType> lab;
  std::vector<Wake> wakes;
  lab.run([&] {
    for (int i = 0; i < 3; ++i) lab.runtime.unpark(Runtime::current());
    for (int i = 0; i < 2; ++i) wakes.push_back(lab.runtime.park({.on = WaitOn::Queue}, at(3s)));
  });
  CHECK(wakes == std::vector{Wake::Ready, Wake::Timeout});
}

TEMPLATE_TEST_CASE("a participant wakes another that is parked", "[contract][live]", Live, Simulated) {
  Lab<TestType> lab;
  Wake wake = Wake::Timeout;
  lab.run([&] {
    Participant* child = nullptr;
    lab.spawn("child", [&] {
      child = &Runtime::current();
      wake = lab.runtime.park({.on = WaitOn::Queue});
    });
    spin_until([&] { return lab.log.has("child waits queue"); });
    lab.runtime.unpark(*child);
  });
  CHECK(wake == Wake::Ready);
  CHECK(lab.log.has("child queue ready"));
}

TEMPLATE_TEST_CASE("a thread outside the run wakes a participant that is parked", "[contract][live]", Live, Simulated) {
  Lab<TestType> lab;
  Participant* main = nullptr;
  Wake wake = Wake::Timeout;
  lab.runtime.start([&] {
    main = &Runtime::current();
    wake = lab.runtime.park({.on = WaitOn::Queue});
  });
  lab.log.wait_for("main waits queue");
  lab.runtime.unpark(*main);
  lab.wait_for_end();
  CHECK(wake == Wake::Ready);
  CHECK(lab.log.has("main queue ready"));
}

TEMPLATE_TEST_CASE("a park with a deadline ends when it has come, not before", "[contract][live]", Live, Simulated) {
  Lab<TestType> lab;
  Wake wake = Wake::Ready;
  Instant ended{};
  lab.run([&] {
    wake = lab.runtime.park({.on = WaitOn::Queue}, at(3s));
    ended = lab.runtime.now();
  });
  CHECK(wake == Wake::Timeout);
  CHECK(ended >= at(3s));
  CHECK(lab.log.has("main waits queue until 3"));
  CHECK(lab.log.has("main queue timeout"));
}

TEMPLATE_TEST_CASE("a deadline that is over ends a park at once, and the wait is not told", "[contract][live]", Live,
                   Simulated) {
  Lab<TestType> lab;
  std::vector<Wake> wakes;
  lab.run([&] {
    wakes.push_back(lab.runtime.park({.on = WaitOn::Queue}, lab.runtime.now()));
    wakes.push_back(lab.runtime.park({.on = WaitOn::Queue}, Instant::min()));
  });
  CHECK(wakes == std::vector{Wake::Timeout, Wake::Timeout});
  CHECK(lab.log.events() == 2);
}

TEMPLATE_TEST_CASE("an unpark ends a park before its deadline", "[contract][live]", Live, Simulated) {
  Lab<TestType> lab;
  Wake wake = Wake::Timeout;
  Instant ended{};
  lab.run([&] {
    Participant* child = nullptr;
    lab.spawn("child", [&] {
      child = &Runtime::current();
      wake = lab.runtime.park({.on = WaitOn::Queue}, at(1000h));
      ended = lab.runtime.now();
    });
    spin_until([&] { return lab.log.has("child waits queue until 3600000"); });
    lab.runtime.unpark(*child);
  });
  CHECK(wake == Wake::Ready);
  CHECK(ended < at(1000h));
}

TEMPLATE_TEST_CASE("sleepers wake in the order of their deadlines", "[contract][live]", Live, Simulated) {
  Lab<TestType> lab;
  std::mutex mutex;
  std::vector<int> order;
  lab.run([&] {
    for (const int hours : {3, 1, 5, 2, 4}) {
      lab.spawn(fmt::format("sleeper {}", hours), [&, hours] {
        lab.runtime.sleep_for(std::chrono::hours(hours));
        std::lock_guard lock(mutex);
        order.push_back(hours);
      });
    }
  });
  CHECK(order == std::vector{1, 2, 3, 4, 5});
}

TEMPLATE_TEST_CASE("a sleep of nothing returns at once and is not told", "[contract][live]", Live, Simulated) {
  Lab<TestType> lab;
  lab.run([&] {
    lab.runtime.sleep_for(0s);
    lab.runtime.sleep_for(-1s);
    lab.runtime.sleep_for(Duration::min());
  });
  CHECK(lab.log.events() == 2);
}

TEMPLATE_TEST_CASE("a sleep goes on to its end although somebody unparks the sleeper", "[contract][live]", Live,
                   Simulated) {
  Lab<TestType> lab;
  Instant ended{};
  lab.run([&] {
    Participant* child = nullptr;
    lab.spawn("child", [&] {
      child = &Runtime::current();
      lab.runtime.sleep_for(1000h);
      ended = lab.runtime.now();
    });
    spin_until([&] { return lab.log.has_begin("child waits sleep"); });
    for (int i = 0; i < 100; ++i) lab.runtime.unpark(*child);
  });
  CHECK(ended >= at(1000h));
}

TEMPLATE_TEST_CASE("a participant spawned by a spawned one is like any other", "[contract][live]", Live, Simulated) {
  Lab<TestType> lab;
  std::atomic<int> leaves = 0;
  std::function<void(int)> grow = [&](int depth) {
    if (depth == 0) {
      lab.runtime.sleep_for(1s);
      ++leaves;
      return;
    }
    const LaneId left = lab.spawn("left", [&, depth] { grow(depth - 1); });
    const LaneId right = lab.spawn("right", [&, depth] { grow(depth - 1); });
    lab.runtime.join(left);
    lab.runtime.join(right);
  };
  CHECK(lab.run([&] { grow(4); }) == Phase::Ended);
  CHECK(leaves == 16);
}

TEMPLATE_TEST_CASE("a thousand participants pass a token around", "[contract][live]", Live, Simulated) {
  constexpr std::size_t size = 1000;
  Lab<TestType> lab;
  std::vector<Participant*> ring(size);
  std::atomic<std::size_t> turn = size;  // nobody's, until all are there
  std::atomic<std::size_t> there = 0;
  std::size_t passed = 0;
  lab.run([&] {
    Participant& main = Runtime::current();
    for (std::size_t i = 0; i < size; ++i) {
      lab.spawn("member", [&, i] {
        ring[i] = &Runtime::current();
        if (++there == size) lab.runtime.unpark(main);
        while (turn != i) lab.runtime.park({.on = WaitOn::Queue});
        ++passed;
        turn = i + 1;
        if (i + 1 < size) lab.runtime.unpark(*ring[i + 1]);
      });
    }
    while (there < size) lab.runtime.park({.on = WaitOn::Queue});
    turn = 0;
    lab.runtime.unpark(*ring[0]);
  });
  CHECK(passed == size);
  CHECK(lab.log.count("member ended") == static_cast<std::ptrdiff_t>(size));
}
