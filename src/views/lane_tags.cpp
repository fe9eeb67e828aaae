#include "views/lane_tags.hpp"

namespace loiter::views {

void LaneTags::clear() { *this = {}; }

void LaneTags::update(const trace::Run& run) {
  const auto& lanes = run.lanes();
  if (lanes.size() < m_seen.size()) clear();
  for (std::size_t i = 0; i < m_seen.size(); ++i) {
    if (lanes[i].id == m_seen[i]) continue;
    clear();  // a lane that came late has taken its place before others
    break;
  }
  while (m_seen.size() < lanes.size()) add(lanes[m_seen.size()]);
}

void LaneTags::add(const trace::Lane& lane) {
  m_seen.push_back(lane.id);
  if (m_tags.size() <= lane.id.value) m_tags.resize(lane.id.value + 1, LaneSign{"?", 0});
  LaneSign& tag = m_tags[lane.id.value];
  switch (lane.kind) {
    case trace::LaneKind::Main:
      tag = {"M", 0};
      break;
    case trace::LaneKind::Thread:
    case trace::LaneKind::Process:
      // As in their names: Python counts threads of a pool from 0, processes from 1.
      tag = {std::to_string(m_workers + (lane.kind == trace::LaneKind::Process ? 1 : 0)), m_workers + 1};
      ++m_workers;
      break;
    case trace::LaneKind::Manager:
      tag = {"Q", 0};
      break;
    case trace::LaneKind::Server:
      tag = {"S", 0};
      break;
  }
}

const LaneSign& LaneTags::of(LaneId lane) const {
  static const LaneSign unknown{"?", 0};
  return lane.value < m_tags.size() ? m_tags[lane.value] : unknown;
}

}  // namespace loiter::views
