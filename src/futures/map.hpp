// MapIterator<T>: what map() returns: gives results in the order of the inputs, waiting for each when it is asked for.
//
// Shape    A generator of Python: lazy, moves once through; next() gives nothing at its end, and begin()/end() are for
//          range-for. The tasks were all submitted before it existed.
// Units    The deadline is fixed when map() is called: time spent elsewhere counts.
// Errors   next() throws what the task raised, TimeoutError or CancelledError; then, as a generator does, it is dead.
//          A task that has finished never times out, however late it is asked for.
// Threads  One participant at a time.
// Source   CPython 3.11 Executor.map, result_iterator and _result_or_cancel; SEMANTICS M01 to M12.
#pragma once

#include <cstddef>
#include <iterator>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "futures/future.hpp"

namespace loiter::futures {

inline constexpr const char* usual_map_generator = "Executor.map.<locals>.result_iterator";

template <class T>
class MapIterator {
 public:
  // `generator` is what Python calls it.
  MapIterator(Context& context, std::vector<Future<T>> futures, Deadline end,
              const char* generator = usual_map_generator)
      : m_context(&context), m_generator(generator), m_futures(std::move(futures)), m_end(end) {}
  MapIterator(MapIterator&& other) noexcept
      : m_context(other.m_context),
        m_generator(other.m_generator),
        m_futures(std::exchange(other.m_futures, {})),
        m_end(other.m_end),
        m_next(std::exchange(other.m_next, 0)),
        m_index(other.m_index),
        m_started(other.m_started) {}
  MapIterator& operator=(MapIterator&&) = delete;
  ~MapIterator() {
    try {
      close();
    } catch (const runtime::Aborted&) {  // from a callback of a future cancelled here; the run unwinds anyway
    }
  }

  // The next result, waiting for it; nothing once all are given.
  std::optional<T> next() {
    m_started = true;
    if (m_next == m_futures.size()) return std::nullopt;
    const Future<T> future = std::exchange(m_futures[m_next++], {});  // a result given is not kept
    try {
      return future.take(time_left(), runtime::WaitOn::Map, DeliveredBy::Map, m_index++);
    } catch (const runtime::Aborted&) {
      throw;
    } catch (...) {
      future.cancel();  // one that has timed out; any other is done
      close();
      throw;
    }
  }

  // Abandons it: cancels what is still pending, last first. One that was never asked for anything cancels nothing:
  // closing a generator that has not begun runs none of its code. Nor does a run that is being stopped.
  void close() {
    std::vector<Future<T>> rest = std::exchange(m_futures, {});
    const std::size_t given = std::exchange(m_next, 0);
    if (!m_started || m_context->runtime().is_stopping()) return;
    for (; rest.size() > given; rest.pop_back()) rest.back().cancel();
  }

  // Python's repr(): the generator that Executor.map makes.
  std::string repr() const {
    return std::string("<generator object ") + m_generator + " at " + m_context->address_text(this, FutureId{0}) + ">";
  }

  class Cursor {
   public:
    using value_type = T;
    using difference_type = std::ptrdiff_t;
    explicit Cursor(MapIterator& map) : m_map(&map), m_value(map.next()) {}
    const T& operator*() const { return *m_value; }
    Cursor& operator++() {
      m_value = m_map->next();
      return *this;
    }
    void operator++(int) { ++*this; }
    friend bool operator==(const Cursor& cursor, std::default_sentinel_t) { return !cursor.m_value; }

   private:
    MapIterator* m_map;
    std::optional<T> m_value;
  };
  Cursor begin() { return Cursor(*this); }
  std::default_sentinel_t end() const { return {}; }

 private:
  Timeout time_left() const { return m_end ? Timeout(*m_end - m_context->runtime().now()) : std::nullopt; }

  Context* m_context;
  const char* m_generator;
  std::vector<Future<T>> m_futures;
  Deadline m_end;
  std::size_t m_next = 0;
  std::uint32_t m_index = 0;
  bool m_started = false;
};

}  // namespace loiter::futures
