// Future<T>: the result of a call that may not have run yet; written once by a worker, read any number of times.
//
//   Pending --a worker takes it--> Running --it ends--> Finished   (a value or an exception)
//      \--cancel()--> Cancelled --a worker pops it--> CancelledAndNotified
//
// Shape    A copyable handle; copies share one state, and compare equal. T must be copyable. AnyFuture is the same
//          without the value's type: for lists of futures, callbacks, wait() and as_completed().
// Units    Timeouts are lab time; none means wait for ever; zero or less looks once.
// Errors   result() rethrows the task's exception; TimeoutError, CancelledError with empty texts.
// Threads  Every member is safe from any thread; result() and exception() park, so only participants call them.
// Source   CPython 3.11 Lib/concurrent/futures/_base.py, class Future; SEMANTICS rows F01 to F15.
#pragma once

#include <functional>
#include <string>
#include <utility>

#include "base/python_text.hpp"
#include "futures/shared_state.hpp"
#include "futures/task.hpp"

namespace loiter::futures {

class AnyFuture {
 public:
  AnyFuture() = default;
  explicit AnyFuture(StateRef state) : m_state(std::move(state)) {}

  FutureId id() const { return m_state->id(); }
  FutureState state() const { return m_state->state(); }
  bool cancelled() const { return m_state->is_cancelled(); }
  bool running() const { return m_state->state() == FutureState::Running; }
  bool done() const { return m_state->is_done(); }
  // Python's repr(): "<Future at 0x7f3a00000040 state=finished returned int>".
  std::string repr() const { return m_state->repr(); }

  // True: it is cancelled, now or before. Only a Pending future can be.
  bool cancel() const { return m_state->cancel(); }

  // The exception that the call raised, or null if it returned.
  std::exception_ptr exception(Timeout timeout = std::nullopt) const {
    if (!m_state->await(timeout, runtime::WaitOn::Result)) throw TimeoutError();
    std::exception_ptr error = m_state->error_when_done();
    m_state->context().observer().delivered(id(), DeliveredBy::Result, 0);
    return error;
  }

  // Called once when done, by whoever finishes or cancels it, in order of registration; at once if it is done
  // already. What it throws is logged and goes no further.
  void add_done_callback(std::function<void(AnyFuture)> callback) const {
    m_state->add_done_callback(
        [callback = std::move(callback)](SharedState& state) { callback(AnyFuture(StateRef::share(state))); });
  }

  SharedState& shared() const { return *m_state; }
  explicit operator bool() const { return static_cast<bool>(m_state); }
  friend bool operator==(const AnyFuture& a, const AnyFuture& b) { return a.m_state == b.m_state; }

 protected:
  StateRef m_state;
};

template <class T>
class Future : public AnyFuture {
 public:
  using Value = T;

  Future() = default;
  explicit Future(StateRef state) : AnyFuture(std::move(state)) {}

  T result(Timeout timeout = std::nullopt) const {
    return take(timeout, runtime::WaitOn::Result, DeliveredBy::Result, 0);
  }

  // The same, told as the delivery of an iterator: `index` counts what it has yielded.
  T take(Timeout timeout, runtime::WaitOn on, DeliveredBy by, std::uint32_t index) const {
    if (!m_state->await(timeout, on)) throw TimeoutError();
    const std::exception_ptr error = m_state->error_when_done();
    m_state->context().observer().delivered(id(), by, index);
    if (error) std::rethrow_exception(error);
    return static_cast<const State<T>&>(*m_state).value();
  }

  // An AnyFuture that is known to be of this type.
  static Future of(const AnyFuture& future) { return Future(StateRef::share(future.shared())); }
};

// A future lives in one process (SEMANTICS P18): it cannot be an argument of a call in another, nor its result.
template <class T>
struct Codec<Future<T>> {
  static void write(ByteWriter&, const Future<T>&) {
    throw Exception("cannot pickle '_thread.RLock' object: a Future lives in one process and cannot be sent to another",
                    "TypeError");
  }
  static Future<T> read(ByteReader&) { throw BadMessage("a Future is never sent"); }
};

// Promise<T>: the writing end, for results that come from no executor.
//
// Errors   InvalidStateError if it is done already; the first result stays.
template <class T>
class Promise {
 public:
  explicit Promise(Context& context) : m_state(StateRef::adopt(new State<T>(context, context.next_future()))) {}

  Future<T> future() const { return Future<T>(m_state); }
  bool set_running_or_notify_cancel() const { return m_state->set_running_or_notify_cancel(); }
  void set_result(T value) const { static_cast<State<T>&>(*m_state).set_result(std::move(value)); }
  void set_exception(std::exception_ptr error) const { m_state->set_exception(std::move(error)); }
  template <class E>
    requires std::derived_from<E, std::exception>
  void set_exception(E error) const { set_exception(std::make_exception_ptr(std::move(error))); }

 private:
  StateRef m_state;
};

}  // namespace loiter::futures

template <>
struct loiter::PythonType<loiter::futures::AnyFuture> {
  static const char* name() { return "Future"; }
  static std::string repr(const futures::AnyFuture& future) { return future.repr(); }
};
template <class T>
struct loiter::PythonType<loiter::futures::Future<T>> : loiter::PythonType<loiter::futures::AnyFuture> {};
