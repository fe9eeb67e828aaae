// MapIterator<T>: what map() returns: gives results in the order of the inputs, waiting for each when it is asked for.
//
// Shape    A generator of Python: lazy, moves once through; next() gives nothing at its end, and begin()/end() are for
//          range-for. The tasks were all submitted before it existed; each makes one result, or a chunk of them.
// Units    The deadline is fixed when map() is called: time spent elsewhere counts.
// Errors   next() throws what the task raised, TimeoutError or CancelledError; then, as a generator does, it is dead.
//          A task that has finished never times out, however late it is asked for.
// Threads  One participant at a time.
// Source   CPython 3.11 Executor.map, result_iterator and _result_or_cancel; SEMANTICS M01 to M12.
#pragma once

#include <cstddef>
#include <iterator>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "futures/chunk.hpp"
#include "futures/future.hpp"

namespace loiter::futures {

inline constexpr const char* usual_map_generator = "Executor.map.<locals>.result_iterator";

// What tasks returned, in the order of their submission.
template <class T>
class OrderedResults {
 public:
  OrderedResults() = default;
  OrderedResults(Context& context, std::vector<Future<T>> futures, Deadline end)
      : m_context(&context), m_futures(std::move(futures)), m_end(end) {}
  OrderedResults(OrderedResults&& other) noexcept
      : m_context(other.m_context),
        m_futures(std::exchange(other.m_futures, {})),
        m_end(other.m_end),
        m_next(std::exchange(other.m_next, 0)),
        m_index(other.m_index),
        m_started(other.m_started) {}
  OrderedResults& operator=(OrderedResults&&) = delete;
  ~OrderedResults() {
    try {
      close();
    } catch (const runtime::Aborted&) {  // from a callback of a future cancelled here; the run unwinds anyway
    }
  }

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

  void close() {
    std::vector<Future<T>> rest = std::exchange(m_futures, {});
    const std::size_t given = std::exchange(m_next, 0);
    if (!m_started || m_context->runtime().is_stopping()) return;
    for (; rest.size() > given; rest.pop_back()) rest.back().cancel();
  }

 private:
  Timeout time_left() const { return m_end ? Timeout(*m_end - m_context->runtime().now()) : std::nullopt; }

  Context* m_context = nullptr;
  std::vector<Future<T>> m_futures;
  Deadline m_end;
  std::size_t m_next = 0;
  std::uint32_t m_index = 0;
  bool m_started = false;
};

template <class T>
class MapIterator {
 public:
  // `generator` is what Python calls it.
  MapIterator(Context& context, std::vector<Future<T>> futures, Deadline end,
              const char* generator = usual_map_generator)
      : m_context(&context), m_generator(generator), m_singles(context, std::move(futures), end) {}
  MapIterator(Context& context, std::vector<Future<Chunk<T>>> chunks, Deadline end,
              const char* generator = usual_map_generator)
      : m_context(&context), m_generator(generator), m_is_chunked(true), m_chunks(context, std::move(chunks), end) {}
  MapIterator(MapIterator&& other) noexcept = default;
  MapIterator& operator=(MapIterator&&) = delete;
  ~MapIterator() = default;

  // The next result, waiting for it; nothing once all are given.
  std::optional<T> next() {
    if (!m_is_chunked) return m_singles.next();
    if (m_rest.empty() && !fetch_chunk()) return std::nullopt;
    const T& value = m_rest.front();
    m_rest = m_rest.subspan(1);
    return value;
  }
  // All that is left of the chunk at hand, or else the next chunk: for loops over many small results. They live until
  // the next call. Empty once all are given, and without chunks.
  std::span<const T> next_chunk() {
    if (m_rest.empty() && !fetch_chunk()) return {};
    return std::exchange(m_rest, {});
  }

  // Abandons it: cancels what is still pending, last first. One that was never asked for anything cancels nothing:
  // closing a generator that has not begun runs none of its code. Nor does a run that is being stopped.
  void close() {
    m_singles.close();
    m_chunks.close();
    m_chunk = {};
    m_rest = {};
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
  bool fetch_chunk() {
    auto chunk = m_chunks.next();
    if (!chunk) return false;
    m_chunk = std::move(*chunk);
    m_rest = m_chunk.values->all();
    return true;
  }

  Context* m_context;
  const char* m_generator;
  bool m_is_chunked = false;
  OrderedResults<T> m_singles;        // without chunks
  OrderedResults<Chunk<T>> m_chunks;  // with
  Chunk<T> m_chunk;
  std::span<const T> m_rest;  // of m_chunk
};

}  // namespace loiter::futures
