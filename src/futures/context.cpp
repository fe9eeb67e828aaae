#include "futures/context.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace loiter::futures {

Deadline Context::deadline_in(Timeout timeout) const {
  if (!timeout) return std::nullopt;
  const Instant now = m_runtime.now();
  return *timeout > Instant::max() - now ? Instant::max() : now + *timeout;
}

Context::KillableWorker::KillableWorker(Context& context, ExecutorId pool, std::string lane_name,
                                        std::function<void()> kill)
    : m_context(context), m_pool(pool), m_lane_name(std::move(lane_name)), m_kill(std::move(kill)) {
  Lock lock(m_context.m_mutex);
  m_context.m_killable.push_back(this);
}

Context::KillableWorker::~KillableWorker() {
  Lock lock(m_context.m_mutex);
  std::erase(m_context.m_killable, this);
}

bool Context::kill_worker(std::string_view lane_name) {
  Lock lock(m_mutex);
  const auto found = std::ranges::find(m_killable, lane_name, &KillableWorker::m_lane_name);
  if (found == m_killable.end()) return false;
  (*found)->m_kill();
  return true;
}

void Context::kill_workers_of(ExecutorId pool) {
  Lock lock(m_mutex);
  for (const KillableWorker* const worker : m_killable) {
    if (worker->m_pool == pool) worker->m_kill();
  }
}

void Context::ask_escape(LaneId lane, const EscapeRequest& request) {
  {
    Lock lock(m_mutex);
    m_escapes.insert_or_assign(lane, request);
    m_has_escapes.store(true, std::memory_order_release);
  }
  m_runtime.unpark(lane);
}

bool Context::is_asked(LaneId lane) const {
  if (!has_escapes()) return false;
  Lock lock(m_mutex);
  return m_escapes.contains(lane);
}

std::optional<EscapeRequest> Context::take_escape(LaneId lane) {
  if (!has_escapes()) return std::nullopt;
  Lock lock(m_mutex);
  const auto found = m_escapes.find(lane);
  if (found == m_escapes.end()) return std::nullopt;
  const EscapeRequest request = found->second;
  m_escapes.erase(found);
  m_has_escapes.store(!m_escapes.empty(), std::memory_order_release);
  return request;
}

void Context::register_pool(ExecutorId id, std::weak_ptr<EscapablePool> pool) {
  Lock lock(m_mutex);
  std::erase_if(m_escapable, [](const auto& known) { return known.second.expired(); });
  m_escapable.emplace(id, std::move(pool));
}

std::shared_ptr<EscapablePool> Context::pool(ExecutorId id) const {
  Lock lock(m_mutex);
  const auto found = m_escapable.find(id);
  return found == m_escapable.end() ? nullptr : found->second.lock();
}

std::uint64_t Context::address(const void* object, FutureId id) const {
  // 0x7f3a00000000 looks like an address and is nobody's; 64 bytes apart, as futures might lie.
  if (m_runtime.is_simulated()) return 0x7f3a00000000ULL + id.value * 64ULL;
  return reinterpret_cast<std::uintptr_t>(object);
}

std::string Context::address_text(const void* object, FutureId id) const {
  return fmt::format("{:#x}", address(object, id));
}

}  // namespace loiter::futures
