#include "engine/scheduled_kills.hpp"

#include <fmt/format.h>

#include <atomic>
#include <memory>
#include <utility>

namespace loiter::engine {
namespace {

// One kill and its lane. Each side writes its own before it reads the other's, so that the lane never sleeps on.
struct Killer {
  ScheduledKill kill;
  LaneId lane;
  std::atomic<bool> is_over{false};
  std::atomic<runtime::Participant*> participant{nullptr};

  void wait_and_kill(futures::Context& context) {
    runtime::Runtime& runtime = context.runtime();
    participant.store(&runtime::Runtime::current());
    const Instant at{kill.at};
    while (!is_over.load() && runtime.now() < at) runtime.park({.on = runtime::WaitOn::Sleep}, at);
    if (is_over.load()) return;
    const std::string name = fmt::format("Process-{}", kill.process);
    if (context.kill_worker(name)) return;
    context.observer().logged("WARNING",
                              fmt::format("{} cannot be killed: there is no such worker at this moment", name));
  }
  void end(runtime::Runtime& runtime) {
    is_over.store(true);
    if (runtime::Participant* const sleeper = participant.load()) runtime.unpark(*sleeper);
    runtime.join_for_cleanup(lane);
  }
};

}  // namespace

Program with_kills(Program program, std::vector<ScheduledKill> kills) {
  if (kills.empty()) return program;
  return [program = std::move(program), kills = std::move(kills)](experiments::Lab& lab) {
    futures::Context& context = lab.context();
    std::vector<std::shared_ptr<Killer>> killers;
    struct EndAll {
      runtime::Runtime& runtime;
      std::vector<std::shared_ptr<Killer>>& killers;
      ~EndAll() {
        for (const auto& killer : killers) killer->end(runtime);
      }
    } const end_all{lab.runtime(), killers};
    for (const ScheduledKill& kill : kills) {
      const auto killer = std::make_shared<Killer>();
      killer->kill = kill;
      killer->lane = lab.runtime().spawn({.name = fmt::format("kill Process-{}", kill.process),
                                          .kind = runtime::LaneKind::Server},  // no part of the program: not shown
                                         [killer, &context] { killer->wait_and_kill(context); });
      killers.push_back(killer);
    }
    program(lab);
  };
}

}  // namespace loiter::engine
