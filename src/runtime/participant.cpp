#include "runtime/participant.hpp"

#include <utility>

#include "runtime/gil.hpp"

namespace loiter::runtime {

Participant::Participant(LaneId id, LaneSpec spec) : m_id(id), m_spec(std::move(spec)) {}
Participant::~Participant() = default;

}  // namespace loiter::runtime
