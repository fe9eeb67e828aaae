// Executor: takes calls and gives futures. What it is (this thread, a pool of threads, of processes) is chosen outside.
//
//   submit(call, arguments) --> Future          map(call, inputs) --> MapIterator, after submitting everything
//
// Shape    One interface, one contract (tests/futures/executor_contract_test.cpp). In place of `with`: the destructor
//          is shutdown() with wait.
// Errors   RuntimeError "cannot schedule new futures after shutdown"; a broken pool's own error.
// Threads  Every member is safe from any participant.
// Source   CPython 3.11 Lib/concurrent/futures/_base.py, class Executor.
#pragma once

#include <cstddef>
#include <ranges>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "futures/call.hpp"
#include "futures/chunk.hpp"
#include "futures/context.hpp"
#include "futures/errors.hpp"
#include "futures/future.hpp"
#include "futures/map.hpp"
#include "futures/remote_function.hpp"
#include "futures/task.hpp"

namespace loiter::futures {

struct ShutdownOptions {
  bool wait = true;             // until every worker has ended
  bool cancel_futures = false;  // those that no worker has taken
};

struct MapOptions {
  Timeout timeout = std::nullopt;  // counts from the call of map
  std::ptrdiff_t chunk_size = 1;   // calls to a task; only process pools heed it
};

inline void check_chunk_size(std::ptrdiff_t chunk_size) {
  if (chunk_size < 1) throw ValueError("chunksize must be >= 1.");
}

class Executor {
 public:
  explicit Executor(Context& context) : m_context(context) {}
  virtual ~Executor() = default;
  Executor(const Executor&) = delete;
  Executor& operator=(const Executor&) = delete;

  Context& context() const { return m_context; }

  template <class F, class... A>
  auto submit(const Call<F>& call, A... arguments) {
    std::string storage;
    const CallLabel label = label_of(call.name, storage, arguments...);  // before the arguments are moved away
    if constexpr (is_remote<F>) {
      return submit_labelled(label, remote_call(m_context, call.function, std::move(arguments)...));
    } else {
      return submit_labelled(label, [function = call.function, ... captured = std::move(arguments)]() mutable {
        return function(std::move(captured)...);
      });
    }
  }

  // A call without arguments, under a label made by the caller.
  template <class F>
  auto submit_labelled(const CallLabel& label, F function) {
    using R = std::invoke_result_t<F&>;
    using T = std::conditional_t<std::is_void_v<R>, None, std::remove_cvref_t<R>>;
    m_context.runtime().checkpoint();
    StateRef task = StateRef::adopt(new Task<T, F>(m_context, m_context.next_future(), std::move(function)));
    submit_task(task, label);
    return Future<T>(std::move(task));
  }

  // Submits one call for each element of `inputs` (the arguments of one call as a tuple, or a single argument) before
  // it returns; the iterator gives the results in that order.
  template <class F, std::ranges::input_range R>
  auto map(const Call<F>& call, R&& inputs, MapOptions options = {}) {
    using Input = std::ranges::range_value_t<R>;
    using T = typename decltype(submit_one(call, std::declval<Input>()))::Value;
    if (maps_in_chunks()) check_chunk_size(options.chunk_size);
    const Deadline end = m_context.deadline_in(options.timeout);
    if constexpr (is_remote<F>) {
      if (maps_in_chunks() && options.chunk_size > 1) {
        auto chunks = submit_chunks<T>(call, inputs, static_cast<std::size_t>(options.chunk_size));
        return MapIterator<T>(m_context, std::move(chunks), end, map_generator());
      }
    }
    std::vector<Future<T>> futures;
    for (auto&& input : inputs) futures.push_back(submit_one(call, Input(std::forward<decltype(input)>(input))));
    return MapIterator<T>(m_context, std::move(futures), end, map_generator());
  }

  // A second call is no error and does nothing new.
  virtual void shutdown(ShutdownOptions options = {}) = 0;

 protected:
  // The name of the generator that map() of this executor's Python kin returns.
  virtual const char* map_generator() const { return usual_map_generator; }
  // Tells the observer and runs or queues the task.
  virtual void submit_task(const StateRef& task, const CallLabel& label) = 0;

 private:
  virtual bool maps_in_chunks() const { return false; }

  template <class T, class Function, class... Bound, class R>
  std::vector<Future<Chunk<T>>> submit_chunks(const Call<RemoteCallable<Function, Bound...>>& call, R&& inputs,
                                              std::size_t chunk_size) {
    std::vector<Future<Chunk<T>>> futures;
    RemoteChunk<Function> chunk{&m_context, call.function.function, {}};
    const auto submit_chunk = [&] {
      const std::string name = chunk_name(call.name, chunk.calls.size());
      RemoteChunk<Function> full{&m_context, call.function.function, std::exchange(chunk.calls, {})};
      futures.push_back(submit_labelled({.name = name, .name_is_static = false}, std::move(full)));
    };
    for (auto&& input : inputs) {
      chunk.calls.push_back(as_arguments(call.function, std::ranges::range_value_t<R>(input)));
      if (chunk.calls.size() == chunk_size) submit_chunk();
    }
    if (!chunk.calls.empty()) submit_chunk();
    return futures;
  }
  template <class Callable, class Input>
  static auto as_arguments(const Callable& callable, Input input) {
    if constexpr (requires { std::tuple_size<Input>::value; }) {
      return std::apply([&](auto&&... arguments) { return remote_arguments(callable, std::move(arguments)...); },
                        std::move(input));
    } else {
      return remote_arguments(callable, std::move(input));
    }
  }

  template <class F, class Input>
  auto submit_one(const Call<F>& call, Input input) {
    if constexpr (requires { std::tuple_size<Input>::value; }) {
      return std::apply([&](auto&&... arguments) { return submit(call, std::move(arguments)...); }, std::move(input));
    } else {
      return submit(call, std::move(input));
    }
  }

  Context& m_context;
};

}  // namespace loiter::futures
