// LaneBuffer: where one lane of a live run writes what it does: one writer, one reader, no lock.
//
//   writer: append() --commit--> chunk -> chunk -> chunk --read()--> reader (frees what it has read)
//
// Shape    Records of 32 bytes in chunks that grow; what the common events need fits into one, the rest hangs on a
//          pointer. A budget that all lanes of a run share bounds the memory; what does not fit is counted as lost.
// Units    Stamps in ticks (base/ticks.hpp).
// Threads  append() by the lane's own thread, read() by one reader.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

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
    Other
  };
  Ticks stamp = 0;
  std::uint32_t future = 0;
  std::uint16_t small = 0;
  Kind kind = Kind::Other;
  std::uint8_t flags = 0;
  union Payload {
    struct {
      const char* text;  // lives as long as the program
      std::int64_t number;
    } direct;
    EventBody* other;  // owned
  } payload{};
};
static_assert(sizeof(RawRecord) == 32);

// How many bytes the chunks of a run may take together, and what was lost for want of them.
struct RecorderBudget {
  explicit RecorderBudget(std::size_t bytes) : left(static_cast<std::int64_t>(bytes)) {}
  std::atomic<std::int64_t> left;
  std::atomic<std::uint64_t> lost{0};
};

class LaneBuffer {
 public:
  LaneBuffer(LaneId lane, RecorderBudget& budget);
  ~LaneBuffer();
  LaneBuffer(const LaneBuffer&) = delete;
  LaneBuffer& operator=(const LaneBuffer&) = delete;

  LaneId lane() const { return m_lane; }

  // False: lost, and counted; an `other` payload is still the caller's.
  bool append(const RawRecord& record) {
    if (m_write_at == m_writing->capacity && !grow()) return false;
    m_writing->records[m_write_at++] = record;
    m_writing->committed.store(m_write_at, std::memory_order_release);
    return true;
  }

  // Calls use(record) for each record up to that stamp, oldest first. An `other` payload is the callee's.
  template <class Use>
  void read(Ticks up_to, Use use) {
    for (;;) {
      const std::uint32_t committed = m_reading->committed.load(std::memory_order_acquire);
      while (m_read_at < committed) {
        const RawRecord& record = m_reading->records[m_read_at];
        if (record.stamp > up_to) return;
        ++m_read_at;
        use(record);
      }
      Chunk* const next = m_reading->next.load(std::memory_order_acquire);
      if (next == nullptr || m_read_at < m_reading->committed.load(std::memory_order_acquire)) {
        if (next == nullptr) return;
        continue;
      }
      free_chunk(std::exchange(m_reading, next));
      m_read_at = 0;
    }
  }

 private:
  struct Chunk {
    explicit Chunk(std::uint32_t n) : capacity(n), records(new RawRecord[n]) {}
    const std::uint32_t capacity;
    std::atomic<std::uint32_t> committed{0};
    std::atomic<Chunk*> next{nullptr};
    std::unique_ptr<RawRecord[]> records;
  };
  bool grow();
  void free_chunk(Chunk* chunk);

  const LaneId m_lane;
  RecorderBudget& m_budget;
  Chunk* m_writing;
  std::uint32_t m_write_at = 0;
  alignas(64) Chunk* m_reading;
  std::uint32_t m_read_at = 0;
};

}  // namespace loiter::trace
