// The reference's programs about futures made by hand.
#include "futures/reference_programs.hpp"

namespace loiter::futures::lab {
namespace {

template <class T>
void say_finished(Lab& lab, T value) {
  const Promise<T> promise(lab.context);
  promise.set_result(std::move(value));
  say(lab, promise.future());
}

void reprs(Lab& lab) {
  OneOfEach each(lab.context);
  for (const auto& promise : each.promises) say(lab, promise.future());
  say_finished(lab, std::string("x"));
  say_finished(lab, 1);
  say_finished(lab, true);
  say_finished(lab, 1.5);
  say_finished(lab, None{});
  say_finished(lab, std::vector{1});
  say_finished(lab, std::pair(1, 2));
  say_finished(lab, Promise<int>(lab.context).future());
}

void truth_table(Lab& lab) {
  OneOfEach each(lab.context);
  for (const auto& promise : each.promises) {
    const auto future = promise.future();
    const bool cancelled = future.cancelled();
    const bool running = future.running();
    const bool done = future.done();
    const bool cancel = future.cancel();
    say(lab, cancelled, running, done, cancel, future.state());
  }
}

void asking_at_once(Lab& lab) {
  for (const Duration timeout : {0 * U, -1 * U}) {
    OneOfEach each(lab.context);
    for (const auto& promise : each.promises) {
      const auto repr = [&] {
        const std::exception_ptr error = promise.future().exception(timeout);
        if (!error) return std::string("None");
        const ErrorText text = describe(error);
        return text.type + "(" + python_repr(std::string_view(text.text)) + ")";
      };
      say(lab, attempt([&] { return promise.future().result(timeout); }), "|", attempt(repr));
    }
  }
}

void set_twice(Lab& lab) {
  OneOfEach each(lab.context);
  for (const auto& promise : each.promises) {
    const std::string first = attempt([&] { promise.set_result(1); });
    const std::string second = attempt([&] { promise.set_exception(TypeError("no")); });
    say(lab, first, "|", second, "|", promise.future().state());
  }
}

void set_running(Lab& lab) {
  OneOfEach each(lab.context);
  for (const auto& promise : each.promises) {
    const std::string answer = attempt([&] { return promise.set_running_or_notify_cancel(); });
    say(lab, answer, promise.future().state());
  }
}

void callbacks(Lab& lab) {
  const Promise<int> promise(lab.context);
  const auto future = promise.future();
  future.add_done_callback([&](const AnyFuture& f) { say(lab, "first", f); });
  future.add_done_callback([](const AnyFuture&) { throw ValueError("callback"); });
  future.add_done_callback([&](const AnyFuture&) { say(lab, "third"); });
  promise.set_result(1);
  say(lab, "set");
  future.add_done_callback([&](const AnyFuture&) { say(lab, "late in", in_main()); });
  future.add_done_callback([](const AnyFuture&) { throw TypeError("late"); });
}

void callbacks_of_a_cancelled_future(Lab& lab) {
  const Promise<int> promise(lab.context);
  const auto future = promise.future();
  future.add_done_callback([&](const AnyFuture& f) { say(lab, "called while", f.state()); });
  say(lab, future.cancel());
  say(lab, future.cancel());
  const bool runs = promise.set_running_or_notify_cancel();
  say(lab, runs, future.state());
}

void threads_of_callbacks(Lab& lab) {
  ThreadPoolExecutor pool(lab.context, {.max_workers = 1, .thread_name_prefix = "pool"});
  const Gate gate(lab.context);
  const auto future = pool.submit(named("wait", [gate] { gate.pass(); }));
  future.add_done_callback([&](const AnyFuture&) { say(lab, "before:", this_lane()); });
  gate.open();
  pool.submit(named("int", [] {})).result();
  future.add_done_callback([&](const AnyFuture&) { say(lab, "after:", in_main()); });
}

void the_same_exception_each_time(Lab& lab) {
  ThreadPoolExecutor pool(lab.context, {.max_workers = 1});
  const auto future = pool.submit(named("raising", []() -> int { throw ValueError("boom"); }));
  const auto caught = [](const std::function<void()>& raise) -> const void* {
    try {
      raise();
    } catch (const ValueError& error) {
      return &error;
    }
    return nullptr;
  };
  const void* const first = caught([&] { future.result(); });
  const void* const second = caught([&] { future.result(); });
  const void* const asked = caught([&] { std::rethrow_exception(future.exception()); });
  say(lab, first == second, asked == first, future);
}

}  // namespace

std::vector<Program> programs_of_futures() {
  return {{"reprs", reprs},
          {"truth_table", truth_table},
          {"asking_at_once", asking_at_once},
          {"set_twice", set_twice},
          {"set_running", set_running},
          {"callbacks", callbacks},
          {"callbacks_of_a_cancelled_future", callbacks_of_a_cancelled_future},
          {"threads_of_callbacks", threads_of_callbacks},
          {"the_same_exception_each_time", the_same_exception_each_time}};
}

}  // namespace loiter::futures::lab
