// What only the live runtime promises: a clock that runs, and work that is real.
#include <atomic>
#include <ctime>
#include <stop_token>
#include <thread>

#include "lab.hpp"

using namespace loiter;
using namespace loiter::runtime;

namespace {

Duration cpu_time_of_this_thread() {
  timespec t{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
  return std::chrono::seconds(t.tv_sec) + std::chrono::nanoseconds(t.tv_nsec);
}

}  // namespace

TEST_CASE("computing takes real processor time, as much as the pace makes of it", "[live]") {
  const double rate = GENERATE(0.5, 1.0, 4.0, std::numeric_limits<double>::infinity());
  CAPTURE(rate);
  Lab<Live> lab;
  lab.runtime.set_pace({.rate = rate});
  Duration used{};
  lab.run([&] {
    const Duration before = cpu_time_of_this_thread();
    lab.runtime.compute(4ms);
    used = cpu_time_of_this_thread() - before;
  });
  const double real_rate = lab.runtime.is_simulated() || rate > 1e9 ? 1.0 : rate;
  CHECK(used >= from_seconds(0.004 / real_rate));
}

TEST_CASE("a computation of nothing is none", "[live]") {
  Lab<Live> lab;
  CHECK(lab.run([&] {
    lab.runtime.compute(0s);
    lab.runtime.compute(-1h);
  }) == Phase::Ended);
}

TEST_CASE("the live clock never goes back, whatever is done to it", "[live]") {
  Lab<Live> lab;
  lab.runtime.set_pace({.rate = 1.0});
  std::atomic<bool> over = false;
  std::atomic<int> went_back = 0;
  lab.runtime.start([&] {
    for (int i = 0; i < 2; ++i) {
      lab.spawn("watcher", [&] {
        for (Instant last{}; !over;) {
          const Instant now = lab.runtime.now();
          if (now < last) ++went_back;
          last = now;
        }
      });
    }
  });
  Instant last{};
  for (int i = 0; i < 3000; ++i) {
    switch (i % 4) {
      case 0:
        lab.runtime.pause();
        break;
      case 1:
        lab.runtime.resume();
        break;
      case 2:
        lab.runtime.set_pace({.rate = 1e4});
        break;
      default:
        lab.runtime.set_pace({.rate = 1e-4});
        break;
    }
    const Instant now = lab.runtime.now();
    if (now < last) ++went_back;
    last = now;
  }
  over = true;
  lab.runtime.resume();
  CHECK(lab.wait() == Phase::Ended);
  CHECK(went_back == 0);
}

TEST_CASE("the pieces of the clock join without a gap, and say what now() said", "[live]") {
  Lab<Live> lab;
  lab.runtime.set_pace({.rate = 1.0});
  std::vector<std::pair<Ticks, Instant>> looks;
  lab.run([&] {
    const auto look = [&] {
      const Ticks ticks = read_ticks();
      looks.emplace_back(ticks, lab.runtime.now());
    };
    for (const double rate : {2.0, 1e6, 1e-3}) {
      lab.runtime.set_pace({.rate = rate});
      look();
    }
    lab.runtime.set_pace(Pace::instant());
    lab.runtime.sleep_for(1h);
    look();
  });
  const std::vector<ClockPiece> pieces = lab.runtime.clock_pieces();
  for (std::size_t i = 1; i < pieces.size(); ++i) {
    CHECK(pieces[i].from >= pieces[i - 1].from);
    CHECK(pieces[i].lab >= pieces[i - 1].at(pieces[i].from));
  }
  for (const auto& [ticks, now] : looks) {
    const auto piece =
        std::find_if(pieces.rbegin(), pieces.rend(), [&, t = ticks](const auto& p) { return p.from <= t; });
    REQUIRE(piece != pieces.rend());
    CHECK(piece->at(ticks) <= now);
  }
}

TEST_CASE("a clock that runs faster than can be counted stays at its end", "[live]") {
  const ClockPiece piece{.from = 0, .lab = at(5s), .rate = 1e300};
  CHECK(piece.at(0) == at(5s));
  CHECK(piece.at(1) == Instant::max());
  const ClockPiece long_ago{.from = 0, .lab = Instant::max() - 1ns, .rate = 1.0};
  CHECK(long_ago.at(1'000'000) == Instant::max());
}

TEST_CASE("live participants run in parallel", "[live]") {
  Lab<Live> lab;
  std::atomic<int> there = 0;
  const Phase phase = lab.run([&] {
    for (int i = 0; i < 4; ++i) {
      lab.spawn("busy", [&] {
        ++there;
        spin_until([&] { return there == 4; });  // all of them at once, and none waits through the runtime
      });
    }
  });
  CHECK(phase == Phase::Ended);
}

TEST_CASE("at instant pace the live clock does not jump while anybody runs", "[live]") {
  Lab<Live> lab;
  Instant when{};
  lab.run([&] {
    lab.spawn("sleeper", [&] { lab.runtime.sleep_for(1000h); });
    spin_until([&] { return lab.log.has_begin("sleeper waits sleep"); });
    lab.runtime.compute(2ms);
    when = lab.runtime.now();
  });
  CHECK(when < at(1000h));
  CHECK(lab.runtime.now() >= at(1000h));
}

TEST_CASE("whoever is woken at instant pace runs before the clock jumps on", "[live]") {
  constexpr int rounds = 300;
  std::atomic<int> turn = 0;
  std::atomic<bool> over = false;
  Participant* other = nullptr;
  bool jumped = false;
  Lab<Live> lab;
  lab.run([&] {
    lab.spawn("sleeper", [&] {  // the clock could always jump to its deadline
      while (!over) lab.runtime.sleep_for(1000h);
    });
    Participant& main = Runtime::current();
    const auto wait_for_turn = [&](int mine) {
      while (turn != mine) lab.runtime.park({.on = WaitOn::Queue});
    };
    const auto give_turn = [&](int theirs, Participant& to) {
      turn = theirs;
      lab.runtime.unpark(to);
    };
    const LaneId lane = lab.spawn("other", [&] {
      other = &Runtime::current();
      give_turn(1, main);
      for (int i = 0; i < rounds; ++i) {
        wait_for_turn(0);
        give_turn(1, main);
      }
    });
    const Instant before = lab.runtime.now();
    for (int i = 0; i < rounds; ++i) {
      wait_for_turn(1);
      give_turn(0, *other);
    }
    wait_for_turn(1);
    jumped = lab.runtime.now() - before >= 1000h;
    over = true;
    lab.runtime.join(lane);
  });
  CHECK_FALSE(jumped);
}

TEST_CASE("a thread outside of the run waits in lab time, until the run ends or it is to stop", "[live]") {
  Lab<Live> lab;
  lab.runtime.set_pace({.rate = 100.0});
  lab.runtime.start([&] { lab.runtime.sleep_for(1000h); });
  const std::stop_token never;
  CHECK(lab.runtime.wait_outside(Instant{1s}, never));
  CHECK(lab.runtime.now() >= Instant{1s});
  CHECK(lab.runtime.wait_outside(Instant{0s}, never));  // it is over already

  std::stop_source stop;
  std::atomic<bool> was_reached = false;
  const auto wait_for_ever = [&](const std::stop_token& token) {
    if (lab.runtime.wait_outside(Instant{900h}, token)) was_reached = true;
  };
  std::thread stopped([&] { wait_for_ever(stop.get_token()); });
  std::thread goes_on([&] { wait_for_ever(never); });
  stop.request_stop();
  stopped.join();
  lab.runtime.pause();
  lab.runtime.stop();
  goes_on.join();
  CHECK_FALSE(was_reached);
  CHECK_FALSE(lab.runtime.wait_outside(Instant{900h}, never));
}
