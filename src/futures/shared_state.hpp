// SharedState: what a future, its promise and the pool that runs it share, whatever the type of its value.
//
//   word:  [ lock bit | state ]      one atomic: the state can be read without the lock, and changes only under it
//   watchers: a list of those to tell: participants blocked in result(), collectors (wait, as_completed), callbacks
//
// Shape    Counted references: 1 for each handle, 1 while a pool's queue or worker holds it. Made by one allocation
//          together with its value and, for a task, its call (task.hpp).
// Errors   InvalidStateError and RuntimeError with CPython's texts.
// Threads  Every member is safe from any thread; await() is for participants. The lock bit is held for a few dozen
//          instructions, or for as long as a paused run keeps the observer who is told of a change under it; nobody is
//          woken and no callback runs under it.
// Source   CPython 3.11 Lib/concurrent/futures/_base.py, class Future: set_result tells waiters, then wakes, then
//          calls back; cancel() wakes and calls back, but waiters hear of it only when a worker pops the task.
#pragma once

#include <atomic>
#include <cstdint>
#include <exception>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/duration.hpp"
#include "base/mutex.hpp"
#include "futures/context.hpp"
#include "futures/errors.hpp"
#include "futures/state.hpp"

namespace loiter::futures {

// For as long as the calling participant executes the call of a future.
class Executing {
 public:
  explicit Executing(FutureId future) : m_me(runtime::Runtime::current()), m_before(m_me.task) { m_me.task = future; }
  ~Executing() { m_me.task = m_before; }
  Executing(const Executing&) = delete;
  Executing& operator=(const Executing&) = delete;

 private:
  runtime::Participant& m_me;
  const FutureId m_before;
};

class SharedState;

// One of those who want to know when a future is done. Lives with its owner; on the list while it waits.
struct Watcher {
  enum class Kind : std::uint8_t { Blocked, Collector, Callback };
  explicit Watcher(Kind k) : kind(k) {}
  Watcher* next = nullptr;
  Kind kind;
};

// A participant in result() or exception().
struct BlockedWatcher : Watcher {
  explicit BlockedWatcher(runtime::Participant& p) : Watcher(Kind::Blocked), participant(p) {}
  runtime::Participant& participant;
};

// What wait() and as_completed() hang on each of their futures.
class Collector {
 public:
  // Called under the future's lock. Gives the participant to wake, if it is time.
  virtual runtime::Participant* future_done(SharedState& future, bool raised) = 0;

 protected:
  ~Collector() = default;
};
struct CollectorWatcher : Watcher {
  explicit CollectorWatcher(Collector& c) : Watcher(Kind::Collector), collector(&c) {}
  Collector* collector;
};

class SharedState {
 public:
  using Callback = std::function<void(SharedState&)>;

  SharedState(Context& context, FutureId id) : m_context(context), m_id(id) {}
  SharedState(const SharedState&) = delete;
  SharedState& operator=(const SharedState&) = delete;

  void add_reference() { m_references.fetch_add(1, std::memory_order_relaxed); }
  void drop_reference() {
    // The last holder needs no atomic subtraction: nobody else can have it.
    if (m_references.load(std::memory_order_acquire) == 1 ||
        m_references.fetch_sub(1, std::memory_order_acq_rel) == 1) {
      delete this;
    }
  }

  FutureId id() const { return m_id; }
  Context& context() const { return m_context; }
  FutureState state() const { return static_cast<FutureState>(m_word.load(std::memory_order_acquire) & state_mask); }
  bool is_done() const { return state() >= FutureState::Cancelled; }
  bool is_cancelled() const {
    const FutureState s = state();
    return s == FutureState::Cancelled || s == FutureState::CancelledAndNotified;
  }
  std::string repr() const;

  bool cancel();
  // True: now Running. False: it was cancelled, and now everybody who waits has heard of it.
  bool set_running_or_notify_cancel();
  void set_exception(std::exception_ptr error);
  void add_done_callback(Callback callback);

  // Waits until done or the timeout is over; true if done. A wait of `on` is told to the runtime.
  bool await(Timeout timeout, runtime::WaitOn on);
  // Once done: CancelledError if cancelled; else the exception, or null.
  std::exception_ptr error_when_done() const;

  // For collectors. True: installed. False: already finished or notified; `raised` tells how.
  bool watch(CollectorWatcher& watcher, bool& raised);
  void unwatch(Watcher& watcher);

  // --- For process pools ---

  // As set_running_or_notify_cancel(), but the call begins later, elsewhere.
  bool enter_call_queue();
  // The call as bytes; none if its function is not a registered one. Throws what an argument that cannot cross throws.
  virtual std::optional<std::string> encoded_call() const { return std::nullopt; }
  // An encoded result as Python would name and write it. BadMessage if it is none of this future's type.
  virtual ErrorText describe_encoded(std::string_view result) const = 0;
  // Running to Finished, after the call has been told to have ended elsewhere.
  virtual void set_encoded_result(std::string_view result) = 0;
  void set_error_of_call(std::exception_ptr error);

  // A task's call, run by a worker or, in a sequential executor, by the submitter. Never throws, but for Aborted.
  virtual void run() {}

  SharedState* queue_link = nullptr;  // belongs to the queue that holds it

 protected:
  virtual ~SharedState();
  virtual std::exception_ptr stored_error() const = 0;
  virtual const char* value_type() const = 0;

  // Running to Finished by its own task, which has stored the outcome: nobody looks at it before, and nobody else
  // finishes it, so that it can be told without the lock.
  void finish_task(Outcome outcome, const ValueText& value) {
    m_context.observer().ended(m_id, outcome, value);
    lock();
    finish_and_unlock(outcome == Outcome::Raised);
  }
  // Any state but a done one to Finished, by hand. `store` is called under the lock once the state is known to allow it.
  template <class Store>
  void finish_by_hand(Outcome outcome, const ValueText& value, Store store) {
    finish_unless_done(outcome == Outcome::Raised, store,
                       [&](FutureState from) { m_context.observer().completed(m_id, from, outcome, value); });
  }
  // The same, by a manager: what became of the call has been told.
  template <class Store>
  void finish_after_call(bool raised, Store store) {
    finish_unless_done(raised, store, [&](FutureState from) {
      m_context.observer().state_changed(m_id, from, FutureState::Finished);
    });
  }
  virtual void store_error(std::exception_ptr error) = 0;
  void finish_task_with_error(std::exception_ptr error);
  void abort_task();

 private:
  static constexpr std::uint32_t state_mask = 7;
  static constexpr std::uint32_t lock_bit = 8;

  template <class Store, class Tell>
  void finish_unless_done(bool raised, Store& store, Tell tell) {
    const FutureState from = lock();
    if (from >= FutureState::Cancelled) {
      unlock(from);
      throw_invalid_state(from);
    }
    try {
      store();
    } catch (...) {  // what moving a value of the user's type may throw
      unlock(from);
      throw;
    }
    tell(from);
    finish_and_unlock(raised);
  }
  bool set_running(bool call_begins);
  FutureState lock();
  void unlock(FutureState state) { m_word.store(static_cast<std::uint32_t>(state), std::memory_order_release); }
  void finish_and_unlock(bool raised);
  void tell_watchers_and_unlock(FutureState state, bool raised);
  [[noreturn]] void throw_invalid_state(FutureState state) const;
  std::string repr_of(FutureState state) const;
  void call_back(const Callback& callback);
  bool wait_parked(Timeout timeout, runtime::WaitOn on);

  std::atomic<std::uint32_t> m_references{1};
  std::atomic<std::uint32_t> m_word{0};
  Context& m_context;
  Watcher* m_watchers = nullptr;  // under the lock bit; newest first
  FutureId m_id;
};

// A counted reference.
class StateRef {
 public:
  StateRef() = default;
  static StateRef adopt(SharedState* state) { return StateRef(state); }  // takes over a reference
  static StateRef share(SharedState& state) {
    state.add_reference();
    return StateRef(&state);
  }
  StateRef(const StateRef& other) : m_state(other.m_state) {
    if (m_state != nullptr) m_state->add_reference();
  }
  StateRef(StateRef&& other) noexcept : m_state(std::exchange(other.m_state, nullptr)) {}
  StateRef& operator=(StateRef other) noexcept {
    std::swap(m_state, other.m_state);
    return *this;
  }
  ~StateRef() {
    if (m_state != nullptr) m_state->drop_reference();
  }
  SharedState* get() const { return m_state; }
  SharedState& operator*() const { return *m_state; }
  SharedState* operator->() const { return m_state; }
  SharedState* release() { return std::exchange(m_state, nullptr); }
  explicit operator bool() const { return m_state != nullptr; }
  friend bool operator==(const StateRef& a, const StateRef& b) { return a.m_state == b.m_state; }

 private:
  explicit StateRef(SharedState* state) : m_state(state) {}
  SharedState* m_state = nullptr;
};

}  // namespace loiter::futures
