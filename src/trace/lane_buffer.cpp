#include "trace/lane_buffer.hpp"

#include <algorithm>

namespace loiter::trace {
namespace {
// A lane that does little takes little (a run may have a thousand); a busy one soon asks for memory rarely.
constexpr std::uint32_t first_capacity = 64;
constexpr std::uint32_t largest_capacity = 4096;
}  // namespace

LaneBuffer::LaneBuffer(LaneId lane, RecorderBudget& budget)
    : m_lane(lane), m_budget(budget), m_writing(new Chunk(first_capacity)), m_reading(m_writing) {
  m_budget.left.fetch_sub(static_cast<std::int64_t>(first_capacity * sizeof(RawRecord)), std::memory_order_relaxed);
}

LaneBuffer::~LaneBuffer() {
  read(~Ticks{0}, [](const RawRecord& record) {
    if (record.kind == RawRecord::Kind::Other) delete record.payload.other;
  });
  free_chunk(m_reading);
}

bool LaneBuffer::grow() {
  const std::uint32_t capacity = std::min(m_writing->capacity * 2, largest_capacity);
  const auto bytes = static_cast<std::int64_t>(capacity * sizeof(RawRecord));
  if (m_budget.left.fetch_sub(bytes, std::memory_order_relaxed) < bytes) {
    m_budget.left.fetch_add(bytes, std::memory_order_relaxed);
    m_budget.lost.fetch_add(1, std::memory_order_relaxed);
    return false;
  }
  auto* chunk = new Chunk(capacity);
  m_writing->next.store(chunk, std::memory_order_release);
  m_writing = chunk;
  m_write_at = 0;
  return true;
}

void LaneBuffer::free_chunk(Chunk* chunk) {
  m_budget.left.fetch_add(static_cast<std::int64_t>(chunk->capacity * sizeof(RawRecord)), std::memory_order_relaxed);
  delete chunk;
}

}  // namespace loiter::trace
