#include "experiments/loiter.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <ranges>

#include "experiments/lab.hpp"
#include "experiments/loiter_listing.hpp"
#include "experiments/task_lab.hpp"
#include "futures/as_completed.hpp"

namespace loiter::experiments {
namespace {

// The book indents loiter(n) by n tabs. Beyond this many the text would only grow, by gigabytes for 100,000 tasks.
constexpr std::int64_t most_tabs = 40;

// "3s", or with another unit than a second "0.75s".
std::string seconds_text(Duration d) { return fmt::format("{:.6g}s", to_seconds(d)); }

int loiter(futures::Host& host, Duration unit, int n) {
  TaskLab lab(host);
  const std::string tabs(static_cast<std::size_t>(std::min<std::int64_t>(n, most_tabs)), '\t');
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

template <class F>
void collect_with_map(Lab& lab, futures::Executor& executor, const futures::Call<F>& call, int tasks) {
  lab.at("main.map");
  auto results = executor.map(call, std::views::iota(0, tasks));
  lab.at("main.results");
  lab.display("results: " + results.repr());
  lab.at("main.waiting");
  lab.display("Waiting for individual results:");
  lab.at("main.next");
  for (int i = 0; const auto result = results.next(); ++i) {
    lab.at("main.result");
    lab.display(fmt::format("result {}: {}", i, *result));
    lab.at("main.next");
  }
}

template <class F>
void collect_as_completed(Lab& lab, futures::Executor& executor, const futures::Call<F>& call, int tasks) {
  lab.at("main.submit");
  std::vector<futures::Future<int>> to_do;
  for (int n = 0; n < tasks; ++n) to_do.push_back(executor.submit(call, n));
  lab.at("main.results");
  lab.display(fmt::format("submitted: {} futures", to_do.size()));
  lab.at("main.waiting");
  lab.display("Waiting for individual results:");
  auto completed = futures::as_completed(to_do);
  lab.at("main.next");
  for (int i = 0; const auto future = completed.next(); ++i) {
    lab.at("main.result");
    lab.display(fmt::format("result {}: {}", i, future->result()));
    lab.at("main.next");
  }
}

void main_program(Lab& lab) {
  const Duration unit = lab.setup().time("unit");
  const int tasks = static_cast<int>(lab.setup().count("tasks"));
  const auto call = futures::named("loiter", loiter_function.with(unit));
  lab.at("main.start");
  lab.display("Script starting.");
  lab.at("main.pool");
  const auto executor = lab.make_executor();
  if (lab.setup().collect == Collect::Map) {
    collect_with_map(lab, *executor, call, tasks);
  } else {
    collect_as_completed(lab, *executor, call, tasks);
  }
  lab.at("main.leave");
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
