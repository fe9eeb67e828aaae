#include "trace/lane_buffer.hpp"

#include <algorithm>
#include <utility>

namespace loiter::trace {
namespace {
// A lane that does little takes little (a run may have a thousand); a busy one soon asks for memory rarely.
constexpr std::uint32_t first_capacity = 64;
constexpr std::uint32_t largest_capacity = 4096;
}  // namespace

ChunkStore::~ChunkStore() {
  while (take_spare()) {
  }
}

std::unique_ptr<Chunk> ChunkStore::make(std::uint32_t capacity) {
  auto chunk = new_or_spare(capacity);
  m_left.fetch_sub(static_cast<std::int64_t>(chunk->bytes()), std::memory_order_relaxed);
  return chunk;
}

std::unique_ptr<Chunk> ChunkStore::make_or_lose(std::uint32_t capacity) {
  const auto bytes = static_cast<std::int64_t>(capacity * sizeof(RawRecord));
  if (m_left.fetch_sub(bytes, std::memory_order_relaxed) < bytes) {
    m_left.fetch_add(bytes, std::memory_order_relaxed);
    m_lost.fetch_add(1, std::memory_order_relaxed);
    return nullptr;
  }
  return new_or_spare(capacity);
}

void ChunkStore::give_back(std::unique_ptr<Chunk> chunk) {
  m_left.fetch_add(static_cast<std::int64_t>(chunk->bytes()), std::memory_order_relaxed);
  if (chunk->capacity != largest_capacity) return;
  chunk->committed.store(0, std::memory_order_relaxed);
  SpinGuard guard(m_lock);
  chunk->next.store(m_spare, std::memory_order_relaxed);
  m_spare = chunk.release();
}

std::unique_ptr<Chunk> ChunkStore::new_or_spare(std::uint32_t capacity) {
  std::unique_ptr<Chunk> chunk = capacity == largest_capacity ? take_spare() : nullptr;
  return chunk ? std::move(chunk) : std::make_unique<Chunk>(capacity);
}

std::unique_ptr<Chunk> ChunkStore::take_spare() {
  SpinGuard guard(m_lock);
  std::unique_ptr<Chunk> chunk(m_spare);
  if (chunk) m_spare = chunk->next.exchange(nullptr, std::memory_order_relaxed);
  return chunk;
}

LaneBuffer::LaneBuffer(LaneId lane, ChunkStore& store)
    : m_lane(lane), m_store(store), m_reading(store.make(first_capacity)) {
  m_writing = m_reading.get();
}

LaneBuffer::~LaneBuffer() {
  for (const RawRecord* record = peek(); record != nullptr; pop(), record = peek()) {
    if (record->kind == RawRecord::Kind::Other) delete record->other;
  }
  m_store.give_back(std::move(m_reading));
}

bool LaneBuffer::grow() {
  auto chunk = m_store.make_or_lose(std::min(m_writing->capacity * 2, largest_capacity));
  if (!chunk) return false;
  Chunk* const next = chunk.release();
  m_writing->next.store(next, std::memory_order_release);
  m_writing = next;
  m_write_at = 0;
  return true;
}

// What this chunk has got since it was last looked at, or the next chunk.
const RawRecord* LaneBuffer::look_for_more() {
  for (;;) {
    Chunk* const next = m_reading->next.load(std::memory_order_acquire);  // first: once it is there, this one is full
    m_committed = m_reading->committed.load(std::memory_order_acquire);
    if (m_read_at < m_committed) return m_reading->at(m_read_at);
    if (next == nullptr) return nullptr;
    m_store.give_back(std::exchange(m_reading, std::unique_ptr<Chunk>(next)));
    m_read_at = 0;
    m_committed = 0;
  }
}

}  // namespace loiter::trace
