// compute() in the simulated runtime: it holds a virtual core, and those who wait for one take turns with those who have one.
#include <atomic>

#include "lab.hpp"

using namespace loiter;
using namespace loiter::runtime;

namespace {

// When each of so many participants that begin together has computed for that long.
std::vector<Instant> ends_of(int participants, Duration work, int cores) {
  Lab<Simulated> lab(SimulatedOptions{.cores = cores});
  std::vector<Instant> ends(static_cast<std::size_t>(participants));
  lab.run([&] {
    for (std::size_t i = 0; i < ends.size(); ++i) {
      lab.spawn("computer", [&, i] {
        lab.runtime.compute(work);
        ends[i] = lab.runtime.now();
      });
    }
  });
  return ends;
}

}  // namespace

TEST_CASE("as many participants as there are cores compute at once", "[simulated]") {
  CHECK(ends_of(4, 1s, 4) == std::vector<Instant>(4, at(1s)));
  CHECK(ends_of(1, 3s, 1) == std::vector{at(3s)});
}

TEST_CASE("four that compute on two cores take twice as long as two", "[simulated]") {
  const std::vector<Instant> ends = ends_of(4, 1s, 2);
  CHECK(*std::max_element(ends.begin(), ends.end()) == at(2s));
  CHECK(*std::min_element(ends.begin(), ends.end()) >= at(2s - 10ms));
}

TEST_CASE("cores are shared in fair slices", "[simulated]") {
  const std::vector<Instant> ends = ends_of(7, 100ms, 1);
  CHECK(*std::max_element(ends.begin(), ends.end()) == at(700ms));
  CHECK(*std::min_element(ends.begin(), ends.end()) >= at(700ms - 70ms));
}

TEST_CASE("no core is idle while somebody waits for one", "[simulated]") {
  const std::vector<Instant> ends = ends_of(5, 30ms, 3);
  CHECK(*std::max_element(ends.begin(), ends.end()) <= at(60ms));
}

TEST_CASE("a newcomer gets its turn within a slice, and not before", "[simulated]") {
  Lab<Simulated> lab(SimulatedOptions{.cores = 1});
  Instant newcomer{};
  Instant old{};
  lab.run([&] {
    lab.spawn("old", [&] {
      lab.runtime.compute(10s);
      old = lab.runtime.now();
    });
    lab.runtime.sleep_for(1s);
    lab.runtime.compute(5ms);
    newcomer = lab.runtime.now();
  });
  CHECK(newcomer == at(1s + 5ms));
  CHECK(old == at(10s + 5ms));
}

TEST_CASE("a computation that nobody disturbs is one wait of the clock, and is told to nobody", "[simulated]") {
  Lab<Simulated> lab;
  lab.run([&] { lab.runtime.compute(1000h); });
  CHECK(lab.log.timed_text() == "0 main began\n0 settled\n3600000 main ended\n3600000 quiescent\n");
}

TEST_CASE("a computation that is unparked computes to its end", "[simulated]") {
  Lab<Simulated> lab(SimulatedOptions{.cores = 1});
  std::vector<Instant> ends;
  lab.run([&] {
    std::vector<Participant*> children;
    for (int i = 0; i < 2; ++i) {
      lab.spawn("child", [&] {
        children.push_back(&Runtime::current());
        lab.runtime.compute(100ms);
        ends.push_back(lab.runtime.now());
      });
    }
    for (int i = 0; i < 20; ++i) {
      lab.runtime.sleep_for(1ms);
      for (Participant* child : children) lab.runtime.unpark(*child);
    }
  });
  CHECK(ends == std::vector{at(190ms), at(200ms)});
}

TEST_CASE("a core is given back when a computation is stopped", "[simulated]") {
  Lab<Simulated> lab(SimulatedOptions{.cores = 1});
  lab.runtime.set_pace({.rate = 1.0});
  std::atomic<int> began = 0;
  int aborted = 0;
  lab.runtime.start([&] {
    for (int i = 0; i < 5; ++i) {
      lab.spawn("computer", [&] {
        ++began;
        try {
          lab.runtime.compute(1000h);
        } catch (const Aborted&) {
          ++aborted;
          throw;
        }
      });
    }
  });
  spin_until([&] { return began == 5; });
  lab.runtime.stop();
  lab.wait_for_end();
  CHECK(aborted == 5);
}

TEST_CASE("random orders share the cores as well, and repeat exactly", "[simulated]") {
  const auto log = [](std::uint64_t seed) {
    Lab<Simulated> lab(SimulatedOptions{.random = true, .seed = seed, .cores = 2});
    lab.run([&] {
      for (int i = 0; i < 5; ++i) {
        lab.spawn(fmt::format("computer {}", i), [&] {
          lab.runtime.compute(25ms);
          lab.runtime.sleep_for(1ms);
          lab.runtime.compute(15ms);
        });
      }
    });
    CHECK(lab.runtime.now() >= at(100ms));
    CHECK(lab.runtime.now() <= at(130ms));
    return lab.log.timed_text();
  };
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    CAPTURE(seed);
    CHECK(log(seed) == log(seed));
  }
}
