// map_in_chunks(): map() for many small calls in this process, several of them to a task.
//
// Shape    ceil(n / chunk_size) tasks; the iterator gives single results, or whole chunks, in the order of the inputs.
//          It is what a process pool's map does with MapOptions::chunk_size. A thread pool's map ignores that, as
//          CPython's does, so there it has this name of its own.
// Units    chunk_size in calls, at least 1.
// Errors   ValueError "chunksize must be >= 1." An exception in a chunk loses the whole chunk.
// Threads  As map().
// Source   CPython 3.11 Lib/concurrent/futures/process.py, _process_chunk and map; SEMANTICS P15.
#pragma once

#include <algorithm>
#include <cstddef>
#include <ranges>
#include <type_traits>

#include "futures/executor.hpp"

namespace loiter::futures {

// `inputs` must stay as it is until every task has run.
template <class F, std::ranges::random_access_range R>
auto map_in_chunks(Executor& executor, const Call<F>& call, const R& inputs, std::ptrdiff_t chunk_size,
                   MapOptions options = {}) {
  using T = std::invoke_result_t<const F&, std::ranges::range_value_t<R>>;
  check_chunk_size(chunk_size);
  const Deadline end = executor.context().deadline_in(options.timeout);
  const auto size = static_cast<std::ptrdiff_t>(std::ranges::size(inputs));
  const auto begin = std::ranges::begin(inputs);
  std::vector<Future<Chunk<T>>> chunks;
  for (std::ptrdiff_t start = 0; start < size; start += chunk_size) {
    const auto count = static_cast<std::size_t>(std::min(size - start, chunk_size));
    const std::string name = chunk_name(call.name, count);
    chunks.push_back(executor.submit_labelled(
        {.name = name, .name_is_static = false}, [function = call.function, first = begin + start, count] {
          return Chunk<T>::of(count, [&](std::size_t i) { return function(first[static_cast<std::ptrdiff_t>(i)]); });
        }));
  }
  return MapIterator<T>(executor.context(), std::move(chunks), end);
}

}  // namespace loiter::futures
