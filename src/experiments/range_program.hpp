// The program that loiter and crunch have in common: one function called for range(tasks) by a pool.
//
// Shape    Two programs: executor.map, whose results come in the order of the calls, and submit with as_completed, whose
//          futures come as they finish. Everything that happens is printed with the time.
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <ranges>
#include <string>
#include <vector>

#include "experiments/lab.hpp"
#include "futures/as_completed.hpp"

namespace loiter::experiments {

// The book indents loiter(n) by n tabs. Beyond 40 the text would only grow, by gigabytes for 100,000 tasks.
inline std::string tabs_of(int n) { return std::string(static_cast<std::size_t>(std::min(n, 40)), '\t'); }

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

// Of a setup with the parameter `tasks`.
template <class F>
void run_range_program(Lab& lab, const futures::Call<F>& call) {
  const int tasks = static_cast<int>(lab.setup().count("tasks"));
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

}  // namespace loiter::experiments
