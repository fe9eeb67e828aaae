// map_in_chunks(): several calls to a task, results one by one.
#include "futures/chunked_map.hpp"

#include <catch2/catch_test_macros.hpp>
#include <memory>
#include <numeric>
#include <vector>

#include "futures/lab.hpp"

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

const auto twice = named("twice", [](int n) { return 2 * n; });

}  // namespace

TEST_CASE("P15 ten items make ceil(10 / chunksize) tasks and the same results in order") {
  on_every_clock([](Lab& lab) {
    const std::vector<int> numbers = ten_numbers();
    for (const auto& [chunk_size, tasks] :
         std::vector<std::pair<int, std::uint32_t>>{{1, 10}, {3, 4}, {10, 1}, {50, 1}}) {
      ThreadPoolExecutor pool(lab.context, {.max_workers = 2});
      const std::uint32_t before = lab.context.next_future().value;
      const std::vector<int> values = all_of(map_in_chunks(pool, twice, numbers, chunk_size));
      CHECK(lab.context.next_future().value - before - 1 == tasks);
      CHECK(values == std::vector<int>{0, 2, 4, 6, 8, 10, 12, 14, 16, 18});
    }
  });
}

TEST_CASE("P15 a chunksize under 1 is refused at the call") {
  simulate([](Lab& lab) {
    ThreadPoolExecutor pool(lab.context, {.max_workers = 2});
    const std::vector<int> numbers = ten_numbers();
    CHECK_THROWS_AS(map_in_chunks(pool, twice, numbers, 0), ValueError);
    CHECK_THROWS_AS(map_in_chunks(pool, twice, numbers, -1), ValueError);
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
    auto results = map_in_chunks(pool, twice, numbers, 4);
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
    CHECK(all_of(map_in_chunks(pool, twice, std::vector<int>{}, 3)).empty());
  });
}
