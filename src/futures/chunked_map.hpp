// map_in_chunks(): map() for many small calls, several of them to a task.
//
// Shape    ceil(n / chunk_size) tasks; the iterator gives single results in the order of the inputs. It is what a
//          process pool's map does with its chunksize. A thread pool's map ignores chunksize, as CPython's does, so
//          there it has this name of its own.
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
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "futures/errors.hpp"
#include "futures/executor.hpp"

namespace loiter::futures {

// The results of one task; shared, so that handing them on copies nothing.
template <class T>
struct Chunk {
  std::shared_ptr<const std::vector<T>> values;
};

template <class T>
class ChunkedMapIterator {
 public:
  explicit ChunkedMapIterator(MapIterator<Chunk<T>> chunks) : m_chunks(std::move(chunks)) {}

  std::optional<T> next() {
    while (!m_chunk.values || m_at == m_chunk.values->size()) {
      auto chunk = m_chunks.next();
      if (!chunk) return std::nullopt;
      m_chunk = std::move(*chunk);
      m_at = 0;
    }
    return (*m_chunk.values)[m_at++];
  }
  void close() {
    m_chunks.close();
    m_chunk = {};
    m_at = 0;
  }

 private:
  MapIterator<Chunk<T>> m_chunks;
  Chunk<T> m_chunk;
  std::size_t m_at = 0;
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
        const std::ptrdiff_t end = std::min(size, start + chunk_size);
        auto results = std::make_shared<std::vector<T>>();
        results->reserve(static_cast<std::size_t>(end - start));
        for (std::ptrdiff_t i = start; i < end; ++i) results->push_back(function(begin[i]));
        return Chunk<T>{std::move(results)};
      });
  return ChunkedMapIterator<T>(executor.map(process_chunk, starts, options));
}

}  // namespace loiter::futures

// A list of Python; what is recorded says how long it is, for all of it may be megabytes.
template <class T>
struct loiter::PythonType<loiter::futures::Chunk<T>> {
  static const char* name() { return "list"; }
  static std::string repr(const loiter::futures::Chunk<T>& chunk) {
    return "[... " + std::to_string(chunk.values->size()) + " results]";
  }
};
