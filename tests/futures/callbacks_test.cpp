// Done-callbacks: in which order, in which thread, how often, and what becomes of what they throw.
#include "futures/lab.hpp"

namespace loiter::futures::lab {
namespace {

std::string this_lane() { return runtime::Runtime::current().spec().name; }

}  // namespace

TEST_CASE("F07 callbacks run in order of registration, and one that raises is logged and stops none", "[callbacks]") {
  std::vector<std::string> called;
  const auto told = simulate([&](Lab& lab) {
    const Promise<int> promise(lab.context);
    const auto future = promise.future();
    future.add_done_callback([&](const AnyFuture& f) { called.push_back("first " + f.repr()); });
    future.add_done_callback([&](const AnyFuture&) {
      called.push_back("second");
      throw ValueError("callback");
    });
    future.add_done_callback([&](const AnyFuture&) { called.push_back("third"); });
    promise.set_result(1);
    called.push_back("set");
  });
  CHECK(called == std::vector<std::string>{"first <Future at 0x7f3a00000040 state=finished returned int>", "second",
                                           "third", "set"});
  CHECK(told->texts_with("logs") ==
        Lines{"logs ERROR: exception calling callback for <Future at 0x7f3a00000040 state=finished returned int> "
              "(ValueError: callback)"});
}

TEST_CASE("F08 a callback added to a finished future runs at once, in the thread that adds it", "[callbacks]") {
  std::vector<std::string> called;
  const auto told = simulate([&](Lab& lab) {
    const Promise<int> promise(lab.context);
    promise.set_exception(ValueError("x"));
    promise.future().add_done_callback([&](const AnyFuture&) { called.push_back(this_lane()); });
    called.push_back("added");
    promise.future().add_done_callback([&](const AnyFuture&) { throw TypeError("no"); });
    called.push_back("added");
  });
  CHECK(called == std::vector<std::string>{"main", "added", "added"});
  CHECK(told->texts_with("logs") ==
        Lines{"logs ERROR: exception calling callback for <Future at 0x7f3a00000040 state=finished raised ValueError> "
              "(TypeError: no)"});
}

TEST_CASE("F09 the callback of a cancelled future runs once, inside the first cancel()", "[callbacks]") {
  std::vector<std::string> called;
  simulate([&](Lab& lab) {
    const Promise<int> promise(lab.context);
    const auto future = promise.future();
    future.add_done_callback([&](const AnyFuture& f) {
      called.push_back(this_lane());
      CHECK(f.state() == FutureState::Cancelled);
    });
    lab.join(lab.spawn("canceller", [&] {
      CHECK(future.cancel());
      called.push_back("cancelled once");
      CHECK(future.cancel());
    }));
    CHECK_FALSE(promise.set_running_or_notify_cancel());
    CHECK(future.state() == FutureState::CancelledAndNotified);
  });
  CHECK(called == std::vector<std::string>{"canceller", "cancelled once"});
}

TEST_CASE("F10 a callback runs in the worker when added before the end, in the adder after it", "[callbacks][live]") {
  on_every_clock([](Lab& lab) {
    std::vector<std::string> called;
    {
      ThreadPoolExecutor pool(lab.context, {.max_workers = 1});
      const Gate gate(lab.context);
      const auto future = pool.submit(named("task", [gate] { gate.pass(); }));
      future.add_done_callback([&](const AnyFuture&) { called.push_back(this_lane()); });
      gate.open();
      pool.submit(named("after", [] {})).result();  // the worker has done with the callbacks of the first
      future.add_done_callback([&](const AnyFuture&) { called.push_back(this_lane()); });
    }
    CHECK(called == std::vector<std::string>{"ThreadPoolExecutor-0_0", "main"});
  });
}

TEST_CASE("F11 waiters are released before the callbacks end", "[callbacks]") {
  simulate([](Lab& lab) {
    ThreadPoolExecutor pool(lab.context, {.max_workers = 1});
    const auto future = pool.submit(lab.loiter(), 1);
    Duration callback_began{};
    Duration callback_ended{};
    Duration wait_returned{};
    future.add_done_callback([&](const AnyFuture&) {
      callback_began = lab.now();
      lab.sleep(2 * U);
      callback_ended = lab.now();
    });
    const LaneId waiter = lab.spawn("waiter", [&] {
      CHECK(wait(std::vector{future}).done.size() == 1);
      wait_returned = lab.now();
    });
    CHECK(future.result() == 10);
    CHECK(lab.now() == 1 * U);
    lab.join(waiter);
    CHECK(wait_returned == 1 * U);
    const auto next = pool.submit(lab.loiter(), 0);
    CHECK_FALSE(next.running());  // the callback occupies the only worker
    next.result();
    CHECK(lab.now() == 3 * U);
    CHECK(callback_began == 1 * U);
    CHECK(callback_ended == 3 * U);
  });
}

TEST_CASE("7 result() and wait() return while the callbacks of the future still run", "[callbacks][live]") {
  on_every_clock([](Lab& lab) {
    ThreadPoolExecutor pool(lab.context, {.max_workers = 1});
    const Gate begin(lab.context);
    const Gate gate(lab.context);
    std::atomic<bool> ended{false};
    const auto future = pool.submit(named("task", [begin] { begin.pass(); }));
    future.add_done_callback([&, gate](const AnyFuture&) {
      gate.pass();
      ended = true;
    });
    begin.open();
    future.result();
    CHECK(wait(std::vector{future}).done.size() == 1);
    CHECK_FALSE(ended);
    gate.open();
    pool.shutdown();
    CHECK(ended);
  });
}

TEST_CASE("7 a callback that waits for a task of its own pool jams the only worker", "[callbacks]") {
  simulate_until_stuck([](Lab& lab) {
    ThreadPoolExecutor pool(lab.context, {.max_workers = 1});
    const auto first = pool.submit(lab.loiter(), 1);
    const auto second = pool.submit(lab.loiter(), 1);
    first.add_done_callback([second](const AnyFuture&) { second.result(); });
    CHECK(first.result() == 10);
    CHECK(raised_by([&] { second.result(5 * U); }) == "TimeoutError: ");
    CHECK(second.state() == FutureState::Pending);
  });
}

TEST_CASE("a callback that outlives every handle of its future is still given a good one", "[callbacks][live]") {
  on_every_clock([](Lab& lab) {
    std::vector<std::string> called;
    {
      ThreadPoolExecutor pool(lab.context, {.max_workers = 1});
      const Gate gate(lab.context);
      pool.submit(named("task",
                        [gate] {
                          gate.pass();
                          return std::string("value");
                        }))
          .add_done_callback([&](const AnyFuture& f) { called.push_back(Future<std::string>::of(f).result()); });
      gate.open();
    }
    CHECK(called == std::vector<std::string>{"value"});
  });
}

TEST_CASE("a callback may drop the handle through which its future was cancelled", "[callbacks][live]") {
  on_every_clock([](Lab& lab) {
    std::vector<int> called;
    auto promise = std::make_unique<Promise<int>>(lab.context);
    auto future = std::make_unique<Future<int>>(promise->future());
    future->add_done_callback([&](const AnyFuture&) {
      called.push_back(1);
      promise.reset();
      future.reset();
    });
    future->add_done_callback([&](const AnyFuture& f) { called.push_back(f.cancelled() ? 2 : 0); });
    CHECK(future->cancel());
    CHECK(called == std::vector{1, 2});
  });
}

TEST_CASE("a callback may add callbacks, cancel, submit and ask its future", "[callbacks][live]") {
  on_every_clock([](Lab& lab) {
    std::vector<std::string> called;
    std::optional<Future<int>> inner;
    {
      ThreadPoolExecutor pool(lab.context, {.max_workers = 1});
      const Gate gate(lab.context);
      const auto future = pool.submit(named("task", [gate] {
        gate.pass();
        return 3;
      }));
      future.add_done_callback([&](const AnyFuture& f) {
        called.push_back(f.cancel() ? "cancelled" : "not cancelled");
        called.push_back(std::to_string(Future<int>::of(f).result()));
        f.add_done_callback([&](const AnyFuture&) { called.push_back("nested"); });
        inner = pool.submit(lab.loiter(), 1);
      });
      future.add_done_callback([&](const AnyFuture&) { called.push_back("last"); });
      gate.open();
      pool.submit(named("after", [] {})).result();
      CHECK(inner->result() == 10);
    }
    CHECK(called == std::vector<std::string>{"not cancelled", "3", "nested", "last"});
  });
}

}  // namespace loiter::futures::lab
