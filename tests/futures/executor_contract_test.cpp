// What every executor promises, on every clock.
#include <algorithm>
#include <catch2/catch_template_test_macros.hpp>
#include <memory>
#include <numeric>
#include <set>
#include <thread>

#include "futures/lab.hpp"
#include "futures/process_pool_executor.hpp"
#include "futures/remote_functions.hpp"

namespace loiter::futures::lab {
namespace {

template <class E, Clock the_clock, runtime::GilKind gil = runtime::GilKind::None>
struct On {
  static constexpr bool is_thread_pool = std::same_as<E, ThreadPoolExecutor>;
  static constexpr bool is_process_pool = std::same_as<E, ProcessPoolExecutor>;
  // What the observer is told when the call itself begins and ends: a process pool says that apart from the future's state.
  static constexpr const char* began = is_process_pool ? " call began" : " started";
  static constexpr const char* ended = is_process_pool ? " call ended" : " ended";

  static std::unique_ptr<Executor> make(Lab& lab, int workers = 3) {
    if constexpr (is_thread_pool) {
      return std::make_unique<E>(lab.context, ThreadPoolOptions{.max_workers = workers});
    } else if constexpr (is_process_pool) {
      return std::make_unique<E>(lab.context, ProcessPoolOptions{.max_workers = workers});
    } else {
      return std::make_unique<E>(lab.context);
    }
  }
  static std::unique_ptr<Transcript> run(const Body& body) { return lab::run(the_clock, body, {.gil = {.kind = gil}}); }
};
using SequentialSimulated = On<SequentialExecutor, Clock::Simulated>;
using SequentialLive = On<SequentialExecutor, Clock::Live>;
using PoolSimulated = On<ThreadPoolExecutor, Clock::Simulated>;
using PoolLive = On<ThreadPoolExecutor, Clock::Live>;
using ProcessesSimulated = On<ProcessPoolExecutor, Clock::Simulated>;
using ProcessesLive = On<ProcessPoolExecutor, Clock::Live>;
using PoolUnderGilSimulated = On<ThreadPoolExecutor, Clock::Simulated, runtime::GilKind::Cpython>;
using PoolUnderGilLive = On<ThreadPoolExecutor, Clock::Live, runtime::GilKind::Cpython>;
using ProcessesUnderGil = On<ProcessPoolExecutor, Clock::Simulated, runtime::GilKind::Cpython>;

auto loiter_call() { return named("loiter", remote_loiter.with(U)); }

// A value whose move may throw, as a user's may.
struct Fragile {
  bool breaks = false;
  Fragile() = default;
  explicit Fragile(bool does) : breaks(does) {}
  Fragile(const Fragile& other) : breaks(other.breaks) {
    if (breaks) throw ValueError("fragile");
  }
  Fragile& operator=(const Fragile&) = default;
};

// Where in the transcript this text comes first; fails the test if it does not.
std::size_t position(const Lines& lines, std::string_view text) {
  const auto it = std::ranges::find_if(lines, [&](const std::string& line) { return line.find(text) != line.npos; });
  INFO(text);
  CHECK(it != lines.end());
  return static_cast<std::size_t>(it - lines.begin());
}

}  // namespace
}  // namespace loiter::futures::lab

template <>
struct loiter::PythonType<loiter::futures::lab::Fragile> {
  static const char* name() { return "Fragile"; }
  static std::string repr(const futures::lab::Fragile&) { return "Fragile()"; }
};
namespace loiter::futures::lab {

// Calls that refer to what is in this process cannot be sent to another.
#define IN_THIS_PROCESS \
  SequentialSimulated, SequentialLive, PoolSimulated, PoolLive, PoolUnderGilSimulated, PoolUnderGilLive
#define EVERYWHERE IN_THIS_PROCESS, ProcessesSimulated, ProcessesLive, ProcessesUnderGil

TEMPLATE_TEST_CASE("an executor gives back what the call returned, whatever its type", "[executor_contract][live]",
                   EVERYWHERE) {
  TestType::run([](Lab& lab) {
    const auto executor = TestType::make(lab);
    CHECK(executor->submit(named("f", twice.with()), 21).result() == 42);
    CHECK(executor->submit(named("f", same_text.with()), std::string("text")).result() == "text");
    CHECK(executor->submit(named("f", half.with()), 3).result() == 1.5);
    CHECK(executor->submit(named("f", is_even.with()), 4).result());
    CHECK(executor->submit(named("f", number_and_text.with()), 7).result() == std::pair(7, std::string("7")));
    CHECK(executor->submit(named("f", none_if_zero.with()), 0).result() == std::nullopt);
    CHECK(executor->submit(named("f", none_if_zero.with()), 5).result() == 5);
    CHECK(executor->submit(named("f", nothing.with())).result() == None{});
  });
}

TEMPLATE_TEST_CASE("an executor runs any callable of this process", "[executor_contract][live]", IN_THIS_PROCESS) {
  TestType::run([](Lab& lab) {
    const auto executor = TestType::make(lab);
    CHECK(executor->submit(named("f", [](int n) { return n + 1; }), 41).result() == 42);
    CHECK(executor->submit(named("f", [](const char* text) { return std::string(text); }), "it's").result() == "it's");
    CHECK(executor->submit(named("f", [] {})).result() == None{});
    const std::string kept = "kept";
    const Future<std::string> copied =
        executor->submit_labelled({.name = "f"}, [&kept]() -> const std::string& { return kept; });
    CHECK(copied.result() == "kept");
  });
}

TEMPLATE_TEST_CASE("an executor gives big values back whole, to each who asks", "[executor_contract][live]",
                   EVERYWHERE) {
  TestType::run([](Lab& lab) {
    const auto executor = TestType::make(lab);
    const auto future = executor->submit(named("numbers_up_to", numbers_up_to.with()), 100'000);
    const std::vector<int> first = future.result();
    CHECK(first.size() == 100'000);
    CHECK(first.back() == 99'999);
    CHECK(future.result() == first);
  });
}

TEMPLATE_TEST_CASE("an executor passes an exception on with its type and message", "[executor_contract][live]",
                   EVERYWHERE) {
  TestType::run([](Lab& lab) {
    const auto executor = TestType::make(lab);
    const auto error_of = [&](int kind) {
      const auto future = executor->submit(named("fails", raise_kind.with()), kind);
      CHECK(raised_by([&] { future.result(); }) == error_text(future.exception()));
      return error_text(future.exception());
    };
    CHECK(error_of(0) == "ValueError: boom");
    CHECK(error_of(1) == "ZeroDivisionError: division by zero");
    CHECK(error_of(2) == "KeyError: 'k'");
    CHECK(error_of(3) == "RuntimeError: plain");
    CHECK(error_of(4) == "Exception: ");
    CHECK(lab.transcript.count("ended raised ValueError boom") == 1);
  });
}

TEMPLATE_TEST_CASE("an executor takes nothing after its shutdown, and a second shutdown is no error",
                   "[executor_contract][live]", EVERYWHERE) {
  TestType::run([](Lab& lab) {
    const auto executor = TestType::make(lab);
    const auto before = executor->submit(loiter_call(), 1);
    executor->shutdown();
    const std::string refused = "RuntimeError: cannot schedule new futures after shutdown";
    CHECK(raised_by([&] { executor->submit(loiter_call(), 1); }) == refused);
    CHECK(raised_by([&] { executor->map(loiter_call(), std::vector{1}); }) == refused);
    executor->shutdown({.wait = true, .cancel_futures = true});
    CHECK(before.result() == 10);
    CHECK(lab.transcript.count("submitted") == 1);
  });
}

TEMPLATE_TEST_CASE("a task may submit to its own executor", "[executor_contract][live]", IN_THIS_PROCESS) {
  TestType::run([](Lab& lab) {
    const auto executor = TestType::make(lab, 2);
    const auto outer = executor->submit(
        named("outer", [&executor, &lab](int n) { return executor->submit(lab.loiter(), n).result() + 1; }), 2);
    CHECK(outer.result() == 21);
  });
}

TEMPLATE_TEST_CASE("an executor takes arguments that can only be moved", "[executor_contract][live]", EVERYWHERE) {
  TestType::run([](Lab& lab) {
    const auto executor = TestType::make(lab);
    const auto task = named("owns", text_and_owned.with());
    CHECK(executor->submit(task, std::make_unique<int>(7), std::string("seven ")).result() == "seven 7");
    CHECK(lab.transcript.count("owns(7, 'seven ')") == 1);
  });
}

TEMPLATE_TEST_CASE("an executor copies its arguments before submit returns", "[executor_contract][live]", EVERYWHERE) {
  TestType::run([](Lab& lab) {
    const auto executor = TestType::make(lab, 1);
    const Gate gate(lab.context);
    if (TestType::is_thread_pool) executor->submit(named("gated", [gate] { gate.pass(); }));
    std::string text = "before";
    const auto future = executor->submit(named("same_text", same_text.with()), text);
    text = "after";
    gate.open();
    CHECK(future.result() == "before");
  });
}

TEMPLATE_TEST_CASE("the observer is told each call as Python would write it", "[executor_contract][live]", EVERYWHERE) {
  TestType::run([](Lab& lab) {
    const auto executor = TestType::make(lab);
    executor->submit(loiter_call(), 3).result();
    executor->submit(named("divide", quotient.with()), 3, 2).result();
    executor->submit(named("f", nothing_of_three.with()), true, 0.5, std::string("it's")).result();
    executor->submit(named("g", nothing.with())).result();
    executor->submit(named("neg", same_number.with()), std::int64_t{-9'000'000'000}).result();
    executor->submit(named("one", same_text.with()), std::string("a\nb")).result();
    executor->submit(named(CallName(std::string("made") + "_here"), nothing_of_list.with()), std::vector{1, 2})
        .result();
    const Lines labels = lab.transcript.texts_with("submitted to");
    CHECK(labels == Lines{"1 submitted to 0: loiter(3)", "2 submitted to 0: divide(3, 2)",
                          "3 submitted to 0: f(True, 0.5, \"it's\")", "4 submitted to 0: g",
                          "5 submitted to 0: neg(-9000000000)", "6 submitted to 0: one('a\\nb')",
                          "7 submitted to 0: made_here([1, 2])"});
    const Lines values{"int 30",          "int 1",       "NoneType None", "NoneType None",
                       "int -9000000000", "str 'a\\nb'", "NoneType None"};
    Lines ends;
    for (std::size_t i = 0; i < values.size(); ++i)
      ends.push_back(std::to_string(i + 1) + TestType::ended + " returned " + values[i]);
    CHECK(lab.transcript.texts_with("ended") == ends);
  });
}

TEMPLATE_TEST_CASE("the observer is told of submission, start, end and delivery in that order",
                   "[executor_contract][live]", EVERYWHERE) {
  const auto told = TestType::run([](Lab& lab) {
    const auto executor = TestType::make(lab);
    std::vector<Future<int>> futures;
    for (int i = 0; i < 20; ++i) futures.push_back(executor->submit(loiter_call(), i % 3));
    for (const auto& future : futures) future.result();
  });
  const Lines lines = told->lines();
  for (int id = 1; id <= 20; ++id) {
    const std::string future = ": " + std::to_string(id);
    const std::size_t submitted = position(lines, future + " submitted");
    const std::size_t started = position(lines, future + TestType::began);
    const std::size_t ended = position(lines, future + TestType::ended);
    const std::size_t delivered = position(lines, future + " delivered by result");
    CHECK(submitted < started);
    CHECK(started < ended);
    CHECK(ended < delivered);
  }
}

TEMPLATE_TEST_CASE("the end of an executor waits for what was submitted", "[executor_contract][live]", EVERYWHERE) {
  TestType::run([](Lab& lab) {
    std::vector<Future<int>> futures;
    {
      const auto executor = TestType::make(lab, 2);
      for (int i = 0; i < 6; ++i) futures.push_back(executor->submit(loiter_call(), 1));
    }
    CHECK(std::ranges::all_of(futures, [](const auto& f) { return f.state() == FutureState::Finished; }));
    CHECK(lab.transcript.count("shuts down") == 1);
  });
}

TEMPLATE_TEST_CASE("map, as_completed and wait work with any executor", "[executor_contract][live]", EVERYWHERE) {
  TestType::run([](Lab& lab) {
    const auto executor = TestType::make(lab);
    std::vector<int> mapped;
    for (const int value : executor->map(loiter_call(), std::vector{2, 0, 1})) mapped.push_back(value);
    CHECK(mapped == std::vector{20, 0, 10});
    std::vector<Future<int>> futures;
    for (int i = 0; i < 5; ++i) futures.push_back(executor->submit(loiter_call(), i));
    std::set<int> completed;
    for (const auto& future : as_completed(futures)) completed.insert(future.result());
    CHECK(completed == std::set{0, 10, 20, 30, 40});
    CHECK(wait(futures).done.size() == 5);
  });
}

TEMPLATE_TEST_CASE("many submitters at once each get their own results", "[executor_contract][live]", EVERYWHERE) {
  constexpr int submitters = 4;
  constexpr int each = 100;
  const auto told = TestType::run([](Lab& lab) {
    const auto executor = TestType::make(lab);
    std::atomic<int> wrong{0};
    std::vector<LaneId> lanes;
    for (int s = 0; s < submitters; ++s) {
      lanes.push_back(lab.spawn("submitter", [&, s] {
        std::vector<Future<int>> futures;
        const auto task = named("twice", twice.with());
        for (int i = 0; i < each; ++i) futures.push_back(executor->submit(task, s * each + i));
        for (int i = 0; i < each; ++i) {
          if (futures[static_cast<std::size_t>(i)].result() != 2 * (s * each + i)) ++wrong;
        }
      }));
    }
    for (const LaneId lane : lanes) lab.join(lane);
    CHECK(wrong == 0);
  });
  CHECK(told->count("ended returned") == submitters * each);
}

TEMPLATE_TEST_CASE("a repr that throws does not change what the call returned", "[executor_contract][live]",
                   EVERYWHERE) {
  TestType::run([](Lab& lab) {
    const auto executor = TestType::make(lab);
    const auto future = executor->submit(named("point", point_at.with()), 3);
    CHECK(future.result() == Point{3});
    CHECK(lab.transcript.count("ended returned Point <unprintable Point object>") == 1);
    const Promise<Point> promise(lab.context);
    promise.set_result(Point{4});
    CHECK(promise.future().result() == Point{4});
  });
}

TEMPLATE_TEST_CASE("a value that cannot be moved into its future leaves an exception in it",
                   "[executor_contract][live]", IN_THIS_PROCESS) {
  TestType::run([](Lab& lab) {
    const auto executor = TestType::make(lab);
    const Fragile broken(true);
    const auto future =
        executor->submit_labelled({.name = "fragile"}, [&broken]() -> const Fragile& { return broken; });
    CHECK(error_text(future.exception()) == "ValueError: fragile");
  });
}

TEST_CASE("a promise that cannot take its value stays as it was", "[executor_contract]") {
  simulate([](Lab& lab) {
    const Promise<Fragile> promise(lab.context);
    CHECK(raised_by([&] { promise.set_result(Fragile(true)); }) == "ValueError: fragile");
    CHECK(promise.future().state() == FutureState::Pending);
    promise.set_result(Fragile());
    CHECK(promise.future().done());
  });
}

TEMPLATE_TEST_CASE("a thousand workers can be had, and all end", "[executor_contract][live]", PoolSimulated, PoolLive) {
  const auto told = TestType::run([](Lab& lab) {
    ThreadPoolExecutor pool(lab.context, {.max_workers = 1000});
    const Gate gate(lab.context);
    for (int i = 0; i < 1000; ++i) pool.submit(named("gated", [gate] { gate.pass(); }));
    CHECK(pool.thread_count() == 1000);
    pool.submit(named("waits", [] {}));
    CHECK(pool.thread_count() == 1000);
    gate.open();
  });
  CHECK(told->count("ended returned") == 1001);
}

TEST_CASE("a pending future of a number takes at most 96 bytes, in one allocation", "[executor_contract]") {
  const auto call = [function = [](int n) { return n; }, argument = 3]() mutable { return function(argument); };
  CHECK(sizeof(Task<int, std::decay_t<decltype(call)>>) <= 88);  // and the allocator's own 8
}

}  // namespace loiter::futures::lab
