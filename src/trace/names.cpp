#include "trace/names.hpp"

#include <array>
#include <variant>

namespace loiter::trace {
namespace {

using Name = std::string_view;

constexpr std::array<Name, 5> lane_kinds{"main", "thread", "process", "manager", "server"};
constexpr std::array<Name, 5> future_states{"pending", "running", "cancelled", "cancelled_and_notified", "finished"};
constexpr std::array<Name, 3> outcomes{"returned", "raised", "aborted"};
constexpr std::array<Name, 4> deliveries{"result", "map", "as_completed", "wait"};
constexpr std::array<Name, 11> waits{"result", "map", "as_completed", "wait",  "queue", "sleep",
                                     "gil",    "io",  "join",         "pause", "core"};
constexpr std::array<Name, 4> wait_ends{"ready", "timeout", "cancelled", "aborted"};
constexpr std::array<Name, 3> gil_changes{"requested", "taken", "dropped"};
constexpr std::array<Name, 4> gil_kinds{"none", "cpython", "per-interpreter", "free-threaded"};
constexpr std::array<Name, 4> escapes{"worker_added", "cancelled", "timeout_set", "ran_inline"};
constexpr std::array<Name, 5> observations{"value", "error", "state", "end", "sets"};
constexpr std::array<Name, 5> run_ends{"finished", "raised", "stopped", "stuck", "timeout"};
constexpr std::array<Name, 3> modes{"sequential", "threads", "processes"};
constexpr std::array<Name, 2> collects{"map", "as_completed"};
constexpr std::array<Name, 2> clocks{"live", "simulated"};
constexpr std::array<Name, std::variant_size_v<EventBody>> events{
    "lane_began", "lane_ended", "pool_created", "pool_grown", "pool_shutdown", "pool_broken", "submitted",
    "state",      "task_began", "task_ended",   "wait_began", "wait_ended",    "delivered",   "printed",
    "observed",   "at",         "gil",          "computed",   "progress",      "stuck",       "unstuck",
    "escaped",    "logged",     "lost",         "run_ended"};

// An enumerator added without its name would shift or lack one.
static_assert(lane_kinds.size() == static_cast<std::size_t>(LaneKind::Server) + 1);
static_assert(future_states.size() == static_cast<std::size_t>(FutureState::Finished) + 1);
static_assert(outcomes.size() == static_cast<std::size_t>(Outcome::Aborted) + 1);
static_assert(deliveries.size() == static_cast<std::size_t>(DeliveredBy::Wait) + 1);
static_assert(waits.size() == static_cast<std::size_t>(WaitOn::Core) + 1);
static_assert(wait_ends.size() == static_cast<std::size_t>(WaitEnd::Aborted) + 1);
static_assert(gil_changes.size() == static_cast<std::size_t>(GilChange::Dropped) + 1);
static_assert(gil_kinds.size() == static_cast<std::size_t>(GilKind::FreeThreaded) + 1);
static_assert(escapes.size() == static_cast<std::size_t>(Escape::RanInline) + 1);
static_assert(observations.size() == static_cast<std::size_t>(Observation::Sets) + 1);
static_assert(run_ends.size() == static_cast<std::size_t>(RunEnd::Timeout) + 1);
static_assert(modes.size() == static_cast<std::size_t>(Mode::Processes) + 1);
static_assert(collects.size() == static_cast<std::size_t>(Collect::AsCompleted) + 1);
static_assert(clocks.size() == static_cast<std::size_t>(Clock::Simulated) + 1);

}  // namespace

template <>
std::span<const std::string_view> names<LaneKind>() {
  return lane_kinds;
}
template <>
std::span<const std::string_view> names<FutureState>() {
  return future_states;
}
template <>
std::span<const std::string_view> names<Outcome>() {
  return outcomes;
}
template <>
std::span<const std::string_view> names<DeliveredBy>() {
  return deliveries;
}
template <>
std::span<const std::string_view> names<WaitOn>() {
  return waits;
}
template <>
std::span<const std::string_view> names<WaitEnd>() {
  return wait_ends;
}
template <>
std::span<const std::string_view> names<GilChange>() {
  return gil_changes;
}
template <>
std::span<const std::string_view> names<GilKind>() {
  return gil_kinds;
}
template <>
std::span<const std::string_view> names<Escape>() {
  return escapes;
}
template <>
std::span<const std::string_view> names<Observation>() {
  return observations;
}
template <>
std::span<const std::string_view> names<RunEnd>() {
  return run_ends;
}
template <>
std::span<const std::string_view> names<Mode>() {
  return modes;
}
template <>
std::span<const std::string_view> names<Collect>() {
  return collects;
}
template <>
std::span<const std::string_view> names<Clock>() {
  return clocks;
}

std::span<const std::string_view> event_names() { return events; }
std::string_view event_name(const EventBody& body) { return events[body.index()]; }

}  // namespace loiter::trace
