// The same program with the same seed gives the same events; another seed another order.
#include <atomic>
#include <deque>
#include <set>

#include "lab.hpp"

using namespace loiter;
using namespace loiter::runtime;

namespace {

// A small pool: three workers take twelve tasks from a queue; tasks sleep, compute, tie and wait for one another.
std::string pool_log(SimulatedOptions options) {
  Lab<Simulated> lab(options);
  lab.run([&] {
    Runtime& runtime = lab.runtime;
    std::deque<int> tasks;
    std::vector<Participant*> idle;
    bool closed = false;
    int done = 0;
    Participant& main = Runtime::current();
    const auto take = [&]() -> int {
      while (tasks.empty()) {
        if (closed) return -1;
        idle.push_back(&Runtime::current());
        runtime.interleave();
        runtime.park({.on = WaitOn::Queue});
      }
      const int task = tasks.front();
      tasks.pop_front();
      return task;
    };
    std::vector<LaneId> workers;
    for (int i = 0; i < 3; ++i) {
      workers.push_back(lab.spawn(fmt::format("worker {}", i), [&] {
        for (int task = take(); task >= 0; task = take()) {
          runtime.interleave();
          runtime.sleep_for(std::chrono::seconds(task % 3));
          runtime.compute(std::chrono::milliseconds(5 * task));
          if (++done == 12) runtime.unpark(main);
        }
      }));
    }
    const auto wake_idle = [&] {
      for (Participant* worker : idle) runtime.unpark(*worker);
      idle.clear();
    };
    for (int task = 0; task < 12; ++task) {
      tasks.push_back(task);
      wake_idle();
      runtime.interleave();
    }
    while (done < 12) runtime.park({.on = WaitOn::Result}, runtime.now() + 2s);
    closed = true;
    wake_idle();
    for (const LaneId worker : workers) runtime.join(worker);
  });
  return lab.log.timed_text();
}

// The order in which five participants that could all run at one instant did run.
std::vector<int> order_of_five(SimulatedOptions options, bool by_deadline) {
  Lab<Simulated> lab(options);
  std::vector<int> order;
  lab.run([&] {
    std::vector<Participant*> members(5);
    for (int i = 0; i < 5; ++i) {
      lab.spawn("member", [&, i] {
        members[static_cast<std::size_t>(i)] = &Runtime::current();
        if (by_deadline) {
          lab.runtime.park({.on = WaitOn::Sleep}, at(1s));
        } else {
          lab.runtime.park({.on = WaitOn::Queue}, at(9s));
        }
        order.push_back(i);
      });
    }
    lab.runtime.sleep_for(by_deadline ? 2s : 1ms);
    if (by_deadline) return;
    for (Participant* member : members) lab.runtime.unpark(*member);
  });
  return order;
}

}  // namespace

TEST_CASE("the same program and seed give the same events, a thousand times", "[simulated]") {
  const bool random = GENERATE(false, true);
  CAPTURE(random);
  const SimulatedOptions options{.random = random, .seed = 42};
  const std::string first = pool_log(options);
  CHECK(first.size() > 1000);
  int same = 0;
  for (int i = 0; i < 500; ++i) same += pool_log(options) == first ? 1 : 0;
  CHECK(same == 500);
}

TEST_CASE("fifo runs do not depend on the seed", "[simulated]") {
  CHECK(pool_log({.seed = 1}) == pool_log({.seed = 2}));
}

TEST_CASE("different seeds visit different orders, of the woken and of those whose deadline has come", "[simulated]") {
  const bool by_deadline = GENERATE(false, true);
  CAPTURE(by_deadline);
  std::set<std::vector<int>> orders;
  for (std::uint64_t seed = 0; seed < 400; ++seed) {
    std::vector<int> order = order_of_five({.random = true, .seed = seed}, by_deadline);
    orders.insert(order);
    std::sort(order.begin(), order.end());
    if (order != std::vector{0, 1, 2, 3, 4}) FAIL("with seed " << seed << " somebody did not run once");
  }
  CHECK(orders.size() > 100);  // of 120
}

TEST_CASE("a seed names one order", "[simulated]") {
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    const SimulatedOptions options{.random = true, .seed = seed};
    CAPTURE(seed);
    CHECK(order_of_five(options, false) == order_of_five(options, false));
  }
}

TEST_CASE("different seeds give different runs of one program", "[simulated]") {
  std::set<std::string> logs;
  for (std::uint64_t seed = 0; seed < 30; ++seed) logs.insert(pool_log({.random = true, .seed = seed}));
  CHECK(logs.size() > 20);
}

TEST_CASE("an interleaving is a place to switch in random runs only, and nothing to a thread outside", "[simulated]") {
  const auto switched = [](SimulatedOptions options) {
    Lab<Simulated> lab(options);
    bool child_ran = false;
    bool ran_between = false;
    lab.run([&] {
      Participant* child = nullptr;
      lab.spawn("child", [&] {
        child = &Runtime::current();
        lab.runtime.park({.on = WaitOn::Queue});
        child_ran = true;
      });
      if (child == nullptr) lab.runtime.sleep_for(1s);
      lab.runtime.unpark(*child);
      for (int i = 0; i < 20; ++i) lab.runtime.interleave();
      ran_between = child_ran;
    });
    lab.runtime.interleave();
    return ran_between;
  };
  CHECK_FALSE(switched({}));
  CHECK(switched({.random = true, .seed = 3}));
}

TEST_CASE("who could go on for ever lets the others run now and then, at the same places each time", "[simulated]") {
  const auto rounds_until_stopped = [] {
    Lab<Simulated> lab;
    int rounds = 0;
    lab.run([&] {
      bool stopped = false;
      Participant& main = Runtime::current();
      const LaneId busy = lab.spawn("busy", [&] {
        lab.runtime.unpark(main);
        while (!stopped && rounds < 1'000'000) {
          ++rounds;
          lab.runtime.interleave();
        }
      });
      stopped = true;
      lab.runtime.join(busy);
    });
    return rounds;
  };
  const int rounds = rounds_until_stopped();
  CHECK(rounds == 10'000);
  CHECK(rounds_until_stopped() == rounds);
}

TEST_CASE("a simulated run has no spinning waits", "[simulated]") {
  Lab<Simulated> lab;
  CHECK_FALSE(lab.runtime.spins());
  CHECK(lab.runtime.is_simulated());
}
