// What the tests of the GIL's model share: an observer that keeps who held it, and complains if two did at once.
//
// Threads  Told by participants, under a lock; read by the test once the run has ended.
#pragma once

#include <set>

#include "lab.hpp"

namespace loiter::runtime {

class GilLog final : public Observer {
 public:
  struct Slice {
    std::string who;
    Duration began{};
    Duration lasted{};
    bool operator==(const Slice&) const = default;
  };

  void gil_changed(Participant& p, GilChange what) override {
    std::lock_guard lock(m_mutex);
    const Duration now = runtime->now().time_since_epoch();
    const std::string& who = p.spec().name;
    if (what != GilChange::Requested) story[who] += what == GilChange::Taken ? "taken " : "dropped ";
    Held& held = m_held[p.gil];
    switch (what) {
      case GilChange::Requested:
        // On real threads the holder may let go before the request is told.
        if (held.by.empty() && runtime->is_simulated()) complaints.push_back(who + " asked for what nobody held");
        requests.push_back(now);
        return;
      case GilChange::Taken:
        if (!held.by.empty()) complaints.push_back(who + " took what " + held.by + " held");
        if (held.last != who && !held.last.empty()) ++switches;
        held = {who, who, now};
        return;
      case GilChange::Dropped:
        if (held.by != who) complaints.push_back(who + " dropped what it did not hold");
        slices.push_back({who, held.since, now - held.since});
        held.by.clear();
    }
  }
  void wait_began(Participant& p, const Reason& reason, Deadline) override {
    std::lock_guard lock(m_mutex);
    story[p.spec().name] += reason.on == WaitOn::Gil ? "wants " : "waits ";
  }
  void wait_ended(Participant& p, WaitOn, WaitEnd) override {
    std::lock_guard lock(m_mutex);
    story[p.spec().name] += "woke ";
  }
  void computed(Participant& p, Instant since, Duration cpu) override {
    std::lock_guard lock(m_mutex);
    stopwatch[p.spec().name] = runtime->now() - since;
    computing[p.spec().name] += cpu;
  }

  std::size_t request_count() {
    std::lock_guard lock(m_mutex);
    return requests.size();
  }

  std::string text_of_long_slices() const {
    std::string text;
    for (const Slice& s : long_slices())
      text += fmt::format("{} at {} for {}\n", s.who, to_seconds(s.began), to_seconds(s.lasted));
    return text;
  }

  // Those that let time pass: a lane that only looks around holds it for no time.
  std::vector<Slice> long_slices() const {
    std::vector<Slice> some;
    std::ranges::copy_if(slices, std::back_inserter(some), [](const Slice& s) { return s.lasted > Duration::zero(); });
    return some;
  }

  Runtime* runtime = nullptr;
  std::vector<std::string> complaints;
  std::vector<Slice> slices;
  std::vector<Duration> requests;
  std::map<std::string, std::string> story;   // of each lane: "taken dropped wants woke taken"
  std::map<std::string, Duration> stopwatch;  // of the last computation
  std::map<std::string, Duration> computing;  // all in all
  int switches = 0;

 private:
  struct Held {
    std::string by;
    std::string last;
    Duration since{};
  };
  std::mutex m_mutex;
  std::map<const Gil*, Held> m_held;
};

template <class R>
struct GilLab {
  template <class... Options>
  explicit GilLab(Options... options) : runtime(log, options...) {
    log.runtime = &runtime;
    runtime.set_pace(Pace::instant());
  }
  Phase run(std::function<void()> main_body) {
    runtime.start(std::move(main_body));
    const Phase phase = runtime.wait(2min);
    if (phase == Phase::Running) FAIL("the run goes on and on");
    return phase;
  }
  // All begin together, a second after the run: by then main waits for them and needs the lock no more.
  void spawn_and_join(int lanes, LaneKind kind, const std::function<void(int)>& body) {
    std::vector<LaneId> all;
    for (int i = 0; i < lanes; ++i) {
      all.push_back(runtime.spawn({.name = fmt::format("worker {}", i), .kind = kind}, [&, i] {
        runtime.sleep_for(begin - runtime.now());
        body(i);
      }));
    }
    for (const LaneId lane : all) runtime.join(lane);
  }

  static constexpr Instant begin = at(1s);
  GilLog log;
  R runtime;
};

}  // namespace loiter::runtime
