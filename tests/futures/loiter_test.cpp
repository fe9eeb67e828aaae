// loiter(n) through map: when each task starts and ends and when its result can be shown follows FIFO list scheduling.
#include <fmt/format.h>

#include <algorithm>

#include "futures/lab.hpp"

namespace loiter::futures::lab {
namespace {

struct Times {
  std::vector<int> starts;
  std::vector<int> ends;
  std::vector<int> results;  // when the iterator gave it
  int end = 0;               // of the whole
};

int in_units(Duration d) {
  CHECK(d % U == Duration::zero());
  return static_cast<int>(d / U);
}

Times predict(int tasks, int workers) {
  Times times;
  std::vector<int> free_at(static_cast<std::size_t>(workers), 0);
  for (int n = 0; n < tasks; ++n) {
    const auto worker = std::ranges::min_element(free_at);
    times.starts.push_back(*worker);
    *worker += n;
    times.ends.push_back(*worker);
    times.end = std::max(times.end, *worker);
    times.results.push_back(times.end);
  }
  return times;
}

Times observe(int tasks, int workers) {
  Times times;
  times.starts.resize(static_cast<std::size_t>(tasks));
  times.ends.resize(static_cast<std::size_t>(tasks));
  simulate([&](Lab& lab) {
    ThreadPoolExecutor pool(lab.context, {.max_workers = workers});
    const auto task = named("loiter", [&](int n) {
      times.starts[static_cast<std::size_t>(n)] = in_units(lab.now());
      lab.sleep(n * U);
      times.ends[static_cast<std::size_t>(n)] = in_units(lab.now());
      return n * 10;
    });
    std::vector<int> inputs;
    for (int n = 0; n < tasks; ++n) inputs.push_back(n);
    int i = 0;
    for (const int value : pool.map(task, inputs)) {
      CHECK(value == i++ * 10);
      times.results.push_back(in_units(lab.now()));
    }
    times.end = in_units(lab.now());
  });
  return times;
}

void compare(int tasks, int workers) {
  INFO(tasks << " tasks, " << workers << " workers");
  const Times expected = predict(tasks, workers);
  const Times seen = observe(tasks, workers);
  CHECK(seen.starts == expected.starts);
  CHECK(seen.ends == expected.ends);
  CHECK(seen.results == expected.results);
  CHECK(seen.end == expected.end);
}

}  // namespace

TEST_CASE("L35 five loiters on three workers follow FIFO list scheduling", "[loiter]") {
  compare(5, 3);
  const Times seen = observe(5, 3);
  CHECK(seen.starts == std::vector{0, 0, 0, 0, 1});
  CHECK(seen.ends == std::vector{0, 1, 2, 3, 5});
  CHECK(seen.results == std::vector{0, 1, 2, 3, 5});
}

TEST_CASE("L38 eight loiters on three workers follow FIFO list scheduling", "[loiter]") { compare(8, 3); }

TEST_CASE("range(5) ends at 10, 6, 5 and 4 units, range(8) at 28, 16, 12 and 10, with 1, 2, 3 and 4 workers",
          "[loiter]") {
  for (int workers = 1; workers <= 4; ++workers) {
    compare(5, workers);
    compare(8, workers);
  }
  CHECK(observe(5, 1).end == 10);
  CHECK(observe(5, 2).end == 6);
  CHECK(observe(5, 3).end == 5);
  CHECK(observe(5, 4).end == 4);
  CHECK(observe(8, 1).end == 28);
  CHECK(observe(8, 2).end == 16);
  CHECK(observe(8, 3).end == 12);
  CHECK(observe(8, 4).end == 10);
}

}  // namespace loiter::futures::lab
