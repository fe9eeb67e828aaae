// Chunk<T>: the results of several calls that are one task, as map() with a chunk size makes them.
//
// Shape    The values are made in place one after the other, and shared, so that handing a chunk on copies nothing.
// Errors   What a call throws: then the whole chunk is lost.
// Threads  Values; all() may be read by any number of threads.
// Source   CPython 3.11 Lib/concurrent/futures/process.py, _process_chunk.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/python_text.hpp"
#include "futures/codec.hpp"

namespace loiter::futures {

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

template <class T>
struct Chunk {
  using Value = T;
  template <class Make>
  static Chunk of(std::size_t size, Make make) {
    return {std::make_shared<const ChunkValues<T>>(size, std::move(make))};
  }
  std::shared_ptr<const ChunkValues<T>> values;
};

template <Crosses T>
struct Codec<Chunk<T>> {
  static void write(ByteWriter& to, const Chunk<T>& chunk) {
    to.number(chunk.values->all().size());
    for (const T& value : chunk.values->all()) Codec<T>::write(to, value);
  }
  static Chunk<T> read(ByteReader& from) {
    auto values = Codec<std::vector<T>>::read(from);
    return Chunk<T>::of(values.size(), [&](std::size_t i) -> T { return std::move(values[i]); });
  }
};

}  // namespace loiter::futures

// A list of Python; what is recorded says how long it is, for all of it may be megabytes.
template <class T>
struct loiter::PythonType<loiter::futures::Chunk<T>> {
  static const char* name() { return "list"; }
  static std::string repr(const loiter::futures::Chunk<T>& chunk) {
    return "[... " + std::to_string(chunk.values->all().size()) + " results]";
  }
};
