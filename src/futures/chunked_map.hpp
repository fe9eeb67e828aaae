// map_in_chunks(): map() for many small calls, several of them to a task.
//
// Shape    ceil(n / chunk_size) tasks; the iterator gives single results, or whole chunks, in the order of the inputs.
//          It is what a process pool's map does with its chunksize. A thread pool's map ignores chunksize, as CPython's
//          does, so there it has this name of its own.
// Units    chunk_size in calls, at least 1.
// Errors   ValueError "chunksize must be >= 1." An exception in a chunk loses the whole chunk.
// Threads  As map().
// Source   CPython 3.11 Lib/concurrent/futures/process.py, _process_chunk and map; SEMANTICS P15.
#pragma once

#include <algorithm>
#include <cstddef>
#include <memory>
#include <optional>
#include <ranges>
#include <span>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "futures/errors.hpp"
#include "futures/executor.hpp"

namespace loiter::futures {

// The results of one task, made in place one after the other.
template <class T>
class ChunkValues {
 public:
  template <class Make>
  ChunkValues(std::size_t size, Make make) : m_capacity(size), m_data(std::allocator<T>().allocate(size)) {
    try {
      for (; m_size < m_capacity; ++m_size) std::construct_at(m_data + m_size, make(m_size));
    } catch (...) {
      release();
      throw;
    }
  }
  ~ChunkValues() { release(); }
  ChunkValues(const ChunkValues&) = delete;
  ChunkValues& operator=(const ChunkValues&) = delete;

  std::span<const T> all() const { return {m_data, m_size}; }

 private:
  void release() {
    std::destroy_n(m_data, m_size);
    std::allocator<T>().deallocate(m_data, m_capacity);
  }
  const std::size_t m_capacity;
  T* const m_data;
  std::size_t m_size = 0;
};

// Shared, so that handing it on copies nothing.
template <class T>
struct Chunk {
  std::shared_ptr<const ChunkValues<T>> values;
};

template <class T>
class ChunkedMapIterator {
 public:
  explicit ChunkedMapIterator(MapIterator<Chunk<T>> chunks) : m_chunks(std::move(chunks)) {}

  // The next result, waiting for it; nothing once all are given.
  std::optional<T> next() {
    if (m_rest.empty() && !fetch()) return std::nullopt;
    const T& value = m_rest.front();
    m_rest = m_rest.subspan(1);
    return value;
  }
  // All that is left of the chunk at hand, or else the next chunk: for loops over many small results. They live until
  // the next call. Empty once all are given.
  std::span<const T> next_chunk() {
    if (m_rest.empty() && !fetch()) return {};
    return std::exchange(m_rest, {});
  }
  void close() {
    m_chunks.close();
    m_chunk = {};
    m_rest = {};
  }

 private:
  bool fetch() {
    auto chunk = m_chunks.next();
    if (!chunk) return false;
    m_chunk = std::move(*chunk);
    m_rest = m_chunk.values->all();
    return true;
  }
  MapIterator<Chunk<T>> m_chunks;
  Chunk<T> m_chunk;
  std::span<const T> m_rest;  // of m_chunk
};

// `inputs` must stay as it is until every task has run.
template <class F, std::ranges::random_access_range R>
auto map_in_chunks(Executor& executor, const Call<F>& call, const R& inputs, std::ptrdiff_t chunk_size,
                   MapOptions options = {}) {
  using T = std::invoke_result_t<const F&, std::ranges::range_value_t<R>>;
  if (chunk_size < 1) throw ValueError("chunksize must be >= 1.");
  const auto size = static_cast<std::ptrdiff_t>(std::ranges::size(inputs));
  std::vector<std::ptrdiff_t> starts;
  for (std::ptrdiff_t start = 0; start < size; start += chunk_size) starts.push_back(start);
  const auto begin = std::ranges::begin(inputs);
  const auto process_chunk =
      named("process_chunk", [function = call.function, begin, size, chunk_size](std::ptrdiff_t start) {
        const auto count = static_cast<std::size_t>(std::min(size - start, chunk_size));
        const auto first = begin + start;
        return Chunk<T>{std::make_shared<const ChunkValues<T>>(
            count, [&](std::size_t i) { return function(first[static_cast<std::ptrdiff_t>(i)]); })};
      });
  return ChunkedMapIterator<T>(executor.map(process_chunk, starts, options));
}

}  // namespace loiter::futures

// A list of Python; what is recorded says how long it is, for all of it may be megabytes.
template <class T>
struct loiter::PythonType<loiter::futures::Chunk<T>> {
  static const char* name() { return "list"; }
  static std::string repr(const loiter::futures::Chunk<T>& chunk) {
    return "[... " + std::to_string(chunk.values->all().size()) + " results]";
  }
};
