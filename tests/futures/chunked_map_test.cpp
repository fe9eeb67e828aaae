// map_in_chunks(), and map() of a process pool with a chunk size: several calls to a task, results one by one.
#include "futures/chunked_map.hpp"

#include <catch2/catch_test_macros.hpp>
#include <memory>
#include <numeric>
#include <vector>

#include "futures/lab.hpp"
#include "futures/process_pool_executor.hpp"
#include "futures/remote_functions.hpp"

using namespace loiter;
using namespace loiter::futures;
using namespace loiter::futures::lab;

namespace {

std::vector<int> ten_numbers() {
  std::vector<int> numbers(10);
  std::iota(numbers.begin(), numbers.end(), 0);
  return numbers;
}

template <class Iterator>
std::vector<int> all_of(Iterator results) {
  std::vector<int> values;
  while (const auto value = results.next()) values.push_back(*value);
  return values;
}

const auto twice_here = named("twice", [](int n) { return 2 * n; });

}  // namespace

TEST_CASE("P15 ten items make ceil(10 / chunksize) tasks and the same results in order") {
  on_every_clock([](Lab& lab) {
    const std::vector<int> numbers = ten_numbers();
    for (const auto& [chunk_size, tasks] :
         std::vector<std::pair<int, std::uint32_t>>{{1, 10}, {3, 4}, {10, 1}, {50, 1}}) {
      ThreadPoolExecutor pool(lab.context, {.max_workers = 2});
      const std::uint32_t before = lab.context.next_future().value;
      const std::vector<int> values = all_of(map_in_chunks(pool, twice_here, numbers, chunk_size));
      CHECK(lab.context.next_future().value - before - 1 == tasks);
      CHECK(values == std::vector<int>{0, 2, 4, 6, 8, 10, 12, 14, 16, 18});
    }
  });
}

TEST_CASE("P15 a chunksize under 1 is refused at the call") {
  simulate([](Lab& lab) {
    ThreadPoolExecutor pool(lab.context, {.max_workers = 2});
    const std::vector<int> numbers = ten_numbers();
    CHECK_THROWS_AS(map_in_chunks(pool, twice_here, numbers, 0), ValueError);
    CHECK_THROWS_AS(map_in_chunks(pool, twice_here, numbers, -1), ValueError);
  });
}

TEST_CASE("an exception in a chunk loses the whole chunk, and ends the iterator") {
  simulate([](Lab& lab) {
    ThreadPoolExecutor pool(lab.context, {.max_workers = 2});
    const auto fails_at_4 = named("fails_at_4", [](int n) {
      if (n == 4) throw ValueError("four");
      return n;
    });
    const std::vector<int> numbers = ten_numbers();
    auto results = map_in_chunks(pool, fails_at_4, numbers, 3);
    for (int i = 0; i < 3; ++i) CHECK(results.next() == i);
    CHECK_THROWS_AS(results.next(), ValueError);
    CHECK_FALSE(results.next());
  });
}

TEST_CASE("results can be had a chunk at a time, the first after single ones being what is left of theirs") {
  on_every_clock([](Lab& lab) {
    ThreadPoolExecutor pool(lab.context, {.max_workers = 2});
    const std::vector<int> numbers = ten_numbers();
    auto results = map_in_chunks(pool, twice_here, numbers, 4);
    CHECK(results.next() == 0);
    std::vector<std::vector<int>> chunks;
    for (auto chunk = results.next_chunk(); !chunk.empty(); chunk = results.next_chunk()) {
      chunks.emplace_back(chunk.begin(), chunk.end());
    }
    CHECK(chunks == std::vector<std::vector<int>>{{2, 4, 6}, {8, 10, 12, 14}, {16, 18}});
    CHECK_FALSE(results.next());
  });
}

TEST_CASE("values of a chunk that fails are destroyed, each once") {
  simulate([](Lab& lab) {
    ThreadPoolExecutor pool(lab.context, {.max_workers = 1});
    const auto counted = std::make_shared<int>(0);
    const auto fails_at_4 = named("fails_at_4", [counted](int n) {
      if (n == 4) throw ValueError("four");
      return counted;
    });
    const std::vector<int> numbers = ten_numbers();
    {
      auto results = map_in_chunks(pool, fails_at_4, numbers, 5);
      CHECK_THROWS_AS(results.next(), ValueError);
    }
    pool.shutdown();
    CHECK(counted.use_count() == 2);  // this one, and the call's
  });
}

TEST_CASE("no items make no tasks") {
  simulate([](Lab& lab) {
    ThreadPoolExecutor pool(lab.context, {.max_workers = 2});
    CHECK(all_of(map_in_chunks(pool, twice_here, std::vector<int>{}, 3)).empty());
  });
}

TEST_CASE("P15 a process pool's map makes ceil(n / chunksize) tasks; other executors ignore the size", "[live]") {
  on_every_clock([](Lab& lab) {
    SequentialExecutor sequential(lab.context);
    ThreadPoolExecutor threads(lab.context, {.max_workers = 2});
    ProcessPoolExecutor processes(lab.context, {.max_workers = 2});
    const auto tasks_of = [&](Executor& executor, std::ptrdiff_t chunk_size) {
      const std::uint32_t before = lab.context.next_future().value;
      CHECK(all_of(executor.map(named("twice", twice.with()), ten_numbers(), {.chunk_size = chunk_size})) ==
            std::vector<int>{0, 2, 4, 6, 8, 10, 12, 14, 16, 18});
      return lab.context.next_future().value - before - 1;
    };
    CHECK(tasks_of(processes, 1) == 10);
    CHECK(tasks_of(processes, 3) == 4);
    CHECK(tasks_of(processes, 10) == 1);
    CHECK(tasks_of(processes, 50) == 1);
    CHECK(tasks_of(threads, 3) == 10);
    CHECK(tasks_of(threads, 0) == 10);
    CHECK(tasks_of(sequential, 3) == 10);
    CHECK(lab.transcript.count("submitted to 2: twice x 3") == 3);
    CHECK(lab.transcript.count("submitted to 2: twice x 1") == 3);  // the last of four, and "x 10" twice
    for (const std::ptrdiff_t chunk_size : {0, -1}) {
      CHECK(raised_by([&] {
              processes.map(named("twice", twice.with()), ten_numbers(), {.chunk_size = chunk_size});
            }) == "ValueError: chunksize must be >= 1.");
    }
  });
}

TEST_CASE("finding 12: one exception in a chunk loses the whole chunk, and ends the iterator", "[live]") {
  on_every_clock([](Lab& lab) {
    ProcessPoolExecutor pool(lab.context, {.max_workers = 2});
    auto results = pool.map(named("twice_unless", twice_unless.with(4)), ten_numbers(), {.chunk_size = 3});
    for (int i = 0; i < 3; ++i) CHECK(results.next() == 2 * i);
    CHECK(raised_by([&] { results.next(); }) == "ValueError: unlucky");
    CHECK_FALSE(results.next());
    CHECK(pool.submit(named("twice", twice.with()), 4).result() == 8);
  });
}

TEST_CASE("chunks of several arguments, of none, and of calls that no worker knows", "[live]") {
  on_every_clock([](Lab& lab) {
    ProcessPoolExecutor pool(lab.context, {.max_workers = 2});
    const std::vector<std::tuple<int, int>> pairs{{1, 2}, {3, 3}, {5, 5}};
    auto quotients = pool.map(named("quotient", quotient.with()), pairs, {.chunk_size = 2});
    CHECK(all_of(std::move(quotients)) == std::vector<int>{0, 1, 1});
    CHECK(all_of(pool.map(named("twice", twice.with()), std::vector<int>{}, {.chunk_size = 2})).empty());
    auto unknown = pool.map(twice_here, ten_numbers(), {.chunk_size = 5});
    CHECK(raised_by([&] { unknown.next(); }).starts_with("PicklingError: Can't pickle <function twice>"));
  });
}
