#include "experiments/crunch.hpp"

#include <fmt/format.h>

#include "experiments/lab.hpp"
#include "experiments/range_program.hpp"
#include "experiments/task_lab.hpp"

namespace loiter::experiments {
namespace {

int crunch(futures::Host& host, Duration unit, double mix, int n) {
  TaskLab lab(host);
  const std::string tabs = tabs_of(n);
  const Duration computing = from_seconds(to_seconds(unit * n) * mix);
  const Duration waiting = unit * n - computing;
  lab.at("crunch.begin");
  lab.display(fmt::format("{}crunch({}): waits {:.6g}s, computes {:.6g}s...", tabs, n, to_seconds(waiting),
                          to_seconds(computing)));
  lab.at("crunch.sleep");
  lab.sleep(waiting);
  lab.at("crunch.compute");
  host.compute(computing);
  lab.at("crunch.done");
  lab.display(fmt::format("{}crunch({}): done.", tabs, n));
  lab.at("crunch.return");
  return n * 10;
}
const futures::RemoteFunction crunch_function("crunch", crunch);

void main_program(Lab& lab) {
  const Setup& setup = lab.setup();
  run_range_program(lab, futures::named("crunch", crunch_function.with(setup.time("unit"), setup.share("mix"))));
}

}  // namespace

Experiment crunch_experiment() {
  using Kind = Parameter::Kind;
  constexpr std::int64_t hour = std::chrono::nanoseconds(std::chrono::hours(1)).count();
  return {
      .name = "crunch",
      .title = "Crunch: waiting or computing",
      .summary =
          "crunch(n) is loiter's twin: it keeps a core busy for n units, or waits for a share of them. The more of the "
          "work is computing, the less it helps to have more workers than cores; and under Python's GIL threads then "
          "help nothing at all.",
      .parameters = {{.name = "mix",
                      .kind = Kind::Share,
                      .help = "the share that computes: 0 only waits, 1 only computes",
                      .usual = "1"},
                     {.name = "tasks",
                      .kind = Kind::Count,
                      .help = "how many calls: crunch(0), crunch(1), ...",
                      .usual = "5",
                      .least = 0,
                      .most = 100'000,
                      .is_rare = true},
                     {.name = "unit",
                      .kind = Kind::Time,
                      .help = "how long crunch(1) takes",
                      .usual = "100ms",
                      .least = 0,
                      .most = hour,
                      .is_rare = true}},
      .usual_workers = one_per_core,
      .main = main_program,
      .listing = crunch_listing,
      .runs_in_python = true,
  };
}

}  // namespace loiter::experiments
