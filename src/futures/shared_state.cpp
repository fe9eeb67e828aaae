#include "futures/shared_state.hpp"

#include <fmt/format.h>

#include <array>
#include <memory>
#include <utility>

#include "base/look_again.hpp"
#include "futures/errors.hpp"
#include "futures/escape.hpp"

namespace loiter::futures {
namespace {

struct CallbackWatcher : Watcher {
  explicit CallbackWatcher(SharedState::Callback c) : Watcher(Kind::Callback), call(std::move(c)) {}
  SharedState::Callback call;
};

// Watchers taken off a future's list, newest first, and so turned round: in order of registration.
struct Chain {
  void add(Watcher* watcher) {
    watcher->next = first;
    first = watcher;
  }
  Watcher* take() { return std::exchange(first, first->next); }
  Watcher* first = nullptr;
};

// Freed even if a stop throws out of one of them.
struct CallbackChain : Chain {
  CallbackChain() = default;
  CallbackChain(const CallbackChain&) = delete;
  CallbackChain& operator=(const CallbackChain&) = delete;
  ~CallbackChain() {
    while (first != nullptr) take();
  }
  std::unique_ptr<CallbackWatcher> take() {
    return std::unique_ptr<CallbackWatcher>(static_cast<CallbackWatcher*>(Chain::take()));
  }
};

// Participants to wake once the lock is let go. Nearly always one or none.
class WakeList {
 public:
  void add(runtime::Participant* participant) {
    if (participant == nullptr) return;
    if (m_count < m_few.size()) {
      m_few[m_count++] = participant;
    } else {
      m_more.push_back(participant);
    }
  }
  void wake(runtime::Runtime& runtime) const {
    for (std::size_t i = 0; i < m_count; ++i) runtime.unpark(*m_few[i]);
    for (runtime::Participant* participant : m_more) runtime.unpark(*participant);
  }

 private:
  std::array<runtime::Participant*, 4> m_few{};
  std::size_t m_count = 0;
  std::vector<runtime::Participant*> m_more;
};

const char* name_of(FutureState state) {
  constexpr std::array names{"PENDING", "RUNNING", "CANCELLED", "CANCELLED_AND_NOTIFIED", "FINISHED"};
  return names[static_cast<std::size_t>(state)];
}

// How long to look again before parking. Longer: fewer wake-ups for short tasks, also in worker processes, whose answers
// take some 15 us; shorter: less of a core spent on looking.
constexpr std::int64_t look_nanoseconds = 30'000;

ValueText value_text(const ErrorText& error) {
  return {.type = error.type.c_str(), .type_is_static = false, .text = error.text};
}

}  // namespace

SharedState::~SharedState() {
  // Callbacks of a future that was never done; whoever else is on the list holds a reference.
  CallbackChain callbacks;
  callbacks.first = m_watchers;
}

FutureState SharedState::lock() {
  for (Backoff backoff;; backoff.pause()) {
    std::uint32_t word = m_word.load(std::memory_order_relaxed);
    if ((word & lock_bit) == 0 &&
        m_word.compare_exchange_weak(word, word | lock_bit, std::memory_order_acquire, std::memory_order_relaxed)) {
      return static_cast<FutureState>(word & state_mask);
    }
  }
}

std::string SharedState::repr() const { return repr_of(state()); }

std::string SharedState::repr_of(FutureState state) const {
  const std::string address = m_context.address_text(this, m_id);
  switch (state) {
    case FutureState::Pending:
      return fmt::format("<Future at {} state=pending>", address);
    case FutureState::Running:
      return fmt::format("<Future at {} state=running>", address);
    case FutureState::Cancelled:
    case FutureState::CancelledAndNotified:
      return fmt::format("<Future at {} state=cancelled>", address);
    case FutureState::Finished:
      break;
  }
  if (const std::exception_ptr error = stored_error()) {
    return fmt::format("<Future at {} state=finished raised {}>", address, describe(error).type);
  }
  return fmt::format("<Future at {} state=finished returned {}>", address, value_type());
}

void SharedState::throw_invalid_state(FutureState state) const {
  throw InvalidStateError(fmt::format("{}: {}", name_of(state), repr_of(state)));
}

bool SharedState::cancel() {
  m_context.runtime().interleave();
  const FutureState from = lock();
  if (from != FutureState::Pending) {
    unlock(from);
    return from != FutureState::Running && from != FutureState::Finished;
  }
  m_context.observer().state_changed(m_id, from, FutureState::Cancelled);
  tell_watchers_and_unlock(FutureState::Cancelled, false);
  return true;
}

bool SharedState::set_running_or_notify_cancel() { return set_running(true); }

bool SharedState::enter_call_queue() { return set_running(false); }

bool SharedState::set_running(bool call_begins) {
  const FutureState from = lock();
  if (from == FutureState::Pending) {
    if (call_begins) {
      m_context.observer().started(m_id);
    } else {
      m_context.observer().state_changed(m_id, from, FutureState::Running);
    }
    unlock(FutureState::Running);
    return true;
  }
  if (from == FutureState::Cancelled) {
    m_context.observer().state_changed(m_id, from, FutureState::CancelledAndNotified);
    tell_watchers_and_unlock(FutureState::CancelledAndNotified, false);
    return false;
  }
  unlock(from);
  m_context.observer().logged(
      "CRITICAL", fmt::format("Future {} in unexpected state: {}", m_context.address(this, m_id), name_of(from)));
  throw RuntimeError("Future in unexpected state");
}

void SharedState::finish_and_unlock(bool raised) { tell_watchers_and_unlock(FutureState::Finished, raised); }

// Collectors hear of Finished and CancelledAndNotified; the blocked and the callbacks of Finished and Cancelled. In
// CPython's order: collectors, the blocked, callbacks, and each in the order in which they came.
void SharedState::tell_watchers_and_unlock(FutureState state, bool raised) {
  if (m_watchers == nullptr) {
    unlock(state);
    return;
  }
  // Whoever is told of it below, and is awake, must find it so, though the lock is still held.
  m_word.store(static_cast<std::uint32_t>(state) | lock_bit, std::memory_order_release);
  // A callback may drop the handle through which the caller came.
  const StateRef keep_alive = StateRef::share(*this);
  Chain collectors;
  Chain blocked;
  CallbackChain callbacks;
  for (Watcher* w = std::exchange(m_watchers, nullptr); w != nullptr;) {
    Watcher* const next = w->next;
    Chain& chain = w->kind == Watcher::Kind::Collector ? collectors
                   : w->kind == Watcher::Kind::Blocked ? blocked
                                                       : static_cast<Chain&>(callbacks);
    chain.add(w);
    w = next;
  }
  WakeList wake;
  while (collectors.first != nullptr) {
    Watcher* const w = collectors.take();
    if (state == FutureState::Cancelled) {  // they hear of it when a worker pops it
      w->next = std::exchange(m_watchers, w);
    } else {
      wake.add(static_cast<CollectorWatcher*>(w)->collector->future_done(*this, raised));
    }
  }
  while (blocked.first != nullptr) wake.add(&static_cast<BlockedWatcher*>(blocked.take())->participant);
  unlock(state);
  m_context.runtime().interleave();
  wake.wake(m_context.runtime());
  while (callbacks.first != nullptr) call_back(callbacks.take()->call);
}

void SharedState::call_back(const Callback& callback) {
  try {
    callback(*this);
  } catch (const runtime::Aborted&) {
    throw;
  } catch (...) {
    const ErrorText error = describe(std::current_exception());
    m_context.observer().logged(
        "ERROR", fmt::format("exception calling callback for {} ({}: {})", repr(), error.type, error.text));
  }
}

void SharedState::add_done_callback(Callback callback) {
  auto watcher = std::make_unique<CallbackWatcher>(std::move(callback));
  const FutureState state = lock();
  if (state >= FutureState::Cancelled) {
    unlock(state);
    call_back(watcher->call);
    return;
  }
  watcher->next = m_watchers;
  m_watchers = watcher.release();
  unlock(state);
}

void SharedState::set_exception(std::exception_ptr error) {
  const ErrorText text = describe(error);
  finish_by_hand(Outcome::Raised, value_text(text), [&] { store_error(std::move(error)); });
}

void SharedState::set_error_of_call(std::exception_ptr error) {
  finish_after_call(true, [&] { store_error(std::move(error)); });
}

void SharedState::finish_task_with_error(std::exception_ptr error) {
  const ErrorText text = describe(error);
  store_error(std::move(error));
  finish_task(Outcome::Raised, value_text(text));
}

void SharedState::abort_task() { m_context.observer().ended(m_id, Outcome::Aborted, {}); }

bool SharedState::await(Timeout timeout, runtime::WaitOn on) {
  runtime::Runtime& runtime = m_context.runtime();
  runtime.checkpoint();  // so that a program that polls can be paused and stopped
  runtime.interleave();
  if (is_done()) return true;
  if (timeout && *timeout <= Duration::zero()) return false;
  // When a run is stopped, the main program may drop its handles while its tasks still wait through them.
  const StateRef keep_alive = StateRef::share(*this);
  if (runtime.spins() && look_again(look_nanoseconds, [this] { return is_done(); })) return true;
  return wait_parked(timeout, on);
}

bool SharedState::wait_parked(Timeout timeout, runtime::WaitOn on) {
  runtime::Runtime& runtime = m_context.runtime();
  const Deadline deadline = m_context.deadline_in(timeout);
  BlockedWatcher watcher(runtime::Runtime::current());
  const FutureState state = lock();
  if (state >= FutureState::Cancelled) {
    unlock(state);
    return true;
  }
  watcher.next = std::exchange(m_watchers, &watcher);
  unlock(state);
  struct Unwatch {  // also when a stop throws out of the wait
    SharedState& future;
    Watcher& watcher;
    ~Unwatch() { future.unwatch(watcher); }
  } const unwatch{*this, watcher};
  const FutureId id = m_id;
  while (!is_done()) {
    if (runtime.park({.on = on, .futures = {&id, 1}}, deadline) == runtime::Wake::Timeout) return is_done();
    if (!m_context.has_escapes()) continue;
    if (answer_escape(m_context, [this](FutureId wanted) { return wanted == m_id ? this : nullptr; })) return is_done();
  }
  return true;
}

void SharedState::unwatch(Watcher& watcher) {
  const FutureState state = lock();
  for (Watcher** w = &m_watchers; *w != nullptr; w = &(*w)->next) {
    if (*w == &watcher) {
      *w = watcher.next;
      break;
    }
  }
  unlock(state);
}

bool SharedState::watch(CollectorWatcher& watcher, bool& raised) {
  const FutureState state = lock();
  const bool install = state != FutureState::Finished && state != FutureState::CancelledAndNotified;
  if (install) watcher.next = std::exchange(m_watchers, &watcher);
  unlock(state);
  raised = state == FutureState::Finished && stored_error() != nullptr;
  return install;
}

std::exception_ptr SharedState::error_when_done() const {
  if (is_cancelled()) throw CancelledError();
  return stored_error();
}

}  // namespace loiter::futures
