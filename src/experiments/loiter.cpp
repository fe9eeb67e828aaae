#include "experiments/loiter.hpp"

#include <fmt/format.h>

#include "experiments/lab.hpp"
#include "experiments/loiter_listing.hpp"
#include "experiments/range_program.hpp"
#include "experiments/task_lab.hpp"

namespace loiter::experiments {
namespace {

// "3s", or with another unit than a second "0.75s".
std::string seconds_text(Duration d) { return fmt::format("{:.6g}s", to_seconds(d)); }

int loiter(futures::Host& host, Duration unit, int n) {
  TaskLab lab(host);
  const std::string tabs = tabs_of(n);
  lab.at("loiter.begin");
  lab.display(fmt::format("{}loiter({}): doing nothing for {}...", tabs, n, seconds_text(unit * n)));
  lab.at("loiter.sleep");
  lab.sleep(unit * n);
  lab.at("loiter.done");
  lab.display(fmt::format("{}loiter({}): done.", tabs, n));
  lab.at("loiter.return");
  return n * 10;
}
const futures::RemoteFunction loiter_function("loiter", loiter);

void main_program(Lab& lab) {
  run_range_program(lab, futures::named("loiter", loiter_function.with(lab.setup().time("unit"))));
}

}  // namespace

Experiment loiter_experiment() {
  constexpr std::int64_t hour = std::chrono::nanoseconds(std::chrono::hours(1)).count();
  return {
      .name = "loiter",
      .title = "Loiter: who waits for whom",
      .summary =
          "loiter(n) does nothing for n seconds and returns n * 10. See when each call begins, when it ends, and "
          "when the program gets its result: with map in the order of the calls, with as_completed as they finish.",
      .parameters = {{.name = "tasks",
                      .kind = Parameter::Kind::Count,
                      .help = "how many calls: loiter(0), loiter(1), ...",
                      .usual = "5",
                      .least = 0,
                      .most = 100'000},
                     {.name = "unit",
                      .kind = Parameter::Kind::Time,
                      .help = "how long loiter(1) does nothing",
                      .usual = "1s",
                      .least = 0,
                      .most = hour}},
      .usual_workers = 3,
      .main = main_program,
      .listing = loiter_listing,
  };
}

}  // namespace loiter::experiments
