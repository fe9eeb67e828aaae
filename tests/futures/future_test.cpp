// The states of a future, what each of its members says and does in each, and its exact texts.
#include "futures/lab.hpp"
#include "futures/states.hpp"

namespace loiter::futures::lab {
namespace {

using Texts = std::array<std::string, 6>;
using Truths = std::array<bool, 6>;
using States = std::array<FutureState, 6>;
using enum FutureState;

FutureState state_of(const Promise<int>& promise) { return promise.future().state(); }

}  // namespace

TEST_CASE("F01 repr() says the state, and of a finished future the type of its value or exception", "[future]") {
  simulate([](Lab& lab) {
    OneOfEach futures(lab.context);
    CHECK(futures.each([](auto& p) { return p.future().repr(); }) ==
          Texts{"<Future at 0x7f3a00000040 state=pending>", "<Future at 0x7f3a00000080 state=running>",
                "<Future at 0x7f3a000000c0 state=cancelled>", "<Future at 0x7f3a00000100 state=cancelled>",
                "<Future at 0x7f3a00000140 state=finished returned int>",
                "<Future at 0x7f3a00000180 state=finished raised ValueError>"});
  });
}

TEST_CASE("F01 repr() on the live clock shows the address of the object", "[future][live]") {
  run(Clock::Live, [](Lab& lab) {
    const Promise<int> promise(lab.context);
    const auto address = reinterpret_cast<std::uintptr_t>(&promise.future().shared());
    CHECK(promise.future().repr() ==
          lab.context.address_text(&promise.future().shared(), {}).insert(0, "<Future at ") + " state=pending>");
    CHECK(std::stoull(lab.context.address_text(&promise.future().shared(), {}), nullptr, 16) == address);
  });
}

TEST_CASE("F01 repr() names the types of values as Python does", "[future]") {
  simulate([](Lab& lab) {
    const auto finished = [&](auto value) {
      const Promise<decltype(value)> promise(lab.context);
      promise.set_result(value);
      const std::string repr = promise.future().repr();
      return repr.substr(repr.find("state="));
    };
    CHECK(finished(std::string("x")) == "state=finished returned str>");
    CHECK(finished(1) == "state=finished returned int>");
    CHECK(finished(std::int64_t{1}) == "state=finished returned int>");
    CHECK(finished(true) == "state=finished returned bool>");
    CHECK(finished(1.5) == "state=finished returned float>");
    CHECK(finished(None{}) == "state=finished returned NoneType>");
    CHECK(finished(std::vector<int>{1}) == "state=finished returned list>");
    CHECK(finished(std::pair<int, int>{1, 2}) == "state=finished returned tuple>");
    CHECK(finished(Promise<int>(lab.context).future()) == "state=finished returned Future>");
  });
}

TEST_CASE("F02 cancel() succeeds on a pending future alone and is no error on a cancelled one", "[future][live]") {
  on_every_clock([](Lab& lab) {
    OneOfEach futures(lab.context);
    CHECK(futures.each([](auto& p) { return p.future().cancel(); }) == Truths{true, false, true, true, false, false});
    CHECK(futures.each(state_of) == States{Cancelled, Running, Cancelled, CancelledAndNotified, Finished, Finished});
  });
}

TEST_CASE("F03 cancelled(), running() and done() follow the state", "[future][live]") {
  on_every_clock([](Lab& lab) {
    OneOfEach futures(lab.context);
    CHECK(futures.each([](auto& p) { return p.future().cancelled(); }) ==
          Truths{false, false, true, true, false, false});
    CHECK(futures.each([](auto& p) { return p.future().running(); }) ==
          Truths{false, true, false, false, false, false});
    CHECK(futures.each([](auto& p) { return p.future().done(); }) == Truths{false, false, true, true, true, true});
  });
}

TEST_CASE("F04 result(0) and exception(0) answer at once, with TimeoutError or CancelledError of empty text",
          "[future][live]") {
  on_every_clock([](Lab& lab) {
    OneOfEach futures(lab.context);
    for (const Duration timeout : {0 * U, -1 * U}) {
      CHECK(futures.each([&](auto& p) {
        std::string value;
        const std::string error = raised_by([&] { value = std::to_string(p.future().result(timeout)); });
        return error.empty() ? value : error;
      }) == Texts{"TimeoutError: ", "TimeoutError: ", "CancelledError: ", "CancelledError: ", "42",
                  "ValueError: boom"});
      CHECK(futures.each([&](auto& p) {
        std::string found;
        const std::string error = raised_by([&] { found = error_text(p.future().exception(timeout)); });
        return error.empty() ? found : error;
      }) == Texts{"TimeoutError: ", "TimeoutError: ", "CancelledError: ", "CancelledError: ", "None",
                  "ValueError: boom"});
    }
  });
}

TEST_CASE("F05 a result set on a done future is an InvalidStateError that says its state, and the old one stays",
          "[future]") {
  simulate([](Lab& lab) {
    OneOfEach futures(lab.context);
    const Texts errors{"",
                       "",
                       "InvalidStateError: CANCELLED: <Future at 0x7f3a000000c0 state=cancelled>",
                       "InvalidStateError: CANCELLED_AND_NOTIFIED: <Future at 0x7f3a00000100 state=cancelled>",
                       "InvalidStateError: FINISHED: <Future at 0x7f3a00000140 state=finished returned int>",
                       "InvalidStateError: FINISHED: <Future at 0x7f3a00000180 state=finished raised ValueError>"};
    CHECK(futures.each([](auto& p) { return raised_by([&] { p.set_result(1); }); }) == errors);
    const auto second = futures.each([](auto& p) { return raised_by([&] { p.set_exception(TypeError("no")); }); });
    CHECK(std::vector(second.begin() + 2, second.end()) == std::vector(errors.begin() + 2, errors.end()));
    CHECK(futures.pending().future().result() == 1);
    CHECK(futures.running().future().result() == 1);
    CHECK(futures.cancelled().future().cancelled());
    CHECK(futures.notified().future().cancelled());
    CHECK(futures.returned().future().result() == 42);
    CHECK(error_text(futures.raised().future().exception()) == "ValueError: boom");
  });
}

TEST_CASE("F05 a pending and a running future take an exception by hand", "[future][live]") {
  on_every_clock([](Lab& lab) {
    OneOfEach futures(lab.context);
    futures.pending().set_exception(TypeError("by hand"));
    futures.running().set_exception(std::make_exception_ptr(ZeroDivisionError("division by zero")));
    CHECK(raised_by([&] { futures.pending().future().result(); }) == "TypeError: by hand");
    CHECK(raised_by([&] { futures.running().future().result(); }) == "ZeroDivisionError: division by zero");
  });
}

TEST_CASE("F06 set_running_or_notify_cancel() starts, passes the cancellation on, or is a RuntimeError and a log",
          "[future]") {
  const auto told = simulate([](Lab& lab) {
    OneOfEach futures(lab.context);
    const auto answers = futures.each([](auto& p) {
      bool runs = false;
      const std::string error = raised_by([&] { runs = p.set_running_or_notify_cancel(); });
      return error.empty() ? std::string(runs ? "True" : "False") : error;
    });
    const std::string unexpected = "RuntimeError: Future in unexpected state";
    CHECK(answers == Texts{"True", unexpected, "False", unexpected, unexpected, unexpected});
    CHECK(futures.each(state_of) ==
          States{Running, Running, CancelledAndNotified, CancelledAndNotified, Finished, Finished});
  });
  // id() is a decimal number there: 0x7f3a00000080 and so on.
  CHECK(told->texts_with("logs") ==
        Lines{"logs CRITICAL: Future 139887084830848 in unexpected state: RUNNING",
              "logs CRITICAL: Future 139887084830976 in unexpected state: CANCELLED_AND_NOTIFIED",
              "logs CRITICAL: Future 139887084831040 in unexpected state: FINISHED",
              "logs CRITICAL: Future 139887084831104 in unexpected state: FINISHED"});
}

TEST_CASE("F14 result() raises the very exception that the task threw, each time", "[future][live]") {
  on_every_clock([](Lab& lab) {
    ThreadPoolExecutor pool(lab.context, {.max_workers = 1});
    const auto future = pool.submit(named("fails", []() -> int { throw ValueError("boom"); }));
    const auto caught = [&]() -> const void* {
      try {
        future.result();
      } catch (const ValueError& error) {
        CHECK(std::string(error.what()) == "boom");
        return &error;
      }
      return nullptr;
    };
    const void* const first = caught();
    CHECK(first != nullptr);
    CHECK(caught() == first);
    CHECK(future.exception() == future.exception());
    try {
      std::rethrow_exception(future.exception());
    } catch (const std::exception& error) {
      CHECK(static_cast<const void*>(&error) == first);
    }
  });
}

TEST_CASE("11 an exception in a task is silent until somebody asks for the result", "[future][live]") {
  on_every_clock([](Lab& lab) {
    {
      ThreadPoolExecutor pool(lab.context, {.max_workers = 1});
      pool.submit(named("fails", [] { throw ValueError("nobody reads this"); }));
    }
    CHECK(lab.transcript.count("logs") == 0);
    CHECK(lab.transcript.count("ended raised ValueError nobody reads this") == 1);
  });
}

TEST_CASE("F15 a timed-out result() leaves the task running", "[future]") {
  simulate([](Lab& lab) {
    ThreadPoolExecutor pool(lab.context, {.max_workers = 1});
    const auto future = pool.submit(lab.loiter(), 2);
    CHECK(raised_by([&] { future.result(1 * U); }) == "TimeoutError: ");
    CHECK(lab.now() == 1 * U);
    CHECK(future.running());
    CHECK(future.result() == 20);
    CHECK(lab.now() == 2 * U);
  });
}

TEST_CASE("exception() waits as result() does, and for as long", "[future]") {
  simulate([](Lab& lab) {
    ThreadPoolExecutor pool(lab.context, {.max_workers = 1});
    const auto fails = pool.submit(named("fails", [&] {
      lab.sleep(2 * U);
      throw ValueError("late");
    }));
    CHECK(raised_by([&] { static_cast<void>(fails.exception(1 * U)); }) == "TimeoutError: ");
    CHECK(lab.now() == 1 * U);
    CHECK(error_text(fails.exception()) == "ValueError: late");
    CHECK(lab.now() == 2 * U);
    CHECK(pool.submit(lab.loiter(), 1).exception() == nullptr);
    CHECK(lab.now() == 3 * U);
  });
}

TEST_CASE("a result that comes at the very instant of the deadline counts when its timer was armed first", "[future]") {
  simulate([](Lab& lab) {
    ThreadPoolExecutor pool(lab.context, {.max_workers = 1});
    CHECK(pool.submit(lab.loiter(), 2).result(2 * U) == 20);
    CHECK(lab.now() == 2 * U);
  });
}

TEST_CASE("cancel() wakes everybody blocked in result(), with CancelledError", "[future]") {
  simulate([](Lab& lab) {
    const Promise<int> promise(lab.context);
    std::vector<std::string> errors;
    std::vector<LaneId> waiters;
    for (int i = 0; i < 3; ++i) {
      waiters.push_back(
          lab.spawn("waiter", [&] { errors.push_back(raised_by([&] { promise.future().result(10 * U); })); }));
    }
    lab.sleep(1 * U);
    CHECK(promise.future().cancel());
    for (const LaneId waiter : waiters) lab.join(waiter);
    CHECK(lab.now() == 1 * U);
    CHECK(errors == std::vector<std::string>(3, "CancelledError: "));
  });
}

TEST_CASE("those who wait for a future wake in the order in which they began to wait", "[future]") {
  simulate([](Lab& lab) {
    const Promise<int> promise(lab.context);
    std::vector<std::string> woken;
    std::vector<LaneId> waiters;
    for (const char* name : {"a", "b", "c"}) {
      waiters.push_back(lab.spawn(name, [&, name] {
        promise.future().result();
        woken.push_back(name);
      }));
    }
    // CPython tells waiters, which is what wait() and as_completed() install, before it wakes the blocked ones.
    waiters.push_back(lab.spawn("collector", [&] {
      wait(std::vector{promise.future()});
      woken.push_back("collector");
    }));
    promise.set_result(1);
    for (const LaneId waiter : waiters) lab.join(waiter);
    CHECK(woken == std::vector<std::string>{"collector", "a", "b", "c"});
  });
}

TEST_CASE("copies of a future share its state and compare equal", "[future]") {
  simulate([](Lab& lab) {
    const Promise<int> promise(lab.context);
    const Promise<int> other(lab.context);
    const Future<int> future = promise.future();
    const AnyFuture any = future;
    CHECK(future == promise.future());
    CHECK(any == future);
    CHECK_FALSE(future == other.future());
    promise.set_result(7);
    CHECK(Future<int>::of(any).result() == 7);
    CHECK(any.done());
  });
}

TEST_CASE("futures are numbered from 1 in order of submission", "[future]") {
  simulate([](Lab& lab) {
    ThreadPoolExecutor pool(lab.context, {.max_workers = 1});
    CHECK(pool.submit(lab.loiter(), 0).id() == FutureId{1});
    CHECK(Promise<int>(lab.context).future().id() == FutureId{2});
    CHECK(pool.submit(lab.loiter(), 0).id() == FutureId{3});
  });
}

TEST_CASE("exceptions of the C++ library go by the names of their Python kin", "[future]") {
  simulate([](Lab& lab) {
    const auto type_of = [&](auto error) {
      const Promise<int> promise(lab.context);
      promise.set_exception(std::make_exception_ptr(error));
      const std::string repr = promise.future().repr();
      return repr.substr(repr.find("state="));
    };
    CHECK(type_of(std::runtime_error("x")) == "state=finished raised RuntimeError>");
    CHECK(type_of(std::invalid_argument("x")) == "state=finished raised ValueError>");
    CHECK(type_of(std::out_of_range("x")) == "state=finished raised IndexError>");
    CHECK(type_of(std::overflow_error("x")) == "state=finished raised OverflowError>");
    CHECK(type_of(std::bad_alloc()) == "state=finished raised MemoryError>");
    CHECK(type_of(Exception("x", "KeyError")) == "state=finished raised KeyError>");
    CHECK(type_of(17) == "state=finished raised Exception>");
  });
}

}  // namespace loiter::futures::lab
