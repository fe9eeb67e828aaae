// Ways out of a deadlock, as the engine can take them in the running program.
//
// Shape    Pure functions of where the deadlock can be got out of.
// Source   DESIGN, command line; SEMANTICS D01 to D05, W07, W08, T10.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "trace/event.hpp"
#include "trace/wait_for_graph.hpp"

namespace loiter::engine {

using trace::DeadEnd;
using trace::Escape;

// In the order in which they are offered.
inline constexpr std::array all_escapes{Escape::WorkerAdded, Escape::Cancelled, Escape::TimeoutSet, Escape::RanInline};

// Why it cannot be done there, in a sentence; "" if it can.
std::string why_not(Escape how, const DeadEnd& end);

// As one types it: "add-worker", "cancel", "timeout", "inline".
std::string_view escape_word(Escape how);
std::optional<Escape> escape_of(std::string_view word);

}  // namespace loiter::engine
