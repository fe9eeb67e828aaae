// LaneBuffer: where one lane of a live run writes what it does: one writer, one reader, no lock.
//
//   writer: append() --commit--> chunk -> chunk -> chunk --peek(), pop()--> reader
//                                  ^------------- ChunkStore <-- what was read --'
//
// Shape    Records of 32 bytes in chunks that grow; what the common events need fits into one, the rest hangs on a
//          pointer. All lanes of a run share one ChunkStore: its budget bounds the memory, and what does not fit is
//          counted as lost. A chunk that was read is written again, so that a busy run soon asks the system for none.
// Units    Stamps in ticks (base/ticks.hpp).
// Threads  append() by the lane's own thread, peek() and pop() by one reader; the store by all of them.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>

#include "base/mutex.hpp"
#include "base/ticks.hpp"
#include "trace/event.hpp"

namespace loiter::trace {

struct RawRecord {
  enum class Kind : std::uint8_t {
    Submitted,
    StateChanged,
    Started,
    Ended,
    Delivered,
    WaitBegan,
    WaitEnded,
    Site,
    Gil,
    Other
  };
  Ticks stamp = 0;
  std::uint32_t future = 0;
  std::uint16_t small = 0;
  Kind kind = Kind::Other;
  std::uint8_t flags = 0;
  union {
    const char* text = nullptr;  // lives as long as the program
    EventBody* other;            // owned
  };
  std::int64_t number = 0;
};
static_assert(sizeof(RawRecord) == 32);

struct Chunk {
  explicit Chunk(std::uint32_t n) : capacity(n), records(std::make_unique_for_overwrite<std::byte[]>(bytes())) {}
  RawRecord* at(std::uint32_t i) { return reinterpret_cast<RawRecord*>(records.get()) + i; }
  std::size_t bytes() const { return capacity * sizeof(RawRecord); }

  const std::uint32_t capacity;
  std::atomic<std::uint32_t> committed{0};
  std::atomic<Chunk*> next{nullptr};
  std::unique_ptr<std::byte[]> records;  // made by append()
};

class ChunkStore {
 public:
  explicit ChunkStore(std::size_t budget_bytes) : m_left(static_cast<std::int64_t>(budget_bytes)) {}
  ~ChunkStore();
  ChunkStore(const ChunkStore&) = delete;
  ChunkStore& operator=(const ChunkStore&) = delete;

  // Beyond the budget, if need be: what a lane cannot do without.
  std::unique_ptr<Chunk> make(std::uint32_t capacity);
  // None if it would go beyond the budget; the record it was for counts as lost.
  std::unique_ptr<Chunk> make_or_lose(std::uint32_t capacity);
  void give_back(std::unique_ptr<Chunk> chunk);

  std::uint64_t lost() const { return m_lost.load(std::memory_order_relaxed); }

 private:
  std::unique_ptr<Chunk> new_or_spare(std::uint32_t capacity);
  std::unique_ptr<Chunk> take_spare();

  std::atomic<std::int64_t> m_left;  // bytes, spare ones not counted
  std::atomic<std::uint64_t> m_lost{0};
  SpinLock m_lock;
  Chunk* m_spare LOITER_GUARDED_BY(m_lock) = nullptr;  // a stack by `next`, all of the largest size, owned
};

class LaneBuffer {
 public:
  LaneBuffer(LaneId lane, ChunkStore& store);
  ~LaneBuffer();
  LaneBuffer(const LaneBuffer&) = delete;
  LaneBuffer& operator=(const LaneBuffer&) = delete;

  LaneId lane() const { return m_lane; }

  // False: lost, and counted; an `other` is still the caller's.
  bool append(const RawRecord& record) {
    if (m_write_at == m_writing->capacity && !grow()) return false;
    std::construct_at(m_writing->at(m_write_at++), record);
    m_writing->committed.store(m_write_at, std::memory_order_release);
    return true;
  }

  // The oldest record that has not been popped, or null. An `other` belongs to who pops it.
  const RawRecord* peek() {
    if (m_read_at < m_committed) return m_reading->at(m_read_at);
    return look_for_more();
  }
  void pop() { ++m_read_at; }

 private:
  bool grow();
  const RawRecord* look_for_more();

  const LaneId m_lane;
  ChunkStore& m_store;
  Chunk* m_writing;
  std::uint32_t m_write_at = 0;
  alignas(64) std::unique_ptr<Chunk> m_reading;  // owns itself, and by `next` those after it
  std::uint32_t m_read_at = 0;
  std::uint32_t m_committed = 0;  // of m_reading, as last seen
};

}  // namespace loiter::trace
