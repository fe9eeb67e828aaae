// The GIL's model as a real lock around threads that really compute.
#include "gil_log.hpp"

using namespace loiter;
using namespace loiter::runtime;

namespace {
constexpr GilOptions cpython{.kind = GilKind::Cpython, .interval = 500us};
}

// ThreadSanitizer watches `shared`: nothing but the GIL keeps two from it.
TEST_CASE("whoever computes under the GIL is alone, at every checkpoint", "[live][gil]") {
  GilLab<Live> lab(cpython);
  std::int64_t shared = 0;
  constexpr int rounds = 300;
  lab.run([&] {
    lab.spawn_and_join(4, LaneKind::Thread, [&](int i) {
      for (int n = 0; n < rounds; ++n) {
        lab.runtime.checkpoint();
        ++shared;
        if (n % 50 == i) lab.runtime.sleep_for(100us);
        if (n % 10 == i) lab.runtime.compute(200us);
      }
    });
  });
  CHECK(shared == 4 * rounds);
  CHECK(lab.log.complaints == std::vector<std::string>{});
  CHECK(lab.log.switches > 0);
}

TEST_CASE("threads that compute give the GIL up no more often than the interval allows", "[live][gil]") {
  GilLab<Live> lab(cpython);
  constexpr std::size_t enough = 8;
  lab.run([&] {
    lab.spawn_and_join(3, LaneKind::Thread, [&](int) {
      while (lab.log.request_count() < enough) lab.runtime.compute(1ms);
    });
  });
  CHECK(lab.log.complaints == std::vector<std::string>{});
  // A request comes an interval after the lock last went to somebody, and so after the request before it, or later.
  const auto most = (lab.runtime.now() - lab.begin) / cpython.interval + 1;
  CHECK(static_cast<std::int64_t>(lab.log.requests.size()) <= most);
  // Who gave it up on request wants it back from that moment on, and is seen to.
  int turns = 0;
  for (const auto& [who, story] : lab.log.story) {
    if (!who.starts_with("worker")) continue;
    INFO(who << ": " << story);
    CHECK(story.find("dropped taken") == std::string::npos);
    CHECK(story.find("woke dropped") == std::string::npos);
    turns += story.find("wants dropped woke taken") != std::string::npos ? 1 : 0;
  }
  CHECK(turns > 0);
}

TEST_CASE("a thread under the GIL is woken for what it waits for, though it had to wait for the lock", "[live][gil]") {
  GilLab<Live> lab(cpython);
  std::atomic<int> turn{0};
  lab.run([&] {
    std::atomic<Participant*> players[2] = {nullptr, nullptr};
    lab.spawn_and_join(3, LaneKind::Thread, [&](int i) {
      if (i == 2) return lab.runtime.compute(5ms);
      players[i] = &Runtime::current();
      while (turn < 200) {
        if (turn % 2 == i) {
          ++turn;
          if (Participant* other = players[1 - i].load()) lab.runtime.unpark(*other);
        } else {
          lab.runtime.park({.on = WaitOn::Queue},
                           players[1 - i].load() == nullptr ? Deadline(lab.runtime.now() + 100us) : std::nullopt);
        }
      }
      if (Participant* other = players[1 - i].load()) lab.runtime.unpark(*other);
    });
  });
  CHECK(turn == 200);
  CHECK(lab.log.complaints == std::vector<std::string>{});
}

TEST_CASE("a worker thread with an interpreter of its own waits for no other", "[live][gil]") {
  GilLab<Live> lab(GilOptions{.kind = GilKind::PerInterpreter});
  lab.run([&] { lab.spawn_and_join(3, LaneKind::Thread, [&](int) { lab.runtime.compute(12ms); }); });
  CHECK(lab.log.requests.empty());
  CHECK(lab.log.complaints == std::vector<std::string>{});
}

TEST_CASE("a live run is stopped and paused at once whoever waits for the GIL", "[live][gil]") {
  const bool paused = GENERATE(false, true);
  GilLab<Live> lab(cpython);
  lab.runtime.start([&] { lab.spawn_and_join(3, LaneKind::Thread, [&](int) { lab.runtime.compute(1000h); }); });
  if (paused) lab.runtime.pause();
  lab.runtime.stop();
  CHECK(lab.runtime.wait(2min) == Phase::Ended);
}
