// Random programs on the simulated runtime, before a judge that knows from the events alone who could run.
#include <catch2/catch_get_random_seed.hpp>
#include <optional>
#include <set>

#include "lab.hpp"
#include "random_program.hpp"

using namespace loiter;
using namespace loiter::runtime;

namespace {

// Holds that time never moves while somebody can run, that no deadline is passed over, that a wait ends at the instant
// and in the way that it must, and that settled() is told when nobody can run, and only then.
class Judge final : public Observer, public Witness {
 public:
  void participant_began(Participant& p) override {
    notice_time("began");
    if (m_spawned == 0) complain(p, "began, but nobody spawned it");
    --m_spawned;
    m_runnable.insert(&p);
  }
  void participant_ended(Participant& p, std::exception_ptr) override {
    notice_time("ended");
    m_runnable.erase(&p);
    for (auto& [waiter, wait] : m_waits) {
      if (wait.joins == p.id() && wait.on == WaitOn::Join) wake(waiter, WaitEnd::Ready);
    }
  }
  void wait_began(Participant& p, const Reason& reason, Deadline deadline) override {
    notice_time("waits");
    if (reason.on == WaitOn::Core) return;  // it computes, as computes() has said
    if (deadline && *deadline <= now()) complain(p, "waits for a deadline that is over");
    m_runnable.erase(&p);
    m_waits[&p] = {reason.on, reason.joins, deadline, std::nullopt, waits++};
  }
  void wait_ended(Participant& p, WaitOn on, WaitEnd end) override {
    notice_time("woke");
    if (on == WaitOn::Core) return;
    const Wait& wait = m_waits.at(&p);
    if (wait.on != on) complain(p, "ended another wait than it began");
    if (wait.end != end) complain(p, "was woken in another way than by what happened");
    if (end == WaitEnd::Timeout && wait.deadline != now()) complain(p, "timed out at another time than its deadline");
    if (end == WaitEnd::Timeout && in_order) {
      if (wait.armed < m_last_timeout) complain(p, "came before one that had armed its deadline first");
      m_last_timeout = wait.armed;
    }
    m_waits.erase(&p);
  }
  void settled(bool quiescent) override {
    notice_time("settled");
    if (m_spawned > 0 || !m_runnable.empty()) complain("settled, but somebody can run");
    if (m_settled_at == now()) complain("settled twice at one instant");
    m_settled_at = now();
    const bool waits_for_time =
        m_computing > 0 || std::any_of(m_waits.begin(), m_waits.end(), [](auto& w) { return w.second.deadline; });
    if (quiescent == waits_for_time) complain("quiescent is not whether anybody waits for time");
  }
  void spawns() override { ++m_spawned; }
  void unparks(Participant& p) override {
    if (m_waits.contains(&p)) wake(&p, WaitEnd::Ready);
  }
  void computes(Participant& p, bool begins) override {
    notice_time("computes");
    m_computing += begins ? 1 : -1;
    begins ? static_cast<void>(m_runnable.erase(&p)) : static_cast<void>(m_runnable.insert(&p));
  }

  Runtime* runtime = nullptr;
  bool in_order = true;
  int waits = 0;  // so far
  std::vector<std::string> complaints;

 private:
  struct Wait {
    WaitOn on;
    LaneId joins;
    Deadline deadline;
    std::optional<WaitEnd> end;  // once it can go on
    int armed;
  };
  Instant now() const { return runtime->now(); }
  void complain(const std::string& what) { complaints.push_back(fmt::format("{} s: {}", to_seconds(now()), what)); }
  void complain(const Participant& p, const std::string& what) {
    complain(fmt::format("lane {} {}", p.id().value, what));
  }
  void wake(Participant* p, WaitEnd end) {
    Wait& wait = m_waits.at(p);
    if (!wait.end) wait.end = end;
    if (wait.on == WaitOn::Join && end == WaitEnd::Ready) wait.deadline.reset();
    m_runnable.insert(p);
  }
  void notice_time(const char* event) {
    if (now() < m_last) complain("time went back");
    if (now() == m_last) return;
    if (m_spawned > 0 || !m_runnable.empty())
      complain(fmt::format("time moved, though somebody could run ({})", event));
    m_last = now();
    m_last_timeout = -1;
    for (auto& [p, wait] : m_waits) {
      if (wait.deadline && *wait.deadline < now()) complain(*p, "was passed over");
      if (wait.deadline == now()) wake(p, WaitEnd::Timeout);
    }
  }

  std::map<Participant*, Wait> m_waits;
  std::set<Participant*> m_runnable;
  int m_spawned = 1;  // main is
  int m_computing = 0;
  int m_last_timeout = -1;
  Instant m_last{};
  std::optional<Instant> m_settled_at;
};

struct Verdict {
  std::vector<std::string> complaints;
  int waits = 0;
};

Verdict judge_program(std::uint64_t seed, SimulatedOptions options, bool paced) {
  Judge judge;
  std::optional<RandomProgram> program;  // outlives the run
  Simulated runtime(judge, options);
  judge.runtime = &runtime;
  judge.in_order = !options.random;
  if (paced) runtime.set_pace({.rate = 1e5});
  program.emplace(runtime, seed, RandomProgram::Units{.sleep = 500ms, .work = 9ms}, &judge);
  runtime.start([&] { (*program)(); });
  if (runtime.wait(2min) == Phase::Running) return {{"the run goes on and on"}, 0};
  return {judge.complaints, judge.waits};
}

}  // namespace

TEST_CASE("virtual time never moves while somebody can run, whatever the program", "[simulated]") {
  const SimulatedOptions options = GENERATE(SimulatedOptions{}, SimulatedOptions{.random = true, .seed = 5},
                                            SimulatedOptions{.random = true, .seed = 6, .cores = 1});
  const bool paced = GENERATE(false, true);
  CAPTURE(options.random, options.cores, paced);
  int waits = 0;
  for (std::uint64_t i = 0; i < 40; ++i) {
    // Half of the programs are always the same, half are new each time.
    const std::uint64_t seed = i % 2 == 0 ? i : Catch::getSeed() + i;
    CAPTURE(seed);
    const Verdict verdict = judge_program(seed, options, paced);
    CHECK(verdict.complaints == std::vector<std::string>{});
    waits += verdict.waits;
  }
  CHECK(waits > 800);  // else the programs prove little
}
