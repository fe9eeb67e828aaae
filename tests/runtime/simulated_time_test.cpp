// What only the simulated runtime promises: exact times, and who runs when.
#include <atomic>

#include "lab.hpp"

using namespace loiter;
using namespace loiter::runtime;

TEST_CASE("simulated sleeps take exactly their time, however long the code between them takes", "[simulated]") {
  Lab<Simulated> lab;
  std::vector<Instant> times;
  lab.run([&] {
    times.push_back(lab.runtime.now());
    lab.runtime.sleep_for(3s);
    let_things_go_wrong();
    times.push_back(lab.runtime.now());
    lab.runtime.sleep_for(1ns);
    times.push_back(lab.runtime.now());
    lab.runtime.sleep_for(24h);
    times.push_back(lab.runtime.now());
  });
  CHECK(times == std::vector{at(0s), at(3s), at(3s + 1ns), at(24h + 3s + 1ns)});
}

TEST_CASE("a whole simulated run is known line by line", "[simulated]") {
  Lab<Simulated> lab;
  lab.run([&] {
    Participant& main = Runtime::current();
    const LaneId quick = lab.spawn("quick", [&] {
      lab.runtime.sleep_for(1s);
      lab.runtime.unpark(main);
      lab.runtime.sleep_for(500ms);
    });
    lab.spawn("slow", [&] { lab.runtime.sleep_for(4s); });
    lab.runtime.park({.on = WaitOn::Result}, at(3s));
    lab.runtime.park({.on = WaitOn::Queue}, at(2s));
    lab.runtime.join(quick);
  });
  CHECK(lab.log.timed_text() ==
        "0 main began\n"
        "0 quick began\n"
        "0 quick waits sleep until 1\n"
        "0 slow began\n"
        "0 slow waits sleep until 4\n"
        "0 main waits result until 3\n"
        "0 settled\n"
        "1 quick sleep timeout\n"
        "1 quick waits sleep until 1.5\n"
        "1 main result ready\n"
        "1 main waits queue until 2\n"
        "1 settled\n"
        "1.5 quick sleep timeout\n"
        "1.5 quick ended\n"
        "1.5 settled\n"
        "2 main queue timeout\n"
        "2 main ended\n"
        "2 settled\n"
        "4 slow sleep timeout\n"
        "4 slow ended\n"
        "4 quiescent\n");
}

TEST_CASE("deadlines at one instant come in the order in which they were armed", "[simulated]") {
  Lab<Simulated> lab;
  std::vector<int> order;
  lab.run([&] {
    for (const int i : {2, 0, 3, 1}) {
      lab.spawn("sleeper", [&, i] {
        lab.runtime.sleep_for(std::chrono::seconds(i));    // armed at 0, 1, 2, 3 s
        lab.runtime.park({.on = WaitOn::Sleep}, at(10s));  // for the same instant
        order.push_back(i);
      });
    }
  });
  CHECK(order == std::vector{0, 1, 2, 3});
}

TEST_CASE("all whose deadline has come run before anybody whom they wake", "[simulated]") {
  Lab<Simulated> lab;
  std::vector<std::string> order;
  lab.run([&] {
    Participant& main = Runtime::current();
    for (const char* name : {"first", "second"}) {
      lab.spawn(name, [&, name] {
        lab.runtime.sleep_for(1s);
        order.emplace_back(name);
        lab.runtime.unpark(main);
      });
    }
    lab.runtime.park({.on = WaitOn::Queue});
    order.emplace_back("main");
  });
  CHECK(order == std::vector<std::string>{"first", "second", "main"});
}

TEST_CASE("a spawned participant runs before its parent goes on, who then is last in the queue", "[simulated]") {
  Lab<Simulated> lab;
  std::vector<std::string> order;
  lab.run([&] {
    lab.spawn("child", [&] {
      order.emplace_back("child");
      lab.spawn("grandchild", [&] { order.emplace_back("grandchild"); });
      order.emplace_back("child again");
    });
    order.emplace_back("main");
  });
  CHECK(order == std::vector<std::string>{"child", "grandchild", "main", "child again"});
}

TEST_CASE("whoever unparks another keeps running; the woken run in the order of their waking", "[simulated]") {
  Lab<Simulated> lab;
  std::vector<std::string> order;
  lab.run([&] {
    std::vector<Participant*> children;
    for (const char* name : {"a", "b", "c"}) {
      lab.spawn(name, [&, name] {
        children.push_back(&Runtime::current());
        lab.runtime.park({.on = WaitOn::Queue});
        order.emplace_back(name);
      });
    }
    for (const int i : {1, 2, 0}) lab.runtime.unpark(*children.at(static_cast<std::size_t>(i)));
    lab.runtime.sleep_for(0s);
    lab.runtime.checkpoint();
    order.emplace_back("main");
  });
  CHECK(order == std::vector<std::string>{"main", "b", "c", "a"});
}

TEST_CASE("a simulated park that timed out and was unparked at the same instant is over once", "[simulated]") {
  Lab<Simulated> lab;
  std::vector<Wake> wakes;
  lab.run([&] {
    Participant& main = Runtime::current();
    lab.spawn("waker", [&] {
      lab.runtime.sleep_for(1s);  // armed before main's: runs before it
      lab.runtime.unpark(main);
    });
    wakes.push_back(lab.runtime.park({.on = WaitOn::Queue}, at(1s)));
    wakes.push_back(lab.runtime.park({.on = WaitOn::Queue}, at(2s)));
  });
  CHECK(wakes == std::vector{Wake::Timeout, Wake::Timeout});
}

TEST_CASE("a simulated run needs somebody to compute", "[simulated]") {
  CHECK(SimulatedOptions{}.cores == 4);
  CHECK_FALSE(SimulatedOptions{}.random);
}
