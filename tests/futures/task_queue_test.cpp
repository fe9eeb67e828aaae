// TaskQueue: in order, each task once, whoever takes.
#include "futures/task_queue.hpp"

#include <algorithm>
#include <atomic>
#include <thread>

#include "futures/lab.hpp"

namespace loiter::futures::lab {
namespace {

StateRef task_of(const Promise<int>& promise) { return StateRef::share(promise.future().shared()); }

// A context for tasks that nobody runs: no run is started.
struct Idle {
  Transcript transcript;
  runtime::Live runtime{transcript};
  Context context{runtime, transcript};
};

}  // namespace

TEST_CASE("a task queue gives tasks in the order in which they were added", "[task_queue]") {
  Idle idle;
  TaskQueue queue;
  std::vector<std::uint32_t> taken;
  CHECK(queue.is_empty());
  CHECK_FALSE(queue.take());
  CHECK_FALSE(queue.take_for_sure());
  for (int round = 0; round < 3; ++round) {
    for (int i = 0; i < 3; ++i) queue.push(task_of(Promise<int>(idle.context)));
    CHECK_FALSE(queue.is_empty());
    for (int i = 0; i < 2; ++i) taken.push_back(queue.take()->id().value);
  }
  while (const StateRef task = queue.take_for_sure()) taken.push_back(task->id().value);
  CHECK(taken == std::vector<std::uint32_t>{1, 2, 3, 4, 5, 6, 7, 8, 9});
  CHECK(queue.is_empty());
}

TEST_CASE("a task queue lets go of the tasks that it still holds", "[task_queue]") {
  Idle idle;
  const auto kept = std::make_shared<int>(1);
  {
    TaskQueue queue;
    for (int i = 0; i < 3; ++i) {
      const Promise<int> promise(idle.context);
      promise.future().add_done_callback([kept](const AnyFuture&) {});
      queue.push(StateRef::share(promise.future().shared()));
      if (i == 1) CHECK(queue.take());
    }
    CHECK(kept.use_count() == 3);
  }
  CHECK(kept.use_count() == 1);
}

TEST_CASE("each task is taken once, and no taker sees a later one before an earlier", "[task_queue][live]") {
  constexpr int count = 20'000;
  constexpr int takers = 3;
  Idle idle;
  TaskQueue queue;
  std::atomic<int> left{count};
  std::vector<std::vector<std::uint32_t>> taken(takers);
  std::vector<std::thread> threads;
  for (auto& mine : taken) {
    threads.emplace_back([&queue, &left, &mine] {
      while (left.load() > 0) {
        const StateRef task = queue.take();
        if (!task) continue;
        mine.push_back(task->id().value);
        --left;
      }
    });
  }
  for (int i = 0; i < count; ++i) queue.push(task_of(Promise<int>(idle.context)));
  for (std::thread& thread : threads) thread.join();
  std::vector<std::uint32_t> all;
  for (const auto& mine : taken) {
    CHECK(std::ranges::is_sorted(mine));
    all.insert(all.end(), mine.begin(), mine.end());
  }
  std::ranges::sort(all);
  CHECK(all.size() == count);
  CHECK(std::ranges::adjacent_find(all) == all.end());
  CHECK(queue.is_empty());
}

}  // namespace loiter::futures::lab

