// The pools that are compared, behind one shape: submit(i) gives something to ask for i's result.
#pragma once

#include <future>
#include <utility>

#include "bench/lab.hpp"
#include "futures/call.hpp"

#if defined(LOITER_HAVE_ASIO)
#include <boost/asio/post.hpp>
#include <boost/asio/thread_pool.hpp>
#endif
#if defined(LOITER_HAVE_TBB)
#include <oneapi/tbb/global_control.h>
#include <oneapi/tbb/task_arena.h>
#endif

namespace loiter::bench {

inline int work(int i) { return i * 2 + 1; }

// Runs `body(pool)` with a Loiter pool of that many threads.
struct LoiterPool {
  static constexpr const char* name = "loiter";
  template <class Body>
  static void with(int workers, Body body) {
    in_lab([&](futures::Context& context) {
      futures::ThreadPoolExecutor executor(context, {.max_workers = workers});
      LoiterPool pool{executor};
      body(pool);
    });
  }
  auto submit(int i) { return executor.submit(futures::named("work", work), i); }
  template <class F>
  static int result(F& future) {
    return future.result();
  }
  futures::ThreadPoolExecutor& executor;
};

struct AsyncPool {
  static constexpr const char* name = "std::async";
  template <class Body>
  static void with(int /*workers*/, Body body) {
    AsyncPool pool;
    body(pool);
  }
  auto submit(int i) { return std::async(std::launch::async, work, i); }
  static int result(std::future<int>& future) { return future.get(); }
};

#if defined(LOITER_HAVE_ASIO)
struct AsioPool {
  static constexpr const char* name = "asio::thread_pool";
  template <class Body>
  static void with(int workers, Body body) {
    boost::asio::thread_pool threads(static_cast<std::size_t>(workers));
    AsioPool pool{threads};
    body(pool);
    threads.join();
  }
  auto submit(int i) {
    std::packaged_task<int()> task([i] { return work(i); });
    auto future = task.get_future();
    boost::asio::post(threads, std::move(task));
    return future;
  }
  static int result(std::future<int>& future) { return future.get(); }
  boost::asio::thread_pool& threads;
};
#endif

#if defined(LOITER_HAVE_TBB)
struct TbbPool {
  static constexpr const char* name = "oneTBB task_arena";
  template <class Body>
  static void with(int workers, Body body) {
    // One slot more than workers, and none for the submitter, so that exactly that many threads work.
    const oneapi::tbb::global_control limit(oneapi::tbb::global_control::max_allowed_parallelism,
                                            static_cast<std::size_t>(workers) + 1);
    oneapi::tbb::task_arena arena(workers, 0);
    TbbPool pool{arena};
    body(pool);
  }
  auto submit(int i) {
    auto task = std::make_shared<std::packaged_task<int()>>([i] { return work(i); });
    auto future = task->get_future();
    arena.enqueue([task = std::move(task)] { (*task)(); });
    return future;
  }
  static int result(std::future<int>& future) { return future.get(); }
  oneapi::tbb::task_arena& arena;
};
#endif

}  // namespace loiter::bench
